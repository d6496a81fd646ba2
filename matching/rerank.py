"""The second pass: orders what the first pass found by what it could not see.

A pair is as likely alike as its shared words say, or as its neighbourhood says: the score is the
chance that not both are wrong, 1 - (1 - words)(1 - neighbourhood). So it is never below the first
pass's cosine, whose shares by word the reasons tell; the rest of it is told as what neighbours add.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.likeness import NAMES, Likeness, neighbours, unit
from matching.nearest import DECIMALS, LEAST, Places
from matching.weights import FEWEST_FOR_MACHINE_CODE

# How many of the first pass are looked at again, beside the neighbours of a text's neighbours.
DEPTH = 30
# With the meanings of whole texts (the extra `semantic`) both count alike.
MEANING_WEIGHT = 0.5


class Part(NamedTuple):
    """One row of a table: its columns, ascending, and the values there."""

    columns: Any
    values: Any


def part(table: Any, at: int = 0) -> Part:
    """A row as a view, which costs nothing to make."""
    start, end = table.indptr[at : at + 2]
    return Part(table.indices[start:end], table.data[start:end])


def gathered(row: Part, table: Any, places: Any) -> Any:
    """The product of a row with some of a table, by machine code where there is much to do."""
    if table.shape[0] < FEWEST_FOR_MACHINE_CODE:
        whole = sparse.csr_matrix(
            (row.values, row.columns, [0, len(row.columns)]), (1, table.shape[1])
        )
        return dots(whole, table[places])
    from matching import kernel  # noqa: PLC0415 - half a second, which few documents do without

    found = np.empty(len(places))
    rows = (table.indptr, table.indices, table.data)
    kernel.gathered(row.columns, row.values, rows, places, found)
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a pair: its row, its neighbours, and both together; and its meaning so too."""

    row: Part
    near: Part
    smooth: Part
    meaning: Any = None


def both(words: Any, others: Any) -> Any:
    """The score of two independent signs."""
    return np.round(1 - (1 - np.minimum(words, 1)) * (1 - np.clip(others, 0, 1)), DECIMALS)


@dataclass(frozen=True)
class Rerank:
    """The second pass over one index; `firsts` is what the first found for each text."""

    likeness: Likeness
    firsts: Sequence[Places]
    ranks: Places
    meanings: Any = None

    @cached_property
    def near(self) -> Any:
        rows = self.likeness.rows
        alike = [gathered(part(rows, at), rows, found) for at, found in enumerate(self.firsts)]
        return neighbours(alike, self.firsts, self.ranks)

    @cached_property
    def smooth(self) -> Any:
        return unit(self.likeness.rows + self.near @ self.likeness.rows)

    @cached_property
    def meant(self) -> Any:
        """Meanings with those of the texts that mean most nearly the same."""
        vectors = self.meanings
        alike = [vectors[found] @ vectors[at] for at, found in enumerate(self.firsts)]
        return straight(vectors + neighbours(alike, self.firsts, self.ranks) @ vectors)

    def text(self, at: int) -> Text:
        meaning = None if self.meanings is None else self.meant[at]
        row, near, smooth = (part(of, at) for of in (self.likeness.rows, self.near, self.smooth))
        return Text(row, near, smooth, meaning)

    def stranger(self, row: Any, found: Places) -> Text:
        """A text that is not in the index; in which only words count."""
        rows = self.likeness.rows
        near = neighbours([gathered(part(row), rows, found)], [found], self.ranks)
        return Text(part(row), part(near), part(unit(row + near @ rows)))

    def candidates(self, ours: Text, found: Places) -> Places:
        """What the first pass found, and the neighbours of the neighbours."""
        near = [part(self.near, at).columns for at in ours.near.columns.tolist()]
        return np.unique(np.concatenate([found, *near]))

    def neighbourhood(self, ours: Text, places: Places) -> Any:
        """How alike texts are with their neighbours, from nothing to one."""
        alike = gathered(ours.smooth, self.smooth, places)
        if ours.meaning is None:
            return alike
        meant = np.maximum(self.meant[places] @ ours.meaning, 0)
        return (1 - MEANING_WEIGHT) * alike + MEANING_WEIGHT * meant

    def through(self, ours: Text, found: Places, *, but: int | None) -> list[int | None]:
        """For each text found the one beside both that brings them nearest.

        It is a neighbour of the one that is like the other.
        """
        rows = self.likeness.rows
        told: list[int | None] = []
        for place in found.tolist():
            theirs = part(self.near, place)
            like_mine = gathered(part(rows, place), rows, ours.near.columns)
            like_ours = gathered(ours.row, rows, theirs.columns)
            places = np.concatenate([ours.near.columns, theirs.columns])
            brought = np.concatenate([ours.near.values * like_mine, theirs.values * like_ours])
            beside = (places != place) & (places != but) & (brought > LEAST)
            told.append(self.foremost(places[beside], brought[beside]))
        return told

    def foremost(self, places: Places, values: Any) -> int | None:
        order = np.lexsort((self.ranks[places], -np.round(values, DECIMALS)))
        return int(places[order[0]]) if len(order) else None

    def themes(self, ours: Text, found: Places) -> list[str | None]:
        """For each text found the theme that both are most about."""
        about = self.likeness.about(ours.row.columns, ours.row.values)
        common = self.likeness.near[found].multiply(about).toarray()
        return [NAMES[at.argmax()] if at.any() else None for at in common]


def dots(row: Any, rows: Any) -> Any:
    """The product of one row with others."""
    return (rows @ row.T).toarray().ravel()


def straight(vectors: Any) -> Any:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
