"""Why two projects match: the shared words, whose shares add up to the score, and what differs."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from matching.documents import Document, Match, Term
from matching.forms import Forms
from matching.kinds import area, differences, kind, timing
from matching.nearest import DECIMALS, NOWHERE
from matching.probability import Fit, probability
from matching.rerank import Rerank, Text, both
from matching.terms import BOILERPLATE_STEMS, WORD, phrase, place, spelling
from matching.weights import Counts

MOST_TERMS = 6
MOST_SIDES = 20_000  # kept with their phrases: some ten kilobytes each
MOST_OWN_WORDS = 3
SHORTEST_AKIN = 4
# What stems of one family differ by where the stemmer leaves them two: regist(er), registrar, registry.
ENDINGS = frozenset(
    "alis ar at en enti er est i ial ifi ion is ist m mat ment n ness or r rar ri t".split()
)


@dataclass(frozen=True)
class Side:
    """One text of a pair: its stems by column, with weights and first places."""

    document: Document
    columns: Any
    weights: Any
    firsts: Any
    names: Sequence[str]  # of all columns, in the order of the alphabet
    at: int | None = None
    _phrases: dict[int, str] = field(default_factory=dict, compare=False)
    _spellings: dict[int, str] = field(default_factory=dict, compare=False)

    def phrase(self, at: int) -> str:
        """The words around a stem's first word; a text in many matches says the same in most."""
        if at not in self._phrases:
            text = self.document.text
            self._phrases[at] = phrase(text, place(text, int(self.firsts[at])))
        return self._phrases[at]

    def spelling(self, at: int) -> str:
        if at not in self._spellings:
            text = self.document.text
            self._spellings[at] = spelling(text, place(text, int(self.firsts[at])))
        return self._spellings[at]

    @cached_property
    def _own(self) -> Any:
        """Weights, doubled for a word of the title."""
        title = len(WORD.findall(self.document.text.partition("\n")[0]))
        return self.weights * np.where(self.firsts < title, 2, 1)

    @cached_property
    def stems(self) -> list[str]:
        """In the order of the alphabet, as their columns are."""
        return [self.names[column] for column in self.columns]

    def has_akin(self, stem: str) -> bool:
        """Tell whether a word of this text is another form of one: “auto” is, of “automatic”."""
        at = bisect_left(self.stems, stem)
        while at < len(self.stems) and self.stems[at].startswith(stem):
            if len(stem) >= SHORTEST_AKIN and self.stems[at][len(stem) :] in ENDINGS:
                return True
            at += 1
        cuts = range(SHORTEST_AKIN, len(stem))
        return any(stem[cut:] in ENDINGS and stands_in(self.stems, stem[:cut]) for cut in cuts)

    def only(self, shared_places: Any, other: "Side") -> list[str]:
        """The heaviest words that the other side has nothing like; in a title they count double."""
        own = self._own.copy()
        own[shared_places] = 0
        heaviest = (at for at in np.argsort(-own, kind="stable").tolist() if own[at] > 0)
        unlike = (at for at in heaviest if not other.has_akin(self.stems[at]))
        return [self.spelling(at) for at in islice(unlike, MOST_OWN_WORDS)]


class Beside(NamedTuple):
    """What the second pass says of a pair."""

    neighbourhood: float
    through: int | None
    theme: str | None


@dataclass(frozen=True)
class Reasons:
    """States matches within one index."""

    documents: Sequence[Document]
    counts: Counts
    forms: Forms
    rerank: Rerank
    fit: Fit

    def side(self, at: int) -> Side:
        return self._sides(int(at))

    @cached_property
    def _sides(self) -> Callable[[int], Side]:
        return lru_cache(maxsize=MOST_SIDES)(self._side)

    def _side(self, at: int) -> Side:
        weights = self.counts.weights
        part = slice(weights.indptr[at], weights.indptr[at + 1])
        firsts = self.counts.firsts[part]
        columns, data = weights.indices[part], weights.data[part]
        return Side(self.documents[at], columns, data, firsts, self.counts.names, at)

    @cached_property
    def shown(self) -> dict[str, str]:
        """For each stem the form in which people wrote it most often, ties by the alphabet."""
        best: dict[str, tuple[int, str]] = {}
        for (name, written), times in self.forms.times.items():
            rank = (-times, written)
            if name not in best or rank < best[name]:
                best[name] = rank
        return {name: written for name, (_, written) in best.items()}

    @cached_property
    def words(self) -> list[str]:
        """The shown form of each column."""
        return [self.shown[name] for name in self.counts.names]

    @cached_property
    def telling(self) -> Any:
        """Which columns are words that tell one project's work from another's."""
        return np.array([name not in BOILERPLATE_STEMS for name in self.counts.names], dtype=bool)

    def matches(self, ours: Side, text: Text, found: Any) -> list[Match]:
        """The matches of one text, best first, ties by id."""
        if not len(found):
            return []
        second = zip(
            self.rerank.neighbourhood(text, found),
            self.rerank.through(text, found, but=ours.at),
            self.rerank.themes(text, found),
            strict=True,
        )
        stated = [
            self.match(ours, self.side(at), Beside(*beside))
            for at, beside in zip(found, second, strict=True)
        ]
        return sorted(stated, key=lambda match: (-match.score, match.id))

    def match(self, ours: Side, theirs: Side, beside: Beside) -> Match:
        here, there = shared(ours.columns, theirs.columns)
        shares = ours.weights[here] * theirs.weights[there]
        telling = self.telling[ours.columns[here]]
        order = np.argsort(-shares, kind="stable")
        shown = order[telling[order]][:MOST_TERMS]
        words = round(float(shares.sum()), DECIMALS)
        score = float(both(words, beside.neighbourhood)) if words > 0 else 0.0
        chance = probability(score, int(telling.sum()), self.fit, documents=len(self.documents))
        one, other = ours.document, theirs.document
        mine, others = ours.only(here, theirs), theirs.only(there, ours)
        return Match(
            id=other.id,
            score=score,
            lift=score - words,
            through=None if beside.through is None else self.documents[beside.through].id,
            theme=beside.theme,
            probability=chance,
            weaker=chance < self.fit.threshold,
            kind=kind(one, other),
            terms=tuple(
                self.term((ours, int(here[at])), (theirs, int(there[at])), shares[at])
                for at in shown
            ),
            rest=float(np.delete(shares, shown).sum()),
            rest_count=len(shares) - len(shown),
            same_service=one.service is not None and one.service == other.service,
            area=area(one, other),
            timing=timing(one, other),
            differences=tuple(differences(one, other, mine, others)),
        )

    def term(self, ours: tuple[Side, int], theirs: tuple[Side, int], share: float) -> Term:
        (one, here), (other, there) = ours, theirs
        word = self.words[one.columns[here]]
        return Term(word, float(share), one.phrase(here), other.phrase(there))


def stands_in(stems: Sequence[str], one: str) -> bool:
    at = bisect_left(stems, one)
    return at < len(stems) and stems[at] == one


def shared(ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Where the same columns stand in two ascending lists."""
    if not len(theirs):
        return NOWHERE, NOWHERE
    at = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    here = np.flatnonzero(theirs[at] == ours)
    return here, at[here]
