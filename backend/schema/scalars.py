"""Scalars of our own: dates and instants are texts that sort, compare and travel as they are."""

import re
from datetime import date, datetime
from typing import Any, NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

Date = NewType("Date", str)
Instant = NewType("Instant", str)

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z")
WHOLE = re.compile(r"\d{4}-\d\d-\d\d")


def date_of(value: Any) -> str:
    """Take a date as it is stored.

    Raises:
        ValueError: it is none; the message says how to write one.
    """
    text = str(value)
    try:
        if WHOLE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    message = "Write a date as 2026-11-25."
    raise ValueError(message)


def instant_of(value: Any) -> str:
    """Take an instant, or the first one of a date, in UTC and in the width that is stored.

    Raises:
        ValueError: it is none; the message says how to write one.
    """
    text = str(value)
    text = f"{text}T00:00:00Z" if WHOLE.fullmatch(text) else text
    try:
        if INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).isoformat(timespec="milliseconds")[:23] + "Z"
    except ValueError:
        pass
    message = "Write an instant as 2026-11-25T09:00:00.000Z, or a date as 2026-11-25."
    raise ValueError(message)


CONFIG = StrawberryConfig(
    scalar_map={
        Date: strawberry.scalar(
            name="Date",
            description="A date, such as 2026-11-25.",
            serialize=str,
            parse_value=date_of,
        ),
        Instant: strawberry.scalar(
            name="Instant",
            description="A moment in UTC, such as 2026-11-25T09:00:00.000Z. A date is taken as its"
            " first moment.",
            serialize=str,
            parse_value=instant_of,
        ),
    }
)
