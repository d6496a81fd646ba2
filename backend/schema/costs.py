"""What a question may cost: its lists, and the items that these could bring between them.

A page of a list is bounded, and lists lie inside lists: a hundred of a hundred of a hundred is a
million, whatever the engine makes of it. So the whole document is counted before anything runs.
"""

from dataclasses import dataclass

from backend.schema.refusals import bad_input
from graph.reading import MOST_LISTS
from graph.selections import Selection

MOST_ITEMS = 1_000_000
MOST_ITEMS_FOR_NOBODY = 100_000
WRAPPERS = {"nodes", "edges", "node", "pageInfo"}
ROWS = {"nodes", "edges", "pageInfo"}


@dataclass(frozen=True, slots=True)
class Cost:
    """How many lists, how many items at most, and the way to most of them, list by list."""

    lists: int
    items: int
    way: tuple[str, ...]

    def check_lists(self) -> None:
        """Refuse what the engine's planner cannot be trusted with.

        Raises:
            GraphQLError: it has too many lists.
        """
        if self.lists > MOST_LISTS:
            raise bad_input(f"Ask for at most {MOST_LISTS} lists at once, not {self.lists}.")

    def check_items(self, *, signed_in: bool) -> None:
        """Refuse more than this caller may have at once.

        Raises:
            GraphQLError: it could bring too much; the message says what to lower.
        """
        most = MOST_ITEMS if signed_in else MOST_ITEMS_FOR_NOBODY
        if self.items > most:
            who = "" if signed_in else " without signing in"
            raise bad_input(
                f"Ask for at most {most:,} items at once{who}: this question could bring"
                f" {self.items:,}. Lower `first` in {' > '.join(self.way)}."
            )


def cost(asked: list[Selection]) -> Cost:
    """The cost of fields that stand side by side."""
    parts = [of_field(one) for one in asked if not one.is_leaf]
    way = max(parts, key=lambda one: one.items).way if parts else ()
    return Cost(sum(one.lists for one in parts), sum(one.items for one in parts), way)


def of_field(asked: Selection) -> Cost:
    inner = cost(asked.children)
    if asked.field in WRAPPERS:
        return inner
    first = asked.arguments.get("first")
    if first is None:
        return Cost(inner.lists, inner.items + 1, inner.way)
    way = (f"{asked.field}(first: {first})", *inner.way)
    return Cost(inner.lists + 1, first * (inner.items + 1) if brings_rows(asked) else 1, way)


def brings_rows(asked: Selection) -> bool:
    """Tell a list that is read from one that is only counted."""
    return not asked.type.endswith("Connection") or any(asked.child(name) for name in ROWS)
