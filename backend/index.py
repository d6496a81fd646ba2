"""The matcher's index: immutable, swapped whole, kept level with the graph.

It follows the change feed, and is kept in a file beside the data so that the next start need not
read every text again.
"""

import asyncio
import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend import checkpoints, profiles
from backend.finding import OVERLAP_SECONDS, REGISTERS, Finding
from backend.indexes import (
    Indexes,
    all_rows,
    brought_up,
    cleared,
    compared,
    indexes,
    rows_of,
    telling,
    with_row,
    without,
)
from backend.supply import choose
from graph import feed, fits, matches, projects, registers, supply
from graph.times import later
from matching import WORDS, Fit, Matcher, stems_of_names

if TYPE_CHECKING:
    from backend.product import Product

log = logging.getLogger(__name__)

Row = dict[str, Any]

MANY = 50  # more projects than this are matched all at once
BATCH = 1000  # rows of a transaction of a full run
SHIPPED = " ".join(map(str, WORDS))
NOTHING = Indexes(Matcher.of([]), Matcher.of([]))


@dataclass(slots=True)
class Index:
    """Holds today's indexes; a change makes new ones and swaps them in.

    `home` is the file in which they are kept, where there is one.
    """

    held: Indexes = NOTHING
    finding: Finding = field(default_factory=Finding)
    home: Path | None = None
    _kept: Indexes = NOTHING
    _seen: frozenset[str] = frozenset()
    _level: str = ""
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def load(self, product: "Product") -> int:
        """Bring the indexes up from what was kept of them, else read every project anew.

        Returns how many projects there are. What was changed and not matched, because a site died
        or a command wrote it, is matched now. The feed goes on from before the reading: what changes
        meanwhile is taken in by the next look at it.
        """
        now = product.now
        marks = await product.graph.read(feed.marks, since=later(now, -OVERLAP_SECONDS))
        self._seen, self._level = frozenset().union(*marks.values()), now
        async with self._lock:
            rows = await self._kept_rows(product)
            if rows is None:
                rows = await self._read_all(product)
            await self._catch_up(product, rows)
        await profiles.bring_up(product)
        await self.keep(product)
        await self.finding.load(product)
        return len(self.held.versions)

    async def keep(self, product: "Product") -> None:
        """Write what is held to its file, if it is other than what is there."""
        held = self.held
        if self.home is None or held is self._kept:
            return
        mark = await graph_mark(product)
        try:
            await asyncio.to_thread(checkpoints.write, self.home, held, mark)
        except OSError as problem:
            log.warning("the index could not be kept: %s", problem)
        self._kept = held

    async def refresh(self, product: "Product", project: str) -> None:
        """Bring the indexes and a project's matches level with the graph, after its commit."""
        async with self._lock:
            await self._follow(product)
            await self._restate(product, project)
        await self.finding.refresh(product, project)

    async def follow(self, product: "Product") -> None:
        """Take in what other processes changed, and match what they did not live to match.

        Where nothing is new since the last time, this is one small read.
        """
        now = product.now
        since = later(self._level, -OVERLAP_SECONDS) if self._level else ""
        marks = await product.graph.read(feed.marks, since=since)
        seen = frozenset().union(*marks.values())
        if not seen <= self._seen:
            async with self._lock:
                await self._catch_up(product, await self._news(product, marks))
            await self.finding.follow(product)
        self._seen, self._level = seen, now

    async def state(self, product: "Product") -> tuple[int, int]:
        """State every match in the graph anew; return how many, and how many new proposals."""
        async with self._lock:
            return await self._state(product)

    async def propose(self, product: "Product") -> int:
        """Propose what found no room before and finds some now."""
        return await product.graph.write(supply.propose, now=product.now, choose=choose)

    async def _news(self, product: "Product", marks: dict[str, frozenset[str]]) -> list[Row]:
        """What is told beside a project stands in registers: where one changed, all is read."""
        if any(marks[what] - self._seen for what in REGISTERS) and self._level:
            return await self._read_all(product)
        return await self._follow(product)

    async def _read_all(self, product: "Product") -> list[Row]:
        now = product.now
        rows = await product.graph.read(projects.texts)
        await self._take_up(product, await asyncio.to_thread(indexes, rows, now))
        return rows

    async def _kept_rows(self, product: "Product") -> list[Row] | None:
        """Take up what was kept, and return what changed since; None if it is of no use."""
        if self.home is None:
            return None
        mark, now = await graph_mark(product), product.now
        held = await asyncio.to_thread(checkpoints.read, self.home, mark)
        if held is None:
            return None
        since = later(held.read_until, -OVERLAP_SECONDS)
        marks = await product.graph.read(feed.marks, since=since)
        census = await product.graph.read(feed.census)
        changed = [row["id"] for row in census if is_news(held, row, since)]
        if len(changed) > MANY or any(marks[what] for what in REGISTERS):
            return None
        gone = [*(held.versions.keys() - {row["id"] for row in census})]
        rows = await product.graph.read(projects.texts_of, ids=changed)
        # Without what changed first: after a restored backup one version may be of other words.
        held = await asyncio.to_thread(cleared, held, changed)
        await self._take_up(product, await asyncio.to_thread(brought_up, held, rows, gone, now))
        return rows

    async def _follow(self, product: "Product") -> list[Row]:
        """Read the change feed with an overlap: the same row twice is fine."""
        since = later(self.held.read_until, -OVERLAP_SECONDS) if self.held.read_until else ""
        now = product.now
        rows = await product.graph.read(projects.texts, since=since)
        gone = await product.graph.read(projects.removed, since=since)
        await self._take_up(
            product, await asyncio.to_thread(brought_up, self.held, rows, gone, now)
        )
        return rows

    async def _take_up(self, product: "Product", held: Indexes) -> None:
        """Swap new indexes in, with the fit that holds now."""
        self.held = held.with_fit(await fit_of(product))

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
            places = await places_of(product)
            self.held = await asyncio.to_thread(with_row, self.held, rows[0])
            stated = await asyncio.to_thread(rows_of, self.held, rows[0], kept)
            told = await asyncio.to_thread(telling, self.held, rows[0], places)
        else:
            self.held, stated, told = without(self.held, project), [], {}
        await product.graph.write(
            matches.replace_of,
            project=project,
            version=self.held.versions.get(project),
            rows=stated,
            telling=told,
            run=uuid.uuid4().hex,
            now=product.now,
            choose=choose,
        )

    async def _state(self, product: "Product") -> tuple[int, int]:
        rows = await self._read_all(product)
        pairs = await product.graph.read(matches.proposed_pairs)
        stated = await asyncio.to_thread(all_rows, self.held, rows, pairs)
        places = await places_of(product)
        seen = await asyncio.to_thread(compared, self.held, rows, places)
        await profiles.bring_up(product)
        return len(stated), await full_run(product, stated, seen)


async def places_of(product: "Product") -> frozenset[str]:
    """What names of places are made of."""
    return stems_of_names(await product.graph.read(registers.places))


async def full_run(product: "Product", rows: list[Row], seen: list[Row]) -> int:
    """State pairs in batches, take away what no longer holds, and propose; return how many.

    `seen` are the projects that were compared.
    """
    run, write = {"run": uuid.uuid4().hex, "now": product.now}, product.graph.write
    for some in batches(seen):
        await write(matches.begin, compared=some, **run)
    for some in batches(rows):
        await write(matches.state_some, rows=some, **run)
    ours = sum([await write(matches.matched, compared=some, **run) for some in batches(seen)])
    while await write(matches.drop, most=BATCH, **run) == BATCH:
        pass
    if seen and not ours:  # another run came after this one, and speaks for all
        return 0
    return await write(supply.propose, now=run["now"], choose=choose)


def batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), BATCH):
        yield [*rows[start : start + BATCH]]


def is_news(held: Indexes, row: Row, since: str) -> bool:
    """Tell whether a project must be read: it is other than it was kept, or was not matched."""
    is_behind = row["matchedVersion"] != row["version"]
    is_other = held.versions.get(row["id"]) != row["version"]
    return is_behind or is_other or bool(row["changedAt"] >= since)


async def fit_of(product: "Product") -> Fit:
    """The fit that was adopted last beside the one that ships, else that one."""
    return told_fit(await product.graph.read(fits.adopted, shipped=SHIPPED))


def told_fit(row: Row | None) -> Fit:
    """A fit as the graph has it; the one that ships, where it has none."""
    return Fit(row["intercept"], row["slope"], row["threshold"]) if row else WORDS


async def graph_mark(product: "Product") -> str:
    """Tell one graph from another: what was kept of one is of no use to the next."""
    stamp = await product.graph.read(registers.stamp)
    return stamp["at"] if stamp else ""
