"""The matcher's index: immutable, swapped whole, kept level with the graph.

Only text that the whole network may see enters the index and so its word counts. A narrower
project is compared with the index from outside and leaves nothing in it. Callers who are not
signed in are answered from an index of public text alone.
"""

import asyncio
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from backend.finding import OVERLAP_SECONDS, Finding
from backend.matches import hit, properties
from graph import matches, projects
from graph.times import later
from matching import Document, Match, Matcher

if TYPE_CHECKING:
    from backend.product import Product

Row = dict[str, Any]

TOP = 10
MANY = 50  # more projects than this are matched all at once
WHOLE_NETWORK = ("PUBLIC", "NETWORK")


def document(row: Row) -> Document:
    service = row["service"] or {}
    return Document(
        id=row["id"],
        organisation=row["lead"],
        title=row["title"],
        summary=row["summary"],
        phase=row["phase"],
        service=service.get("id"),
        service_name=service.get("name"),
        tier=row["tier"],
        starts=row["startedOn"],
        ends=row["endsOn"],
        openness=row["openness"],
        partners=frozenset(row["partners"]),
    )


@dataclass(frozen=True, slots=True)
class Indexes:
    """Both indexes, the version of each project in hand, and how far the change feed was read."""

    network: Matcher
    public: Matcher
    versions: Mapping[str, int] = field(default_factory=dict)
    read_until: str = ""

    def is_narrow(self, project: str) -> bool:
        return project in self.versions and project not in self.network


@dataclass(slots=True)
class Index:
    """Holds today's indexes; a change makes new ones and swaps them in."""

    held: Indexes = field(default_factory=lambda: Indexes(Matcher.of([]), Matcher.of([])))
    finding: Finding = field(default_factory=Finding)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def load(self, product: "Product") -> int:
        """Read every project and index it anew; return how many there are.

        What was changed and not matched, because a site died or a command wrote it, is matched now.
        """
        async with self._lock:
            now = product.now
            rows = await product.graph.read(projects.texts)
            self.held = await asyncio.to_thread(indexes, rows, now)
            await self._catch_up(product, rows)
        await self.finding.load(product)
        return len(rows)

    async def similar(self, text: str, *, top: int, signed_in: bool) -> list[Row]:
        """Find what is like a text; the text is scored and forgotten."""
        matcher = self.held.network if signed_in else self.held.public
        draft = Document(id="draft", organisation="draft", title="", summary=text)
        found = await asyncio.to_thread(matcher.similar, draft, top)
        return [hit(match, rank) for rank, match in enumerate(found, start=1)]

    async def refresh(self, product: "Product", project: str) -> None:
        """Bring the indexes and a project's matches level with the graph, after its commit."""
        async with self._lock:
            await self._follow(product)
            await self._restate(product, project)
        await self.finding.refresh(product, project)

    async def follow(self, product: "Product") -> None:
        """Take in what other processes changed, and match what they did not live to match."""
        async with self._lock:
            await self._catch_up(product, await self._follow(product))
        await self.finding.follow(product)

    async def state(self, product: "Product") -> tuple[int, int]:
        """State every match in the graph anew; return how many, and how many new proposals."""
        async with self._lock:
            return await self._state(product)

    async def _follow(self, product: "Product") -> list[Row]:
        """Read the change feed with an overlap: the same row twice is fine."""
        since = later(self.held.read_until, -OVERLAP_SECONDS) if self.held.read_until else ""
        now = product.now
        rows = await product.graph.read(projects.texts, since=since)
        gone = await product.graph.read(projects.removed, since=since)
        self.held = await asyncio.to_thread(brought_up, self.held, rows, gone, now)
        return rows

    async def _catch_up(self, product: "Product", rows: list[Row]) -> None:
        behind = [row["id"] for row in rows if row["matchedVersion"] != row["version"]]
        if len(behind) > MANY:
            await self._state(product)
            return
        for project in behind:
            await self._restate(product, project)

    async def _restate(self, product: "Product", project: str) -> None:
        rows = await product.graph.read(projects.texts, id=project)
        kept = await product.graph.read(matches.proposed_with, project=project)
        if rows:
            self.held = await asyncio.to_thread(with_row, self.held, rows[0])
            stated = await asyncio.to_thread(rows_of, self.held, rows[0], kept)
        else:
            self.held, stated = without(self.held, project), []
        await product.graph.write(
            matches.replace_of,
            project=project,
            version=self.held.versions.get(project),
            rows=stated,
            run=uuid.uuid4().hex,
            now=product.now,
        )

    async def _state(self, product: "Product") -> tuple[int, int]:
        now = product.now
        rows = await product.graph.read(projects.texts)
        pairs = await product.graph.read(matches.proposed_pairs)
        self.held = await asyncio.to_thread(indexes, rows, now)
        stated = await asyncio.to_thread(all_rows, self.held, rows, pairs)
        proposed = await product.graph.write(
            matches.replace_all,
            rows=stated,
            versions=dict(self.held.versions),
            run=uuid.uuid4().hex,
            now=now,
        )
        return len(stated), proposed


def indexes(rows: list[Row], now: str) -> Indexes:
    wide = [row for row in rows if row["audience"] in WHOLE_NETWORK]
    return Indexes(
        network=Matcher.of(document(row) for row in wide),
        public=Matcher.of(document(row) for row in wide if row["audience"] == "PUBLIC"),
        versions={row["id"]: row["version"] for row in rows},
        read_until=now,
    )


def without(held: Indexes, project: str) -> Indexes:
    return Indexes(
        held.network.without(project) if project in held.network else held.network,
        held.public.without(project) if project in held.public else held.public,
        {one: version for one, version in held.versions.items() if one != project},
        held.read_until,
    )


def with_row(held: Indexes, row: Row) -> Indexes:
    """Put a project where its audience lets it be, and nowhere else."""
    if held.versions.get(row["id"]) == row["version"]:
        return held
    cleared = without(held, row["id"])
    text = document(row)
    wide = row["audience"] in WHOLE_NETWORK
    return Indexes(
        cleared.network.with_document(text) if wide else cleared.network,
        cleared.public.with_document(text) if row["audience"] == "PUBLIC" else cleared.public,
        {**cleared.versions, row["id"]: row["version"]},
        held.read_until,
    )


def brought_up(held: Indexes, rows: list[Row], gone: list[str], now: str) -> Indexes:
    for project in gone:
        held = without(held, project) if project in held.versions else held
    for row in rows:
        held = with_row(held, row)
    return Indexes(held.network, held.public, held.versions, now)


def rows_of(held: Indexes, row: Row, kept: Iterable[str] = ()) -> list[Row]:
    """State the pairs of one project: its own list, every list that it enters, and what is kept."""
    if held.is_narrow(row["id"]):
        found = held.network.similar(document(row), TOP)
        return [narrow_pair(held, document(row), match) for match in found]
    others = {match.id for match in held.network.matches(row["id"], TOP)}
    others |= {*held.network.entered(row["id"], TOP)}
    others |= {one for one in kept if one in held.network}
    return [pair(held, row["id"], other) for other in sorted(others)]


def narrow_pair(held: Indexes, text: Document, match: Match) -> Row:
    """The one-way match of a project that only its own council sees; nothing is told from afar."""
    terms = tuple(replace(term, ours=term.theirs, theirs=term.ours) for term in match.terms)
    back = replace(match, id=text.id, kind="LEARN_FROM", timing="", differences=(), terms=terms)
    a, b = sorted((text.id, match.id))
    there, away = (match, back) if a == text.id else (back, match)
    return stated_pair(held, a, b, properties(there, away, a, b))


def pair(held: Indexes, one: str, other: str) -> Row:
    a, b = sorted((one, other))
    there, back = held.network.match(a, b), held.network.match(b, a)
    return stated_pair(held, a, b, properties(there, back, a, b))


def stated_pair(held: Indexes, a: str, b: str, stated: Row) -> Row:
    versions = {"aVersion": held.versions[a], "bVersion": held.versions[b]}
    return {"a": a, "b": b, "properties": stated, **versions}


def all_rows(held: Indexes, rows: list[Row], proposed: Iterable[tuple[str, str]]) -> list[Row]:
    """State the union of all top tens, and of what was proposed before."""
    names = {
        tuple(sorted((one, match.id))) for one, found in held.network.pairs(TOP) for match in found
    }
    names |= {(a, b) for a, b in proposed if a in held.network and b in held.network}
    stated = [pair(held, a, b) for a, b in sorted(names)]
    narrow = [row for row in rows if held.is_narrow(row["id"])]
    return stated + [one for row in narrow for one in rows_of(held, row)]
