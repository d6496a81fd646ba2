"""A question as GraphQL: a document made of declared names alone, and variables for every value.

Two questions of the same shape have the same text, so that what was planned for one serves the
other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frontend.asking import Question
from frontend.explore.asked import NETWORK, Asked, Held
from frontend.explore.kinds import (
    NONE,
    AnyOf,
    AnyPlace,
    AtLeast,
    Day,
    Has,
    Named,
    Number,
    OnePlace,
    Truth,
    Words,
)
from frontend.explore.printing import Tree, printed

NAME = "Explore"
ROWS = 20
MOST_GROUPS = 100
MOST_ENDS = 100
FACET = dict.fromkeys(("value", "label", "count"))
PAGE = dict.fromkeys(("hasNextPage", "endCursor"))
JOINS = dict.fromkeys(("councils", "names", "from", "to", "partners", "matches", "weights"))

Ways = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing adds to a document: a piece of a tree, and the types of its variables."""

    tree: Tree
    types: Mapping[str, str]
    values: Mapping[str, object]


def question(asked: Asked, *, first: int = ROWS) -> Question:
    """The question as it is asked, and as its page shows it."""
    ways = {one.filter.path: one.said[0] for one in asked.held if isinstance(one.filter, Has)}
    conditions = [part(one, asked, ways) for one in asked.held]
    parts = [*paging(asked, first), *(under("filter", one) for one in conditions), *ordering(asked)]
    joints, cuts = joining(asked), splitting(asked, conditions, ways)
    types: dict[str, str] = {}
    values: dict[str, object] = {}
    for each in (*parts, *joints, *cuts.values()):
        types |= each.types
        values |= each.values
    fields: Tree = {asked.noun.name: (merged(parts), selection(asked))}
    if asked.show == NETWORK:
        fields["network"] = (merged(joints), JOINS)
    for value, cut in cuts.items():
        fields[f"{key_of(value)}: {asked.noun.name}"] = (cut.tree, {"facets": facet_of(asked)})
    return Question(printed(NAME, types, fields), NAME, values)


def under(name: str, part: Part) -> Part:
    return Part({name: part.tree} if part.tree else {}, part.types, part.values)


def merged(parts: list[Part]) -> Tree:
    found: Tree = {}
    for each in parts:
        found = together(found, each.tree)
    return found


def together(one: Tree, other: Tree) -> Tree:
    """Both trees in one: branches join where they meet, lists follow each other."""
    found = dict(one)
    for name, branch in other.items():
        mine = found.get(name)
        if isinstance(mine, dict) and isinstance(branch, dict):
            found[name] = together(mine, branch)
        elif isinstance(mine, list) and isinstance(branch, list):
            found[name] = mine + branch
        else:
            found[name] = branch
    return found


# Conditions.


def part(  # noqa: PLR0911 - one way for each kind of filter
    held: Held, asked: Asked, ways: Ways
) -> Part:
    """One filter as GraphQL."""
    match held.filter:
        case AnyOf() | AnyPlace() as known:
            return any_of(held, known, ways)
        case AtLeast(path=path, type=kind):
            return one(f"{path}.in", held, f"[{kind}!]", ways)
        case Words(path=path) | OnePlace(path=path):
            return one(path, held, "String", ways)
        case Named() as known:
            return named(held, known, ways)
        case Day(path=path, end=end, type=kind):
            return one(f"{path}.{end}", held, kind, ways)
        case Number(path=path, end=end):
            return one(f"{path}.{end}", held, "Int", ways)
        case Truth(path=path):
            return one(path, held, "Boolean", ways)
        case Has(path=path):
            # where others say what is meant, it only decides whether there is to be one like that
            meant = any(other.filter.path.startswith(f"{path}.?") for other in asked.held)
            return Part({}, {}, {}) if meant else one(f"{path}.exists", held, "Boolean", ways)


def one(path: str, held: Held, kind: str, ways: Ways) -> Part:
    name = held.filter.name
    return Part(branch(path, f"${name}", ways), {name: kind}, {name: held.value})


def branch(path: str, leaf: Any, ways: Ways) -> Tree:
    """A tree with one branch."""
    steps = path.split(".")
    tree = leaf
    for at in range(len(steps) - 1, -1, -1):
        step = ways.get(steps[at - 1], "some") if steps[at] == "?" else steps[at]
        tree = {step: tree}
    found: Tree = tree
    return found


def any_of(held: Held, filter: AnyOf | AnyPlace, ways: Ways) -> Part:
    """Any of some values, or none known: what is not known is equal to nothing."""
    name, known = filter.name, f"{filter.name}Known"
    kind = filter.type if isinstance(filter, AnyOf) else "String"
    types, values = {name: f"[{kind}!]"}, {name: held.value}
    if NONE not in held.said:
        return Part(branch(f"{filter.path}.in", f"${name}", ways), types, values)
    unknown = {"isKnown": f"${known}"}
    if held.value == []:
        return Part(branch(filter.path, unknown, ways), {known: "Boolean"}, {known: False})
    way, _, field = filter.path.rpartition(".")
    either = {"or": [{field: {"in": f"${name}"}}, {field: unknown}]}
    tree = branch(way, {"and": [either]}, ways) if way else {"and": [either]}
    return Part(tree, types | {known: "Boolean"}, values | {known: False})


def named(held: Held, filter: Named, ways: Ways) -> Part:
    (said,) = held.said
    if said == NONE and filter.relation:
        tree = branch(f"{filter.relation}.exists", f"${filter.name}", ways)
        return Part(tree, {filter.name: "Boolean"}, {filter.name: False})
    if held.identity:
        return one(f"{filter.path}.id.equals", held, "ID", ways)
    return one(f"{filter.path}.text", held, "String", ways)


# What is read, and how.


def is_of_rows(asked: Asked) -> bool:
    return asked.by is None and asked.show != NETWORK


def paging(asked: Asked, first: int) -> list[Part]:
    if is_of_rows(asked):
        tree = {"first": "$first", "after": "$after"}
        values = {"first": first, "after": asked.after or None}
        return [Part(tree, {"first": "Int!", "after": "String"}, values)]
    if asked.by or asked.noun.council:
        return [Part({}, {"groups": "Int!"}, {"groups": MOST_GROUPS})]
    return [Part({"first": "$first"}, {"first": "Int!"}, {"first": MOST_ENDS})]


def ordering(asked: Asked) -> list[Part]:
    noun, order = asked.noun, asked.order
    found: list[Part] = []
    if not is_of_rows(asked):
        return found
    if order is not noun.orders[0]:
        types = {"order": f"{noun.type}Order"}
        found.append(Part({"orderBy": "$order"}, types, {"order": order.name}))
    if asked.turned:
        types, values = {"descending": "Boolean"}, {"descending": not order.falls}
        found.append(Part({"descending": "$descending"}, types, values))
    return found


def facet_of(asked: Asked) -> Tree:
    return {f"{asked.by.name if asked.by else asked.noun.council}(first: $groups)": FACET}


def key_of(value: str) -> str:
    """What a part of a split is called in the answer."""
    return value.lower()


def split_values(asked: Asked) -> tuple[str, ...]:
    """The values that a count is split by: all of them, or those that are asked for."""
    known = asked.noun.filters[asked.split.filter] if asked.split else None
    if not isinstance(known, AnyOf):
        return ()
    held = next((one.said for one in asked.held if one.filter is known), known.values)
    return tuple(one for one in known.values if one in held)


def splitting(asked: Asked, conditions: list[Part], ways: Ways) -> dict[str, Part]:
    """The same count for each value of a split alone: the question, and that value besides."""
    known = asked.noun.filters[asked.split.filter] if asked.split else None
    if not isinstance(known, AnyOf):
        return {}
    found = {}
    for value in split_values(asked):
        name = "split" + value.title().replace("_", "")
        only = Part({"and": [branch(f"{known.path}.in", f"${name}", ways)]}, {}, {})
        tree = {"filter": merged([*conditions, only])}
        found[value] = Part(tree, {name: f"[{known.type}!]"}, {name: [value]})
    return found


def selection(asked: Asked) -> Tree:
    if is_of_rows(asked):
        nodes = {"id": None}
        for column in asked.columns:
            for path in (column.path, *column.besides):
                nodes = together(nodes, branch(path, None, {}))
        return {"totalCount": None, "nodes": nodes, "pageInfo": PAGE}
    if asked.by or asked.noun.council:
        return {"totalCount": None, "facets": facet_of(asked)}
    return {"totalCount": None, "nodes": {"id": None}}


def joining(asked: Asked) -> list[Part]:
    """What the network itself may be narrowed by, where the question says just that."""
    if asked.show != NETWORK:
        return []
    said = {one.filter.name: joint(one) for one in asked.held}
    kinds = {"region": "String", "service": "ID", "phase": "Phase"}
    found = []
    for name, kind in kinds.items():
        if value := said.get(name):
            variable = f"joint{name.capitalize()}"
            found.append(Part({name: f"${variable}"}, {variable: kind}, {variable: value}))
    return found


def joint(held: Held) -> str:
    """The one value that the network may be asked for; empty if it is none, or several."""
    if isinstance(held.filter, Named):
        return held.identity
    return held.said[0] if len(held.said) == 1 and held.said[0] != NONE else ""
