"""Filters: what a list is asked to hold to, as conditions on its nodes.

Every condition is met under the same rules as what it is about would be if it were asked for: a
field that is hidden is null to its filter, a node that is hidden is not there.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graph.meanings import Expression, Far, Few, Many, One, Property, Type
from graph.statements import (
    NotDeclared,
    Scope,
    Statement,
    guarded,
    hop,
    names_of,
    written,
)

Given = Mapping[str, Any]

TESTS: Mapping[str, Callable[[str, str], str]] = {
    "equals": lambda value, wanted: f"{value} = {wanted}",
    "in": lambda value, wanted: f"{value} IN {wanted}",
    "from": lambda value, wanted: f"{value} >= {wanted}",
    "until": lambda value, wanted: f"{value} <= {wanted}",
    "contains": lambda value, wanted: f"toLower({value}) CONTAINS {wanted}",
    "startsWith": lambda value, wanted: f"toLower({value}) STARTS WITH {wanted}",
    "includes": lambda value, wanted: f"{wanted} IN {value}",
    "isKnown": lambda value, wanted: f"({value} IS NOT NULL) = {wanted}",
}
ANY_CASE = {"contains", "startsWith"}


def conditions(statement: Statement, kind: Type, given: Given, scope: Scope) -> list[str]:
    """Write a condition for everything that a filter says; all of them must hold.

    Raises:
        TooDear: there are too many, or they go too deep.
        NotDeclared: the model does not say what the field means.
    """
    found: list[str] = []
    for name, value in given.items():
        if value is not None:
            found += condition(statement, kind, name, value, scope)
    return found


def condition(statement: Statement, kind: Type, name: str, value: Any, scope: Scope) -> list[str]:
    match name:
        case "and":
            return [all_of(statement, kind, part, scope) for part in value]
        case "or":
            return any_of(statement, kind, value, scope)
        case "not":
            # What is not known is neither: it must not fall out of a list and of its opposite.
            said = says_something(statement, kind, value)
            return [f"NOT coalesce({all_of(statement, kind, value, scope)}, false)"] if said else []
        case "text" if kind.text:
            return [words(statement, written(kind.text, names_of(scope)), value)]
        case _:
            return of_field(statement, kind, name, value, scope)


def any_of(statement: Statement, kind: Type, given: list[Given], scope: Scope) -> list[str]:
    parts = [part for part in given if says_something(statement, kind, part)]
    if given and not parts:
        return []
    either = " OR ".join(all_of(statement, kind, part, scope) for part in parts)
    return [f"({either or 'false'})"]


def says_something(statement: Statement, kind: Type, given: Given) -> bool:
    """Tell a filter from one whose every value was left out, as by variables that nobody set."""
    return not given or any(
        value is not None and says(statement, kind, name, value) for name, value in given.items()
    )


def says(statement: Statement, kind: Type, name: str, value: Any) -> bool:
    if name in {"and", "or"}:
        return any(says_something(statement, kind, part) for part in value)
    if name == "not":
        return says_something(statement, kind, value)
    meaning = kind.fields.get(name)
    if isinstance(meaning, Far):
        return says_something(statement, statement.kind(meaning.type), value)
    if isinstance(meaning, One | Many | Few):
        far = statement.kind(meaning.type)
        parts = {how: one for how, one in value.items() if one is not None}
        return any(how == "exists" or says_something(statement, far, parts[how]) for how in parts)
    return not isinstance(value, Mapping) or any(one is not None for one in value.values())


def all_of(statement: Statement, kind: Type, given: Given, scope: Scope) -> str:
    statement.count_condition()
    return "(" + (" AND ".join(conditions(statement, kind, given, scope)) or "true") + ")"


def words(statement: Statement, text: str, wanted: str) -> str:
    """Every word of it, anywhere and as a part of any word; each is looked for, so each counts."""
    word, parts = statement.name("w"), wanted.casefold().split()
    statement.count_condition(max(1, len(parts)))
    given = statement.parameter(parts)
    # Not all(): within coalesce() and CASE the embedded engine takes it for false, and for not true.
    return f"size([{word} IN {given} WHERE {text} CONTAINS {word}]) = size({given})"


def of_field(statement: Statement, kind: Type, name: str, value: Any, scope: Scope) -> list[str]:
    meaning = kind.fields.get(name)
    match meaning:
        case Property() | Expression():
            return of_value(statement, scalar(kind, name, scope), value)
        case Far(type=far):
            return [all_of(statement, statement.kind(far), value, beside(scope))]
        case One() | Many() | Few():
            return of_relation(statement, meaning, value, scope)
    message = f"{kind.label}.{name} has no declared meaning, so it is not filtered."
    raise NotDeclared(message)


def beside(scope: Scope) -> Scope:
    """The place of a node that is spoken of without the relationship that led to it."""
    return Scope(this=scope.this, depth=scope.depth)


def of_value(statement: Statement, value: str, wanted: Any) -> list[str]:
    statement.count_condition()
    if not isinstance(wanted, Mapping):
        return [f"({value}) = {statement.parameter(wanted)}"]
    statement.count_values(len(wanted.get("in") or ()))
    return [
        f"({TESTS[test](value, statement.parameter(plain(test, one)))})"
        for test, one in wanted.items()
        if one is not None
    ]


def plain(test: str, wanted: Any) -> Any:
    """Small letters as Cypher's toLower writes them, which leaves a ß what it is."""
    return wanted.lower() if test in ANY_CASE else wanted


def of_relation(
    statement: Statement, meaning: One | Many | Few, wanted: Given, scope: Scope
) -> list[str]:
    far = statement.kind(meaning.type)
    found = []
    for how, inner in wanted.items():
        if inner is None or (how != "exists" and not says_something(statement, far, inner)):
            continue
        there = reached(statement, meaning, {} if how == "exists" else inner, scope)
        found.append(there if how == "some" or inner is True else f"NOT {there}")
    return found


def reached(statement: Statement, meaning: One | Many | Few, wanted: Given, scope: Scope) -> str:
    """That there is a node at the other end, which the viewer may see and which fits."""
    if isinstance(meaning, One):
        statement.count_list()
    step = hop(statement, meaning, scope)
    own = meaning.filters if isinstance(meaning, Many) else {}
    names = {**step.names, "arg": "false"}  # as the list itself has them, if nothing is said
    usual = [f"({written(template, names)})" for template in own.values()]
    held = usual + conditions(statement, statement.kind(meaning.type), wanted, step.scope)
    return f"EXISTS {{ MATCH {step.match} WHERE {' AND '.join([step.where, *held])} }}"


def scalar(kind: Type, name: str, scope: Scope) -> str:
    """A field that is one value, as an expression; null where the viewer may not see it.

    Raises:
        NotDeclared: the model does not say what the field means.
    """
    names = names_of(scope)
    match kind.fields.get(name):
        case Property(rule=rule):
            return guarded(rule, f"{scope.this}.{name}", names)
        case Expression(cypher=cypher, rule=rule):
            return guarded(rule, f"({written(cypher, names)})", names)
    message = f"{kind.label}.{name} has no declared meaning, so it is not served."
    raise NotDeclared(message)
