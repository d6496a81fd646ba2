"""Why two projects match: the shared words, whose shares add up to the score, and what differs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from matching.documents import Document, Match, Term
from matching.kinds import differences, kind, timing
from matching.nearest import DECIMALS, NOWHERE
from matching.probability import THRESHOLD, probability
from matching.terms import phrase, spelling
from matching.weights import Counts

MOST_TERMS = 6
MOST_OWN_WORDS = 3

Forms = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair: its stems by column, with weights and first places."""

    document: Document
    columns: Any
    weights: Any
    firsts: Any

    def phrase(self, at: int) -> str:
        return phrase(self.document.text, int(self.firsts[at]))

    def only(self, shared_places: Any) -> list[str]:
        """The heaviest words that the other side does not use; in a title a word counts double."""
        own = self.weights * np.where(self.firsts < len(self.document.title), 2, 1)
        own[shared_places] = 0
        heaviest = np.argsort(-own, kind="stable")[:MOST_OWN_WORDS]
        text = self.document.text
        return [spelling(text, int(self.firsts[at])) for at in heaviest if own[at] > 0]


@dataclass(frozen=True)
class Reasons:
    """States matches within one index."""

    documents: Sequence[Document]
    counts: Counts
    forms: Forms

    def side(self, at: int) -> Side:
        weights = self.counts.weights
        part = slice(weights.indptr[at], weights.indptr[at + 1])
        firsts = self.counts.firsts[part]
        return Side(self.documents[at], weights.indices[part], weights.data[part], firsts)

    @cached_property
    def shown(self) -> dict[str, str]:
        """For each stem the form in which people wrote it most often, ties by the alphabet."""
        best: dict[str, tuple[int, str]] = {}
        for (name, written), times in self.forms.items():
            rank = (-times, written)
            if name not in best or rank < best[name]:
                best[name] = rank
        return {name: written for name, (_, written) in best.items()}

    @cached_property
    def words(self) -> list[str]:
        """The shown form of each column."""
        return [self.shown[name] for name in self.counts.names]

    def matches(self, ours: Side, found: Any) -> list[Match]:
        """The matches of one text, best first, ties by id."""
        stated = [self.match(ours, self.side(at)) for at in found]
        return sorted(stated, key=lambda match: (-match.score, match.id))

    def match(self, ours: Side, theirs: Side) -> Match:
        here, there = shared(ours.columns, theirs.columns)
        shares = ours.weights[here] * theirs.weights[there]
        order = np.argsort(-shares, kind="stable")
        terms = [
            Term(
                word=self.words[ours.columns[here[at]]],
                share=float(shares[at]),
                ours=ours.phrase(here[at]),
                theirs=theirs.phrase(there[at]),
            )
            for at in order[:MOST_TERMS]
        ]
        score = round(float(shares.sum()), DECIMALS)
        chance = probability(score, len(order))
        one, other = ours.document, theirs.document
        mine, others = ours.only(here), theirs.only(there)
        return Match(
            id=other.id,
            score=score,
            probability=chance,
            weaker=chance < THRESHOLD,
            kind=kind(one, other),
            terms=tuple(terms),
            rest=float(shares[order[MOST_TERMS:]].sum()),
            rest_count=max(0, len(order) - MOST_TERMS),
            same_service=one.service is not None and one.service == other.service,
            timing=timing(one, other),
            differences=tuple(differences(one, other, mine, others)),
        )


def shared(ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Where the same columns stand in two ascending lists."""
    if not len(theirs):
        return NOWHERE, NOWHERE
    at = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    here = np.flatnonzero(theirs[at] == ours)
    return here, at[here]
