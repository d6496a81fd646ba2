"""Word counts of every document in one table, kept, and the weights that follow from them.

A document that comes or goes changes the table by its own row: no other text is read again. Weights
(TF-IDF, rows of length one) are cheap to make anew from counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from matching.terms import Reading

FEWEST_FOR_MACHINE_CODE = 1000  # loading it takes as long as these take without


@dataclass(frozen=True)
class Counts:
    """A row a document, a column a stem in alphabetical order; no column is empty.

    `firsts` runs parallel to the counts: which word of its text is the first of each stem.
    """

    names: tuple[str, ...]
    matrix: Any
    firsts: Any

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Counts":
        names = tuple(sorted(set().union(*(reading.counts for reading in readings))))
        columns = {name: at for at, name in enumerate(names)}
        return cls(names, *rows(readings, columns))

    @cached_property
    def columns(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def plus(self, reading: Reading) -> "Counts":
        """The table with one row more, below the others."""
        new = reading.counts.keys() - self.columns.keys()
        widened = self.widened(tuple(sorted({*self.names, *new}))) if new else self
        row, firsts = rows([reading], widened.columns)
        matrix = sparse.vstack([widened.matrix, row], format="csr")
        return Counts(widened.names, matrix, np.concatenate([widened.firsts, firsts]))

    def widened(self, names: tuple[str, ...]) -> "Counts":
        columns = {name: at for at, name in enumerate(names)}
        moved = np.fromiter((columns[name] for name in self.names), dtype=np.int32)
        return Counts(names, relabelled(self.matrix, moved, len(names)), self.firsts)

    def minus(self, at: int) -> "Counts":
        """The table without one row, and without the columns that only that row had."""
        start, end = self.matrix.indptr[at : at + 2]
        stays = np.ones(self.matrix.shape[0], dtype=bool)
        stays[at] = False
        matrix = self.matrix[stays]
        used = np.bincount(matrix.indices, minlength=len(self.names)) > 0
        names = tuple(name for name, is_used in zip(self.names, used, strict=True) if is_used)
        firsts = np.concatenate([self.firsts[:start], self.firsts[end:]])
        moved = (np.cumsum(used) - 1).astype(np.int32)
        return Counts(names, relabelled(matrix, moved, len(names)), firsts)

    @cached_property
    def frequencies(self) -> Any:
        """In how many rows each column stands."""
        return np.bincount(self.matrix.indices, minlength=len(self.names))

    def rarity(self, *, more: Any = 0, rows: int = 0) -> Any:
        """The smoothed IDF of each word, of the table or with `more` in other rows besides."""
        return idf(self.frequencies + more, self.matrix.shape[0] + rows)

    @cached_property
    def weights(self) -> Any:
        return lengthened(self.matrix, self.rarity())

    def row(self, reading: Reading) -> "Row":
        """A text that is not in the table, as the table's words see it."""
        matrix, firsts = rows([reading], self.columns)
        strange = [times for name, times in reading.counts.items() if name not in self.columns]
        return Row(matrix, firsts, np.array(strange, dtype=np.float64))


@dataclass(frozen=True)
class Row:
    """Counts of one text, and how often it has each word that the table lacks.

    Those lengthen the row as words of no document: what else a draft is about makes it less like
    the others, as it would if the draft were in the table.
    """

    matrix: Any
    firsts: Any
    strange: Any

    def weights(self, rarity: Any, documents: int) -> Any:
        return lengthened(self.matrix, rarity, np.sum((self.strange * idf(0, documents)) ** 2))


def idf(frequencies: Any, documents: int) -> Any:
    """scikit-learn's smoothed inverse document frequency."""
    return 1 + np.log((1 + documents) / (1 + np.asarray(frequencies)))


def lengthened(counts: Any, rarity: Any, strange: Any = 0) -> Any:
    """Counts times rarity, each row brought to length one; `strange` is more of its square."""
    values = counts.data * rarity[counts.indices]
    squares = like(counts, values * values) @ np.ones(counts.shape[1])
    lengths = np.sqrt(squares + strange)
    values /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(counts.indptr))
    return like(counts, values)


def like(table: Any, values: Any) -> Any:
    """A table with other values in the same places."""
    return sparse.csr_matrix((values, table.indices, table.indptr), shape=table.shape)


def rows(readings: Iterable[Reading], columns: dict[str, int]) -> tuple[Any, Any]:
    """Counts as sparse rows, and the first places in the same order; unknown stems fall away."""
    indices: list[int] = []
    counts: list[int] = []
    firsts: list[int] = []
    ends = [0]
    for reading in readings:
        known = sorted((columns[name], name) for name in reading.counts if name in columns)
        indices += [column for column, _ in known]
        counts += [reading.counts[name] for _, name in known]
        firsts += [reading.firsts[name] for _, name in known]
        ends.append(len(indices))
    parts = (np.array(counts, dtype=np.float64), np.array(indices, dtype=np.int32), ends)
    matrix = sparse.csr_matrix(parts, shape=(len(ends) - 1, len(columns)))
    return matrix, np.array(firsts, dtype=np.int32)


def relabelled(matrix: Any, moved: Any, width: int) -> Any:
    """The same counts with each column at its new place; the order of columns stays."""
    parts = (matrix.data, moved[matrix.indices], matrix.indptr)
    return sparse.csr_matrix(parts, shape=(matrix.shape[0], width))
