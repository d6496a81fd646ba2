"""The second pass: orders what the first pass found by what it could not see.

A pair is as likely alike as its shared words say, or as its neighbourhood says: the score is the
chance that not both are wrong, 1 - (1 - words)(1 - neighbourhood). So it is never below the first
pass's cosine, whose shares by word the reasons tell; the rest of it is told as what neighbours add.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from matching.likeness import NAMES, Likeness, neighbours, unit
from matching.nearest import DECIMALS, LEAST, Places

# How many of the first pass are looked at again, beside the neighbours of a text's neighbours.
DEPTH = 30
# With the meanings of whole texts (the extra `semantic`) both count alike.
MEANING_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a pair: its row, its neighbours, and both together; and its meaning so too."""

    row: Any
    near: Any
    smooth: Any
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
        alike = [dots(rows[at], rows[found]) for at, found in enumerate(self.firsts)]
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
        return Text(self.likeness.rows[at], self.near[at], self.smooth[at], meaning)

    def stranger(self, row: Any, found: Places) -> Text:
        """A text that is not in the index; in which only words count."""
        near = neighbours([dots(row, self.likeness.rows[found])], [found], self.ranks)
        return Text(row, near, unit(row + near @ self.likeness.rows))

    def candidates(self, ours: Text, found: Places) -> Places:
        """What the first pass found, and the neighbours of the neighbours."""
        return np.union1d(found, self.near[ours.near.indices].indices)

    def neighbourhood(self, ours: Text, places: Places) -> Any:
        """How alike texts are with their neighbours, from nothing to one."""
        alike = dots(ours.smooth, self.smooth[places])
        if ours.meaning is None:
            return alike
        meant = np.maximum(self.meant[places] @ ours.meaning, 0)
        return (1 - MEANING_WEIGHT) * alike + MEANING_WEIGHT * meant

    def through(self, ours: Text, found: Places, *, but: int | None) -> list[int | None]:
        """For each text found the one beside both that brings them nearest.

        It is a neighbour of the one that is like the other.
        """
        rows = self.likeness.rows
        like_ours = dots(ours.row, rows)
        like_mine = (rows[found] @ rows[ours.near.indices].T).toarray()
        near = self.near[found]
        told: list[int | None] = []
        for at, place in enumerate(found):
            part = slice(*near.indptr[at : at + 2])
            theirs = near.indices[part]
            places = np.concatenate([ours.near.indices, theirs])
            brought = np.concatenate(
                [ours.near.data * like_mine[at], near.data[part] * like_ours[theirs]]
            )
            beside = (places != place) & (places != but) & (brought > LEAST)
            told.append(self.foremost(places[beside], brought[beside]))
        return told

    def foremost(self, places: Places, values: Any) -> int | None:
        order = np.lexsort((self.ranks[places], -np.round(values, DECIMALS)))
        return int(places[order[0]]) if len(order) else None

    def themes(self, ours: Text, found: Places) -> list[str | None]:
        """For each text found the theme that both are most about."""
        common = self.likeness.near[found].multiply(self.likeness.about(ours.row)).toarray()
        return [NAMES[at.argmax()] if at.any() else None for at in common]


def dots(row: Any, rows: Any) -> Any:
    """The product of one row with others."""
    return (rows @ row.T).toarray().ravel()


def straight(vectors: Any) -> Any:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
