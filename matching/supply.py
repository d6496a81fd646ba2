"""What is put before councils, when not every strong match can be.

The strongest pair comes first, each if there is room on every side that is asked: a council has at
most `MOST_WAITING` proposals waiting for its answer, whichever side they came from. One whose project
nobody there has claimed is not asked, and its silence takes nobody's room. What finds no room
waits, and is looked at again when there is some. It is the plain greedy assignment: of those that
stand alike nobody is passed over for a weaker pair, and everybody can be told why a pair waits.

Many councils on one piece of work are asked once, not pair by pair. Where three or more projects
are new to one another and every two of them strong enough, that is one proposal to all (`together`).
One that comes later is put before those that it is like in one proposal too (`around` it): it is asked
once about all of them, and each of them about it alone, for the others were put together before, and
what they said to that is nobody else's to read. Two that both have such company, as
near to each as the other would be, are not put together.
Those who cannot answer yet are put before a project apart from those who can, all at once too.

Two nearly identical projects of one council are one project here: the better of their pairs is
proposed, and the other never while that stands.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from matching.terms import Reading, read

MOST_WAITING = 8
PAIR = 2
MOST_COUNCILS = 8  # of one proposal
COPY = 0.9  # the cosine of two texts' plain counts from which one is a copy of the other


class Side(NamedTuple):
    """A project in a pair; a body is a council, or the one that succeeded it.

    It is asked if the body has claimed the project.
    """

    project: str
    body: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A match that is strong enough, proposed before or not."""

    a: Side
    b: Side
    probability: float
    score: float
    is_new: bool = True

    def beyond(self, project: str) -> Side:
        return self.b if self.a.project == project else self.a


@dataclass(frozen=True, slots=True)
class Offer:
    """Projects put before their councils: all together, or each beside the one project `around`."""

    sides: tuple[Side, ...]
    around: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What was proposed before, and those of its bodies that were asked and have not answered.

    `company` tells how probable the best match of a project inside it is today, nought if none is
    strong enough any more.
    """

    sides: tuple[Side, ...]
    around: str | None
    waiting: frozenset[str]
    company: Mapping[str, float]


def chosen(
    pairs: Iterable[Pair],
    standing: Iterable[Standing],
    texts: Mapping[str, str],
    most: int = MOST_WAITING,
) -> list[Offer]:
    """What is proposed now: first where neither side has company, each time the strongest first."""
    ordered = sorted(pairs, key=strength)
    taken = Taken(ordered, texts, most)
    for one in standing:
        taken.add(one)
    alone = [taken.take(pair) for pair in ordered if taken.may_ask(pair) and taken.is_alone(pair)]
    return alone + [taken.take(pair) for pair in ordered if taken.may_ask(pair)]


def strength(pair: Pair) -> tuple[float, float, str, str]:
    return -pair.probability, -pair.score, pair.a.project, pair.b.project


def asked(sides: Iterable[Side]) -> frozenset[str]:
    return frozenset(side.body for side in sides if side.is_asked)


def met(sides: tuple[Side, ...], around: str | None) -> Iterator[tuple[Side, Side]]:
    """The pairs that a proposal puts together."""
    for one, other in combinations(sides, 2):
        if around is None or around in {one.project, other.project}:
            yield one, other


class Taken:
    """What is proposed, by the two bodies, how many wait for each body, and who has company."""

    def __init__(self, pairs: list[Pair], texts: Mapping[str, str], most: int) -> None:
        self.texts = texts
        self.most = most
        self.readings: dict[str, Reading] = {}
        self.waiting: Counter[str] = Counter()
        self.accompanied: dict[str, float] = {}  # and how probable the best of the company is
        self.together: dict[frozenset[str], list[tuple[Side, Side]]] = defaultdict(list)
        self.alike: dict[str, dict[str, Pair]] = defaultdict(dict)
        for pair in pairs:  # strongest first, and so are everybody's
            self.alike[pair.a.project][pair.b.project] = pair
            self.alike[pair.b.project][pair.a.project] = pair

    def add(self, one: Standing) -> None:
        for pair in met(one.sides, one.around):
            self.together[frozenset(side.body for side in pair)].append(pair)
        self.waiting.update(one.waiting)
        if len(one.sides) > PAIR and all(side.is_asked for side in one.sides):
            for project in [one.around] if one.around else [side.project for side in one.sides]:
                near = max(one.company[project], self.accompanied.get(project, 0.0))
                self.accompanied[project] = near

    def company(self, offer: Offer) -> dict[str, float]:
        """How probable the best match of each project of a new proposal is, inside it."""
        best: dict[str, float] = defaultdict(float)
        for one, other in met(offer.sides, offer.around):
            near = self.alike[one.project][other.project].probability
            for side in (one, other):
                best[side.project] = max(best[side.project], near)
        return best

    def may_ask(self, pair: Pair) -> bool:
        return (
            pair.is_new
            and (pair.a.is_asked or pair.b.is_asked)
            and pair.a.body != pair.b.body
            and self.has_room(pair.a)
            and self.has_room(pair.b)
            and not self.have_better(pair)
            and not self.has(pair)
        )

    def has_room(self, side: Side) -> bool:
        return not side.is_asked or self.waiting[side.body] < self.most

    def have_better(self, pair: Pair) -> bool:
        """Tell whether both sides have company that is as good to each as the other would be."""
        return all(
            self.accompanied.get(side.project, -1.0) >= pair.probability
            for side in (pair.a, pair.b)
        )

    def is_alone(self, pair: Pair) -> bool:
        return not {pair.a.project, pair.b.project} & self.accompanied.keys()

    def take(self, pair: Pair) -> Offer:
        offer = self.widest(pair)
        self.add(Standing(offer.sides, offer.around, asked(offer.sides), self.company(offer)))
        return offer

    def widest(self, pair: Pair) -> Offer:
        """The widest proposal that begins with a pair."""
        sides = self.all_new(pair)
        if len(sides) > PAIR:
            return Offer(sides)
        hubs = sorted((pair.a, pair.b), key=lambda side: not side.is_asked)
        sides = max((self.beside(hub, pair) for hub in hubs), key=len)
        around = sides[0].project if len(sides) > PAIR else None
        return Offer(sides, around)

    def all_new(self, pair: Pair) -> tuple[Side, ...]:
        """A pair and what is like every one of it, if all can answer, alone, and have not met."""
        sides: tuple[Side, ...] = (pair.a, pair.b)
        if not self.is_alone(pair) or not all(side.is_asked for side in sides):
            return sides
        while len(sides) < MOST_COUNCILS and (more := self.nearest(sides)):
            sides = (*sides, more)
        return sides

    def nearest(self, sides: tuple[Side, ...]) -> Side | None:
        """The project that may join some and is most like them all; None if there is none."""
        first, *others = (self.alike[side.project] for side in sides)
        shared = first.keys() & set.intersection(*({*other} for other in others))
        able = [
            one for one in sorted(shared - self.accompanied.keys()) if self.may_join(one, sides)
        ]
        if not able:
            return None
        best = max(able, key=lambda one: self.nearness(one, sides))
        return first[best].beyond(sides[0].project)

    def may_join(self, one: str, sides: tuple[Side, ...]) -> bool:
        pairs = [self.alike[one][side.project] for side in sides]
        return all(
            pair.beyond(side.project).is_asked and self.may_ask(pair)
            for side, pair in zip(sides, pairs, strict=True)
        )

    def nearness(self, one: str, sides: tuple[Side, ...]) -> tuple[float, float]:
        pairs = [self.alike[one][side.project] for side in sides]
        return sum(pair.probability for pair in pairs), sum(pair.score for pair in pairs)

    def beside(self, hub: Side, begun: Pair) -> tuple[Side, ...]:
        """A project, and the nearest of each other body, all of whom can answer or none."""
        can_answer = begun.beyond(hub.project).is_asked
        spokes: dict[str, Side] = {}
        for pair in [begun, *self.alike[hub.project].values()]:
            spoke = pair.beyond(hub.project)
            is_one = spoke.is_asked == can_answer and spoke.body not in spokes
            if is_one and self.may_ask(pair):
                spokes[spoke.body] = spoke
        return (hub, *[*spokes.values()][: MOST_COUNCILS - 1])

    def has(self, pair: Pair) -> bool:
        """Tell whether this pair, or one of copies of its projects, is proposed."""
        before = self.together[frozenset({pair.a.body, pair.b.body})]
        return any(self.is_same(pair, *ends(one, pair.a.body)) for one in before)

    def is_same(self, pair: Pair, a: Side, b: Side) -> bool:
        return self.are_copies(pair.a, a) and self.are_copies(pair.b, b)

    def are_copies(self, one: Side, other: Side) -> bool:
        if one.project == other.project:
            return True
        return are_copies(self.reading(one.project), self.reading(other.project))

    def reading(self, project: str) -> Reading:
        if project not in self.readings:
            self.readings[project] = read(self.texts[project])
        return self.readings[project]


def ends(pair: tuple[Side, Side], body: str) -> tuple[Side, Side]:
    """The two sides of a pair, that of a body first."""
    return pair if pair[0].body == body else (pair[1], pair[0])


def are_copies(ours: Reading, theirs: Reading) -> bool:
    """Tell whether two texts say nearly the same."""
    shared = sum(times * theirs.counts.get(name, 0) for name, times in ours.counts.items())
    lengths = math.hypot(*ours.counts.values()) * math.hypot(*theirs.counts.values())
    return ours.counts == theirs.counts or (lengths > 0 and shared / lengths >= COPY)
