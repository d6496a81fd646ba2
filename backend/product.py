"""What every question and every command needs, made once and handed down."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.index import Index
from graph import Graph
from graph.times import instant, later

LONDON = ZoneInfo("Europe/London")

# What stands for an id when nobody is signed in. Neo4j plans a statement anew for a null and for
# another order of length, so this is a text about as long as ids are, and no id begins like it.
NOBODYS = "nobody is signed in"

# How long what a council confirmed counts as fresh, and when it has gone quiet.
FRESH_SECONDS = 60 * 24 * 3600
QUIET_SECONDS = 120 * 24 * 3600

# Two in both, for Neo4j plans a statement anew for a list of another length.
OPEN_TO_SIGNED_IN = ("PUBLIC", "NETWORK")
OPEN_TO_NOBODY = ("PUBLIC", "PUBLIC")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. Nobody signed in is a viewer too, with every field empty."""

    id: str = ""
    council: str = ""
    role: str = ""
    may_write: bool = True
    is_token: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Viewer":
        return cls(row["id"], row["council"], row["role"])

    @classmethod
    def of_token(cls, row: Mapping[str, Any]) -> "Viewer":
        """Somebody's script, which may do what its scope allows."""
        may_write = row["scope"] == "WRITE"
        return cls(row["id"], row["council"], row["role"], may_write=may_write, is_token=True)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.id)

    @property
    def parameters(self) -> dict[str, Any]:
        """What the rules of visibility refer to."""
        return {
            "signedIn": self.is_signed_in,
            "openTo": OPEN_TO_SIGNED_IN if self.is_signed_in else OPEN_TO_NOBODY,
            "viewer": self.id or NOBODYS,
            "viewerCouncil": self.council or NOBODYS,
            "viewerRole": self.role or NOBODYS,
        }


NOBODY = Viewer()


@dataclass(frozen=True, slots=True)
class Product:
    """The graph, the matcher's index and the clock, with what this Tandem says of itself."""

    graph: Graph
    index: Index
    clock: Clock
    demo: bool
    contact: str
    introduced: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def now(self) -> str:
        return instant(self.clock())

    @property
    def today(self) -> date:
        return self.clock().astimezone(LONDON).date()

    def context(self, viewer: Viewer) -> dict[str, Any]:
        """The parameters that every compiled read may refer to."""
        return {
            **viewer.parameters,
            "now": self.now,
            "today": self.today.isoformat(),
            "freshSince": later(self.now, -FRESH_SECONDS),
            "quietSince": later(self.now, -QUIET_SECONDS),
            "demo": self.demo,
            "contact": self.contact,
        }
