"""Dates and ages in words: 14 December 2026, 12 days ago, March 2027."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from frontend.language import N_, _

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
STALE_AFTER = 60
QUIET_AFTER = 120
MONTHS_IN_WORDS = 24


def day_of(text: str | date) -> date:
    """The day in London of an ISO date or instant."""
    if isinstance(text, date):
        return text
    if len(text) == len("2026-11-23"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(LONDON).date()


def long_date(text: str | date) -> str:
    day = day_of(text)
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def as_far_as_known(text: str) -> str:
    """A date whose day, or month, the source may not give: 2019, March 2020, 3 April 2020."""
    year, *rest = text.split("-")
    if not rest:
        return year
    if len(rest) == 1:
        return f"{_(MONTHS[int(rest[0]) - 1])} {year}"
    return long_date(text)


def weekday(text: str | date) -> str:
    return f"{_(DAYS[day_of(text).weekday()])} {long_date(text)}"


def month(text: str | date) -> str:
    day = day_of(text)
    return f"{_(MONTHS[day.month - 1])} {day.year}"


def ago(text: str | date, today: date) -> str:
    """How long ago in days, then months, then years."""
    days = (today - day_of(text)).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= QUIET_AFTER:
        return _("%(count)s days ago") % {"count": days}
    return _roughly(days)


def is_past(text: str | date, today: date) -> bool:
    return day_of(text) <= today


def _roughly(days: int) -> str:
    months = round(days / 30.44)
    if months < MONTHS_IN_WORDS:
        return _("%(count)s months ago") % {"count": months}
    return _("%(count)s years ago") % {"count": days // 365}


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long a record has gone unconfirmed; `left` of 120 days is drawn as a wheel."""

    words: str
    left: int
    is_stale: bool


def freshness(text: str | date, today: date) -> Freshness:
    days = (today - day_of(text)).days
    return Freshness(ago(text, today), max(0, QUIET_AFTER - days), days > STALE_AFTER)


@dataclass(frozen=True, slots=True)
class Month:
    value: str
    text: str


def months_ahead(today: date, count: int) -> list[Month]:
    """The first days of the next months, as choices."""
    firsts = [_first_of_month(today, ahead) for ahead in range(1, count + 1)]
    return [Month(first.isoformat(), month(first)) for first in firsts]


def _first_of_month(today: date, ahead: int) -> date:
    years, index = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, index + 1, 1)


FILTERS: Mapping[str, Callable[..., object]] = {
    "date": long_date,
    "date_as_known": as_far_as_known,
    "weekday": weekday,
    "month": month,
    "ago": ago,
    "is_past": is_past,
    "freshness": freshness,
    "months_ahead": months_ahead,
}
