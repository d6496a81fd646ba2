"""Many texts read at once: the table that reading them one by one gives, several times faster.

A word is looked at once as it was written, however many texts have it (`lexicon.py`); the rest is
arithmetic over numbers (`cutting.py`). Texts go by half a megabyte at a time, and what is kept of a count
is as small as the largest allows: seven bytes with its column, for texts of everyday length.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from matching import cutting
from matching.forms import Forms
from matching.lexicon import Lexicon, Part, Place, Strings
from matching.pairs import threads
from matching.terms import LONGEST_SAMPLE, is_welsh
from matching.weights import Counts

CHARACTERS_AT_ONCE = 1 << 19
SHORTEST_WORD = 3  # characters, with what parts it from the next
COUNTS_AT_ONCE = 1 << 16


class Tally:
    """Counts of the stems of some texts, row by row."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.lexicon = Lexicon()
        self.ends = np.zeros(len(texts) + 1, dtype=np.int64)
        # Room for the most that there can be: what is not written to takes no memory.
        most = int(self.lengths.sum() + len(texts)) // SHORTEST_WORD + 1
        self.stems = np.empty(most, dtype=np.int32)
        self.counts = np.empty(most, dtype=np.uint8)
        self.firsts = np.empty(most, dtype=np.uint8)

    def table(self) -> tuple[Counts, Forms]:
        with ThreadPoolExecutor(1) as other:
            self.read(other)
        return self.finished()

    def finished(self) -> tuple[Counts, Forms]:
        for some in (self.stems, self.counts, self.firsts):
            some.resize(int(self.ends[-1]), refcheck=False)
        stems, used, forms = self.lexicon.stems, self.lexicon.used(), self.lexicon.forms()
        del self.lexicon
        names, columns = named(stems, used)
        self.order(columns)
        parts = (self.counts, self.stems, self.ends)
        matrix = sparse.csr_matrix(parts, shape=(len(self.texts), len(names)))
        matrix.has_canonical_format = True
        return Counts(names, matrix, self.firsts), forms

    def read(self, other: Executor) -> None:
        """Count all texts; another thread cuts the next ones meanwhile, where it gets round to it."""
        written, parts = self.lexicon.written, self.parts()
        part = next(parts)
        place = other.submit(written.begin, part)
        for following in parts:
            self.end(part, place)
            place = other.submit(written.begin, following)
            self.count(part)
            part = following
        self.end(part, place)
        self.count(part)

    def end(self, part: Part, place: Future[Place]) -> None:
        """Cut what is left of a part: all of it, where the other thread has not begun."""
        written = self.lexicon.written
        written.end(part, written.begin(part) if place.cancel() else place.result())

    def parts(self) -> Iterator[Part]:
        """Some texts at a time, of about so many characters together."""
        passed = np.cumsum(self.lengths) // CHARACTERS_AT_ONCE
        between = (np.flatnonzero(np.diff(passed)) + 1).tolist()
        for start, stop in pairwise([0, *between, len(self.texts)]):
            yield Part(start, self.texts[start:stop])

    def count(self, part: Part) -> None:
        lexicon, words, ends = self.lexicon, part.words, part.ends
        lexicon.settle()
        welsh = self.welsh(part)
        if welsh.any():
            lexicon.ask_in_welsh(words[np.repeat(welsh, np.diff(ends))])
        seen = np.full(lexicon.stems.known, -1, dtype=np.int32)
        out = np.empty((3, len(words)), dtype=np.int32)
        stems, times = (
            (lexicon.english, lexicon.welsh),
            (lexicon.english_times, lexicon.welsh_times),
        )
        sizes = self.ends[part.start + 1 : part.start + len(ends)]
        total = cutting.tallied(words, ends, welsh, stems, times, seen, out, sizes)
        begun = self.ends[part.start]
        np.cumsum(sizes, out=sizes)
        sizes += begun
        self.stems[begun : begun + total] = out[0, :total]
        self.counts = put(self.counts, begun, out[1, :total])
        self.firsts = put(self.firsts, begun, out[2, :total])

    def welsh(self, part: Part) -> Any:
        """Which texts are Welsh; of a long one only the beginning tells."""
        welsh = np.zeros(len(part.texts), dtype=np.bool_)
        cutting.languages(part.words, part.ends, self.lexicon.small, welsh)
        lengths = self.lengths[part.start : part.start + len(welsh)]
        for at in np.flatnonzero(lengths > LONGEST_SAMPLE).tolist():
            welsh[at] = is_welsh(part.texts[at])
        return welsh

    def order(self, columns: Any) -> None:
        """Put each row in the order of its columns."""
        rows = np.flatnonzero(np.diff(self.ends[:-1] // COUNTS_AT_ONCE)) + 1
        spans = pairwise([0, *rows.tolist(), len(self.texts)])
        with ThreadPoolExecutor(threads()) as pool:
            deque(pool.map(lambda span: self.order_rows(columns, *span), spans), maxlen=0)

    def order_rows(self, columns: Any, start: int, stop: int) -> None:
        begun = self.ends[start]
        part, ends = slice(begun, self.ends[stop]), self.ends[start : stop + 1] - begun
        own, order = columns[self.stems[part]], np.empty(ends[-1], dtype=np.intp)
        cutting.ordered(own, ends, order)
        for row in np.flatnonzero(np.diff(ends) > cutting.LONG_ROW).tolist():
            span = slice(ends[row], ends[row + 1])
            order[span] = ends[row] + np.argsort(own[span])
        for some, values in (
            (self.stems, own),
            (self.counts, self.counts[part]),
            (self.firsts, self.firsts[part]),
        ):
            some[part] = values[order]


def named(stems: Strings, used: Any) -> tuple[tuple[str, ...], Any]:
    """The stems in the order of the alphabet, and the column of each."""
    names = tuple(stems.alphabetical(used))
    columns = np.zeros(len(used), dtype=np.int32)
    columns[stems.numbers_of_lines("\n".join([*names, ""]).encode())] = np.arange(
        len(names), dtype=np.int32
    )
    return names, columns


def put(some: Any, at: int, values: Any) -> Any:
    """Numbers written to a place of an array, or to one of wider numbers in its stead."""
    kind = np.min_scalar_type(values.max(initial=0))
    if not np.can_cast(kind, some.dtype):
        wider = np.empty(len(some), dtype=kind)
        wider[:at] = some[:at]
        some = wider
    some[at : at + len(values)] = values
    return some
