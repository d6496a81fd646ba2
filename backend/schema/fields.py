"""How a field that the graph answers is declared: shape here, meaning in `graph/model.py`.

No field has a resolver that runs: the whole operation is compiled into Cypher. The functions
below exist because Strawberry reads a field's arguments off a signature.
"""

import inspect
from typing import Annotated, Any, Generic, TypeVar

import strawberry

Item = TypeVar("Item")


@strawberry.type(description="Whether a list goes on, and the cursor to go on from.")
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="An item with the cursor of its place in the list.")
class Edge(Generic[Item]):
    cursor: str
    node: Item


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    id: strawberry.ID


@strawberry.type(description="A group of a list, and how many of the list fall into it.")
class Facet:
    value: str | None = strawberry.field(
        description="What to filter by for this group alone, with `equals`; null where nothing is"
        " known: filter by `isKnown: false`."
    )
    label: str = strawberry.field(description="The same for people to read.")
    count: int


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


def name_of(of: Any) -> str:
    """The name of a noun, which may be one that is only resolved when the schema is built."""
    origin = getattr(of, "__origin__", None)
    return str(origin.__forward_arg__ if origin else of.__name__)


def listing(of: Any, description: str, required: dict[str, Any] | None = None, **own: Any) -> Any:
    """A connection field: what every list may be asked, and this one's own arguments.

    `required` are arguments without which there is no such list; `own` those with a default.
    """
    noun = name_of(of)
    arguments = {
        **(required or {}),
        "first": int,
        "after": str | None,
        "filter": lazily(f"{noun}Filter") | None,
        "order_by": lazily(f"{noun}Order") | None,
        "descending": bool | None,
        **{name: kind for name, (kind, _) in own.items()},
    }
    defaults = {"first": 20, **{name: default for name, (_, default) in own.items()}}
    return answered(lazily(f"{noun}Connection"), description, arguments, **defaults)


def lazily(name: str) -> Any:
    return Annotated[name, strawberry.lazy("backend.schema.lists")]


def edge_of(kind: Any) -> Any:
    return Edge[kind]


def list_of(kind: Any) -> Any:
    """A list of a type that is only known as the schema is built."""
    return list[kind]
