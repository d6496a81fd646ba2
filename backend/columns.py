"""The columns of an imported row: each is read as what it must be, or its fault is named."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any

from backend.addresses import is_address
from backend.schema.dates import first_day, last_day
from backend.schema.touched import in_one_line, tidy
from backend.tables import Place, Row

LARGEST = 2**31 - 1  # of GraphQL's whole numbers
WHOLE = re.compile(r"[+-]?[0-9]{1,20}")
DECIMAL = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
YEAR = re.compile(r"[0-9]{4}")
LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def names(kind: type[Enum], *, but: str = "") -> list[str]:
    """The words of an enumeration, less one."""
    return [one.name for one in kind if one.name != but]


def shown(value: object) -> str:
    """A value as a fault cites it: short, and on one line."""
    return in_one_line(str(value))[:60]


def text(place: Place, row: Row, name: str, most: int = 5_000) -> str:
    """A column that must say something."""
    if name not in row:
        raise place.fault(name, "this column is missing.")
    value = "" if row[name] is None else row[name]
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise place.fault(name, "write text here.")
    said = tidy(str(value))
    if not said:
        raise place.fault(name, "this is empty; say something here.")
    if len(said) > most:
        raise place.fault(name, f"shorten this to {most:,} characters; it has {len(said):,}.")
    return said


def is_blank(row: Row, name: str) -> bool:
    return row.get(name) is None or row[name] == ""


def maybe(place: Place, row: Row, name: str, most: int = 2_000) -> str | None:
    return None if is_blank(row, name) else text(place, row, name, most)


def one_of(place: Place, row: Row, name: str, allowed: Iterable[str]) -> str:
    value = text(place, row, name)
    if value not in allowed:
        raise place.fault(name, f"{shown(value)} is not one of {', '.join(allowed)}.")
    return value


def maybe_one_of(place: Place, row: Row, name: str, allowed: Iterable[str]) -> str | None:
    return None if is_blank(row, name) else one_of(place, row, name, allowed)


def whole(place: Place, row: Row, name: str, least: int = 0) -> int | None:
    value = None if is_blank(row, name) else row[name]
    if value is None:
        return None
    read = int(value) if isinstance(value, str) and WHOLE.fullmatch(value) else value
    if isinstance(read, bool) or not isinstance(read, int) or not least <= read <= LARGEST:
        what = f"{shown(value)} is not a whole number from {least} to {LARGEST:,}."
        raise place.fault(name, what)
    return read


def decimal(place: Place, row: Row, name: str, *, least: int, most: int) -> float | None:
    value = None if is_blank(row, name) else row[name]
    if value is None:
        return None
    read = float(value) if isinstance(value, str) and DECIMAL.fullmatch(value) else value
    # What is no number at all (NaN) is in no range either.
    if isinstance(read, bool) or not isinstance(read, int | float) or not least <= read <= most:
        raise place.fault(name, f"{shown(value)} is not a number from {least:,} to {most:,}.")
    return float(read)


def shaped(place: Place, row: Row, name: str, pattern: re.Pattern[str], example: str) -> str:
    value = text(place, row, name, 254)
    if not pattern.fullmatch(value):
        raise place.fault(name, f"{shown(value)} is not right; write it like {example}.")
    return value


def identity(place: Place, row: Row, kind: str) -> str:
    value = text(place, row, "id", 60)
    if not re.fullmatch(f"{kind}-{UUID}", value):
        raise place.fault("id", f"write {kind}- and a UUID.")
    return value


def address(place: Place, row: Row, name: str) -> str:
    """An e-mail address that a letter can go to."""
    value = text(place, row, name, 254)
    if not is_address(value):
        what = f"{shown(value)} is not right; write it like name@council.gov.uk."
        raise place.fault(name, what)
    return value


def link(place: Place, row: Row, name: str) -> str | None:
    """An address that a page may link to: no script is one."""
    value = maybe(place, row, name)
    if value and not LINK.fullmatch(value):
        raise place.fault(name, "write an address that begins with https:// or http://.")
    return value


def flag(place: Place, row: Row, name: str) -> bool:
    value = str(row.get(name, "")).lower()
    if value not in {"true", "false"}:
        raise place.fault(name, "write true or false.")
    return value == "true"


def moment(place: Place, row: Row, name: str) -> str | None:
    """A year, a month or a date, kept as it is written."""
    value = maybe(place, row, name)
    if value is not None and not is_moment(value):
        raise place.fault(name, "write a year, a month or a date, such as 2024-05.")
    return value


def is_moment(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return DAY.fullmatch(text) is not None


def dated(place: Place, row: Row, name: str, read: Callable[[str], str]) -> str | None:
    value = maybe(place, row, name)
    try:
        return read(value) if value else None
    except ValueError as problem:
        what = "write a month or a date, such as March 2027 or 2027-03-15."
        if value and YEAR.fullmatch(value):
            what = "a year alone does not say when; write the month too, such as March 2027."
        raise place.fault(name, what) from problem


def window(place: Place, row: Row) -> Row:
    """When a project runs; of a month, from its first or to its last day."""
    start, end = dated(place, row, "startedOn", first_day), dated(place, row, "endsOn", last_day)
    if start and end and end < start:
        raise place.fault("endsOn", "the end is before the start; correct one of the two.")
    return {"startedOn": start, "endsOn": end}


def listed(place: Place, row: Row, name: str) -> list[Any]:
    """A list; in CSV its parts stand between semicolons."""
    value = [] if is_blank(row, name) else row[name]
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, list):
        raise place.fault(name, "write a list.")
    return value


def texts(place: Place, row: Row, name: str) -> list[str]:
    """A list of texts, each once."""
    found = listed(place, row, name)
    if not all(isinstance(one, str) for one in found):
        raise place.fault(name, "write a list of texts.")
    return list(dict.fromkeys(text(place, {name: one}, name, 200) for one in found))


def wholes(place: Place, row: Row, name: str) -> list[int]:
    """A list of numbers of services, each once."""
    found = [whole(place, {name: one}, name, least=1) for one in listed(place, row, name)]
    if None in found:
        raise place.fault(name, "write a list of numbers.")
    return list(dict.fromkeys(one for one in found if one is not None))
