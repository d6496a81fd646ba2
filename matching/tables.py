"""A sparse table with named columns, whose rows come and go without the others being read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
from scipy import sparse

from matching.nearest import NOWHERE, Places
from matching.weights import relabelled

Row = Mapping[str, float]


@dataclass(frozen=True)
class Table:
    """A row a thing, its columns in alphabetical order; no column is empty."""

    names: tuple[str, ...]
    matrix: Any

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Table":
        names = tuple(sorted(set().union(*rows)))
        return cls(names, packed(rows, numbered(names)))

    def changed(self, stays: Any, rows: Sequence[Row]) -> "Table":
        """The table of the rows that stay, in their order, and of new ones below them."""
        kept = self.matrix[stays]
        used = np.bincount(kept.indices, minlength=len(self.names)) > 0
        old = list(compress(self.names, used))
        names = tuple(sorted([*old, *set().union(*rows).difference(old)]))
        columns = numbered(names)
        moved = np.array([columns.get(name, 0) for name in self.names], dtype=np.int32)
        parts = [relabelled(kept, moved, len(names)), packed(rows, columns)]
        return Table(names, sparse.vstack(parts, format="csr", dtype=np.float32))

    @cached_property
    def columns(self) -> dict[str, int]:
        return numbered(self.names)

    @cached_property
    def upright(self) -> Any:
        """The same table, a column at a time."""
        return self.matrix.tocsc()

    @cached_property
    def frequencies(self) -> Any:
        """In how many rows each column stands."""
        return np.bincount(self.matrix.indices, minlength=len(self.names))

    def rows_with(self, name: str) -> Places:
        """The places of the rows in which a column stands."""
        at = self.columns.get(name)
        if at is None:
            return NOWHERE
        start, end = self.upright.indptr[at : at + 2]
        return self.upright.indices[start:end]  # type: ignore[no-any-return]

    def best_of(self, meant: Mapping[int, float]) -> Any:
        """For each row the largest value that one of some columns has there, times its factor."""
        best = np.zeros(self.matrix.shape[0])
        columns = np.fromiter(meant, dtype=np.int64, count=len(meant))
        starts, ends = self.upright.indptr[columns], self.upright.indptr[columns + 1]
        at, lengths = spans(starts, ends)
        factors = np.repeat(np.fromiter(meant.values(), np.float64, len(meant)), lengths)
        np.maximum.at(best, self.upright.indices[at], self.upright.data[at] * factors)
        return best


def numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def spans(starts: Any, ends: Any) -> tuple[Any, Any]:
    """Every place from each start up to its end, one span after the other, and their lengths."""
    lengths = (ends - starts).astype(np.int64)
    before = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) + np.repeat(starts - before, lengths), lengths


def packed(rows: Sequence[Row], columns: Mapping[str, int]) -> Any:
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        known = sorted((columns[name], value) for name, value in row.items())
        indices += [column for column, _ in known]
        values += [value for _, value in known]
        ends.append(len(indices))
    parts = (np.array(values, dtype=np.float32), np.array(indices, dtype=np.int32), ends)
    return sparse.csr_matrix(parts, shape=(len(rows), len(columns)))
