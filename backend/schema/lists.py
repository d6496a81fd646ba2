"""The lists of each noun: what they may be filtered and ordered by, their groups and their pages.

All of it follows from the noun's shape here and its meaning in the graph's model, so that whatever
can be read can be asked for; nothing is listed a second time.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import strawberry
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.utils.str_converters import to_camel_case

from backend.schema.answers import Change, CouncilLikeness, Demand
from backend.schema.councils import Council
from backend.schema.fields import Facet, PageInfo, answered, edge_of, lazily, list_of
from backend.schema.filters import OF_VALUES, ListFilter, made, of_many_words, of_words
from backend.schema.matches import Match
from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.proposals import Answer, Party, Proposal
from backend.schema.questions import Question
from backend.schema.requests import Request
from backend.schema.services import Service
from backend.schema.skills import Candidate, Holder, Holding, Need, Skill
from backend.schema.tokens import Token
from graph.meanings import Expression, Far, Few, Many, One, Property
from graph.model import TYPES

NOUNS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Answer, Candidate, Change, Council, CouncilLikeness, Demand, Holder, Holding, Match, Need,
        Party, Practitioner, Project, Proposal, Question, Request, Service, Skill, Token,
    )
}  # fmt: skip


def shapes(noun: str) -> dict[str, Any]:
    """The Python type of each field of a noun, under its GraphQL name."""
    found = {}
    for field in NOUNS[noun].__strawberry_definition__.fields:
        name = field.graphql_name or to_camel_case(field.python_name)
        meaning = TYPES[noun].fields.get(name)
        if isinstance(meaning, Property) or (
            isinstance(meaning, Expression) and meaning.in_filters
        ):
            found[name] = field.type
    return found


def filter_of_value(kind: Any) -> Any:
    bare = kind.of_type if isinstance(kind, StrawberryOptional) else kind
    if isinstance(bare, StrawberryList):
        inner = bare.of_type
        if isinstance(inner, StrawberryEnumDefinition):
            return of_many_words(inner.wrapped_cls)
        return ListFilter
    if isinstance(bare, StrawberryEnumDefinition):
        return of_words(bare.wrapped_cls)
    return OF_VALUES[bare]


def filter_parts(noun: str) -> Iterator[tuple[str, tuple[Any, str | None]]]:
    """What the lists of a noun may be filtered by: its values, what it leads to, and logic."""
    kind, itself = TYPES[noun], lazily(f"{noun}Filter")
    yield "and", (list_of(itself), "All of these.")
    yield "or", (list_of(itself), "At least one of these.")
    yield "not", (itself, "What is not so, or not known to be.")
    if kind.text:
        yield "text", (str, "Every word of this, anywhere; parts of words too.")
    for name, shape in shapes(noun).items():
        yield name, (filter_of_value(shape), None)
    for name, meaning in kind.fields.items():
        if isinstance(meaning, Far):
            yield name, (lazily(f"{meaning.type}Filter"), None)
        if isinstance(meaning, One | Many | Few) and meaning.type in NOUNS:
            yield name, (lazily(f"{meaning.type}Relation"), None)


def filter_type(noun: str) -> Any:
    return made(f"{noun}Filter", f"What a list of {noun} is to hold to.", dict(filter_parts(noun)))


def relation_type(noun: str) -> Any:
    of_noun = lazily(f"{noun}Filter")
    return made(
        f"{noun}Relation",
        "What it leads to, one or many, as far as you may see it (of matches, those above the"
        " threshold). Say `some: {…}`, `none: {…}` or `exists`. A filter whose every value is left out says"
        " nothing; `{}` is anything at all.",
        {
            "exists": (bool, "Whether there is any."),
            "some": (of_noun, "There is one like this."),
            "none": (of_noun, "There is none like this."),
        },
    )


def order_type(noun: str) -> Any:
    names = Enum(f"{noun}Order", [(name, name) for name in TYPES[noun].orders])  # type: ignore[misc]
    text = (
        "What a list is ordered by. By itself a name runs from A, a number or moment from the top."
    )
    return strawberry.enum(names, description=text)


def facets_type(noun: str) -> Any:
    facets = {
        name: answered(
            list[Facet], f"By {spaced(name)}, the largest first.", {"first": int}, first=20
        )
        for name in TYPES[noun].facets
    }
    body = type(f"{noun}Facets", (), {"__annotations__": {}, "__module__": __name__, **facets})
    text = "How many of the whole list, as it is filtered, fall into each group."
    return strawberry.type(body, description=text)


def spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)


def connection_type(noun: str) -> Any:
    kind = NOUNS[noun]
    parts: dict[str, Any] = {
        "nodes": list_of(kind),
        "edges": list_of(edge_of(kind)),
        "page_info": PageInfo,
        "total_count": int,
    }
    if TYPES[noun].facets:
        parts["facets"] = lazily(f"{noun}Facets")
    body = type(f"{noun}Connection", (), {"__annotations__": parts, "__module__": __name__})
    text = "One page of a list. `totalCount` and `facets` count all that you may see."
    return strawberry.type(body, description=text)


def types() -> Iterator[tuple[str, Any]]:
    for noun in NOUNS:
        yield f"{noun}Filter", filter_type(noun)
        yield f"{noun}Relation", relation_type(noun)
        if TYPES[noun].orders:
            yield f"{noun}Order", order_type(noun)
            yield f"{noun}Connection", connection_type(noun)
        if TYPES[noun].facets:
            yield f"{noun}Facets", facets_type(noun)


globals().update(types())
