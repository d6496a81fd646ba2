"""From a score to a probability, fitted on judged pairs; and the threshold for proposals."""

import math
from typing import NamedTuple


class Fit(NamedTuple):
    """A logistic curve, and the probability from which pairs are proposed."""

    intercept: float
    slope: float
    threshold: float


# Logistic regression of "judged alike" on the score, over 2,689 pairs of 74 real projects of
# different bodies, 165 of them judged alike (25 November 2026), in an index of all 176 real
# projects. To fit it anew: ./tandem bench fit_probability PAIRS.tsv PROJECTS.jsonl OTHERS.jsonl
# From the threshold up (a score of .594) 111 of 116 pairs were judged alike: the lower bound of
# Wilson's 95 % interval for the precision is .903, and a longer list's would fall under .90. Read
# off the same pairs, so a little flattering. Nothing below it is proposed or mailed.
WORDS = Fit(intercept=-5.238, slope=9.956, threshold=0.662)
# The same with the extra `semantic`: from a score of .662 up, 112 of 117, lower bound .904.
MEANINGS = Fit(intercept=-7.702, slope=12.589, threshold=0.652)
THRESHOLD = WORDS.threshold
# One shared word is a coincidence, however rare the word: a short draft makes its score large, and
# the judged pairs held nothing like it. Such a pair stays below the threshold. What every council
# project says is no such word.
FEWEST_WORDS = 2


def probability(score: float, words: int = FEWEST_WORDS, fit: Fit = WORDS) -> float:
    """The chance that people would call a pair the same work; `words` is how many it shares."""
    if score <= 0:
        return 0.0
    chance = 1 / (1 + math.exp(-(fit.intercept + fit.slope * score)))
    return chance if words >= FEWEST_WORDS else chance * fit.threshold
