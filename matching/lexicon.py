"""Every different word of many texts by number, and what it counts as.

A word is looked at once as it was written, however many texts have it.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from matching import cutting
from matching.forms import Forms, Written
from matching.terms import LONGEST_WORD, WELSH_STOP_WORDS, counts, counts_as, stems_of

NO_STEM = 0
END_OF_TEXT = b"\xff"  # no byte of UTF-8
SLOTS, LETTERS = 1 << 12, 1 << 14  # at first

Place = tuple[int, int, int, int]  # where to go on; texts and words done; strings known


class Part:
    """Some texts, from a place on, as machine code reads them, and room for their words."""

    def __init__(self, start: int, texts: Sequence[str]) -> None:
        self.start, self.texts = start, texts
        coded = [text.encode("utf-8", "surrogatepass") for text in texts]
        self.coded = np.frombuffer(END_OF_TEXT.join([*coded, b""]), dtype=np.uint8)
        self.words = np.empty(len(self.coded) // 2 + 1, dtype=np.int32)
        self.ends = np.zeros(len(texts) + 1, dtype=np.int64)


class Strings:
    """Different strings by number, in the order in which they came; machine code looks them up."""

    def __init__(self) -> None:
        self.known = 0
        self.table = (
            np.zeros(SLOTS, dtype=np.uint64),
            np.empty(LETTERS, dtype=np.uint8),
            np.zeros(ends_of(SLOTS), dtype=np.int64),
        )

    def begin(self, part: Part) -> Place:
        """Cut texts into words while there is room for new ones, and say how far that went.

        Another thread may do this while strings that were known before are looked at.
        """
        return self.go_on(part, (0, 0, 0, self.known))

    def end(self, part: Part, place: Place) -> None:
        """Cut what is left."""
        while place[0] < len(part.coded):
            self.grow(place[-1])
            place = self.go_on(part, place)
        self.known = place[-1]
        part.words = part.words[: place[2]]

    def go_on(self, part: Part, place: Place) -> Place:
        reached: Place = cutting.worded(
            part.coded, letters(), self.table, place, part.words, part.ends
        )
        return reached

    def numbers(self, strings: Sequence[bytes]) -> Any:
        """The numbers of some, new ones taken in."""
        return self.numbers_of_lines(b"\n".join([*strings, b""]))

    def numbers_of_lines(self, lines: bytes) -> Any:
        some = np.frombuffer(lines, dtype=np.uint8)
        numbers = np.empty(np.count_nonzero(some == cutting.LINE), dtype=np.int32)
        place = cutting.numbered(some, self.table, (0, 0, self.known), numbers)
        while place[0] < len(some):
            self.grow(place[-1])
            place = cutting.numbered(some, self.table, place, numbers)
        self.known = place[-1]
        return numbers

    def grow(self, known: int) -> None:
        """Make room for twice as many, or twice as long ones."""
        slots, pool, ends = self.table
        if known + 1 == len(ends):
            slots = cutting.rehashed(self.table, known, 2 * len(slots))
            ends = longer(ends, ends_of(len(slots)))
        else:
            pool = longer(pool, 2 * len(pool))
        self.table = slots, pool, ends

    def joined(self, start: int = 0) -> bytes:
        """The strings from a number on, with a line break behind each."""
        _, pool, ends = self.table
        whole: bytes = pool[ends[start] : ends[self.known]].tobytes()
        return whole

    def spelt(self, number: int) -> bytes:
        _, pool, ends = self.table
        one: bytes = pool[ends[number] : ends[number + 1] - 1].tobytes()
        return one

    def alphabetical(self, used: Any) -> list[str]:
        """Those of them that are used."""
        order = np.argsort(cutting.beginnings(self.table, self.known))
        strings = np.array(self.joined().decode().split("\n"), dtype=object)
        return sorted(strings[order[used[order]]])  # quick, since they nearly are

    def pool(self) -> Any:
        """The strings alone, with a line break behind each; afterwards there is no more to look up."""
        _, pool, ends = self.table
        del self.table
        pool.resize(ends[self.known], refcheck=False)
        return pool


def ends_of(slots: int) -> int:
    """How many words may stand in so many slots, of which a third stay free; and one more."""
    return 2 * slots // 3 + 1


def longer(some: Any, size: int) -> Any:
    grown = np.empty(size, dtype=some.dtype)
    grown[: len(some)] = some
    return grown


@cache
def letters() -> Any:
    """Which characters are letters of a word, as `WORD` has it."""
    return np.array([chr(one).isalnum() or one == ord("_") for one in range(sys.maxunicode + 1)])


class Lexicon:
    """Written words, and for each its stem (a number of `stems`) and how often it was met.

    What a word counts as in a Welsh text is asked when one has it.
    """

    def __init__(self) -> None:
        self.written, self.stems = Strings(), Strings()
        self.settled = 0
        self.english, self.english_times = nothing(), nothing()
        self.welsh, self.welsh_times = nothing(), nothing()
        self.small = np.zeros(0, dtype=np.int8)  # towards Welsh, or towards English
        self.stems.numbers([b""])
        stop_words = [word.encode() for word in sorted(WELSH_STOP_WORDS | ENGLISH_STOP_WORDS)]
        self.written.numbers(stop_words)
        self.stem(stop_words, range(len(stop_words)))

    def settle(self) -> None:
        """Find out what words count as that were met of late."""
        known = self.settled
        new = self.written.joined(known).split(b"\n")[:-1]
        plain = cutting.plain(self.written.table, known, self.written.known, LONGEST_WORD)
        self.stem(new, np.flatnonzero(~plain).tolist())

    def stem(self, new: list[bytes], odd: Iterable[int]) -> None:
        """Stem new words, the odd ones of which are not as simple as they stand."""
        start, self.settled = self.settled, self.settled + len(new)
        self.english, self.english_times, self.small = (
            filled(some, self.settled) for some in (self.english, self.english_times, self.small)
        )
        for at in odd:
            word = new[at].decode().lower()
            is_english = word in ENGLISH_STOP_WORDS
            new[at] = word.encode() if counts(word) and not is_english else b""
            self.small[start + at] = (word in WELSH_STOP_WORDS) - is_english
        self.english[start : self.settled] = self.stems.numbers(stems_of(new))

    def ask_in_welsh(self, words: Any) -> None:
        """Find out what some words count as in Welsh."""
        self.welsh, self.welsh_times = (
            filled(some, self.settled) for some in (self.welsh, self.welsh_times)
        )
        new = np.unique(words[self.welsh[words] == NO_STEM])
        spelt = [self.written.spelt(number).decode() for number in new.tolist()]
        names = [counts_as(word, welsh=True) or "" for word in spelt]
        self.welsh[new] = self.stems.numbers([name.encode() for name in names])

    def used(self) -> Any:
        """Which stems some text has."""
        used = np.zeros(self.stems.known, dtype=np.bool_)
        used[self.english[self.english_times > 0]] = True
        used[self.welsh[self.welsh_times > 0]] = True
        used[NO_STEM] = False
        return used

    def forms(self) -> Forms:
        """How often each stem was written how; afterwards nothing else is left of this."""
        for some in (self.english, self.english_times, self.welsh_times):
            some.resize(min(len(some), self.settled), refcheck=False)
        return Forms(
            Written(
                self.written.pool(),
                self.stems.joined(),
                self.english,
                self.english_times,
                self.welsh_times,
            )
        )


def nothing() -> Any:
    return np.zeros(0, dtype=np.int32)


def filled(some: Any, size: int) -> Any:
    """An array with noughts behind it, where it is shorter."""
    if size <= len(some):
        return some
    longer = np.zeros(max(size, 3 * len(some) // 2), dtype=some.dtype)
    longer[: len(some)] = some
    return longer
