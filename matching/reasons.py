"""Why two projects match: the shared words, whose shares add up to the score, and what differs."""

from typing import TYPE_CHECKING, Any

import numpy as np

from matching.documents import Document, Match, Term
from matching.kinds import differences, kind, timing
from matching.probability import THRESHOLD, probability
from matching.terms import phrase

if TYPE_CHECKING:
    from matching.matcher import Matcher

MOST_TERMS = 6
MOST_OWN_WORDS = 3


def match(matcher: "Matcher", ours: Document, row: Any, other: int, score: float) -> Match:
    """State one match from the side of `ours`, whose weights are `row`."""
    theirs = matcher._documents[other]  # noqa: SLF001 - one concept in two files
    weights = matcher.weights[other]
    terms, rest, count = shared(matcher, ours, theirs, row.multiply(weights).tocsr())
    chance = probability(score)
    own = only(matcher, row, weights)
    their_own = only(matcher, weights, row)
    return Match(
        id=theirs.id,
        score=score,
        probability=chance,
        weaker=chance < THRESHOLD,
        kind=kind(ours, theirs),
        terms=terms,
        rest=rest,
        rest_count=count,
        same_service=ours.service is not None and ours.service == theirs.service,
        timing=timing(ours, theirs),
        differences=tuple(differences(ours, theirs, own, their_own)),
    )


def shared(
    matcher: "Matcher", ours: Document, theirs: Document, product: Any
) -> tuple[tuple[Term, ...], float, int]:
    """The largest shares with their words, the sum of the others, and how many those are."""
    order = np.lexsort((product.indices, -product.data))
    terms = tuple(
        Term(
            word=matcher.shown.get(name, name),
            share=float(product.data[at]),
            ours=phrase(ours.text, name),
            theirs=phrase(theirs.text, name),
        )
        for at in order[:MOST_TERMS]
        for name in [matcher.names[product.indices[at]]]
    )
    rest = product.data[order[MOST_TERMS:]]
    return terms, float(rest.sum()), len(rest)


def only(matcher: "Matcher", row: Any, other: Any) -> list[str]:
    """The heaviest words of one side that the other does not use."""
    theirs = set(other.indices)
    mine = [
        (-weight, at) for at, weight in zip(row.indices, row.data, strict=True) if at not in theirs
    ]
    names = [matcher.names[at] for _, at in sorted(mine)[:MOST_OWN_WORDS]]
    return [matcher.shown.get(name, name) for name in names]
