"""Which matches are put before councils, when not all can be.

The strongest come first, each if there is room on every side that is asked: a council has at most
`MOST_WAITING` proposals waiting for its answer, whichever side they came from. One whose project
nobody there has claimed is not asked, and its silence takes nobody's room. What finds no room
waits, and is looked at again when there is some. It is the plain greedy assignment: nobody can be
passed over for a weaker pair, and everybody can be told why a pair waits.

Two nearly identical projects of one council are one project here: the better of their pairs is
proposed, and the other never while that stands.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.terms import Reading, read

MOST_WAITING = 8
COPY = 0.9  # the cosine of two texts' plain counts from which one is a copy of the other


@dataclass(frozen=True, slots=True)
class Pair:
    """A match that is strong enough; a body is a council, or the one that succeeded it.

    `asked` are the bodies that have claimed their project.
    """

    id: str
    a: str
    b: str
    a_body: str
    b_body: str
    probability: float
    score: float
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair that was proposed before, and those of its bodies that have not answered."""

    a: str
    b: str
    a_body: str
    b_body: str
    waiting: frozenset[str]


def chosen(
    candidates: Iterable[Pair],
    standing: Iterable[Standing],
    texts: Mapping[str, str],
    most: int = MOST_WAITING,
) -> list[Pair]:
    """The candidates that are proposed now, strongest first."""
    taken = Taken(texts, most)
    for one in standing:
        taken.add(one, one.waiting)
    found = []
    for pair in sorted(candidates, key=strength):
        if taken.has_room(pair) and not taken.has(pair):
            taken.add(pair, pair.asked)
            found.append(pair)
    return found


def strength(pair: Pair) -> tuple[float, float, str]:
    return -pair.probability, -pair.score, pair.id


class Taken:
    """What is proposed, by the two bodies, and how many wait for each body."""

    def __init__(self, texts: Mapping[str, str], most: int) -> None:
        self.texts = texts
        self.most = most
        self.readings: dict[str, Reading] = {}
        self.waiting: Counter[str] = Counter()
        self.pairs: dict[frozenset[str], list[Pair | Standing]] = defaultdict(list)

    def add(self, pair: Pair | Standing, waiting: Iterable[str]) -> None:
        self.pairs[frozenset({pair.a_body, pair.b_body})].append(pair)
        self.waiting.update(waiting)

    def has_room(self, pair: Pair) -> bool:
        is_between_two = pair.a_body != pair.b_body
        return is_between_two and all(self.waiting[body] < self.most for body in pair.asked)

    def has(self, pair: Pair) -> bool:
        """Tell whether this pair, or one of copies of its projects, is proposed."""
        before = self.pairs[frozenset({pair.a_body, pair.b_body})]
        return any(self.is_same(pair, *ends(one, pair.a_body)) for one in before)

    def is_same(self, pair: Pair, a: str, b: str) -> bool:
        return self.are_copies(pair.a, a) and self.are_copies(pair.b, b)

    def are_copies(self, one: str, other: str) -> bool:
        return one == other or are_copies(self.reading(one), self.reading(other))

    def reading(self, project: str) -> Reading:
        if project not in self.readings:
            self.readings[project] = read(self.texts[project])
        return self.readings[project]


def ends(pair: Pair | Standing, body: str) -> tuple[str, str]:
    """The two projects of a pair, that of a body first."""
    return (pair.a, pair.b) if pair.a_body == body else (pair.b, pair.a)


def are_copies(ours: Reading, theirs: Reading) -> bool:
    """Tell whether two texts say nearly the same."""
    shared = sum(times * theirs.counts.get(name, 0) for name, times in ours.counts.items())
    lengths = math.hypot(*ours.counts.values()) * math.hypot(*theirs.counts.values())
    return ours.counts == theirs.counts or (lengths > 0 and shared / lengths >= COPY)
