"""Dates as people write them: March 2027, 15 March 2027, 3/2027, 2027-03-15."""

import calendar
import re
from datetime import date

EARLIEST, LATEST = 1990, 2100
NAMED = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[a-z]{3,9})\.?\s+(?P<year>\d{4})")
NUMBERED = re.compile(r"(?:(?P<day>\d{1,2})[/. ])?(?P<month>\d{1,2})[/. ](?P<year>\d{4})")
STORED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
MONTHS = [name.lower() for name in calendar.month_name]


def first_day(text: str) -> str:
    """An ISO date; of a month, its first day.

    Raises:
        ValueError: it is no date.
    """
    year, month, day = parts(text)
    return date(year, month, day or 1).isoformat()


def last_day(text: str) -> str:
    """An ISO date; of a month, its last day.

    Raises:
        ValueError: it is no date.
    """
    year, month, day = parts(text)
    return date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()


def parts(text: str) -> tuple[int, int, int | None]:
    plain = " ".join(text.lower().replace(",", " ").split())
    found = STORED.fullmatch(plain) or NUMBERED.fullmatch(plain) or NAMED.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    year, month = int(found["year"]), month_number(found["month"])
    if not EARLIEST <= year <= LATEST or not 1 <= month <= len(MONTHS) - 1:
        raise ValueError(text)
    return year, month, int(found["day"]) if found["day"] else None


def month_number(text: str) -> int:
    """The number of a month, written out, cut short or in figures; 0 if it is none."""
    if text.isdigit():
        return int(text)
    return next((at for at, name in enumerate(MONTHS) if at and name.startswith(text)), 0)
