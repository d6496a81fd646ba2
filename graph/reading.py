"""The compiled read: a selection becomes one Cypher statement, with visibility at every hop.

Each field is one expression, so the compiler is a fold. The rules of the dialect that it keeps
(each is there because an engine answered wrongly without it):

1. map literals only, never map projections;
2. `WITH n ORDER BY … LIMIT …`, and only then `RETURN`;
3. names are numbered, keys of the reply too: nothing of a request is ever written into Cypher;
4. every list ends its order with the id and has a limit;
5. visibility as `EXISTS {}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, LiteralString, cast

from graph.connection import Graph, Transaction
from graph.cursors import fingerprint, position
from graph.meanings import (
    Expression,
    Facts,
    Far,
    Few,
    Hits,
    Many,
    Meaning,
    One,
    Property,
    Rows,
    Type,
)
from graph.model import ROOTS, TYPES
from graph.selections import Selection

DEEPEST = 8
MOST_LISTS = 40
NAMES = re.compile(r"\b(this|far|rel|near|row|arg(?:_\w+)?)\b")


class TooDear(ValueError):
    """The question goes deeper or wider than the engine's planner can be trusted with."""


class NotDeclared(LookupError):
    """The model does not say what a field means, or who may see a type."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that `this`, `rel` and `near` stand for at one place of the statement."""

    this: str = ""
    rel: str = ""
    near: str = ""
    depth: int = 0


@dataclass(slots=True)
class Statement:
    """The parameters gathered so far, and the counters that make names new."""

    types: Mapping[str, Type]
    parameters: dict[str, Any] = field(default_factory=dict)
    names: int = 0
    lists: int = 0

    def name(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def parameter(self, value: Any) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"


def visible(statement: Statement, name: str) -> Type:
    """Find a type that may be matched.

    Raises:
        NotDeclared: nobody has said who may see it.
    """
    kind = statement.types.get(name)
    if kind is None or kind.visible is None:
        message = f"{name} has no visibility rule, so it is not served."
        raise NotDeclared(message)
    return kind


def written(template: str, names: Mapping[str, str]) -> str:
    """Put the numbered names into a template of the model."""
    return NAMES.sub(lambda found: names.get(found[0], found[0]), template)


def names_of(scope: Scope) -> dict[str, str]:
    return {"this": scope.this, "rel": scope.rel, "near": scope.near}


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


def hop(statement: Statement, meaning: One | Many | Few, asked: Selection, scope: Scope) -> Hop:
    """Take one step of the graph; the only place that writes MATCH for a relationship.

    Raises:
        TooDear: it is one step too many.
    """
    kind = visible(statement, meaning.type)
    depth = scope.depth + meaning.hops
    statement.lists += isinstance(meaning, Many | Few)
    if depth > DEEPEST or statement.lists > MOST_LISTS:
        message = f"Ask for at most {DEEPEST} relationships deep and {MOST_LISTS} lists at once."
        raise TooDear(message)
    names = hop_names(statement, meaning, asked, scope)
    inner = Scope(this=names["far"], rel=names["rel"], near=names["near"], depth=depth)
    rules = [written(kind.visible or "false", names_of(inner))]
    if meaning.where:
        rules.append(written(meaning.where, names))
    return Hop(written(meaning.pattern, names), " AND ".join(rules), inner, names)


def hop_names(
    statement: Statement, meaning: One | Many | Few, asked: Selection, scope: Scope
) -> dict[str, str]:
    pattern = meaning.pattern
    own_near = "(near:" in pattern
    names = {
        "this": scope.this,
        "far": statement.name("n"),
        "rel": statement.name("m") if "[rel:" in pattern else "",
        "near": statement.name("n")
        if own_near
        else (scope.near if "near" in pattern else scope.this),
    }
    for argument in set(re.findall(r"\barg_(\w+)", pattern)):
        names[f"arg_{argument}"] = statement.parameter(asked.arguments.get(argument))
    return names


def many(statement: Statement, meaning: Many, asked: Selection, scope: Scope) -> str:
    """A connection: the rows of one page, one more to know of a next, and the total if asked."""
    found = hop(statement, meaning, asked, scope)
    where = " AND ".join([found.where, *filters(statement, meaning, asked, found)])
    parts = []
    if asked.child("totalCount"):
        parts.append(f"total: COUNT {{ MATCH {found.match} WHERE {where} }}")
    if wants_rows(asked):
        parts.append(f"rows: {page(statement, meaning, asked, found, where)}")
    return "{" + ", ".join(parts) + "}"


def wants_rows(asked: Selection) -> bool:
    return any(asked.child(name) for name in ("nodes", "edges", "pageInfo"))


def wants_cursors(asked: Selection) -> bool:
    return any(asked.child(name) for name in ("edges", "pageInfo"))


def filters(statement: Statement, meaning: Many, asked: Selection, found: Hop) -> list[str]:
    """Write a condition for each argument that was given."""
    written_filters = []
    for name, template in meaning.filters.items():
        value = asked.arguments.get(name)
        if value is None:
            continue
        names = {**found.names, "arg": statement.parameter(value)}
        for other in set(re.findall(r"\barg_(\w+)", template)):
            names[f"arg_{other}"] = statement.parameter(asked.arguments.get(other))
        written_filters.append(f"({written(template, names)})")
    return written_filters


def page(statement: Statement, meaning: Many, asked: Selection, found: Hop, where: str) -> str:
    far, key = found.scope.this, written(meaning.order, found.names)
    after = asked.arguments.get("after")
    if after is not None:
        where += " AND " + beyond(statement, meaning, asked, f"{key}", far)
    limit = statement.parameter(asked.arguments["first"] + wants_cursors(asked))
    way = " DESC" if meaning.descending else ""
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {where}"
        f" WITH {found.carried} ORDER BY {key}{way}, {far}.id LIMIT {limit}"
        f" RETURN {row(statement, meaning, asked, found.scope, key)} }}"
    )


def beyond(statement: Statement, meaning: Many, asked: Selection, key: str, far: str) -> str:
    """The keyset condition, in the shape that both engines answer from an index."""
    mark = fingerprint(f"{asked.type}.{asked.field}", asked.arguments)
    value, identity = position(asked.arguments["after"], mark)
    p_value, p_id = statement.parameter(value), statement.parameter(identity)
    less, more = ("<=", "<") if meaning.descending else (">=", ">")
    return f"{key} {less} {p_value} AND ({key} {more} {p_value} OR {far}.id > {p_id})"


def row(statement: Statement, meaning: Many, asked: Selection, scope: Scope, key: str) -> str:
    """One row: the node as `nodes` wants it, as `edges` wants it, and its place in the order."""
    parts = []
    for at, part in enumerate(asked.children):
        if part.field == "nodes":
            parts.append(f"n{at}: {shape(statement, part, meaning.type, scope)}")
        elif part.field == "edges":
            parts += [
                f"e{at}_{inner}: {shape(statement, child, meaning.type, scope)}"
                for inner, child in enumerate(part.children)
                if child.field == "node"
            ]
    if wants_cursors(asked):
        parts.append(f"place: [{key}, {scope.this}.id]")
    return "{" + ", ".join(parts) + "}"


def one(statement: Statement, meaning: One, asked: Selection, scope: Scope) -> str:
    found = hop(statement, meaning, asked, scope)
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {found.where} WITH {found.carried} LIMIT 1"
        f" RETURN {shape(statement, asked, meaning.type, found.scope)} }}[0]"
    )


def few(statement: Statement, meaning: Few, asked: Selection, scope: Scope) -> str:
    found = hop(statement, meaning, asked, scope)
    order = written(meaning.order, found.names)
    limit = statement.parameter(meaning.most)
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {found.where}"
        f" WITH {found.carried} ORDER BY {order}, {found.scope.this}.id LIMIT {limit}"
        f" RETURN {shape(statement, asked, meaning.type, found.scope)} }}"
    )


def hits(statement: Statement, meaning: Hits, asked: Selection) -> str:
    """Ranked rows of the matcher, each met again under the rule of what may be seen."""
    kind = visible(statement, meaning.type)
    far, hit = statement.name("n"), statement.name("hit")
    scope = Scope(this=far, rel=hit, near=far, depth=1)
    rule = written(kind.visible or "false", names_of(scope))
    limit = statement.parameter(asked.arguments["first"])
    return (
        f"COLLECT {{ UNWIND $hits AS {hit} MATCH ({far}:{kind.label} {{id: {hit}.far}})"
        f" WHERE {rule} WITH {far}, {hit} ORDER BY {hit}.rank LIMIT {limit}"
        f" RETURN {shape(statement, asked, meaning.type, scope)} }}"
    )


def rows(statement: Statement, meaning: Rows, asked: Selection, scope: Scope) -> str:
    names = {**names_of(scope), "row": statement.name("i")}
    parts = [
        f"f{at}: {written(meaning.fields[child.field], names)}"
        for at, child in enumerate(asked.children)
        if child.field in meaning.fields
    ]
    over = written(meaning.over, names)
    return f"[{names['row']} IN {over} | {{{', '.join(parts)}}}]"


def facts(meaning: Facts, asked: Selection) -> str:
    parts = [
        f"f{at}: {meaning.fields[child.field]}"
        for at, child in enumerate(asked.children)
        if child.field in meaning.fields
    ]
    return "{" + ", ".join(parts) + "}"


def shape(statement: Statement, asked: Selection, type_name: str, scope: Scope) -> str:
    """A node as a map literal, its keys numbered in the order of the selection."""
    kind = visible(statement, type_name)
    parts = [
        f"f{at}: {value(statement, kind, child, scope)}"
        for at, child in enumerate(asked.children)
        if child.field != "__typename"
    ]
    return "{" + ", ".join(parts) + "}" if parts else "{there: true}"


def value(statement: Statement, kind: Type, asked: Selection, scope: Scope) -> str:
    """One field as one expression.

    Raises:
        NotDeclared: the model does not say what the field means.
    """
    meaning = kind.fields.get(asked.field)
    names = names_of(scope)
    match meaning:
        case Property(rule=rule):
            return guarded(rule, f"{scope.this}.{asked.field}", names)
        case Expression(cypher=cypher, rule=rule):
            return guarded(rule, f"({written(cypher, names)})", names)
        case Far(type=far):
            return shape(statement, asked, far, replace(scope, rel="", near=""))
        case Rows():
            return rows(statement, meaning, asked, scope)
        case One() | Many() | Few():
            return step(statement, meaning, asked, scope)
    message = f"{kind.label}.{asked.field} has no declared meaning, so it is not served."
    raise NotDeclared(message)


def step(statement: Statement, meaning: One | Many | Few, asked: Selection, scope: Scope) -> str:
    match meaning:
        case One():
            return one(statement, meaning, asked, scope)
        case Many():
            return many(statement, meaning, asked, scope)
        case Few():
            return few(statement, meaning, asked, scope)


def root(statement: Statement, meaning: Meaning, asked: Selection) -> str:
    match meaning:
        case One() | Many() | Few():
            return step(statement, meaning, asked, Scope())
        case Hits():
            return hits(statement, meaning, asked)
        case Facts():
            return facts(meaning, asked)
    message = f"Query.{asked.field} has no declared meaning, so it is not served."
    raise NotDeclared(message)


def compiled(
    asked: Selection,
    *,
    types: Mapping[str, Type] = TYPES,
    roots: Mapping[str, Meaning] = ROOTS,
) -> tuple[str, dict[str, Any]]:
    """Compile one root field: the statement and its parameters, without the viewer's.

    Raises:
        NotDeclared: a field without a meaning, or a type without a rule.
        TooDear: more than the planner can be trusted with.
        ForeignCursor: a cursor of another list.
    """
    statement = Statement(types)
    meaning = roots.get(asked.field)
    if meaning is None:
        message = f"Query.{asked.field} has no declared meaning, so it is not served."
        raise NotDeclared(message)
    text = f"RETURN {root(statement, meaning, asked)} AS answer"
    return text, statement.parameters


async def answered(
    tx: Transaction, statements: list[tuple[str, dict[str, Any]]], context: Mapping[str, Any]
) -> list[Any]:
    """Run compiled statements in one transaction: one consistent look."""
    answers = []
    for text, parameters in statements:
        # The text is made of the model's own literals and numbered names, above, and nothing else.
        query = cast("LiteralString", text)  # type: ignore[redundant-cast]
        record = await (await tx.run(query, {**parameters, **context})).single(strict=True)
        answers.append(record["answer"])
    return answers


async def read(
    graph: Graph, statements: list[tuple[str, dict[str, Any]]], context: Mapping[str, Any]
) -> list[Any]:
    return await graph.read(answered, statements, context)
