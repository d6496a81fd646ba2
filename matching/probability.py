"""From a score to a probability, fitted on judged pairs; and the threshold for proposals."""

import math

# Logistic regression of "judged alike" on the cosine, over 2,689 pairs of 74 real projects of
# different bodies, 165 of them judged alike (24 November 2026), in an index of all 176 real
# projects: in a smaller one rare words weigh less. To fit it anew:
# ./tandem bench fit_probability PAIRS.tsv PROJECTS.jsonl OTHER_PROJECTS.jsonl
INTERCEPT = -5.290
SLOPE = 33.920
# From this probability up (a cosine of .186) 95 of 99 pairs were judged alike: the lower bound of
# Wilson's 95 % interval for the precision is .901, and a longer list's would fall under .90. Read
# off the same pairs, so a little flattering. Nothing below it is proposed or mailed.
THRESHOLD = 0.735
# One shared word is a coincidence, however rare the word: a short draft makes its cosine large, and
# the judged pairs held nothing like it. Such a pair stays below the threshold.
FEWEST_WORDS = 2


def probability(score: float, words: int = FEWEST_WORDS) -> float:
    """The chance that people would call a pair the same work; `words` is how many it shares."""
    if score <= 0:
        return 0.0
    chance = 1 / (1 + math.exp(-(INTERCEPT + SLOPE * score)))
    return chance if words >= FEWEST_WORDS else chance * THRESHOLD
