"""What a mutation comes to, and what all of them check: texts without oddities, ids of the client's."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.product import Product, Viewer

# A random UUID, as every maker of ids of ours writes it: two spellings would be two things.
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Mistake:
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Touched:
    """The id of what was touched, or what to correct first.

    `said` holds what a payload says that is not in the graph, under the payload's own names.
    """

    id: str | None
    mistakes: tuple[Mistake, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)


Arguments = Mapping[str, Any]
Write = Callable[[Product, Viewer, Arguments], Awaitable[Touched]]


def tidy(text: str | None) -> str:
    """Drop what no keyboard writes (controls, bidirectional overrides) and surrounding space."""
    plain = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n"))
    kept = (c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


def in_one_line(text: str) -> str:
    """The same on one line, as lists, names and messages have it."""
    return " ".join(tidy(text).split())


def is_made_by_client(identity: str, prefix: str) -> bool:
    made = identity.removeprefix(prefix)
    return made != identity and UUID.fullmatch(made) is not None
