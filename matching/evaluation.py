"""How good the matcher is on judged pairs: the order of its lists, and what its probability is worth.

A pair that nobody judged counts as unlike.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from matching.intervals import wilson
from matching.matcher import Matcher

TOP = 10
BINS = 10

Grades = Mapping[frozenset[str], int]


def evaluated(matcher: Matcher, grades: Grades) -> dict[str, Any]:
    """All figures of one list of projects."""
    measured = [ranked for ranked in rankings(matcher, grades) if any(ranked)]
    stated = {
        frozenset((one, match.id)): match for one, found in matcher.pairs(TOP) for match in found
    }
    chances = np.array([match.probability for match in stated.values()])
    alike = np.array([grades.get(pair, 0) > 0 for pair in stated], dtype=bool)
    proposed = np.array([not match.weaker for match in stated.values()], dtype=bool)
    return {
        "projects": len(matcher),
        "queries": len(measured),
        "ndcg_at_10": mean(ndcg(ranked) for ranked in measured),
        "map": mean(average_precision(ranked) for ranked in measured),
        "mrr": mean(1 / (1 + next(at for at, x in enumerate(r) if x)) for r in measured),
        "precision": precision(alike[proposed]),
        "calibration_error": calibration_error(chances, alike),
    }


def rankings(matcher: Matcher, grades: Grades) -> Iterable[list[int]]:
    """For each project the grades of the others in the order of its list, the unlisted last."""
    ids = matcher.ids
    documents = [matcher.document(one) for one in ids]
    for block in matcher.ranked(len(matcher)):
        for at, found in block:
            graded = [grades.get(frozenset((ids[at], ids[other])), 0) for other in found]
            listed = {ids[other] for other in found}
            graded += [
                grades.get(frozenset((ids[at], other.id)), 0)
                for other in documents
                if other.id not in listed and not other.bodies & documents[at].bodies
            ]
            yield graded


def ndcg(grades: Sequence[int]) -> float:
    return gain(grades) / gain(sorted(grades, reverse=True))


def gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:TOP]))


def average_precision(grades: Sequence[int]) -> float:
    hits = [at for at, grade in enumerate(grades) if grade]
    return mean((n + 1) / (at + 1) for n, at in enumerate(hits))


def mean(values: Iterable[float]) -> float:
    """Rounded; nothing has a mean of nought."""
    every = list(values)
    return round(sum(every) / len(every), 4) if every else 0.0


def precision(alike: Any) -> dict[str, float]:
    """Of what would be proposed, how many were judged alike, with Wilson's 95 % interval."""
    right, of = int(alike.sum()), len(alike)
    low, high = (round(end, 4) for end in wilson(right, of))
    share = right / of if of else 0.0
    return {"proposed": of, "right": right, "share": round(share, 4), "lower": low, "upper": high}


def calibration_error(chances: Any, alike: Any) -> float:
    """How far the stated chances are from what came, on average over ten bins by their size."""
    if not len(chances):
        return 0.0
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    apart = [abs(chances[bins == one].sum() - alike[bins == one].sum()) for one in np.unique(bins)]
    return round(float(sum(apart)) / len(chances), 4)
