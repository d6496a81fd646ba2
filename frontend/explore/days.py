"""Days as people write them, also as seen from today: March 2027, 2027-03-15, in 6 months."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from frontend.dates import LONDON, MONTHS

End = Literal["from", "until"]

EARLIEST, LATEST = 1990, 2100
MOST = 999
WHOLE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
NUMBERED = re.compile(r"(?:(?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})")
NAMED = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[a-z]{3,9})\s+(?P<year>\d{4})")
AHEAD = re.compile(r"in (?P<count>\d{1,3}) (?P<unit>day|week|month|year)s?")
BACK = re.compile(r"(?P<count>\d{1,3}) (?P<unit>day|week|month|year)s? ago")
NAMES = tuple(name.lower() for name in MONTHS)


def day_of(text: str, end: End, today: date) -> date:
    """The day that a text means; of a month, its first or its last.

    Raises:
        ValueError: it means none.
    """
    plain = " ".join(text.lower().split())
    if plain == "today":
        return today
    for pattern, sign in ((AHEAD, 1), (BACK, -1)):
        if found := pattern.fullmatch(plain):
            return moved(today, sign * int(found["count"]), found["unit"])
    found = WHOLE.fullmatch(plain) or NUMBERED.fullmatch(plain) or NAMED.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return in_calendar(int(found["year"]), month_of(found["month"]), found["day"], end)


def in_calendar(year: int, month: int, day: str | None, end: End) -> date:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    if day is None:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= len(MONTHS) else 0
        return date(year, month, 1 if end == "from" else last)
    return date(year, month, int(day))


def month_of(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next((at for at, name in enumerate(NAMES, 1) if name.startswith(text)), 0)


def moved(today: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years from today; a short month has a last day."""
    match unit:
        case "day":
            return today + timedelta(days=count)
        case "week":
            return today + timedelta(weeks=count)
    months = count * 12 if unit == "year" else count
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def instant_of(day: date, end: End) -> str:
    """The first or the last moment of a day in London, as the graph keeps moments."""
    at = datetime.combine(day if end == "from" else day + timedelta(days=1), time(), LONDON)
    moment = at.astimezone(UTC) - timedelta(milliseconds=0 if end == "from" else 1)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
