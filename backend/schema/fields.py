"""How a field that the graph answers is declared: shape here, meaning in `graph/model.py`.

No field has a resolver that runs: the whole operation is compiled into Cypher. The functions
below exist because Strawberry reads a field's arguments off a signature.
"""

import inspect
from typing import Any, Generic, TypeVar

import strawberry

Node = TypeVar("Node")


@strawberry.type(description="Whether a list goes on, and the cursor to go on from.")
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="An item with the cursor of its place in the list.")
class Edge(Generic[Node]):
    cursor: str
    node: Node


@strawberry.type(description="One page of a list. `totalCount` counts all that you may see.")
class Connection(Generic[Node]):
    nodes: list[Node]
    edges: list[Edge[Node]]
    page_info: PageInfo
    total_count: int


def parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def answered(
    of: Any, description: str, arguments: dict[str, Any] | None = None, **defaults: Any
) -> Any:
    """A field with arguments; one whose default is not given is required unless it may be null."""

    def resolver(**_: Any) -> Any:
        raise AssertionError  # reads are compiled, never resolved

    parameters = [
        parameter(
            name,
            kind,
            defaults.get(name, strawberry.UNSET if optional(kind) else inspect.Parameter.empty),
        )
        for name, kind in (arguments or {}).items()
    ]
    resolver.__signature__ = inspect.Signature(parameters, return_annotation=of)  # type: ignore[attr-defined]
    resolver.__annotations__ = {**(arguments or {}), "return": of}
    return strawberry.field(resolver=resolver, description=description)


def optional(kind: Any) -> bool:
    return type(None) in getattr(kind, "__args__", ())


def listing(of: Any, description: str, **filters: Any) -> Any:
    """A connection field: `first`, `after` and the filters, each of which may be left out."""
    arguments = {"first": int, "after": str | None, **{k: v | None for k, v in filters.items()}}
    return answered(Connection[of], description, arguments, first=20)
