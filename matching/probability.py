"""From a score to a probability, fitted on judged pairs; and the threshold for proposals."""

import math

# Logistic regression of "judged alike" on the cosine, fitted on 2,689 cross-council pairs of 74 real
# projects, 165 of them judged alike (November 2026; tests/benchmarks/fit_probability.py).
INTERCEPT = -5.357
SLOPE = 35.365
# At this probability (a cosine of .174) 95 of the 99 best pairs were judged alike: the lower bound
# of Wilson's 95 % interval for the precision is .90. Nothing below it is proposed or mailed.
THRESHOLD = 0.687


def probability(score: float) -> float:
    """The chance that people would call a pair with this score the same work."""
    if score <= 0:
        return 0.0
    return 1 / (1 + math.exp(-(INTERCEPT + SLOPE * score)))
