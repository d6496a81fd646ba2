"""What a draft is likely to be about and to look for, from its words; nothing of it is kept.

What speaks for a service or a skill is the squared score of each project that is close enough to be
proposed and has it, and of its own name beside the draft's words where that is near. What is
hardly alike says nothing: nothing is better than a wrong suggestion.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from backend.drafts import Drafts, in_turn
from backend.indexes import draft
from graph import projects
from matching import Document, Match, Matcher

if TYPE_CHECKING:
    from backend.product import Product

NEAREST = 10
# What has less than this part of what speaks for the likeliest is a chance likeness.
LEAST_PART = 0.1
LEAST_NAMED = 0.12  # a name speaks from this cosine of its words and the draft's
Names = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """A service or a skill, how many projects speak for it, and whether the draft names it."""

    id: str
    projects: int = 0
    is_named: bool = False

    def row(self, rank: int) -> dict[str, Any]:
        return {
            "far": self.id,
            "rank": rank,
            "projects": self.projects,
            "isNamed": self.is_named,
        }


@lru_cache(maxsize=4)
def register(names: Names) -> Matcher:
    """An index of what a register has: its names and descriptions, not drafts."""
    return Matcher.of(Document(one, one, title, text) for one, title, text in names)


def ranked(near: Iterable[tuple[str, float]], named: Sequence[Match]) -> list[Likely]:
    """The likeliest first, ties by id; `near` has each thing as often as a project has it."""
    weights: defaultdict[str, float] = defaultdict(float)
    times: Counter[str] = Counter()
    for one, score in near:
        weights[one] += score**2
        times[one] += 1
    names = {one.id: cosine for one in named if (cosine := one.score - one.lift) >= LEAST_NAMED}
    for one, cosine in names.items():
        weights[one] += cosine**2
    least = LEAST_PART * max(weights.values(), default=0)
    order = sorted(weights, key=lambda one: (-weights[one], one))
    return [Likely(one, times[one], one in names) for one in order if weights[one] >= least]


def called(names: Names, text: str) -> list[Match]:
    """What of a register has a draft's words in its name or description."""
    return register(names).similar(draft(text), NEAREST)


def close(near: Iterable[Match]) -> list[Match]:
    """Those that are close enough to be proposed, were the draft a project."""
    return [one for one in near if not one.weaker]


def likely_services(
    matcher: Matcher, near: Iterable[Match], named: Sequence[Match]
) -> list[Likely]:
    about = [(matcher.document(one.id).service, one.score) for one in close(near)]
    return ranked([(service, score) for service, score in about if service], named)


async def services(product: "Product", drafts: Drafts, text: str) -> list[Likely]:
    names = await product.index.finding.registered(product, "SERVICE")
    near = await drafts.nearest(text, NEAREST)
    return likely_services(drafts.matcher, near, await in_turn(called, names, text))


async def skills(product: "Product", drafts: Drafts, text: str) -> list[Likely]:
    names = await product.index.finding.registered(product, "SKILL")
    scores = {one.id: one.score for one in close(await drafts.nearest(text, NEAREST))}
    needs = await product.graph.read(projects.needs, ids=[*scores])
    named = await in_turn(called, names, text)
    return ranked([(skill, scores[project]) for project, skill in needs], named)
