"""The finder's index: immutable, and refreshed without reading old texts again.

The measure is the matcher's: stems, TF-IDF, rows of length one. An index holds what everybody of
one class of readers may see, and its words alone say how rare a word is and what a mistyped one may
have meant. `matching/search.py` looks through it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np

from matching.entries import Entry, Reading, Root, fact, read
from matching.nearest import Places
from matching.tables import Table
from matching.terms import stem
from matching.vocabulary import Vocabulary

Meant = dict[int, float]


class Finder:
    """An index of entries; make one with `of`, and another with `with_entry` or `changed`."""

    def __init__(
        self, entries: tuple[Entry, ...], words: Table, facts: Table, forms: Counter[str]
    ) -> None:
        self.entries = entries
        self.words = words
        self.facts = facts
        self._forms = forms

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Finder":
        """Index entries; of two with one id the later counts."""
        return cls((), Table.of([]), Table.of([]), Counter()).changed(come=entries)

    def with_entry(self, entry: Entry) -> "Finder":
        """Add an entry, or put it in the place of the one with its id."""
        return self.changed(come=[entry])

    def without(self, id: str) -> "Finder":
        """Take an entry out, its words with it."""
        return self.changed(gone=[id])

    def changed(self, *, come: Iterable[Entry] = (), gone: Iterable[str] = ()) -> "Finder":
        """The index without some entries and with others; who comes replaces a namesake."""
        new = {entry.id: entry for entry in come}
        out = {*new, *gone}
        stays = np.array([one.id not in out for one in self.entries], dtype=bool)
        readings = [read(entry) for entry in new.values()]
        return Finder(
            (*compress(self.entries, stays), *new.values()),
            self.words.changed(stays, [one.weights for one in readings]),
            self.facts.changed(stays, [one.facts for one in readings]),
            self._recounted(stays, readings),
        )

    def _recounted(self, stays: Any, readings: Iterable[Reading]) -> Counter[str]:
        forms = self._forms.copy()
        for entry in compress(self.entries, ~stays):
            forms.subtract(read(entry).forms)
        for reading in readings:
            forms.update(reading.forms)
        return +forms

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, id: object) -> bool:
        return id in self._at

    def entry(self, id: str) -> Entry | None:
        return self.entries[self._at[id]] if id in self._at else None

    def meant(self, word: Root, *, is_unfinished: bool) -> Meant:
        """The columns that a word may mean, each with the factor of its likeliest form."""
        meant: Meant = {}
        if is_unfinished:
            self._take(meant, self.vocabulary.begun(word.form))
        if word.stem in self.words.columns:
            meant[self.words.columns[word.stem]] = 1.0
        else:
            self._take(meant, self.vocabulary.slipped(word.form))
        return meant

    def _take(self, meant: Meant, forms: Iterator[tuple[str, float]]) -> None:
        for form, factor in forms:
            at = self.words.columns[stem(form)]
            meant[at] = max(factor, meant.get(at, 0.0))

    def weight(self, meant: Meant) -> float:
        """A word weighs what the likeliest that it may mean weighs; one of no entry here the most."""
        if not meant:
            return self._rarest
        likeliest = max(meant.values())
        return float(min(self.rarity[at] for at, factor in meant.items() if factor == likeliest))

    def rarity_of(self, names: Iterable[str]) -> Any:
        """How rare stems are here, which an index beside takes over."""
        columns = (self.words.columns.get(name) for name in names)
        return np.array([self._rarest if at is None else self.rarity[at] for at in columns])

    @cached_property
    def rarity(self) -> Any:
        """The smoothed IDF of each stem."""
        return 1 + np.log((1 + len(self)) / (1 + self.words.frequencies))

    @property
    def _rarest(self) -> float:
        return 1 + float(np.log(1 + len(self)))

    def lengths(self, rarity: Any) -> Any:
        """The length of each row once its words are weighed; one without words is none too long."""
        squares = self.words.matrix.multiply(self.words.matrix) @ (rarity**2)
        return np.where(squares > 0, np.sqrt(squares), 1.0)

    @cached_property
    def own_lengths(self) -> Any:
        return self.lengths(self.rarity)

    @cached_property
    def kinds(self) -> dict[str, Places]:
        """Where the entries of each kind are."""
        start = fact("kind", "")
        names = [name for name in self.facts.names if name.startswith(start)]
        return {name.removeprefix(start): self.facts.rows_with(name) for name in names}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(tuple(sorted(self._forms)))

    @cached_property
    def _at(self) -> dict[str, int]:
        return {entry.id: at for at, entry in enumerate(self.entries)}
