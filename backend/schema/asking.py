"""One question, one answer: pages, letters and the API all come through here."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError, execute_sync
from neo4j.exceptions import DriverError, Neo4jError

from backend.product import Product, Viewer
from backend.schema import schema
from backend.schema.documents import coerced, is_introspection, operation, selections
from backend.schema.plans import Plan, plan
from backend.schema.refusals import TOO_BUSY, bad_input, refusal, sign_in_first
from backend.schema.replies import Errors, Missing
from backend.schema.writes import written
from graph.connection import is_away, is_time_out
from graph.reading import read
from graph.selections import Selection

log = logging.getLogger(__name__)

Reply = dict[str, Any]


async def reply(
    product: Product,
    viewer: Viewer,
    document: str,
    variables: Mapping[str, Any] | None = None,
    name: str | None = None,
) -> Reply:
    """Answer a document as a viewer sees it: `data`, and `errors` if there were any."""
    try:
        return await answered(product, viewer, document, variables or {}, name)
    except GraphQLError as problem:
        return {"data": None, "errors": [problem.formatted]}
    except Missing as missing:
        return {"data": None, "errors": [missing.formatted]}
    except (DriverError, Neo4jError) as problem:
        return {"data": None, "errors": [trouble(problem).formatted]}


def trouble(problem: Exception) -> GraphQLError:
    """Tell a caller that the graph is busy or away; anything else goes up, to be logged."""
    if is_time_out(problem):
        return refusal(TOO_BUSY, "That took too long. Ask for less, or try again in a minute.")
    if is_away(problem):
        return refusal(TOO_BUSY, "The graph cannot be reached just now. Try again in a minute.")
    raise problem


async def answered(
    product: Product,
    viewer: Viewer,
    document: str,
    variables: Mapping[str, Any],
    name: str | None,
) -> Reply:
    wanted = operation(document, name)
    if is_introspection(wanted):
        return introspected(viewer, wanted.document, name)
    if wanted.is_mutation:
        return await changed(product, viewer, selections(wanted, coerced(wanted, variables)))
    return await looked_up(product, viewer, plan(wanted, document, variables))


def introspected(viewer: Viewer, document: Any, name: str | None) -> Reply:
    if not viewer.is_signed_in:
        raise sign_in_first()
    result = execute_sync(schema(), document, operation_name=name)
    return dict(result.formatted)


async def looked_up(product: Product, viewer: Viewer, wanted: Plan) -> Reply:
    """Read every root field, each as one statement, in one transaction."""
    context = product.context(viewer) | await hits(product, viewer, wanted.asked)
    raws = await read(product.graph, wanted.statements, context)
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


async def hits(product: Product, viewer: Viewer, fields: Sequence[Selection]) -> dict[str, Any]:
    """Let the matcher find what is like a text, in the texts that this viewer's kind may see."""
    asked = [one for one in fields if one.field == "similarTo"]
    if len(asked) > 1:
        raise bad_input("Ask similarTo once in a question.")
    if not asked:
        return {}
    arguments = asked[0].arguments
    found = await product.index.similar(
        arguments["text"], top=arguments["first"], signed_in=viewer.is_signed_in
    )
    return {"hits": found}


async def changed(product: Product, viewer: Viewer, asked: list[Selection]) -> Reply:
    """Run the writes one after the other, then read what each of them says it changed."""
    data: Reply = {}
    errors: list[Any] = []
    for one in asked:
        if one.field == "__typename":
            data[one.key] = "Mutation"
            continue
        outcome = await written(product, viewer, one.field, one.arguments)
        payload, problems = await payload_of(product, viewer, one, outcome)
        data[one.key] = payload
        errors += problems
    return {"data": data} | ({"errors": errors} if errors else {})


async def payload_of(
    product: Product, viewer: Viewer, asked: Selection, outcome: Any
) -> tuple[Reply, list[Any]]:
    nouns = [child for child in asked.children if child.field not in {"errors", "__typename"}]
    read_back = await nodes_of(product, viewer, nouns, outcome.id)
    payload: Reply = {}
    for child in asked.children:
        if child.field == "errors":
            payload[child.key] = [
                {part.key: getattr(mistake, part.field, "Mistake") for part in child.children}
                for mistake in outcome.mistakes
            ]
        elif child.field == "__typename":
            payload[child.key] = asked.type
        else:
            payload[child.key] = read_back["data"].get(child.key)
    return payload, read_back.get("errors", [])


async def nodes_of(
    product: Product, viewer: Viewer, nouns: list[Selection], identity: str | None
) -> Reply:
    """Read a payload's noun by the root field that finds one by its id."""
    if identity is None or not nouns:
        return {"data": {}}
    roots = [
        Selection(noun.key, noun.field, noun.type, {"id": identity}, noun.children)
        for noun in nouns
    ]
    return await looked_up(product, viewer, Plan.of(roots))
