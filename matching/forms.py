"""How often each stem was written in which form: what reasons show is the commonest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.terms import counts_as, form

Form = tuple[str, str]  # a stem, and how it is shown


@dataclass(frozen=True)
class Written:
    """Words as they were written, with the numbers of their stems and how often they were met.

    Each has a line break behind it; stem 0 is none.
    """

    words: Any
    stems: bytes
    english: Any
    english_times: Any
    welsh_times: Any

    def told(self) -> Counter[Form]:
        told = Counter[Form]()
        words, stems = (bytes(some).decode().split("\n") for some in (self.words, self.stems))
        met = np.flatnonzero((self.english_times > 0) & (self.english > 0))
        of, times = self.english[met].tolist(), self.english_times[met].tolist()
        for number, stem, often in zip(met.tolist(), of, times, strict=True):
            told[stems[stem], form(words[number])] += often
        for number in np.flatnonzero(self.welsh_times).tolist():
            stem = counts_as(words[number], welsh=True)
            if stem is not None:
                told[stem, form(words[number])] += int(self.welsh_times[number])
        return told


class Forms:
    """The forms of an index; those of many texts are counted when somebody asks."""

    def __init__(self, told: Counter[Form] | Written) -> None:
        self._told = told

    @property
    def times(self) -> Counter[Form]:
        told = self._told
        if isinstance(told, Written):
            told = self._told = told.told()
        return told

    def plus(self, more: Mapping[Form, int]) -> "Forms":
        times = self.times.copy()
        times.update(more)
        return Forms(times)

    def minus(self, less: Mapping[Form, int]) -> "Forms":
        times = self.times.copy()
        times.subtract(less)
        return Forms(+times)
