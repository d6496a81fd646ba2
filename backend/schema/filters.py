"""What a list may be asked to hold to: one input type for each kind of value.

In all of them what is left out, or null, is no condition, and all that is said must hold.
"""

from enum import Enum
from functools import cache
from typing import Any

import strawberry

from backend.schema.fields import list_of
from backend.schema.scalars import Date, Instant

KNOWN = "Whether there is a value at all."
FROM = "At least this."
UNTIL = "At most this."


def said(name: str, description: str | None = None) -> Any:
    """A part of a filter, under its GraphQL name; it may always be left out."""
    return strawberry.field(name=name, default=strawberry.UNSET, description=description)


def made(name: str, description: str, parts: dict[str, tuple[Any, str | None]]) -> Any:
    """Make an input type: GraphQL names, several of which no Python name may be, to their types."""
    space: dict[str, Any] = {f"{key}_": said(key, text) for key, (_, text) in parts.items()}
    annotations = {f"{key}_": kind | None for key, (kind, _) in parts.items()}
    body = type(name, (), {"__annotations__": annotations, "__module__": __name__, **space})
    return strawberry.input(body, name=name, description=description)


def ranged(name: str, kind: Any, description: str) -> Any:
    return made(
        name,
        description,
        {
            "equals": (kind, None),
            "in": (list_of(kind), None),
            "from": (kind, FROM),
            "until": (kind, UNTIL),
            "isKnown": (bool, KNOWN),
        },
    )


IdFilter = made(
    "IdFilter", "By id.", {"equals": (strawberry.ID, None), "in": (list[strawberry.ID], None)}
)
TextFilter = made(
    "TextFilter",
    "By what a text is; `contains` and `startsWith` take capitals and small letters alike.",
    {
        "equals": (str, None),
        "in": (list[str], None),
        "contains": (str, None),
        "startsWith": (str, None),
        "isKnown": (bool, KNOWN),
    },
)
ListFilter = made("ListFilter", "By what a list of texts has.", {"includes": (str, None)})
IntFilter = ranged("IntFilter", int, "By a whole number.")
FloatFilter = ranged("FloatFilter", float, "By a number.")
DateFilter = ranged("DateFilter", Date, "By a date.")
InstantFilter = ranged("InstantFilter", Instant, "By a moment.")

OF_VALUES: dict[Any, Any] = {
    strawberry.ID: IdFilter,
    str: TextFilter,
    int: IntFilter,
    float: FloatFilter,
    Date: DateFilter,
    Instant: InstantFilter,
    bool: bool,
}


@cache
def of_many_words(words: type[Enum]) -> Any:
    """The filter of a list of an enumeration."""
    name = words.__name__
    return made(f"{name}ListFilter", f"By what a list of {name} has.", {"includes": (words, None)})


@cache
def of_words(words: type[Enum]) -> Any:
    """The filter of an enumeration."""
    name = f"{words.__name__}Filter"
    parts = {"equals": (words, None), "in": (list_of(words), None), "isKnown": (bool, KNOWN)}
    return made(name, f"By {words.__name__}.", parts)
