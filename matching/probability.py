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
# Scores drift with the size of the index. From the threshold up the lower bound of Wilson's 95 %
# interval for the precision is at least .90 in the index of 176 (109 of 112 judged alike, .924) and
# in one of the 74 alone (110 of 115, .902). Read off the same pairs, so a little flattering. Nothing
# below it is proposed or mailed.
WORDS = Fit(intercept=-5.238, slope=9.956, threshold=0.75)
# The same with the extra `semantic`: 109 of 111 (.937), and 110 of 114 (.913).
MEANINGS = Fit(intercept=-7.702, slope=12.589, threshold=0.78)
THRESHOLD = WORDS.threshold
# One shared word is a coincidence, however rare the word: a short text makes its score large. Of
# judged pairs in lists of 12 to 74, whole texts, first sentences and titles, that shared one telling
# word .45 were alike at a score of .8 and .12 at .6; of those that shared none, .10 and .03. That is
# what each word that is missing takes from a score, and such a pair stays below the threshold.
FEWEST_WORDS = 2
LESS_FOR_A_WORD = 0.25
# In a short list no word is rare, and the nearest of few are not near: the same score says less. Of
# the 74 judged projects drawn at random, 8 to 50 at a time, the score from which .93 of the pairs were
# alike was higher by this much for each time that the list was e times shorter than 60. Without it,
# of what was proposed in lists of 12, 20 and 36 people had called .58, .69 and .86 alike.
FEWEST_SEEN, ENOUGH = 8, 60
DRIFT = 0.12


def worth(score: float, documents: int) -> float:
    """What a score in a list of so many documents would be in one that is long enough."""
    return score - DRIFT * math.log(ENOUGH / min(max(documents, FEWEST_SEEN), ENOUGH))


def probability(
    score: float, words: int = FEWEST_WORDS, fit: Fit = WORDS, *, documents: int = ENOUGH
) -> float:
    """The chance that people would call a pair the same work.

    `words` is how many it shares, in a list of so many documents.
    """
    if score <= 0:
        return 0.0
    missing = max(FEWEST_WORDS - words, 0)
    told = worth(score, documents) - LESS_FOR_A_WORD * missing
    chance = 1 / (1 + math.exp(-(fit.intercept + fit.slope * told)))
    return chance * fit.threshold if missing else chance
