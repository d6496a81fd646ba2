"""Plans: a question compiled once, for as long as it comes again with the same variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from backend.schema.costs import Cost, cost
from backend.schema.documents import NEVER_KEPT, Operation, coerced, operation, selections
from backend.schema.refusals import bad_input
from backend.schema.replies import RootWrite, root_writer
from graph.cursors import ForeignCursor
from graph.reading import compiled
from graph.selections import Selection
from graph.statements import TooDear

MOST_PLANS = 256


@dataclass(frozen=True, slots=True)
class Plan:
    """Root fields in the order of the reply; each but `__typename` has a statement and a writer."""

    asked: tuple[Selection, ...]
    statements: list[tuple[str, dict[str, Any]]]
    writers: list[RootWrite]
    cost: Cost

    @classmethod
    def of(cls, asked: list[Selection]) -> "Plan":
        """Compile the fields; each keeps its own parameters.

        Raises:
            GraphQLError: a question too deep or wide, or a cursor of another list.
        """
        price = cost(asked)
        price.check()
        fields = [one for one in asked if one.field != "__typename"]
        try:
            statements = [compiled(one) for one in fields]
        except TooDear as problem:
            raise bad_input(str(problem)) from problem
        except ForeignCursor as problem:
            message = (
                "That cursor is not one of this list as it is filtered and ordered now: start again"
                " without `after`."
            )
            raise bad_input(message) from problem
        return cls(tuple(asked), statements, [root_writer(one) for one in fields], price)


def plan(wanted: Operation, document: str, variables: Mapping[str, Any]) -> Plan:
    """Find the plan of a query, or make it.

    Raises:
        GraphQLError: a variable that does not fit, or a question that may not be asked.
    """
    name = wanted.node.name.value if wanted.node.name else None
    if NEVER_KEPT.search(document):
        return made(wanted, variables)
    try:
        given = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as problem:
        raise bad_input("Send variables that lie less deep inside each other.") from problem
    return kept(document, name, given)


@lru_cache(maxsize=MOST_PLANS)
def kept(document: str, name: str | None, variables: bytes) -> Plan:
    return made(operation(document, name), orjson.loads(variables))


def made(wanted: Operation, variables: Mapping[str, Any]) -> Plan:
    return Plan.of(selections(wanted, coerced(wanted, variables)))
