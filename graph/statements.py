"""A statement in the making: its numbered names, its parameters, and each step that it takes.

The only place that writes `MATCH` for a relationship, so that visibility is met at every hop.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.meanings import Few, Many, One, Type

DEEPEST = 8
MOST_LISTS = 40
MOST_CONDITIONS = 60
MOST_VALUES = 500
NAMES = re.compile(r"\b(this|far|rel|near|row|arg(?:_\w+)?)\b")
ARGUMENT = re.compile(r"\barg_(\w+)")
NOTHING_GIVEN: Mapping[str, str] = {}


class TooDear(ValueError):
    """The question goes deeper or wider than the engine's planner can be trusted with."""


class NotDeclared(LookupError):
    """The model does not say what a field means, or who may see a type."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that `this`, `rel` and `near` stand for at one place of the statement.

    `given` has those of the arguments that led here, for fields that speak of them.
    """

    this: str = ""
    rel: str = ""
    near: str = ""
    depth: int = 0
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Statement:
    """The parameters gathered so far, and the counters that make names new."""

    types: Mapping[str, Type]
    parameters: dict[str, Any] = field(default_factory=dict)
    names: int = 0
    lists: int = 0
    groups: int = 0
    conditions: int = 0
    values: int = 0
    ahead: list[list[str]] = field(default_factory=list)

    def name(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def parameter(self, value: Any) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def given(self, names: set[str], arguments: Mapping[str, Any]) -> dict[str, str]:
        """Parameters for the arguments that a declaration calls `arg_name`."""
        return {f"arg_{name}": self.parameter(arguments.get(name)) for name in sorted(names)}

    def count_list(self) -> None:
        """Count a list, or a relationship in a filter: to the planner they are one thing.

        Raises:
            TooDear: it is one too many.
        """
        self.lists += 1
        if self.lists > MOST_LISTS:
            raise TooDear(TOO_DEAR)

    def count_condition(self, times: int = 1) -> None:
        """Count what a filter says, logic included.

        Raises:
            TooDear: it is too much.
        """
        self.conditions += times
        if self.conditions > MOST_CONDITIONS:
            message = f"Ask for at most {MOST_CONDITIONS} conditions at once."
            raise TooDear(message)

    def count_values(self, values: int) -> None:
        """Count what stands in the lists of filters: one variable may stand in many of them.

        Raises:
            TooDear: it is too much.
        """
        self.values += values
        if self.values > MOST_VALUES:
            message = f"Ask for at most {MOST_VALUES} values in the lists of filters at once."
            raise TooDear(message)

    def put_ahead(self, cypher: str) -> str:
        """Work something out before the row that it belongs to, and return the name that it has.

        Neo4j takes an aggregation inside a subquery of a row for one of the row itself, and refuses
        it; beside the row's own nodes, in a WITH, it does not.
        """
        if not self.ahead:
            return cypher
        name = self.name("g")
        self.ahead[-1].append(f"{cypher} AS {name}")
        return name

    def returned(self, carried: str, row: Callable[[], str]) -> str:
        """The RETURN of a row, after what had to be worked out ahead of it."""
        self.ahead.append([])
        text, ahead = row(), self.ahead.pop()
        before = f" WITH {', '.join([carried, *ahead])}" if ahead else ""
        return f"{before} RETURN {text}"

    def kind(self, name: str) -> Type:
        """Find a type that may be matched.

        Raises:
            NotDeclared: nobody has said who may see it.
        """
        kind = self.types.get(name)
        if kind is None or kind.visible is None:
            message = f"{name} has no visibility rule, so it is not served."
            raise NotDeclared(message)
        return kind


TOO_DEAR = f"Ask for at most {DEEPEST} relationships deep and {MOST_LISTS} lists at once."


def written(template: str, names: Mapping[str, str]) -> str:
    """Put the numbered names into a template of the model."""
    return NAMES.sub(lambda found: names.get(found[0], found[0]), template)


def names_of(scope: Scope) -> dict[str, str]:
    return {"this": scope.this, "rel": scope.rel, "near": scope.near, **scope.given}


def guarded(rule: str | None, cypher: str, names: Mapping[str, str]) -> str:
    return f"CASE WHEN {written(rule, names)} THEN {cypher} END" if rule else cypher


@dataclass(frozen=True, slots=True)
class Hop:
    """A pattern with its numbered names, and what must hold for the node that it reaches."""

    match: str
    where: str
    scope: Scope
    names: Mapping[str, str]

    @property
    def carried(self) -> str:
        own = (self.scope.this, self.scope.rel, self.scope.near)
        return ", ".join(name for name in own if name and re.search(rf"\b{name}\b", self.match))


def hop(
    statement: Statement,
    meaning: One | Many | Few,
    scope: Scope,
    arguments: Mapping[str, Any] = NOTHING_GIVEN,
) -> Hop:
    """Take one step of the graph.

    Raises:
        TooDear: it is one step, or one list, too many.
    """
    kind = statement.kind(meaning.type)
    depth = scope.depth + meaning.hops
    if depth > DEEPEST:
        raise TooDear(TOO_DEAR)
    if isinstance(meaning, Many | Few):
        statement.count_list()
    names = hop_names(statement, meaning, scope, arguments)
    given = {name: text for name, text in names.items() if name.startswith("arg_")}
    inner = Scope(names["far"], names["rel"], names["near"], depth, given)
    rules = [written(kind.visible or "false", names_of(inner))]
    if meaning.where:
        rules.append(f"({written(meaning.where, names)})")
    return Hop(written(meaning.pattern, names), " AND ".join(rules), inner, names)


def hop_names(
    statement: Statement, meaning: One | Many | Few, scope: Scope, arguments: Mapping[str, Any]
) -> dict[str, str]:
    pattern = meaning.pattern
    spoken_of = {*ARGUMENT.findall(pattern + (meaning.where or ""))}
    asked_here = {name for name in spoken_of if f"arg_{name}" not in scope.given}
    own_near = "(near:" in pattern
    return {
        "this": scope.this,
        "far": statement.name("n"),
        # a pattern may start from what the relationship that led here says
        "rel": statement.name("m")
        if "[rel:" in pattern
        else scope.rel
        if "rel." in pattern
        else "",
        "near": statement.name("n")
        if own_near
        else (scope.near if "near" in pattern else scope.this),
        **{f"arg_{name}": scope.given[f"arg_{name}"] for name in spoken_of - asked_here},
        **statement.given(asked_here, arguments),
    }
