"""Answers made from the schema itself: every field full, or every field that may be empty empty."""

from __future__ import annotations

from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    graphql,
)

from frontend import Answer, Question

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: GraphQLSchema = build_schema(
    (ROOT / "backend" / "schema" / "schema.graphql").read_text(encoding="utf-8")
)
SCALARS = {
    "Int": 7,
    "Float": 0.5,
    "Boolean": True,
    "ID": "thing-1",
    "String": "Words & <b>",
    "Date": "2026-11-19",
    "Instant": "2026-11-19T09:00:00.000Z",
}
DATES = ("On", "At", "until")


# Parallel arrays hold together, whatever else is made up.
NETWORK = {
    "councils": ["council-ASH", "council-BRA", "council-COS", "council-DUN"],
    "names": ["Ashby & <b>", "Brackley", "Cosby", "Dunsby"],
    "regions": ["London", "North West", None, "Wales"],
    "nations": ["England", "England", None, "Wales"],
    "tiers": ["SINGLE_TIER", "DISTRICT", None, "SINGLE_TIER"],
    "projects": [4, 1, 0, 0],
    "x": [0.7, 0.5, 0.88, 0.4],
    "y": [0.85, 0.6, 0.14, 0.7],
    "from": [0, 0],
    "to": [1, 2],
    "partners": [1, 0],
    "matches": [2, 3],
    "weights": [3, 3],
}


def full(_source: object, info: GraphQLResolveInfo, **_arguments: object) -> object:
    if info.parent_type.name == "Network":
        return NETWORK[info.field_name]
    if info.field_name == "isOurs":  # of two contacts one is the other side's
        return info.path.prev is not None and info.path.prev.key == 0
    return _sample(info.return_type, info.field_name)


def empty(_source: object, info: GraphQLResolveInfo, **_arguments: object) -> object:
    if not isinstance(info.return_type, GraphQLNonNull) and info.field_name != "me":
        return _sample(info.return_type, info.field_name) if not info.path.prev else None
    return _least(info.return_type, info.field_name)


def _sample(kind: object, name: str) -> object:
    if isinstance(kind, GraphQLNonNull):
        return _sample(kind.of_type, name)
    if isinstance(kind, GraphQLList):
        return [_sample(kind.of_type, name) for _ in range(2)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    return {} if isinstance(kind, GraphQLObjectType) else _scalar(str(kind), name)


def _scalar(kind: str, name: str) -> object:
    if name.endswith(DATES):
        return "2026-11-19T09:00:00.000Z" if name.endswith("At") else "2026-11-19"
    if name.endswith(("Url", "website")):
        return "https://www.example.gov.uk/page"
    return SCALARS[kind]


def _least(kind: object, name: str) -> object:
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return []
    if str(kind) in {"Boolean", "Int"}:
        return False if str(kind) == "Boolean" else 0
    return _sample(kind, name)


async def answer(question: Question, resolver: object, root: object = None) -> Answer:
    """The question, put to graphql-core; a GraphQLError raised by the root keeps its code."""
    result = await graphql(
        SCHEMA,
        question.document,
        root,
        operation_name=question.operation,
        variable_values=dict(question.variables),
        field_resolver=resolver,
    )
    return Answer(result.data, tuple(_formatted(each) for each in result.errors or ()))


def _formatted(error: GraphQLError) -> dict[str, object]:
    code = (error.extensions or {}).get("code")
    if code is None and error.message.startswith("Variable"):
        code = "BAD_USER_INPUT"
    return {"message": error.message, "path": error.path, "extensions": {"code": code}}
