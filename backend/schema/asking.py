"""One question, one answer: pages, letters and the API all come through here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, execute_sync
from neo4j.exceptions import DriverError, Neo4jError

from backend.product import Product, Viewer
from backend.schema import schema
from backend.schema.costs import cost
from backend.schema.documents import (
    Operation,
    coerced,
    is_introspection,
    operation,
    selections,
)
from backend.schema.found import drafted, searched
from backend.schema.plans import Plan, plan
from backend.schema.refusals import TOO_BUSY, formatted, refusal, sign_in_first, without_hints
from backend.schema.replies import Errors, Missing
from backend.schema.touched import Touched
from backend.schema.writes import written
from graph.connection import READ_SECONDS, is_away, is_time_out
from graph.reading import read
from graph.selections import Selection

Reply = dict[str, Any]
Spend = Callable[[int], None]

# Callers who have not signed in have two places between them for what takes the engine long.
DEAR_POINTS = 1_000
DEAR_AT_ONCE = asyncio.Semaphore(2)
ABOUT_SCHEMA_AT_ONCE = asyncio.Semaphore(1)
ABOUT_SCHEMA = 200
A_CHANGE = 10
TOO_LONG = "That took too long. Ask for less, or try again in a minute."


def free(_: int) -> None:
    """The site's own pages and letters pay nothing."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a question is answered: what is told its cost, and may refuse; and in what time."""

    spend: Spend = free
    seconds: float = READ_SECONDS


OWN = Terms()


async def reply(
    product: Product,
    viewer: Viewer,
    document: str,
    variables: Mapping[str, Any] | None = None,
    name: str | None = None,
    *,
    terms: Terms = OWN,
) -> Reply:
    """Answer a document as a viewer sees it: `data`, and `errors` if there were any.

    A question that could not be asked at all has no `data`, as the specification wants it.
    """
    try:
        return await answered(product, viewer, document, variables or {}, name, terms=terms)
    except GraphQLError as problem:
        found = formatted(problem)
        return {"errors": [found if viewer.is_signed_in else without_hints(found)]}
    except Missing as missing:
        return {"data": None, "errors": [missing.formatted]}
    except (DriverError, Neo4jError) as problem:
        return {"data": None, "errors": [formatted(trouble(problem))]}


def trouble(problem: Exception) -> GraphQLError:
    """Tell a caller that the graph is busy or away; anything else goes up, to be logged."""
    if is_time_out(problem):
        return refusal(TOO_BUSY, TOO_LONG)
    if is_away(problem):
        return refusal(TOO_BUSY, "The graph cannot be reached just now. Try again in a minute.")
    raise problem


async def answered(
    product: Product,
    viewer: Viewer,
    document: str,
    variables: Mapping[str, Any],
    name: str | None,
    *,
    terms: Terms,
) -> Reply:
    wanted = operation(document, name)
    if is_introspection(wanted, document, variables):
        terms.spend(ABOUT_SCHEMA)
        return await introspected(viewer, wanted, variables)
    if wanted.is_mutation:
        return await changed(product, viewer, selections(wanted, coerced(wanted, variables)), terms)
    found = plan(wanted, document, variables)
    terms.spend(found.cost.points)
    try:
        async with asyncio.timeout(terms.seconds):
            return await looked_up(product, viewer, found)
    except TimeoutError as problem:
        raise refusal(TOO_BUSY, TOO_LONG) from problem


async def introspected(viewer: Viewer, wanted: Operation, variables: Mapping[str, Any]) -> Reply:
    """Let graphql-core answer, beside the loop and one at a time, for it takes its while."""
    if not viewer.is_signed_in:
        raise sign_in_first(" The schema is at /schema.graphql, for everybody.")
    async with ABOUT_SCHEMA_AT_ONCE:
        result = await asyncio.to_thread(
            execute_sync,
            schema(),
            wanted.document,
            variable_values=dict(variables),
            operation_name=wanted.node.name.value if wanted.node.name else None,
        )
    return dict(result.formatted)


@contextlib.asynccontextmanager
async def turn(viewer: Viewer, wanted: Plan) -> AsyncIterator[None]:
    """Wait for a place, if the question is dear and nobody has signed in."""
    if viewer.is_signed_in or wanted.cost.points <= DEAR_POINTS:
        yield
        return
    async with DEAR_AT_ONCE:
        yield


async def answers_of(product: Product, viewer: Viewer, wanted: Plan) -> list[Any]:
    """What the graph says to each statement, with what the matcher found beforehand."""
    context = product.context(viewer)
    context |= await drafted(product, viewer, wanted.asked)
    context |= await searched(product, viewer, wanted.asked)
    async with turn(viewer, wanted):
        return await read(product.graph, wanted.statements, context)


async def looked_up(product: Product, viewer: Viewer, wanted: Plan) -> Reply:
    """Read every root field, each as one statement, in one transaction."""
    raws = await answers_of(product, viewer, wanted) if wanted.statements else []
    answers = iter(zip(wanted.writers, raws, strict=True))
    data: Reply = {}
    errors: Errors = []
    for one in wanted.asked:
        if one.field == "__typename":
            data[one.key] = "Query"
        else:
            write, raw = next(answers)
            data[one.key] = write(raw, errors)
    return {"data": data} | ({"errors": errors} if errors else {})


async def changed(product: Product, viewer: Viewer, asked: list[Selection], terms: Terms) -> Reply:
    """Run the writes one after the other; one that is refused leaves those beside it.

    Raises:
        GraphQLError: what is to be read back may not be asked; nothing was written.
    """
    price = cost(asked)
    price.check()
    for one in asked:
        Plan.of(roots(nouns(one), ""))
    terms.spend(price.points + A_CHANGE * len(asked))
    data: Reply = {}
    errors: Errors = []
    for one in asked:
        is_name = one.field == "__typename"
        data[one.key] = "Mutation" if is_name else await outcome(product, viewer, one, errors)
    return {"data": data} | ({"errors": errors} if errors else {})


async def outcome(
    product: Product, viewer: Viewer, asked: Selection, errors: Errors
) -> Reply | None:
    """Run one write, then read what it says it changed; null, and told in `errors`, if refused."""
    payload = None
    problems: Errors = []
    try:
        touched = await written(product, viewer, asked.field, asked.arguments)
        payload, problems = await payload_of(product, viewer, asked, touched)
    except GraphQLError as problem:
        problems = [formatted(problem)]
    except (DriverError, Neo4jError) as problem:
        problems = [formatted(trouble(problem))]
    errors += [{**one, "path": [asked.key, *one.get("path", [])]} for one in problems]
    return payload


async def payload_of(
    product: Product, viewer: Viewer, asked: Selection, touched: Touched
) -> tuple[Reply, Errors]:
    read_back = await nodes_of(product, viewer, nouns(asked), touched.id)
    payload: Reply = {}
    for child in asked.children:
        if child.field == "errors":
            payload[child.key] = [
                {part.key: getattr(mistake, part.field, "Mistake") for part in child.children}
                for mistake in touched.mistakes
            ]
        elif child.field == "__typename":
            payload[child.key] = asked.type
        elif child.is_leaf:
            payload[child.key] = touched.said.get(child.field)
        else:
            payload[child.key] = read_back["data"].get(child.key)
    return payload, read_back.get("errors", [])


def nouns(asked: Selection) -> list[Selection]:
    """The fields of a payload that the graph answers."""
    return [one for one in asked.children if not one.is_leaf and one.field != "errors"]


def roots(fields: list[Selection], identity: str) -> list[Selection]:
    """The root fields that find by its id what a payload shows."""
    return [
        Selection(one.key, one.field, one.type, {"id": identity}, one.children) for one in fields
    ]


async def nodes_of(
    product: Product, viewer: Viewer, fields: list[Selection], identity: str | None
) -> Reply:
    if identity is None or not fields:
        return {"data": {}}
    return await looked_up(product, viewer, Plan.of(roots(fields, identity)))
