"""A new fit of the probability from pairs that people judged, and whether it is better than the old.

A pair is of two bodies, and a body's pairs are never on both sides of a cross-validation: what is
tested touches no body of what was learnt from. The new fit is better only if its loss is lower by
more than the luck of which bodies were asked.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from matching.intervals import wilson
from matching.matcher import Matcher
from matching.probability import FEWEST_WORDS, Fit, worth

PRECISION = 0.90
TRIED = tuple(at / 100 for at in range(50, 100))
FOLDS = 10
RESAMPLES = 2000
# A little doubt beside the pairs, lest a few that happen to be clear-cut make a cliff of the curve.
STRENGTH = 100.0
SURE = 1e-6  # nothing is surer than this, or one slip would cost without end

Grades = dict[frozenset[str], int]


class Unlearnable(Exception):
    """These pairs do not tell how likeness goes with the score; the message says why."""


class Pair(NamedTuple):
    """A pair that was judged: its score, how many telling words it shares, and whose it is."""

    score: float
    words: int
    alike: bool
    bodies: frozenset[str]


class Loss(NamedTuple):
    """Log loss of both fits on pairs that neither saw in its fold, and what the new one gains.

    `low` and `high` are the 95 % interval of the gain, over resampled bodies.
    """

    old: float
    new: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trial:
    """A new fit beside the old one. `why` says what kept it out, and is empty if it is adopted."""

    pairs: int
    alike: int
    old: Fit
    new: Fit | None
    loss: Loss
    right: int
    proposed: int
    why: str

    @property
    def is_better(self) -> bool:
        return not self.why


def telling(pairs: Iterable[Pair]) -> list[Pair]:
    """Those that the curve speaks of: with fewer shared words a pair is never proposed."""
    return [pair for pair in pairs if pair.score > 0 and pair.words >= FEWEST_WORDS]


def tried(pairs: Iterable[Pair], old: Fit) -> Trial:
    """Fit anew, and hold the new fit against the old.

    Raises:
        Unlearnable: there are too few pairs, or they go against the score.
    """
    rows = telling(pairs)
    scores, alike = columns(rows)
    intercept, slope = rounded(logistic(scores, alike, strength=STRENGTH))
    if slope <= 0:
        message = "of these pairs the more alike have the lower scores"
        raise Unlearnable(message)
    least = lowest_that_holds([(scores, alike)], intercept, slope)
    loss = compared(rows, old)
    new = None if least is None else Fit(intercept, slope, least)
    right, proposed, _ = precision(scores, alike, new) if new else (0, 0, 0.0)
    return Trial(
        len(rows), int(alike.sum()), old, new, loss, right, proposed, why_not(new, old, loss)
    )


def why_not(new: Fit | None, old: Fit, loss: Loss) -> str:
    if new is None:
        return "the new one has no threshold from which nine in ten of these pairs surely hold"
    if new == old:
        return "the new one is the same"
    if loss.low <= 0:
        return "the new one is not better beyond chance"
    return ""


def columns(pairs: Sequence[Pair]) -> tuple[Any, Any]:
    scores = np.array([pair.score for pair in pairs])
    return scores, np.array([pair.alike for pair in pairs], dtype=bool)


def logistic(scores: Any, alike: Any, *, strength: float = math.inf) -> tuple[float, float]:
    """Intercept and slope of the logistic regression of "judged alike" on the score.

    Raises:
        Unlearnable: all pairs are alike, or none is.
    """
    if len(alike) == 0 or alike.all() or not alike.any():
        message = "it takes pairs that are alike and pairs that are not"
        raise Unlearnable(message)
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-10)
    model.fit(scores[:, None], alike)
    return float(model.intercept_[0]), float(model.coef_[0, 0])


def rounded(curve: tuple[float, float]) -> tuple[float, float]:
    """To three places, so that what is told of a fit is the fit."""
    return round(curve[0], 3), round(curve[1], 3)


def chances(scores: Any, intercept: float, slope: float) -> Any:
    return 1 / (1 + np.exp(-(intercept + slope * scores)))


def lowest_that_holds(
    samples: Sequence[tuple[Any, Any]], intercept: float, slope: float
) -> float | None:
    """The least probability, in hundredths, from which precision surely holds in every sample.

    Where no pair was judged nothing is promised: it is not below the least that was seen.
    """
    for at in TRIED:
        held = [precision(scores, alike, Fit(intercept, slope, at)) for scores, alike in samples]
        seen = all(chances(scores.min(), intercept, slope) <= at for scores, _ in samples)
        if seen and all(lower >= PRECISION for _, _, lower in held):
            return at
    return None


def precision(scores: Any, alike: Any, fit: Fit) -> tuple[int, int, float]:
    """Of what a fit proposes, how many are alike, of how many, and Wilson's lower bound."""
    proposed = alike[chances(scores, fit.intercept, fit.slope) >= fit.threshold]
    right, of = int(proposed.sum()), len(proposed)
    return right, of, wilson(right, of)[0]


def compared(pairs: Sequence[Pair], old: Fit) -> Loss:
    """The old fit is what it is; the new one is fitted anew for each fold."""
    found = [row for fold in folds(pairs) for row in of_fold(pairs, fold, old)]
    bodies = {body: at for at, body in enumerate(sorted({body for body, _, _ in found}))}
    sums, counts = np.zeros((len(bodies), 2)), np.zeros(len(bodies))
    for body, before, after in found:
        sums[bodies[body]] += before, after
        counts[bodies[body]] += 1
    old_loss, new_loss = sums.sum(axis=0) / counts.sum()
    low, high = interval(sums[:, 0] - sums[:, 1], counts)
    return Loss(*(round(float(one), 5) for one in (old_loss, new_loss, low, high)))


def folds(pairs: Sequence[Pair]) -> list[frozenset[str]]:
    """All bodies in ten parts, the same ones every time."""
    bodies = sorted({body for pair in pairs for body in pair.bodies})
    if len(bodies) < FOLDS:
        message = f"it takes pairs of {FOLDS} organisations or more"
        raise Unlearnable(message)
    shuffled = np.random.default_rng(0).permutation(len(bodies))
    return [frozenset(bodies[at] for at in part) for part in np.array_split(shuffled, FOLDS)]


def of_fold(
    pairs: Sequence[Pair], fold: frozenset[str], old: Fit
) -> Iterator[tuple[str, float, float]]:
    """For each pair of a fold's bodies: the body, and the loss of the old and of the new fit."""
    curve = logistic(
        *columns([pair for pair in pairs if not pair.bodies & fold]), strength=STRENGTH
    )
    tested = [pair for pair in pairs if pair.bodies & fold]
    scores, alike = columns(tested)
    before, after = losses(scores, alike, old[:2]), losses(scores, alike, curve)
    for pair, one, other in zip(tested, before.tolist(), after.tolist(), strict=True):
        for body in sorted(pair.bodies & fold):
            yield body, one, other


def losses(scores: Any, alike: Any, curve: tuple[float, float]) -> Any:
    told = np.clip(chances(scores, *curve), SURE, 1 - SURE)
    return -np.log(np.where(alike, told, 1 - told))


def interval(gains: Any, counts: Any) -> Any:
    """Of the mean gain, over bodies drawn again and again: pairs of one body are not independent."""
    drawn = np.random.default_rng(0).integers(len(gains), size=(RESAMPLES, len(gains)))
    return np.percentile(gains[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [2.5, 97.5])


def judged_pairs(matcher: Matcher, grades: Grades) -> Iterator[Pair]:
    """Every pair of an index once; one that nobody graded was judged unlike."""
    for at, ours in enumerate(matcher.ids):
        document = matcher.document(ours)
        beyond = np.arange(at + 1, len(matcher))
        _, found = matcher.explained(at, beyond)
        for match in found:
            other = matcher.document(match.id)
            if not other.bodies & document.bodies:
                bodies = frozenset((document.organisation, other.organisation))
                alike = grades.get(frozenset((ours, match.id)), 0) > 0
                score = worth(match.score, len(matcher))
                yield Pair(score, len(match.terms), alike, bodies)
