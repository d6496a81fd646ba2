"""What the second pass compares: a text's words, the themes it lies near, and its neighbours'.

The first pass sees shared words alone. Here every text also has its likeness to each of our themes
(`themes.py`), and is then smoothed: to its own row is added the mean of the rows of the few other
texts most like it. Two texts that share few words but lie near the same ones come together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy import sparse

from matching.nearest import DECIMALS, LEAST, NOWHERE, Places
from matching.terms import Reading, read
from matching.themes import THEMES
from matching.weights import Counts, Row, idf, lengthened, rows

NAMES = tuple(THEMES)
# Only so many themes of a text count, and only what is above a chance likeness: a text that lies
# near no theme is not pushed to the nearest all the same.
MOST_THEMES = 5
CHANCE, PLAIN = 0.1, 0.3
# What a shared theme adds to the cosine of the words, at most.
THEME_WEIGHT = 0.2
# How many texts smooth another, together as much as it weighs itself.
NEIGHBOURS = 5


@lru_cache(maxsize=1)
def written() -> tuple[Reading, ...]:
    return tuple(read(f"{name} {words}") for name, words in THEMES.items())


@dataclass(frozen=True)
class Themes:
    """The themes as one index sees them: how rare their words are is reckoned over both.

    Those of `left_out` count for nothing, which shows how well the rest do without them.
    """

    counts: Counts
    left_out: tuple[int, ...] = ()

    @cached_property
    def rarity(self) -> Any:
        more = np.bincount(self._told.indices, minlength=len(self.counts.names))
        return self.counts.rarity(more=more, rows=len(NAMES))

    @cached_property
    def weights(self) -> Any:
        columns, documents = self.counts.columns, self.counts.matrix.shape[0] + len(NAMES)
        strange = np.array([len(one.counts.keys() - columns.keys()) for one in written()])
        return lengthened(self._told, self.rarity, strange * idf(1, documents) ** 2).T.tocsr()

    @cached_property
    def _told(self) -> Any:
        return rows(written(), self.counts.columns)[0]

    def near(self, weights: Any) -> Any:
        """How near texts lie to each theme, none above a length of one."""
        likeness = (weights @ self.weights).toarray()
        likeness[:, list(self.left_out)] = 0
        least = -np.partition(-likeness, MOST_THEMES - 1, axis=1)[:, MOST_THEMES - 1]
        likeness[likeness < least[:, None]] = 0
        clear = np.maximum(likeness - CHANCE, 0) / (PLAIN - CHANCE)
        lengths = np.sqrt(np.sum(clear**2, axis=1, keepdims=True))
        return sparse.csr_matrix(clear / np.maximum(lengths, 1))


@dataclass(frozen=True)
class Likeness:
    """The rows that the second pass compares, for one index."""

    counts: Counts
    left_out: tuple[int, ...] = ()

    @cached_property
    def themes(self) -> Themes:
        return Themes(self.counts, self.left_out)

    @cached_property
    def near(self) -> Any:
        """Each text beside each theme."""
        return self.themes.near(lengthened(self.counts.matrix, self.themes.rarity))

    @cached_property
    def rows(self) -> Any:
        return joined(self.counts.weights, self.near)

    def row(self, text: Row) -> Any:
        """The row of a text that is not in the index."""
        documents = self.counts.matrix.shape[0]
        words = text.weights(self.counts.rarity(), documents)
        theirs = text.weights(self.themes.rarity, documents + len(NAMES))
        return joined(words, self.themes.near(theirs))

    def themes_near(self, text: Row) -> list[tuple[str, float]]:
        """The themes that a text not in the index lies near, nearest first."""
        rarity, documents = self.themes.rarity, self.counts.matrix.shape[0] + len(NAMES)
        near = self.themes.near(text.weights(rarity, documents))
        order = np.argsort(-near.data, kind="stable")
        return [
            (NAMES[near.indices[at]], float(near.data[at])) for at in order if near.data[at] > 0
        ]

    def about(self, columns: Any, values: Any) -> Any:
        """The part of a row that says what themes it lies near, theme by theme."""
        told = np.zeros(len(NAMES))
        first = np.searchsorted(columns, len(self.counts.names))
        told[columns[first:] - len(self.counts.names)] = values[first:]
        return told


def joined(words: Any, near: Any) -> Any:
    return sparse.hstack([words, np.sqrt(THEME_WEIGHT) * near], format="csr")


def neighbours(alike: Sequence[Any], among: Sequence[Places], ranks: Places) -> Any:
    """For each text its nearest of some others, as weights that add up to one; ties by rank."""
    starts, places, parts = [0], [NOWHERE], [np.array([])]
    for likeness, others in zip(alike, among, strict=True):
        nearest = np.lexsort((ranks[others], -np.round(likeness, DECIMALS)))[:NEIGHBOURS]
        nearest = nearest[likeness[nearest] > LEAST]
        places.append(others[nearest])
        parts.append(likeness[nearest] / max(likeness[nearest].sum(), LEAST))
        starts.append(starts[-1] + len(nearest))
    shape = (len(starts) - 1, len(ranks))
    return sparse.csr_matrix((np.concatenate(parts), np.concatenate(places), starts), shape=shape)


def unit(matrix: Any) -> Any:
    """Rows brought to length one; one of nothing stays so."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    rows = (sparse.diags(1 / np.sqrt(np.where(squares > 0, squares, 1))) @ matrix).tocsr()
    rows.sort_indices()
    return rows
