"""The exact best matches of every document at once: independent tasks over tiles of documents.

A task meets two tiles and touches the lists of no other; tasks of one round share no tile, so that
threads need no lock and the answer does not depend on which is done first. A list keeps its best in
whatever order they come: tasks could as well be done on several machines, and the lists merged.
"""

import math
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from queue import SimpleQueue
from typing import Any, NamedTuple

import numpy as np

from matching import kernel
from matching.nearest import NOWHERE

# How many of the commonest words are bounded, not summed: the square root of documents by places of
# a list, times this. Measured: 16 for ten thousand and 48 for fifty thousand with lists of ten, and
# with lists of thirty, whose floors are lower, 0 and 16. They have three fifths of all postings.
CUT = 0.55
TILE = 8192  # sums of a tile take 32 kB: they and its postings stay in the processor's caches
# A list begins with exact scores of SCORED_FIRST documents that share its rarest words.
LEAST_BUDGET, MOST_BUDGET, DOCUMENTS_PER_POSTING = 1000, 5000, 40
SCORED_FIRST = 6
PIECES = 8  # of work for each thread, where rows are independent
# How far a float32 sum of so many shares may lie below the real one: half a bit each, and some.
MARGIN, ROUNDING = 2e-6, 2**-23
UP = 1 + 2e-6  # a length as float32 is never below the real one

Span = tuple[int, int]


class Bodies(NamedTuple):
    """Who leads each document, and who are partners in it: from `starts[at]` to `starts[at + 1]`."""

    leads: Any
    starts: Any
    partners: Any


class Lists(NamedTuple):
    """Scores of the best of each document, best first, and their places: -1 where there is none."""

    scores: Any
    places: Any


@dataclass(frozen=True)
class Work:
    """What every task reads, and the lists that they write."""

    rows: tuple[Any, ...]
    number: Any
    bodies: Bodies
    lists: tuple[Any, ...]
    words: int
    cut: int
    tile: int

    @property
    def documents(self) -> int:
        return len(self.rows[0]) - 1

    @property
    def top(self) -> int:
        return int(self.lists[0].shape[1])

    def tiles(self) -> list[Span]:
        return spans(range(0, self.documents, self.tile), self.documents)


@dataclass(frozen=True)
class Standing:
    """The finished lists, which do not change, and a way to meet rows that are not among theirs."""

    work: Work

    @property
    def lists(self) -> Lists:
        return Lists(self.work.lists[0], self.work.lists[1])

    def met(self, row: Any, apart: Any, rank: int) -> tuple[Any, Any]:
        """The best of all others for one row, and the places of those whose lists it would enter.

        The row is of length one, over the same words; `apart` tells which documents are of others.
        """
        work, most = self.work, self.work.top + SCORED_FIRST
        own = (np.zeros((1, work.top)), np.full((1, work.top), -1, dtype=np.int32))
        entered = np.empty(work.documents, dtype=np.int32)
        if not row.nnz:
            return NOWHERE, NOWHERE
        ends, numbers, values = renumbered(row, work.number)
        length = np.float32(common_lengths(ends, numbers, values, work.cut)[0] * UP)
        stranger = (ends, numbers, values, values.astype(np.float32), length, rank)
        count = kernel.stranger_met(
            stranger,
            work.rows,
            work.lists,
            apart,
            work.cut,
            self.posts,
            (*own, entered),
            (
                np.zeros(work.documents + TILE, dtype=np.float32),
                np.zeros(work.words),
                np.zeros(most, dtype=np.int32),
                np.zeros(most, dtype=np.float32),
            ),
        )
        places = own[1][0].astype(np.int64)
        return places[places >= 0], entered[:count].astype(np.int64)

    @cached_property
    def posts(self) -> tuple[Any, Any, Any]:
        return postings(self.work, (0, self.work.documents), self.work.cut, np.int32)


def threads() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def nearest(weights: Any, bodies: Bodies, ranks: Any, top: int, earlier: Any = None) -> Lists:
    """The `top` rows of other bodies most like each, exactly; ties by `ranks`.

    Weights are rows of length one. `earlier` places, of a time when weights were others, make it
    faster and change nothing.
    """
    return standing(weights, bodies, ranks, top, earlier).lists


def standing(weights: Any, bodies: Bodies, ranks: Any, top: int, earlier: Any = None) -> "Standing":
    """`nearest`, with what it takes to meet strangers afterwards."""
    work = prepared(weights, bodies, ranks, top)
    if not work.documents or not work.words:
        return Standing(work)
    with ThreadPoolExecutor(threads()) as pool:
        if earlier is None:
            begin(pool, work)
        else:
            begin_from(pool, work, np.ascontiguousarray(earlier, dtype=np.int32))
        meet(pool, work)
    return Standing(work)


def prepared(weights: Any, bodies: Bodies, ranks: Any, top: int) -> Work:
    """Rows with words numbered from the commonest, lengths of their common parts, empty lists."""
    documents, words = weights.shape
    cut = min(int(CUT * math.sqrt(documents / top)), words) if top else 0
    tile = min(TILE, max(128, documents // (4 * threads())))
    padded = documents + tile + TILE
    number = by_frequency(weights)
    ends, numbers, values = renumbered(weights, number)
    lengths, floors = np.zeros((2, padded), dtype=np.float32)
    lengths[:documents] = common_lengths(ends, numbers, values, cut) * UP
    floors[documents:] = 2
    rows = (ends, numbers, values, values.astype(np.float32), lengths)
    places = np.full((documents, top), -1, dtype=np.int32)
    longest = int(np.diff(ends).max(initial=0))
    lists = (np.zeros((documents, top)), places, floors, ranks, MARGIN + longest * ROUNDING)
    return Work(rows, number, bodies, lists, words, cut, tile)


def by_frequency(weights: Any) -> Any:
    """A number for each column, the commonest first."""
    order = np.argsort(-np.bincount(weights.indices, minlength=weights.shape[1]), kind="stable")
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return number


def renumbered(weights: Any, number: Any) -> tuple[Any, Any, Any]:
    """A matrix's parts, with other numbers for its columns; those of a row ascend."""
    parts = (weights.data.astype(np.float64), number[weights.indices], weights.indptr)
    table = type(weights)(parts, shape=weights.shape)
    table.sort_indices()
    return table.indptr.astype(np.int64), table.indices, table.data


def common_lengths(ends: Any, numbers: Any, values: Any, cut: int) -> Any:
    squares = np.concatenate([[0], np.cumsum(np.where(numbers < cut, values * values, 0))])
    return np.sqrt(np.maximum(np.diff(squares[ends]), 0))


def begin(pool: ThreadPoolExecutor, work: Work) -> None:
    """Give each list a few good places, found through its rarest words."""
    size = min(max(work.documents // DOCUMENTS_PER_POSTING, LEAST_BUDGET), MOST_BUDGET)
    often = np.bincount(work.rows[1], minlength=work.words)
    cut = int(np.searchsorted(-often, -size))
    posts = postings(work, (0, work.documents), cut, np.int32)
    most = work.top + SCORED_FIRST

    def task(part: Span) -> None:
        sums, space = np.zeros(work.documents, dtype=np.float32), np.zeros(work.words)
        touched, best = np.zeros(size, dtype=np.int32), np.zeros(most, dtype=np.int32)
        room = (sums, space, touched, best, np.zeros(most, dtype=np.float32))
        kernel.begun(work.rows, work.bodies, work.lists, cut, posts, part, room)

    run(pool, task, pieces(work.documents))


def begin_from(pool: ThreadPoolExecutor, work: Work, earlier: Any) -> None:
    def task(part: Span) -> None:
        room = (np.zeros(work.words), earlier)
        kernel.rescored(work.rows, work.bodies, work.lists, part, room)

    run(pool, task, pieces(work.documents))


def meet(pool: ThreadPoolExecutor, work: Work) -> None:
    """Meet every tile with itself and with every other."""
    tiles = work.tiles()
    posts = list(pool.map(lambda tile: postings(work, tile, work.cut, np.uint16), tiles))
    rooms = SimpleQueue[Any]()
    for _ in range(threads()):
        rooms.put((np.zeros(work.tile + TILE, dtype=np.float32), np.zeros(work.words)))

    def task(pair: Span) -> None:
        one, other = pair
        room = rooms.get()
        spans = tiles[one], tiles[other]
        try:
            kernel.tiles_met(
                work.rows, work.bodies, work.lists, *spans, posts[other], room, work.cut
            )
        finally:
            rooms.put(room)

    for tasks in rounds(len(tiles)):
        run(pool, task, tasks)


def rounds(tiles: int) -> Iterator[list[Span]]:
    """Each pair of tiles once, those of one round apart: a tournament, as at chess.

    One stays in its place and the others go round; with an odd number each rests once.
    """
    yield [(at, at) for at in range(tiles)]
    places = tiles - 1 + tiles % 2
    for turn in range(places if tiles > 1 else 0):
        pairs = [(turn, places)] + [
            ((turn + step) % places, (turn - step) % places) for step in range(1, places // 2 + 1)
        ]
        yield [(min(pair), max(pair)) for pair in pairs if max(pair) < tiles]


def postings(work: Work, tile: Span, cut: int, kind: Any) -> tuple[Any, Any, Any]:
    """For each word from `cut` on where its list ends, and the lists: documents and weights."""
    ends, numbers, _, coarse, _ = work.rows
    posts = np.zeros(work.words - cut + 1, dtype=np.int64)
    kernel.counted(ends, numbers, cut, *tile, posts)
    ids, shares = np.empty(posts[-1], dtype=kind), np.empty(posts[-1], dtype=np.float32)
    kernel.posted(ends, numbers, coarse, cut, *tile, posts, ids, shares)
    return posts, ids, shares


def run(pool: ThreadPoolExecutor, task: Callable[[Span], None], parts: list[Span]) -> None:
    """Do every part, and raise what one of them raised."""
    deque(pool.map(task, parts), maxlen=0)


def pieces(documents: int) -> list[Span]:
    return spans(range(0, documents, max(1, documents // (PIECES * threads()))), documents)


def spans(starts: range, stop: int) -> list[Span]:
    return [(start, min(start + starts.step, stop)) for start in starts]
