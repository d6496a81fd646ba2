"""The exact best of a block of scores."""

from collections.abc import Sequence
from typing import Any

import numpy as np

GROUPS_PER_PLACE = 16
# Scores are told and ranked to twelve decimals: a sum in another order must not break a tie.
DECIMALS = 12
LEAST = 0.5 * 10**-DECIMALS

Places = np.ndarray[Any, np.dtype[np.int64]]
NOWHERE: Places = np.array([], dtype=np.int64)


def best(scores: Any, top: int, id_ranks: Places) -> list[Places]:
    """The places of each row's `top` best scores above nothing; ties by the rank of the id."""
    floor = np.maximum(floors(scores, top) - 10**-DECIMALS, LEAST)
    rows, places = np.divmod(np.flatnonzero(scores >= floor[:, None]), scores.shape[1])
    rounded = np.round(scores[rows, places], DECIMALS)
    places = places[np.lexsort((id_ranks[places], -rounded, rows))]
    ends = np.cumsum(np.bincount(rows, minlength=len(scores)))
    starts = np.concatenate([[0], ends[:-1]])
    # Copies, since a slice would keep every candidate of its block alive.
    return [places[a : min(a + top, b)].copy() for a, b in zip(starts, ends, strict=True)]


def floors(scores: Any, top: int) -> Any:
    """For each row a value that at least `top` scores reach, and few more than that.

    The maxima of disjoint groups are scores of as many different places.
    """
    groups = GROUPS_PER_PLACE * top
    rows, width = scores.shape
    deep = width // groups
    if deep == 0:
        return np.zeros(rows)
    maxima = scores[:, : deep * groups].reshape(rows, deep, groups).max(axis=1)
    return np.partition(maxima, groups - top, axis=1)[:, groups - top]


def table_of(lists: Sequence[Places]) -> Any:
    """Lists of places as rows of one length, filled up with -1."""
    longest = max(map(len, lists), default=0)
    rows = np.full((len(lists), longest), -1, dtype=np.int32)
    for row, places in zip(rows, lists, strict=True):
        row[: len(places)] = places
    return rows


def with_row(rows: Any) -> Any:
    """The same table with an empty list at its end; None of None."""
    if rows is None:
        return None
    return np.vstack([rows, np.full(rows.shape[1], -1, dtype=np.int32)])


def without_row(rows: Any, at: int) -> Any:
    """The same table without the list of one place, and the place in no list; None of None."""
    if rows is None:
        return None
    left = np.delete(rows, at, axis=0)
    left[left == at] = -1
    left[left > at] -= 1
    return left
