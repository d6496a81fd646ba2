"""Pages that go into a board pack: numbers as tables with a bar beside each, and since when."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from frontend import dates, phrases, words
from frontend.language import N_, _

SINCE: tuple[tuple[str, Callable[[date], date]], ...] = (
    (N_("a week ago"), lambda today: today - timedelta(days=7)),
    (N_("a month ago"), lambda today: months_before(today, 1)),
    (N_("three months ago"), lambda today: months_before(today, 3)),
    (N_("a year ago"), lambda today: months_before(today, 12)),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table of numbers: how many, and how much of the whole that is."""

    value: str
    label: str
    count: int
    percent: int


def months_before(day: date, count: int) -> date:
    """The same day of an earlier month, or the last one that it has."""
    years, month = divmod(day.month - 1 - count, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def month_ago(today: date) -> str:
    return months_before(today, 1).isoformat()


def since_options(today: date, chosen: str) -> list[tuple[str, str]]:
    """Moments to look back to; one that the address says by itself is one of them."""
    known = [(find(today).isoformat(), _(label)) for label, find in SINCE]
    if not chosen or chosen in dict(known):
        return known
    return [(chosen, dates.long_date(chosen)), *known]


def bars(groups: Iterable[Any], kind: str, values: Sequence[str]) -> list[Bar]:
    """The groups of a list in the order of their kind; one that is not there counts nothing."""
    counts = {group.value: group.count for group in groups}
    whole = sum(counts.values())
    return [
        Bar(value, phrases.sentence(words.FILTERS[kind](value)), found, out_of(found, whole))
        for value in values
        for found in [counts.get(value, 0)]
    ]


@dataclass(frozen=True, slots=True)
class Lack:
    """A group of which some lack something, and where the page of that group alone is."""

    label: str
    all: int
    lack: int
    href: str = ""


def lacking(groups: Iterable[Any], kind: str, here: Any) -> list[Lack]:
    """Groups of councils, or of services by duty, as the rows of a table."""
    if kind == "duty":
        return [Lack(named(kind, group.value), group.services, group.uncovered) for group in groups]
    return [
        Lack(named(kind, one.value), one.councils, one.silent, alone(here, kind, one.value))
        for one in groups
    ]


def named(kind: str, value: str | None) -> str:
    if value is None:
        return _("Not known")
    return phrases.sentence(words.FILTERS[kind](value)) if kind in words.FILTERS else value


def alone(here: Any, kind: str, value: str | None) -> str:
    """The address of this page for one group; none where it is that already."""
    if value is None or here.has(kind):
        return ""
    return str(here.but(**{kind: value, "services": None, "councils": None}))


def happened(change: Any) -> str:
    """All that happened to a project, in words."""
    return phrases.listed(in_words(kind, change.project) for kind in change.kinds)


def in_words(kind: str, project: Any) -> str:
    if kind != "MOVED" or not project.phaseBefore:
        return words.FILTERS["change"](kind)
    before, now = (words.FILTERS["phase"](each) for each in (project.phaseBefore, project.phase))
    return _("went from %(before)s to %(now)s") % {"before": before, "now": now}


def out_of(part: int, whole: int) -> int:
    """How many in a hundred; a few of many are never none, and most are never all."""
    if not part or not whole:
        return 0
    return 100 if part == whole else min(99, max(1, round(100 * part / whole)))


FILTERS: Mapping[str, Callable[..., object]] = {
    "bars": bars,
    "happened": happened,
    "lacking": lacking,
    "out_of": out_of,
    "since_options": since_options,
}
