"""The words of an index as people wrote them, and which of them somebody may have meant.

A word may be meant as it stands, as the beginning of a longer one while it is being typed, or with
a slip of the fingers. How likely each is, is a factor: exact 1, a beginning 0.5 to 0.9 (the more of
the word is there, the more), a slip under 0.5 (the fewer edits, the more).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

LAST_CHARACTER = "\U0010ffff"
LEAST_BEGUN, MOST_BEGUN = 0.5, 0.9
# By the number of edits. Fingers seldom slip on the first letter.
SLIPS = {1: 0.45, 2: 0.3}
OTHER_FIRST_LETTER = 0.75
# Within one edit of two letters lie dozens of words; within two of seven letters as many.
SHORTEST_WITH_SLIP = 3
SHORTEST_WITH_TWO = 8
BITS = 64


def most_slips(word: str) -> int:
    """How many edits a word may be away; a number is another number, not a slip."""
    if len(word) < SHORTEST_WITH_SLIP or any(one.isdigit() for one in word):
        return 0
    return 2 if len(word) >= SHORTEST_WITH_TWO else 1


@dataclass(frozen=True)
class Vocabulary:
    """Folded words in the order of their characters."""

    forms: tuple[str, ...]

    def begun(self, start: str) -> Iterator[tuple[str, float]]:
        """The words that begin like one that is being typed."""
        first = bisect_left(self.forms, start)
        last = bisect_left(self.forms, start + LAST_CHARACTER, lo=first)
        for form in self.forms[first:last]:
            yield form, LEAST_BEGUN + (MOST_BEGUN - LEAST_BEGUN) * len(start) / len(form)

    def slipped(self, word: str) -> Iterator[tuple[str, float]]:
        """The words that somebody may have meant who wrote this one wrongly."""
        most = most_slips(word)
        near = self.near(word, most) if most else []
        for form, edits in zip(near, distances(word, near, most), strict=True):
            if edits <= most:
                yield form, SLIPS[int(edits)] * (1 if form[0] == word[0] else OTHER_FIRST_LETTER)

    def near(self, word: str, most: int) -> list[str]:
        """The words of about that length with about those letters.

        One edit changes the set of letters by two at most, so a larger difference is farther away.
        """
        close = np.abs(self.lengths - len(word)) <= most
        places = np.flatnonzero(close)
        apart = np.bitwise_count(self.letters[places] ^ letters([word])[0])
        return [self.forms[at] for at in places[apart <= 2 * most]]

    @cached_property
    def lengths(self) -> Any:
        return np.fromiter(map(len, self.forms), dtype=np.int64, count=len(self.forms))

    @cached_property
    def letters(self) -> Any:
        return letters(self.forms)


def codes(words: Sequence[str]) -> Any:
    """The characters of words as numbers, a row a word, filled up with noughts."""
    longest = max(map(len, words), default=0) or 1
    written = np.array(words, dtype=f"U{longest}")
    return written.view(np.uint32).reshape(len(words), longest)


def letters(words: Sequence[str]) -> Any:
    """Which letters a word has, as bits; a few share one."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    bits = np.uint64(1) << (codes(words) % BITS).astype(np.uint64)
    return np.bitwise_or.reduce(bits | np.uint64(1), axis=1)


def distances(word: str, others: Sequence[str], most: int) -> Any:
    """How many edits each of other words is away, or more than `most`."""
    if not others:
        return np.zeros(0, dtype=np.int64)
    return Edits(word, codes(others), most).reckoned(np.array([len(other) for other in others]))


class Edits:
    """The well-known table of edit distances, between one word and many others at once.

    An edit is a letter too few, too many or wrong, or two neighbours swapped. Only the diagonal
    band that can hold `most` edits is reckoned.
    """

    def __init__(self, word: str, others: Any, most: int) -> None:
        self.word = [ord(letter) for letter in word]
        self.others = others
        self.most = most
        self.far = np.full(len(others), most + 1)
        self.rows: list[dict[int, Any]] = [{}]
        for column in range(most + 1):
            self.rows[0][column] = np.full(len(others), column)

    def reckoned(self, lengths: Any) -> Any:
        """The distance to each, which stands where its length says."""
        for at in range(1, len(self.word) + 1):
            self.rows.append({})
            last = min(self.others.shape[1], at + self.most)
            for column in range(max(0, at - self.most), last + 1):
                self.rows[at][column] = np.minimum(self.cell(at, column), self.far)
        result = self.far
        for column, edits in self.rows[-1].items():
            result = np.where(lengths == column, edits, result)
        return result

    def known(self, at: int, column: int) -> Any:
        return self.rows[at].get(column, self.far)

    def cell(self, at: int, column: int) -> Any:
        if column == 0:
            return self.far * 0 + at
        wrong = self.others[:, column - 1] != self.word[at - 1]
        edits = np.minimum(self.known(at - 1, column) + 1, self.known(at, column - 1) + 1)
        edits = np.minimum(edits, self.known(at - 1, column - 1) + wrong)
        if at == 1 or column == 1:
            return edits
        return np.where(self.swapped(at, column), self.swap(at, column, edits), edits)

    def swapped(self, at: int, column: int) -> Any:
        """Whether the last two letters of both are the same two, the other way round."""
        first, second = self.others[:, column - 2], self.others[:, column - 1]
        return (first == self.word[at - 1]) & (second == self.word[at - 2])

    def swap(self, at: int, column: int, edits: Any) -> Any:
        return np.minimum(edits, self.known(at - 2, column - 2) + 1)
