"""What a question costs, reckoned before anything runs: what it could bring, list by list.

A page of a list is bounded, and lists lie inside lists: a hundred of a hundred of a hundred is a
million, whatever the engine makes of it. Each item that could come back costs one; what an engine
must look through a whole list for (a total, a group) costs more than what it reads off one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.schema.refusals import bad_input
from graph.meanings import Far, Few, Many, One
from graph.model import TYPES
from graph.selections import Selection
from graph.statements import MOST_LISTS

MOST = 5_000
WRAPPERS = {"nodes", "edges", "node", "pageInfo"}
FACET = 20
TOTAL = 1
# What one relationship of a filter may lead to: nothing limits what an engine looks through there.
FAN = 15
# What looks through much of the graph, whatever comes of it.
DEAR: Mapping[str, int] = {
    "Query.changes": 10,
    "Query.coverage": 100,
    "Query.demand": 100,
    "Query.likelyServices": 50,
    "Query.likelySkills": 50,
    "Query.network": 300,
    "Query.search": 20,
    "Query.similarCouncils": 200,
    "Query.similarTo": 50,
    "Query.weighed": 50,
}


# The same, of a list that may lie in another: as often as it comes.
DEAR_LISTS: Mapping[str, int] = {"peopleWhoCouldHelp": 100}


@dataclass(frozen=True, slots=True)
class Cost:
    """How many lists, the cost, and the way to most of it, list by list."""

    lists: int = 0
    points: int = 0
    way: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what is too much for one question.

        Raises:
            GraphQLError: it has too many lists, or costs too much; the message says what to lower.
        """
        if self.lists > MOST_LISTS:
            raise bad_input(f"Ask for at most {MOST_LISTS} lists at once, not {self.lists}.")
        if self.points > MOST:
            way = " > ".join(self.way)
            raise bad_input(
                f"This question could cost {self.points:,} points, and one may cost {MOST:,}."
                + (f" Lower `first` in {way}." if way else " Ask for less at once.")
            )


def cost(asked: list[Selection]) -> Cost:
    """The cost of the root fields of a question."""
    found = together([of_field(one) for one in asked if not one.is_leaf])
    return Cost(
        found.lists,
        found.points + sum(DEAR.get(f"Query.{one.field}", 0) for one in asked),
        found.way,
    )


def together(parts: list[Cost]) -> Cost:
    """The cost of fields that stand side by side."""
    way = max(parts, key=lambda one: one.points).way if parts else ()
    return Cost(sum(one.lists for one in parts), sum(one.points for one in parts), way)


def of_field(asked: Selection) -> Cost:
    if asked.field == "facets":
        return Cost(len(asked.children), FACET * len(asked.children))
    rows = [one for one in asked.children if not one.is_leaf and one.field != "facets"]
    inner = together([of_field(one) for one in rows])
    if asked.field in WRAPPERS:
        return inner
    first = asked.arguments.get("first")
    if first is None:
        return Cost(inner.lists, inner.points + 1, inner.way)
    return of_list(asked, first, inner)


def of_list(asked: Selection, first: int, inner: Cost) -> Cost:
    """What its rows could bring, `first` of them, and what is counted beside them, once."""
    beside = together([of_field(one) for one in asked.children if one.field == "facets"])
    lists = 1 + inner.lists + beside.lists + relations(asked.arguments.get("filter"))
    counted = TOTAL * bool(asked.child("totalCount")) + beside.points + filter_points(asked)
    counted += DEAR_LISTS.get(asked.field, 0)
    rows = first * (inner.points + 1) if brings_rows(asked) else 0
    return Cost(lists, 1 + rows + counted, (f"{asked.field}(first: {first})", *inner.way))


def relations(given: Any) -> int:
    """How many relationships a filter follows: to the engine's planner each is a list."""
    match given:
        case dict():
            here = sum(given.get(how) is not None for how in ("exists", "some", "none"))
            return here + sum(relations(one) for one in given.values())
        case list():
            return sum(relations(one) for one in given)
    return 0


def filter_points(asked: Selection) -> int:
    """What the filter of a list costs.

    Raises:
        GraphQLError: alone it is too much.
    """
    given = asked.arguments.get("filter")
    if not given or not asked.type.endswith("Connection"):
        return 0
    points = reach(asked.type.removesuffix("Connection"), given)
    if points > MOST:
        raise bad_input(
            f"The filter of {asked.field} could cost {points:,} points, and a question may cost"
            f" {MOST:,}. Follow fewer relationships in it."
        )
    return points


def reach(noun: str, given: Mapping[str, Any]) -> int:
    """How much a filter looks through: what lies beyond a relationship, as often as it leads there."""
    return sum(reach_of(noun, name, value) for name, value in given.items() if value is not None)


def reach_of(noun: str, name: str, value: Any) -> int:
    if name in {"and", "or"}:
        return sum(reach(noun, part) for part in value)
    if name == "not":
        return reach(noun, value)
    match TYPES[noun].fields.get(name):
        case Far(type=far):
            return reach(far, value)
        case One(type=far):
            return followed(far, value)
        case Many(type=far) | Few(type=far):
            return FAN * followed(far, value)
    return 0


def followed(far: str, value: Mapping[str, Any]) -> int:
    """A relationship for each thing said of it, and what is looked through at its other end."""
    said = {how: one for how, one in value.items() if one is not None}
    return sum(1 + (reach(far, one) if how != "exists" else 0) for how, one in said.items())


def brings_rows(asked: Selection) -> bool:
    """Tell a list that is read from one that is only counted."""
    return not asked.type.endswith("Connection") or asked.brings_rows
