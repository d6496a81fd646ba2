"""The compiled read: a selection becomes one Cypher statement, with visibility at every hop.

Each field is one expression, so the compiler is a fold. The rules of the dialect that it keeps
(each is there because an engine answered wrongly without it):

1. map literals only, never map projections;
2. `WITH n ORDER BY … LIMIT …`, and only then `RETURN`;
3. names are numbered, keys of the reply too: nothing of a request is ever written into Cypher;
4. every list ends its order with the id and has a limit;
5. visibility as `EXISTS {}`.

Steps of the graph are in `graph/statements.py`, filters in `graph/conditions.py`, facets in
`graph/groups.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, LiteralString, cast

from graph.conditions import conditions, scalar
from graph.connection import Graph, Transaction
from graph.cursors import fingerprint, position
from graph.finds import finds
from graph.groups import facets
from graph.meanings import (
    Arrays,
    Expression,
    Facts,
    Far,
    Few,
    Finds,
    Hits,
    Many,
    Meaning,
    One,
    Order,
    Property,
    Rows,
    Table,
    Type,
)
from graph.model import TYPES
from graph.roots import ROOTS
from graph.selections import Selection
from graph.statements import (
    Hop,
    NotDeclared,
    Scope,
    Statement,
    TooDear,
    hop,
    names_of,
    written,
)

__all__ = ["NotDeclared", "TooDear", "compiled", "read"]


def many(statement: Statement, meaning: Many, asked: Selection, scope: Scope) -> str:
    """A connection: the rows of one page, one more to know of a next, and what counts them."""
    found = hop(statement, meaning, scope, asked.arguments)
    kind = statement.kind(meaning.type)
    where = " AND ".join([found.where, *filters(statement, meaning, asked, found)])
    parts = []
    if asked.arguments.get("after") is not None:
        position(asked.arguments["after"], mark_of(asked))
    if asked.child("totalCount"):
        parts.append(f"total: COUNT {{ MATCH {found.match} WHERE {where} }}")
    for at, part in enumerate(asked.children):
        if part.field == "facets":
            parts.append(f"g{at}: {facets(statement, kind, part, found, where)}")
    if asked.brings_rows:
        parts.append(f"rows: {page(statement, meaning, asked, found, where)}")
    return "{" + ", ".join(parts) + "}" if parts else "{there: true}"


def mark_of(asked: Selection) -> str:
    """What a cursor of this list carries, so that no other list takes it."""
    return fingerprint(f"{asked.type}.{asked.field}", asked.arguments)


def wants_cursors(asked: Selection) -> bool:
    return any(asked.child(name) for name in ("edges", "pageInfo"))


def filters(statement: Statement, meaning: Many, asked: Selection, found: Hop) -> list[str]:
    """Write what the filter says, and the arguments that this one list has."""
    kind = statement.kind(meaning.type)
    given = asked.arguments.get("filter") or {}
    own = [
        f"({written(template, {**found.names, 'arg': statement.parameter(value)})})"
        for name, template in meaning.filters.items()
        if (value := asked.arguments.get(name)) is not None
    ]
    return conditions(statement, kind, given, found.scope) + own


def order_of(kind: Type, meaning: Many, asked: Selection) -> Order:
    """The order that is asked for, and which way it runs.

    Raises:
        NotDeclared: the type has none of that name.
    """
    name = asked.arguments.get("orderBy") or meaning.order or next(iter(kind.orders), "")
    if name not in kind.orders:
        message = f"{kind.label} has no order {name}, so it is not listed."
        raise NotDeclared(message)
    order, way = kind.orders[name], asked.arguments.get("descending")
    return order if way is None else Order(order.cypher, descending=way)


def page(statement: Statement, meaning: Many, asked: Selection, found: Hop, where: str) -> str:
    far, order = found.scope.this, order_of(statement.kind(meaning.type), meaning, asked)
    key = written(order.cypher, names_of(found.scope))
    after = asked.arguments.get("after")
    if after is not None:
        where += " AND " + beyond(statement, order, asked, key, far)
    limit = statement.parameter(asked.arguments["first"] + wants_cursors(asked))
    way = " DESC" if order.descending else ""
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {where}"
        f" WITH {found.carried} ORDER BY {key}{way}, {far}.id LIMIT {limit}"
        + statement.returned(
            found.carried, lambda: row(statement, meaning, asked, found.scope, key)
        )
        + " }"
    )


def beyond(statement: Statement, order: Order, asked: Selection, key: str, far: str) -> str:
    """The keyset condition, in the shape that both engines answer from an index."""
    value, identity = position(asked.arguments["after"], mark_of(asked))
    p_value, p_id = statement.parameter(value), statement.parameter(identity)
    less, more = ("<=", "<") if order.descending else (">=", ">")
    return f"{key} {less} {p_value} AND ({key} {more} {p_value} OR {far}.id > {p_id})"


def row(statement: Statement, meaning: Many, asked: Selection, scope: Scope, key: str) -> str:
    """One row: the node as `nodes` wants it, as `edges` wants it, and its place in the order."""
    nodes = asked.child("nodes")
    if nodes and asked.is_plain_page:
        return shape(statement, nodes, meaning.type, scope)
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
    found = hop(statement, meaning, scope, asked.arguments)
    first = f" ORDER BY {written(meaning.order, found.names)}" if meaning.order else ""
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {found.where} WITH {found.carried}{first} LIMIT 1"
        + statement.returned(
            found.carried, lambda: shape(statement, asked, meaning.type, found.scope)
        )
        + " }[0]"
    )


def few(statement: Statement, meaning: Few, asked: Selection, scope: Scope) -> str:
    found = hop(statement, meaning, scope, asked.arguments)
    order = written(meaning.order, found.names)
    limit = statement.parameter(meaning.most)
    return (
        f"COLLECT {{ MATCH {found.match} WHERE {found.where}"
        f" WITH {found.carried} ORDER BY {order}, {found.scope.this}.id LIMIT {limit}"
        + statement.returned(
            found.carried, lambda: shape(statement, asked, meaning.type, found.scope)
        )
        + " }"
    )


def hits(statement: Statement, meaning: Hits, asked: Selection) -> str:
    """Ranked rows of the matcher, each met again under the rule of what may be seen."""
    kind = statement.kind(meaning.type)
    far, hit = statement.name("n"), statement.name("hit")
    scope = Scope(this=far, rel=hit, near=far, depth=1)
    rule = written(kind.visible or "false", names_of(scope))
    limit = statement.parameter(asked.arguments["first"])
    return (
        f"COLLECT {{ UNWIND {meaning.found} AS {hit} MATCH ({far}:{kind.label} {{id: {hit}.far}})"
        f" WHERE {rule} WITH {far}, {hit} ORDER BY {hit}.rank LIMIT {limit}"
        + statement.returned(f"{far}, {hit}", lambda: shape(statement, asked, meaning.type, scope))
        + " }"
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


def facts(statement: Statement, meaning: Facts, asked: Selection) -> str:
    given = statement.given({*meaning.arguments}, asked.arguments)
    parts = [
        f"f{at}: {fact(statement, meaning.fields[child.field], child, given)}"
        for at, child in enumerate(asked.children)
        if child.field in meaning.fields
    ]
    return "{" + ", ".join(parts) + "}" if parts else "{there: true}"


def fact(
    statement: Statement,
    what: str | Many | Table | Rows,
    asked: Selection,
    given: Mapping[str, str],
) -> str:
    match what:
        case Many():
            return many(statement, what, asked, Scope(given=given))
        case Table():
            statement.count_list()
            return table(what, given)
        case Rows():
            return rows(statement, what, asked, Scope(given=given))
        case _:
            return written(what, given)


def table(what: Table, given: Mapping[str, str]) -> str:
    """Every row with every column, under the columns' own names."""
    columns = ", ".join(f"{name}: {cypher}" for name, cypher in what.columns.items())
    return written(f"COLLECT {{ {what.cypher} RETURN {{{columns}}} }}", given)


def arrays(statement: Statement, meaning: Arrays, asked: Selection) -> str:
    """Every table whole: what makes arrays of them reads one by the other."""
    given = statement.given({*meaning.arguments}, asked.arguments)
    parts = []
    for name, what in meaning.tables.items():
        statement.count_list()
        parts.append(f"{name}: {table(what, given)}")
    return "{" + ", ".join(parts) + "}"


def shape(statement: Statement, asked: Selection, type_name: str, scope: Scope) -> str:
    """A node as a map literal, its keys numbered in the order of the selection."""
    kind = statement.kind(type_name)
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
    match meaning:
        case Property() | Expression():
            return scalar(kind, asked.field, scope)
        case Far(type=far):
            return shape(statement, asked, far, replace(scope, rel="", near=""))
        case Rows():
            return rows(statement, meaning, asked, scope)
        case One() | Many() | Few():
            return step(statement, meaning, asked, scope)
    message = f"{kind.label}.{asked.field} has no declared meaning, so it is not served."
    raise NotDeclared(message)


def step(statement: Statement, meaning: One | Many | Few, asked: Selection, scope: Scope) -> str:
    groups = statement.groups
    match meaning:
        case One():
            text = one(statement, meaning, asked, scope)
        case Many():
            text = many(statement, meaning, asked, scope)
        case Few():
            text = few(statement, meaning, asked, scope)
    return statement.put_ahead(text) if statement.groups > groups else text


def root(statement: Statement, meaning: Meaning, asked: Selection) -> str:
    match meaning:
        case One() | Many() | Few():
            return step(statement, meaning, asked, Scope())
        case Hits():
            return hits(statement, meaning, asked)
        case Finds():
            return finds(statement, meaning, asked, shape)
        case Facts():
            return facts(statement, meaning, asked)
        case Arrays():
            return arrays(statement, meaning, asked)
        case Expression(cypher=cypher):
            return cypher
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
