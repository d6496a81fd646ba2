"""Many texts read at once: the table that reading them one by one gives, several times faster.

A word is looked at once as it was written, however many texts have it; the rest is arithmetic over
numbers (`cutting.tallied`).
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from matching.terms import (
    LONGEST_SAMPLE,
    WELSH_STOP_WORDS,
    counts,
    counts_as,
    form,
    is_welsh,
    read,
    stems_of,
)
from matching.weights import FEWEST_FOR_MACHINE_CODE, Counts

TEXTS_AT_ONCE = 4000
UNCOUNTED = -1

Forms = Counter[tuple[str, str]]


def table(texts: Sequence[str]) -> tuple[Counts, Forms]:
    """The counts of each text, and how often each stem was written in which form."""
    if len(texts) >= FEWEST_FOR_MACHINE_CODE:
        return Tally().table(texts)
    readings = [read(text) for text in texts]
    forms: Forms = Counter()
    for reading in readings:
        forms.update(reading.forms)
    return Counts.of(readings), forms


class Lexicon:
    """Each written word that was met, by number, and what it counts as.

    Words are kept as letters (code points), one after the other, and looked up by a hash of them:
    machine code (`cutting.py`) reads a million words in the time in which Python cuts out fifty thousand.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self.stems: dict[str, int] = {}
        self.english = np.zeros(0, dtype=np.int32)
        self.small = np.zeros(0, dtype=np.int8)  # towards Welsh, or towards English
        self._letters, self._ends = np.zeros(0, dtype=np.uint32), np.zeros(1, dtype=np.int64)
        self._hashes = np.zeros(0, dtype=np.uint64)
        self._slots = np.zeros(1, dtype=np.uint64)

    def words(self, texts: Sequence[str]) -> tuple[Any, Any]:
        """The numbers of the words of some texts, and where those of each text end."""
        from matching import cutting  # noqa: PLC0415 - half a second, which few texts do without

        joined = "\0".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
        letters = np.frombuffer(joined, dtype=np.uint32)
        ends = np.cumsum([0, *(len(text) + 1 for text in texts)])
        words = np.empty(len(letters) // 2 + 1, dtype=np.int32)
        word_ends = np.zeros(len(texts) + 1, dtype=np.int64)
        known = len(self.written)
        pool, pool_ends = grown(self._letters, len(letters)), grown(self._ends, len(words))
        hashes = grown(self._hashes, len(words))
        self._slots = cutting.rehashed(self._hashes, room_for(known + len(words)))
        met = cutting.worded(
            (letters, ends),
            word_letters(),
            (self._slots, hashes, pool, pool_ends),
            known,
            words,
            word_ends,
        )
        self._letters, self._ends = pool[: pool_ends[met]].copy(), pool_ends[: met + 1].copy()
        self._hashes = hashes[:met].copy()
        self.settle(known)
        return words[: word_ends[-1]], word_ends

    def settle(self, known: int) -> None:
        """Spell and stem what is new."""
        ends = self._ends[known:]
        spelt = self._letters[ends[0] : ends[-1]].tobytes().decode("utf-32-le", "surrogatepass")
        places = (ends - ends[0]).tolist()
        written = [spelt[start:end] for start, end in pairwise(places)]
        new = [word.lower() for word in written]
        stems = stems_of([word if counts(word) else "" for word in new])
        english = [
            self.numbered(name) if name and word not in ENGLISH_STOP_WORDS else UNCOUNTED
            for word, name in zip(new, stems, strict=True)
        ]
        small = [(word in WELSH_STOP_WORDS) - (word in ENGLISH_STOP_WORDS) for word in new]
        self.written += written
        self.english = np.concatenate([self.english, np.array(english, dtype=np.int32)])
        self.small = np.concatenate([self.small, np.array(small, dtype=np.int8)])

    def welsh(self, numbers: Any) -> Any:
        """What each word counts as in a Welsh text, for some words; the rest are not asked for."""
        found = np.full(len(self.written), UNCOUNTED, dtype=np.int32)
        for number in numbers.tolist():
            name = counts_as(self.written[number], welsh=True)
            found[number] = UNCOUNTED if name is None else self.numbered(name)
        return found

    def numbered(self, name: str) -> int:
        return self.stems.setdefault(name, len(self.stems))


@cache
def word_letters() -> Any:
    """Which code points are letters of a word, as `WORD` has it."""
    return np.array([chr(one).isalnum() or one == ord("_") for one in range(sys.maxunicode + 1)])


def grown(some: Any, by: int) -> Any:
    return np.concatenate([some, np.zeros(by, dtype=some.dtype)])


def room_for(words: int) -> int:
    """A power of two, at least twice as many."""
    return 1 << int(2 * words).bit_length()


@dataclass(slots=True)
class Tally:
    """Counts of many texts, taken together some thousand at a time."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    english: Any = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    welsh: Counter[int] = field(default_factory=Counter)

    def table(self, texts: Sequence[str]) -> tuple[Counts, Forms]:
        parts = [self.part(texts[at : at + TEXTS_AT_ONCE]) for at in starts(len(texts))]
        sizes = joined([part.pop() for part in parts])
        stems, counts, firsts = (joined([part.pop() for part in parts]) for _ in range(3))
        used = np.bincount(stems, minlength=len(self.lexicon.stems)) > 0
        names = [name for name, is_used in zip(self.lexicon.stems, used, strict=True) if is_used]
        order = sorted(range(len(names)), key=names.__getitem__)
        columns = np.empty(len(used), dtype=np.int32)
        columns[np.flatnonzero(used)[order]] = np.arange(len(names), dtype=np.int32)
        ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        at = sparse.csr_matrix(
            (np.arange(len(stems), dtype=np.int32), columns[stems], ends),
            shape=(len(sizes), len(names)),
        )
        at.sort_indices()
        matrix = sparse.csr_matrix((counts[at.data], at.indices, at.indptr), shape=at.shape)
        return Counts(tuple(names[one] for one in order), matrix, firsts[at.data]), self.forms()

    def part(self, texts: Sequence[str]) -> list[Any]:
        """Of each stem of each text the number of its first word, its count, itself; and their sizes."""
        from matching import cutting  # noqa: PLC0415 - half a second, which few texts do without

        words, ends = self.lexicon.words(texts)
        small = np.concatenate([[0], np.cumsum(self.lexicon.small[words], dtype=np.int64)])
        welsh = np.diff(small[ends]) > 0
        for at, text in enumerate(texts):
            if len(text) > LONGEST_SAMPLE:
                welsh[at] = is_welsh(text)
        in_welsh = np.repeat(welsh, np.diff(ends))
        stems = np.array([self.lexicon.english, self.lexicon.welsh(np.unique(words[in_welsh]))])
        self.count_forms(words, in_welsh)
        seen = np.full(len(self.lexicon.stems), -1, dtype=np.int64)
        tallied = np.empty((3, len(words)), dtype=np.int32)
        sizes_of = np.zeros(len(texts), dtype=np.int64)
        total = cutting.tallied(words, ends, stems, welsh, seen, tallied, sizes_of)
        own, times, firsts = tallied[:, :total]
        return [firsts.copy(), times.copy(), own.copy(), sizes_of]

    def count_forms(self, words: Any, in_welsh: Any) -> None:
        """Count how often each word was written, in English texts and in Welsh ones."""
        times = np.bincount(words[~in_welsh], minlength=len(self.lexicon.written))
        times[: len(self.english)] += self.english
        self.english = times
        if in_welsh.any():
            self.welsh.update(words[in_welsh].tolist())

    def forms(self) -> Forms:
        stems, written = list(self.lexicon.stems), self.lexicon.written
        met = np.flatnonzero((self.english > 0) & (self.lexicon.english != UNCOUNTED)).tolist()
        told = zip(met, self.lexicon.english[met].tolist(), self.english[met].tolist(), strict=True)
        forms = Forms()
        capital = []
        for number, stem, times in told:
            word = written[number]
            if word.islower():  # is its own form, and no other lower-case word has this one
                forms[stems[stem], word] = times
            else:
                capital.append((stems[stem], form(word), times))
        for name, word, times in capital:
            forms[name, word] += times
        for number, times in self.welsh.items():
            name = counts_as(written[number], welsh=True)
            if name is not None:
                forms[name, form(written[number])] += times
        return forms


def joined(parts: list[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def starts(texts: int) -> Iterator[int]:
    return iter(range(0, texts, TEXTS_AT_ONCE))
