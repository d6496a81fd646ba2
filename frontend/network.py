"""The network map as its page shows it: the same councils as dots, as rows and as data for a script.

Where a council stands comes from the graph's answer; here is only how large a dot is, which of
eight areas it belongs to, and which part of the map is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

from frontend.language import N_

PAGE = 20
LONGEST_NUMBER = 9
SCALE = 1000  # the answer's places are 0 to 1; a drawing of whole numbers is shorter
SHAPE = 0.72  # the map's width for its height
WHOLE = (216, 10, 720, 1000)  # where the United Kingdom lies
MARGIN, NARROWEST = 40, 240
SILENT_DOT, LARGEST_DOT = 2.4, 13.0


@dataclass(frozen=True, slots=True)
class Area:
    """One of eight parts of the country, each with a colour that no other is mistaken for."""

    name: str
    colour: str
    regions: frozenset[str]


AREAS = (
    Area(N_("London"), "#0f5b58", frozenset({"London"})),
    Area(N_("South of England"), "#3793f4", frozenset({"South East", "South West"})),
    Area(N_("Midlands"), "#8f6619", frozenset({"East Midlands", "West Midlands"})),
    Area(
        N_("North of England"),
        "#48216a",
        frozenset({"North East", "North West", "Yorkshire and The Humber"}),
    ),
    Area(N_("East of England"), "#7e9f00", frozenset({"East of England"})),
    Area(N_("Scotland"), "#802b9e", frozenset({"Scotland"})),
    Area(N_("Wales"), "#b3858b", frozenset({"Wales"})),
    Area(N_("Northern Ireland"), "#796eac", frozenset({"Northern Ireland"})),
)
NOWHERE = Area(N_("Joint bodies"), "#4a5755", frozenset())


def area_of(region: str | None) -> Area:
    return next((area for area in AREAS if region in area.regions), NOWHERE)


@dataclass(slots=True)
class Place:
    """A council on the map, and what joins it to others."""

    number: int
    id: str
    name: str
    region: str
    area: Area
    x: float
    y: float
    projects: int
    is_mine: bool
    links: int = 0
    together: int = 0
    alike: int = 0

    @property
    def is_silent(self) -> bool:
        return not (self.projects or self.links)

    @property
    def size(self) -> float:
        if self.is_silent:
            return SILENT_DOT
        return round(min(LARGEST_DOT, 4.5 + 2 * sqrt(self.projects)), 1)


@dataclass(frozen=True, slots=True)
class Join:
    """Two councils, and how many projects they work on together or have alike."""

    one: Place
    other: Place
    together: int
    alike: int


Order = Callable[[Place], tuple[Any, ...]]
ORDERS: Mapping[str, Order] = {
    "links": lambda one: (-one.links, -one.together, -one.projects),
    "projects": lambda one: (-one.projects, -one.links),
    "together": lambda one: (-one.together, -one.links),
    "alike": lambda one: (-one.alike, -one.links),
    "region": lambda one: (one.region or "~",),
    "council": lambda _: (),
}


@dataclass(frozen=True)
class Picture:
    """One answer of `network`, sorted and drawn."""

    places: Sequence[Place]
    joins: Sequence[Join]
    sort: str
    start: int

    @cached_property
    def busy(self) -> list[Place]:
        """Councils with a project or a join, in the order that was asked for, then by name."""
        order = ORDERS[self.sort]
        found = [one for one in self.places if not one.is_silent]
        return sorted(found, key=lambda one: (*order(one), one.name.casefold(), one.id))

    @cached_property
    def silent(self) -> list[Place]:
        found = [one for one in self.places if one.is_silent]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    @property
    def rows(self) -> list[Place]:
        return self.busy[self.start : self.start + PAGE]

    @property
    def after(self) -> int | None:
        """Where the next rows start; none after the last."""
        beyond = self.start + PAGE
        return beyond if beyond < len(self.busy) else None

    @cached_property
    def joined(self) -> list[Join]:
        """What joins them, the most first."""
        return sorted(
            self.joins,
            key=lambda one: (-one.together, -one.alike, one.one.name, one.other.name),
        )

    @property
    def areas(self) -> list[Area]:
        here = {one.area.name for one in self.places if not one.is_silent}
        return [area for area in (*AREAS, NOWHERE) if area.name in here]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """The part of the map to look at: left, top, width and height."""
        if len({one.region for one in self.places}) != 1:
            return WHOLE
        return around([one.x for one in self.places], [one.y for one in self.places])

    @property
    def zoom(self) -> float:
        """How much larger a dot must be drawn on a smaller part to look the same."""
        return round(self.box[2] / WHOLE[2], 3)

    @property
    def data(self) -> dict[str, Any]:
        """The same for the script that lets one move about in it."""
        return {
            "ids": [one.id for one in self.places],
            "names": [one.name for one in self.places],
            "x": [one.x for one in self.places],
            "y": [one.y for one in self.places],
            "sizes": [one.size for one in self.places],
            "colours": [one.area.colour for one in self.places],
            "projects": [one.projects for one in self.places],
            "mine": [one.number for one in self.places if one.is_mine],
            "joins": [
                [one.one.number, one.other.number, one.together, one.alike] for one in self.joins
            ],
            "box": self.box,
        }


def around(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float, float]:
    """A box of the map's shape with all of these in it, and some room about them."""
    width, height = (max(each) - min(each) + 2 * MARGIN for each in (xs, ys))
    width = max(width, height * SHAPE, NARROWEST)
    height = width / SHAPE
    left, top = ((max(each) + min(each)) / 2 for each in (xs, ys))
    return round(left - width / 2), round(top - height / 2), round(width), round(height)


def picture(network: Any, mine: str = "", sort: str = "", start: str = "") -> Picture:
    """An answer of `network` as its page shows it; what nobody can have asked for is left out."""
    places = list(places_of(network, mine))
    joins = [
        Join(places[one], places[other], together, alike)
        for one, other, together, alike in zip(
            network.begins, network.ends, network.partners, network.matches, strict=True
        )
    ]
    for join in joins:
        for end in (join.one, join.other):
            end.links += 1
            end.together += join.together
            end.alike += join.alike
    sort = sort if sort in ORDERS else next(iter(ORDERS))
    return Picture(places, joins, sort, row_of(start))


def row_of(text: str) -> int:
    """Where rows start, as an address says it; no address of ours has a longer number."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def places_of(network: Any, mine: str) -> Iterator[Place]:
    for number, own in enumerate(network.councils):
        region = network.regions[number] or ""
        x, y = (round(each[number] * SCALE, 1) for each in (network.x, network.y))
        name, projects = network.names[number], network.projects[number]
        yield Place(number, own, name, region, area_of(region), x, y, projects, own == mine)


FILTERS: Mapping[str, Callable[..., object]] = {"picture": picture}
