"""The matcher's index: immutable, swapped whole, kept level with the graph.

Only text that the whole network may see enters the index and so its word counts. A narrower
project is compared with the index from outside and leaves nothing in it. Callers who are not
signed in are answered from an index of public text alone.
"""

import asyncio
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.matches import hit, properties
from graph import matches, projects
from graph.times import later
from matching import Document, Match, Matcher

if TYPE_CHECKING:
    from backend.product import Product

Row = dict[str, Any]

TOP = 10
OVERLAP_SECONDS = 30
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
    """Both indexes, and how far the change feed has been read."""

    network: Matcher
    public: Matcher
    narrow: frozenset[str] = frozenset()
    read_until: str = ""


@dataclass(slots=True)
class Index:
    """Holds today's indexes; a change makes new ones and swaps them in."""

    held: Indexes = field(default_factory=lambda: Indexes(Matcher.of([]), Matcher.of([])))
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def load(self, product: "Product") -> int:
        """Read every project and index it anew; return how many there are."""
        now = product.now
        rows = await product.graph.read(projects.texts)
        self.held = await asyncio.to_thread(indexes, rows, now)
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
                rows=stated,
                run=uuid.uuid4().hex,
                now=product.now,
            )

    async def follow(self, product: "Product") -> None:
        """Take in what other processes changed: read with an overlap, the same row twice is fine."""
        async with self._lock:
            since = later(self.held.read_until, -OVERLAP_SECONDS) if self.held.read_until else ""
            now = product.now
            rows = await product.graph.read(projects.texts, since=since)
            gone = await product.graph.read(projects.removed, since=since)
            self.held = await asyncio.to_thread(brought_up, self.held, rows, gone, now)

    async def state(self, product: "Product") -> tuple[int, int]:
        """State every match in the graph anew; return how many, and how many new proposals."""
        await self.load(product)
        pairs = await product.graph.read(matches.proposed_pairs)
        rows = await product.graph.read(projects.texts)
        stated = await asyncio.to_thread(all_rows, self.held, rows, pairs)
        proposed = await product.graph.write(
            matches.replace_all, rows=stated, run=uuid.uuid4().hex, now=product.now
        )
        return len(stated), proposed


def indexes(rows: list[Row], now: str) -> Indexes:
    wide = [row for row in rows if row["audience"] in WHOLE_NETWORK]
    return Indexes(
        network=Matcher.of(document(row) for row in wide),
        public=Matcher.of(document(row) for row in wide if row["audience"] == "PUBLIC"),
        narrow=frozenset(row["id"] for row in rows if row["audience"] not in WHOLE_NETWORK),
        read_until=now,
    )


def without(held: Indexes, project: str) -> Indexes:
    return Indexes(
        held.network.without(project) if project in held.network else held.network,
        held.public.without(project) if project in held.public else held.public,
        held.narrow - {project},
        held.read_until,
    )


def with_row(held: Indexes, row: Row) -> Indexes:
    """Put a project where its audience lets it be, and nowhere else."""
    cleared = without(held, row["id"])
    text = document(row)
    wide = row["audience"] in WHOLE_NETWORK
    return Indexes(
        cleared.network.with_document(text) if wide else cleared.network,
        cleared.public.with_document(text) if row["audience"] == "PUBLIC" else cleared.public,
        cleared.narrow if wide else cleared.narrow | {row["id"]},
        held.read_until,
    )


def brought_up(held: Indexes, rows: list[Row], gone: list[str], now: str) -> Indexes:
    for project in gone:
        held = without(held, project)
    for row in rows:
        if not is_level(held, row):
            held = with_row(held, row)
    return Indexes(held.network, held.public, held.narrow, now)


def is_level(held: Indexes, row: Row) -> bool:
    return row["id"] in held.network and held.network.document(row["id"]) == document(row)


def rows_of(held: Indexes, row: Row, kept: Iterable[str] = ()) -> list[Row]:
    """State the pairs of one project: its own list, every list that it enters, and what is kept."""
    if row["id"] in held.narrow:
        found = held.network.similar(document(row), TOP)
        return [narrow_pair(document(row), match) for match in found]
    others = {match.id for match in held.network.matches(row["id"], TOP)}
    others |= {*held.network.entered(row["id"], TOP)}
    others |= {one for one in kept if one in held.network}
    return [pair(held.network, row["id"], other) for other in sorted(others)]


def narrow_pair(text: Document, match: Match) -> Row:
    """The one-way match of a project that only its own council sees; nothing is told from afar."""
    a, b = sorted((text.id, match.id))
    return {"a": a, "b": b, "properties": properties(match, match, a, b)}


def pair(matcher: Matcher, one: str, other: str) -> Row:
    a, b = sorted((one, other))
    return {
        "a": a,
        "b": b,
        "properties": properties(matcher.match(a, b), matcher.match(b, a), a, b),
    }


def all_rows(held: Indexes, rows: list[Row], proposed: Iterable[tuple[str, str]]) -> list[Row]:
    """State the union of all top tens, and of what was proposed before."""
    names = {
        tuple(sorted((one, match.id))) for one, found in held.network.pairs(TOP) for match in found
    }
    names |= {(a, b) for a, b in proposed if a in held.network and b in held.network}
    stated = [pair(held.network, a, b) for a, b in sorted(names)]
    narrow = [row for row in rows if row["id"] in held.narrow]
    return stated + [one for row in narrow for one in rows_of(held, row)]
