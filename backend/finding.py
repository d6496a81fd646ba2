"""What a few words find, kept level with the graph, and never more than who asks may see.

There is a shelf for everybody, a shelf for the network (all that anybody signed in may see), and a
small one for each council that has projects which only it, or it and its partners, may see. Words
are weighed, and slips understood, by the large shelf alone: what stands on a small one changes
nothing for those who may not look there.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from graph import findable, projects
from graph.times import later
from matching import Entry, Finder, Findings, Wish, find

if TYPE_CHECKING:
    from backend.product import Product, Viewer

Row = dict[str, Any]

OVERLAP_SECONDS = 30
PUBLIC, NETWORK = "public", "network"
EVERYBODY = frozenset({PUBLIC, NETWORK})
SIGNED_IN = frozenset({NETWORK})
# Their names stand in what is said of projects and people, so a change of one may change those.
REGISTERS = ("councils", "services", "skills")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and the shelves on which it stands."""

    entry: Entry
    shelves: frozenset[str]


def joined(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def facts(**named: str | Iterable[str] | None) -> Mapping[str, tuple[str, ...]]:
    """What an entry can be asked for by; what is not known is left out."""
    several = {name: (one,) if isinstance(one, str) else tuple(one or ()) for name, one in named.items()}  # fmt: skip
    return {name: values for name, values in several.items() if values}


def of_project(row: Row) -> Placed:
    service = row["service"] or {}
    said = facts(
        phase=row["phase"],
        council=row["lead"],
        region=row["region"],
        tier=row["tier"],
        service=service.get("id"),
    )
    text = joined(row["summary"], service.get("name"), row["council"])
    return Placed(Entry(row["id"], "PROJECT", row["title"], text, facts=said), readers(row))


def readers(row: Row) -> frozenset[str]:
    """The shelves of those who may see a project."""
    match row["audience"]:
        case "PUBLIC":
            return EVERYBODY
        case "NETWORK":
            return SIGNED_IN
        case "PARTNERS":
            return frozenset({row["lead"], *(row["partners"] or ())})
        case _:
            return frozenset({row["lead"]})


def of_council(row: Row) -> Placed:
    said = facts(council=row["id"], region=row["region"], tier=row["tier"])
    names = (row["shortName"], row["code"], *filter(None, [row["gssCode"]]))
    text = joined(row["type"], row["county"], row["region"], row["nation"])
    return Placed(Entry(row["id"], "COUNCIL", row["name"], text, names, said), EVERYBODY)


def of_service(row: Row) -> Placed:
    said = facts(service=row["id"], tier=row["tier"])
    entry = Entry(row["id"], "SERVICE", row["name"], names=(str(row["lgsl"]),), facts=said)
    return Placed(entry, EVERYBODY)


def of_skill(row: Row) -> Placed:
    text = joined(row["summary"], *(row["families"] or ()))
    return Placed(Entry(row["id"], "SKILL", row["name"], text), EVERYBODY)


def of_person(row: Row) -> Placed:
    said = facts(
        council=row["council"], region=row["region"], tier=row["tier"], service=row["services"]
    )
    text = joined(row["jobTitle"], row["about"], row["shortName"], *row["skills"])
    return Placed(Entry(row["id"], "PERSON", row["name"], text, facts=said), SIGNED_IN)


OF = {
    "projects": of_project,
    "councils": of_council,
    "services": of_service,
    "skills": of_skill,
    "people": of_person,
}


def placed(rows: Mapping[str, list[Row]]) -> Iterator[Placed]:
    for what, found in rows.items():
        yield from map(OF[what], found)


@dataclass(frozen=True, slots=True)
class Library:
    """Every shelf, what stands where, and how far the change feed was read."""

    placed: Mapping[str, Placed] = field(default_factory=dict)
    shelves: Mapping[str, Finder] = field(default_factory=dict)
    read_until: str = ""

    def news(self, come: Iterable[Placed]) -> dict[str, Placed]:
        """What is new or other than before; the feed brings some of it twice."""
        return {one.entry.id: one for one in come if self.placed.get(one.entry.id) != one}

    def changed(self, come: Iterable[Placed], gone: Iterable[str], now: str) -> "Library":
        """The library with what comes in the place of what was there, and without what is gone."""
        news = self.news(come)
        out = {one for one in {*news, *gone} if one in self.placed}
        shelves = dict(self.shelves)
        for shelf, entries in by_shelf(news.values(), (self.placed[one] for one in out)).items():
            shelves[shelf] = shelves.get(shelf, Finder.of([])).changed(come=entries, gone=out)
        kept = {own: one for own, one in self.placed.items() if own not in out}
        return Library({**kept, **news}, shelves, now)


def by_shelf(come: Iterable[Placed], gone: Iterable[Placed]) -> dict[str, list[Entry]]:
    """The entries that come to each shelf that something comes to or leaves."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in come:
        for shelf in one.shelves:
            found[shelf].append(one.entry)
    for shelf in chain.from_iterable(one.shelves for one in gone):
        found[shelf] += []
    return found


@dataclass(slots=True)
class Finding:
    """Holds today's library; read when it is first needed, and followed from then on."""

    held: Library | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def load(self, product: "Product") -> None:
        """Read everything anew."""
        async with self._lock:
            self.held = await read(product)

    async def follow(self, product: "Product") -> None:
        """Take in what changed, here or in another process."""
        async with self._lock:
            if self.held is not None:
                self.held = await followed(product, self.held)

    async def refresh(self, product: "Product", project: str) -> None:
        """Take in one project as it is now."""
        async with self._lock:
            if self.held is not None:
                rows = await product.graph.read(findable.projects, id=project)
                come, gone = placed({"projects": rows}), [] if rows else [project]
                until = self.held.read_until
                self.held = await asyncio.to_thread(self.held.changed, come, gone, until)

    async def registered(self, product: "Product", kind: str) -> tuple[tuple[str, str, str], ...]:
        """The id, title and text of everything of a kind that everybody may see."""
        if self.held is None:
            await self.load(product)
        assert self.held is not None  # noqa: S101 - just loaded
        entries = (one.entry for one in self.held.placed.values() if PUBLIC in one.shelves)
        return tuple(sorted((one.id, one.title, one.text) for one in entries if one.kind == kind))

    async def found(self, product: "Product", viewer: "Viewer", text: str, wish: Wish) -> Findings:
        """Find what fits a text in all that a viewer may see; the text is forgotten."""
        if self.held is None:
            await self.load(product)
        assert self.held is not None  # noqa: S101 - just loaded
        shelves = [self.held.shelves.get(name) for name in open_to(viewer)]
        main, *beside = [one for one in shelves if one is not None] or [Finder.of([])]
        return await asyncio.to_thread(find, text, wish, main, *beside)


def open_to(viewer: "Viewer") -> tuple[str, ...]:
    """The shelves at which a viewer may look, the large one first."""
    return (NETWORK, viewer.council) if viewer.is_signed_in else (PUBLIC,)


async def read(product: "Product") -> Library:
    now = product.now
    rows = await product.graph.read(findable.changed)
    return await asyncio.to_thread(Library().changed, placed(rows), (), now)


async def followed(product: "Product", held: Library) -> Library:
    """Read the change feed with an overlap; where a register changed, everything."""
    since, now = later(held.read_until, -OVERLAP_SECONDS), product.now
    rows = await product.graph.read(findable.changed, since=since)
    if held.news(placed({what: rows[what] for what in REGISTERS})):
        return await read(product)
    gone = await product.graph.read(projects.removed, since=since)
    return await asyncio.to_thread(held.changed, placed(rows), gone, now)
