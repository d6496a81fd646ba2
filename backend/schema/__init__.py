"""The GraphQL schema: shape by Strawberry, meaning by the graph's model, bound by name."""

from collections.abc import Iterator
from functools import cache

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema

from backend.schema.mutations import Mutation
from backend.schema.queries import Query
from backend.schema.scalars import CONFIG
from graph.meanings import Arrays, Facts, Finds, Rows
from graph.model import TYPES
from graph.roots import ROOTS

# Types that speak of a page of a list or of a mutation's outcome: their meaning is the compiler's.
WRAPPERS = ("Connection", "Edge", "Facets", "Payload")
UNBOUND = {
    "PageInfo",
    "Facet",
    "Mistake",
    "Query",
    "Mutation",
    "Term",
    "Edition",
    "Coverage",
    "Network",
    "CouncilGroup",
    "ServiceGroup",
    "SearchResults",
    "SearchCount",
    "SearchHit",
    "Weighed",
    "WeighedWord",
    "WeighedTheme",
}


class Unbound(Exception):
    """A field has a shape and no meaning, or a meaning and no shape."""


@cache
def schema() -> GraphQLSchema:
    """Build the schema once.

    Raises:
        Unbound: shape and meaning disagree; the message names the fields.
    """
    built = strawberry.Schema(Query, Mutation, config=CONFIG)._schema  # noqa: SLF001 - Strawberry has no public name for it
    lonely = unbound(built)
    if lonely:
        message = "These fields lack a shape or a meaning: " + ", ".join(lonely)
        raise Unbound(message)
    return built


@cache
def printed() -> str:
    schema()
    return strawberry.Schema(Query, Mutation, config=CONFIG).as_str() + "\n"


def shapes(built: GraphQLSchema) -> dict[str, set[str]]:
    return {
        name: set(kind.fields)
        for name, kind in built.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
    }


def unbound(built: GraphQLSchema) -> list[str]:
    """Name every field that stands on one side only."""
    shaped = shapes(built)
    pairs = [("Query", shaped["Query"], set(ROOTS))]
    for name, fields in shaped.items():
        if name not in UNBOUND and not name.endswith(WRAPPERS):
            pairs.append((name, fields, set(TYPES[name].fields) if name in TYPES else set()))
    pairs += [(name, shaped[target], fields) for name, target, fields in nested()]
    return sorted(f"{name}.{field}" for name, one, other in pairs for field in one ^ other)


def nested() -> Iterator[tuple[str, str, set[str]]]:
    """The maps inside a node and the twins of a type, which have shapes of their own."""
    yield "DraftMatch", "Match", set(TYPES["DraftMatch"].fields)
    terms = TYPES["Match"].fields["terms"]
    if isinstance(terms, Rows):
        yield "Term", "Term", set(terms.fields)
    for name in ("Edition", "Coverage", "Network", "Weighed"):
        meaning = ROOTS[name.lower()]
        if isinstance(meaning, Facts | Arrays):
            yield name, name, set(meaning.fields)
    weighed = ROOTS["weighed"]
    if isinstance(weighed, Facts):
        for name, part in (("WeighedWord", "words"), ("WeighedTheme", "themes")):
            rows = weighed.fields[part]
            yield name, name, set(rows.fields) if isinstance(rows, Rows) else set()
    found = ROOTS["search"]
    if isinstance(found, Finds):
        yield "SearchHit", "SearchHit", {*found.nouns, *found.facts}
