"""Looking through an index for what somebody typed, and through smaller ones beside it.

What only a few may see stands in small indexes of their own. They are looked through with the
weights of the large one, and give it none: what they hold changes nothing for anybody else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import hypot
from typing import Any, NamedTuple

import numpy as np

from matching.entries import Asked, Entry, Root, called, fact, shown
from matching.finder import Finder, Meant
from matching.nearest import DECIMALS

# What is found has nearly all that was asked for, as far as anything has: of three words that weigh
# the same all three, of five any four.
ENOUGH = 0.75
# Below the 1 of what is called exactly as was typed.
MOST_UNLESS_CALLED_SO = 0.99


@dataclass(frozen=True, slots=True)
class Wish:
    """What hits are wanted: how many, of each kind at most how many, of which kinds, with what facts.

    If no kind is named, of every kind.
    """

    top: int = 10
    of_each: int | None = None
    kinds: Collection[str] = ()
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, how well it fits (0 to 1), and its words that do, as written."""

    id: str
    kind: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The best hits, how many there are of the kinds that were wished for, and of every kind."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sense:
    """What one word may mean in each index, and what it weighs."""

    meant: tuple[Meant, ...]
    weight: float


class Ranked(NamedTuple):
    """An entry in its place of the order: the best first, ties by the title, then the id."""

    minus_score: float
    title: str
    id: str
    entry: Entry

    @classmethod
    def of(cls, score: float, entry: Entry) -> "Ranked":
        return cls(-score, entry.title.casefold(), entry.id, entry)

    def hit(self, stems: set[str]) -> Hit:
        return Hit(self.id, self.entry.kind, -self.minus_score, shown(self.entry, stems))


class Look:
    """One index, looked through: which entries have enough of the words, and how well they fit."""

    def __init__(
        self, finder: Finder, meant: list[Meant], weights: list[float], wish: Wish
    ) -> None:
        self.finder = finder
        self.meant = meant
        self.wish = wish
        self.has = np.zeros(len(finder))
        self.fits = np.zeros(len(finder))
        for meaning, weight in zip(meant, weights, strict=True):
            best = finder.words.best_of(meaning)
            self.has += weight * (best > 0)
            self.fits += weight * weight * best
        for name, values in wish.facts.items():
            self.has *= self.with_any(fact(name, value) for value in values)

    def with_any(self, facts: Iterable[str]) -> Any:
        found = np.zeros(len(self.finder), dtype=bool)
        for one in facts:
            found[self.finder.facts.rows_with(one)] = True
        return found

    def most(self) -> float:
        return float(self.has.max(initial=0))

    def found(self, enough: float) -> Any:
        return (self.has >= enough) & (self.has > 0)

    def counts(self, found: Any) -> Counter[str]:
        kinds = self.finder.kinds.items()
        return Counter({kind: int(found[places].sum()) for kind, places in kinds})

    def scores(self, asked: Asked, lengths: Any, weights: list[float]) -> Any:
        """The cosine of what was asked and each entry; 1 for what is called exactly so."""
        scores = np.minimum(self.fits / (lengths * hypot(*weights)), MOST_UNLESS_CALLED_SO)
        scores[self.finder.facts.rows_with(called(asked.whole))] = 1
        return np.round(scores, DECIMALS)

    def best(self, found: Any, scores: Any) -> Iterator[Ranked]:
        """The best of each kind that were found, in any order."""
        for kind, places in self.finder.kinds.items():
            if not self.wish.kinds or kind in self.wish.kinds:
                for at in highest(places[found[places]], scores, self.wish.top):
                    yield Ranked.of(float(scores[at]), self.finder.entries[at])

    @cached_property
    def stems(self) -> set[str]:
        """What the words that were asked for may mean."""
        names = self.finder.words.names
        return {names[at] for meaning in self.meant for at in meaning}


def find(text: str, wish: Wish, finder: Finder, *beside: Finder) -> Findings:
    """Find what fits a text best, in an index and in smaller ones beside it."""
    asked = Asked.of(text)
    senses = [*senses_of(asked.words, (finder, *beside))]
    if not senses:
        return Findings()
    weights = [sense.weight for sense in senses]
    looks = [
        Look(one, [sense.meant[at] for sense in senses], weights, wish)
        for at, one in enumerate((finder, *beside))
    ]
    enough = ENOUGH * max(look.most() for look in looks)
    counts: Counter[str] = Counter()
    ranked: list[tuple[Ranked, Look]] = []
    for look in looks:
        found = look.found(enough)
        counts += look.counts(found)
        scores = look.scores(asked, lengths_in(look.finder, finder), weights)
        ranked += [(one, look) for one in look.best(found, scores)]
    ranked.sort(key=lambda pair: pair[0])
    hits = tuple(one.hit(look.stems) for one, look in islice(few_of_each(ranked, wish), wish.top))
    return Findings(hits, sum(counts[kind] for kind in wish.kinds or counts), counts)


def highest(places: Any, scores: Any, top: int) -> Any:
    """The places with the `top` highest scores, and those that tie with the last of them."""
    if len(places) <= top:
        return places
    least = np.partition(scores[places], -top)[-top]
    return places[scores[places] >= least]


def few_of_each(ranked: Iterable[tuple[Ranked, Look]], wish: Wish) -> Iterator[tuple[Ranked, Look]]:
    """Leave out what would be one too many of its kind."""
    seen: Counter[str] = Counter()
    for one, look in ranked:
        seen[one.entry.kind] += 1
        if wish.of_each is None or seen[one.entry.kind] <= wish.of_each:
            yield one, look


def senses_of(words: Sequence[Root], finders: Sequence[Finder]) -> Iterator[Sense]:
    """What each word may mean; one that means nothing here is not asked for."""
    for at, word in enumerate(words, start=1):
        meant = tuple(one.meant(word, is_unfinished=at == len(words)) for one in finders)
        if any(meant):
            yield Sense(meant, finders[0].weight(meant[0]))


def lengths_in(finder: Finder, main: Finder) -> Any:
    """The lengths of an index's rows under the weights of the main one."""
    if finder is main:
        return main.own_lengths
    return finder.lengths(main.rarity_of(finder.words.names))
