"""Replies: what the graph answered, in the shape that was asked for.

Keys come back from an engine in any order and under numbers, so what writes a reply walks the
selection, never the map. A selection becomes one function; a large reply runs through it thousands
of times, so nothing is looked up there that can be known before.
"""

from collections.abc import Callable
from itertools import chain
from operator import itemgetter
from typing import Any, NoReturn

from backend.schema.maps import arrays
from graph.cursors import cursor, fingerprint
from graph.selections import Selection

At = tuple[Any, str | int] | None  # a path, from its end: where this is, and what is above it
Errors = list[dict[str, Any]]
Write = Callable[[Any, At, Errors], Any]
RootWrite = Callable[[Any, Errors], Any]
GROUPS = {"Facet", "CouncilGroup", "ServiceGroup"}
Part = tuple[str, Callable[[Any, list[Any], At, Errors], Any]]


class Missing(Exception):
    """A null where the schema promises a value; it makes the nearest nullable ancestor null."""

    def __init__(self, at: At, name: str) -> None:
        super().__init__(f"Cannot return null for non-nullable field {name}.")
        self.at = at

    @property
    def formatted(self) -> dict[str, Any]:
        return {"message": str(self), "path": path(self.at)}


def path(at: At) -> list[str | int]:
    steps = []
    while at is not None:
        at, step = at
        steps.append(step)
    return steps[::-1]


def root_writer(asked: Selection) -> RootWrite:
    """What writes the reply of a root field; nulls that may not be are told in `errors`.

    It raises `Missing` if the field itself may not be null, and is.
    """
    at, inner = (None, asked.key), writer(asked)

    def write(raw: Any, errors: Errors) -> Any:
        if raw is None:
            return None if asked.may_be_null else lacking(asked, at)
        if inner is None:
            return raw
        return or_null(inner, raw, at, errors) if asked.may_be_null else inner(raw, at, errors)

    return write


def lacking(asked: Selection, at: At) -> NoReturn:
    raise Missing(at, asked.field)


def or_null(write: Write, raw: Any, at: At, errors: Errors) -> Any:
    """Write what may be null; a null below that may not be is told once, here."""
    try:
        return write(raw, at, errors)
    except Missing as missing:
        errors.append(missing.formatted)
        return None


def writer(asked: Selection) -> Write | None:
    """What turns a field's raw value, which is not null, into its reply; None leaves it as it is."""
    if asked.type.endswith("Connection"):
        return connection_writer(asked)
    if asked.type in GROUPS:
        return groups_writer(asked)
    if asked.type == "Network":
        return network_writer(asked)
    if asked.type == "SearchResults":
        return findings_writer(asked)
    if asked.is_list:
        return list_writer(asked)
    return None if asked.is_leaf else object_writer(asked)


def object_writer(asked: Selection) -> Write:
    names = [(child.key, asked.type) for child in asked.children if child.field == "__typename"]
    fields = [
        (child.key, f"f{at}", writer(child), child)
        for at, child in enumerate(asked.children)
        if child.field != "__typename"
    ]
    blank = dict.fromkeys(child.key for child in asked.children) | dict(names) if names else {}

    def write(raw: dict[str, Any], at: At, errors: Errors) -> dict[str, Any]:
        reply = blank.copy()
        for key, slot, inner, child in fields:
            value = raw.get(slot)
            if value is None:
                reply[key] = None if child.may_be_null else lacking(child, (at, key))
            elif inner is None:
                reply[key] = value
            elif child.may_be_null:
                reply[key] = or_null(inner, value, (at, key), errors)
            else:
                reply[key] = inner(value, (at, key), errors)
        return reply

    return write


def groups_writer(asked: Selection) -> Write:
    """What writes the groups of a list; who reads a name for people gets one in any case."""

    def one(raw: dict[str, Any]) -> dict[str, Any]:
        known = {**raw, "label": raw.get("label") or label(raw["value"]), "__typename": asked.type}
        return {part.key: known[part.field] for part in asked.children}

    return lambda raw, _, __: [one(row) for row in raw]


def label(value: str | None) -> str:
    """A value for people to read: enumerations lose their capitals."""
    if value is None:
        return "Not known"
    return value.replace("_", " ").capitalize() if value.isupper() else value


def findings_writer(asked: Selection) -> Write:
    """What writes what was found: counts as they came, hits of all nouns in one order."""
    parts = [(part, finding_writer(asked, at, part)) for at, part in enumerate(asked.children)]

    def write(raw: dict[str, Any], at: At, errors: Errors) -> dict[str, Any]:
        return {part.key: one(raw, (at, part.key), errors) for part, one in parts}

    return write


def finding_writer(asked: Selection, number: int, part: Selection) -> Write:
    match part.field:
        case "totalCount":
            return lambda raw, _, __: raw["total"]
        case "counts":
            return lambda raw, _, __: [
                {one.key: row.get(one.field, part.type) for one in part.children}
                for row in raw["counts"]
            ]
        case "hits":
            return hits_writer(part, f"h{number}")
        case _:
            return lambda _, __, ___: asked.type


def hits_writer(part: Selection, slot: str) -> Write:
    hit = object_writer(part)

    def write(raw: dict[str, Any], at: At, errors: Errors) -> list[Any]:
        rows = sorted(chain(*raw[slot].values()), key=itemgetter("rank"))
        return [hit(row, (at, number), errors) for number, row in enumerate(rows)]

    return write


def network_writer(asked: Selection) -> Write:
    def write(raw: dict[str, Any], _: At, __: Errors) -> dict[str, Any]:
        columns = {**arrays(raw), "__typename": asked.type}
        return {part.key: columns[part.field] for part in asked.children}

    return write


def list_writer(asked: Selection) -> Write | None:
    if asked.is_leaf and asked.items_may_be_null:
        return None
    inner = None if asked.is_leaf else object_writer(asked)

    def write(raw: list[Any], at: At, errors: Errors) -> list[Any]:
        return [item(one, (at, number), errors) for number, one in enumerate(raw)]

    def item(one: Any, at: At, errors: Errors) -> Any:
        if one is None:
            return None if asked.items_may_be_null else lacking(asked, at)
        return one if inner is None else inner(one, at, errors)

    return write


def connection_writer(asked: Selection) -> Write:
    first = asked.arguments["first"]
    mark = fingerprint(f"{asked.type}.{asked.field}", asked.arguments)
    parts = [part_writer(asked, at, part, mark) for at, part in enumerate(asked.children)]

    def write(raw: dict[str, Any], at: At, errors: Errors) -> dict[str, Any]:
        page = (raw.get("rows") or [])[:first]
        return {key: part(raw, page, (at, key), errors) for key, part in parts}

    return write


def part_writer(asked: Selection, number: int, part: Selection, mark: str) -> Part:
    """What writes one field of a connection from the whole answer and the rows of its page."""
    match part.field:
        case "totalCount":
            return part.key, lambda raw, _, __, ___: raw["total"]
        case "facets":
            return part.key, facets_writer(part, f"g{number}")
        case "nodes":
            return part.key, nodes_writer(part, "" if asked.is_plain_page else f"n{number}")
        case "edges":
            return part.key, edges_writer(part, f"e{number}", mark)
        case "pageInfo":
            most = asked.arguments["first"]
            return part.key, lambda raw, page, _, __: page_info(
                part, page, mark, goes_on=len(raw["rows"]) > most
            )
        case _:
            return part.key, lambda _, __, ___, ____: asked.type


def facets_writer(part: Selection, slot: str) -> Callable[[Any, list[Any], At, Errors], Any]:
    write = object_writer(part)
    return lambda raw, _, at, errors: write(raw[slot], at, errors)


def nodes_writer(part: Selection, slot: str) -> Callable[[Any, list[Any], At, Errors], Any]:
    """What writes the nodes of a page; without a slot a row is the node itself."""
    node = object_writer(part)

    def write(_: Any, page: list[Any], at: At, errors: Errors) -> list[Any]:
        return [
            node(row[slot] if slot else row, (at, number), errors)
            for number, row in enumerate(page)
        ]

    return write


def edges_writer(
    asked: Selection, slot: str, mark: str
) -> Callable[[Any, list[Any], At, Errors], Any]:
    nodes = {
        part.key: (f"{slot}_{at}", object_writer(part))
        for at, part in enumerate(asked.children)
        if part.field == "node"
    }

    def edge(row: dict[str, Any], at: At, errors: Errors) -> dict[str, Any]:
        reply: dict[str, Any] = {}
        for part in asked.children:
            if part.key in nodes:
                name, node = nodes[part.key]
                reply[part.key] = node(row[name], (at, part.key), errors)
            else:
                is_cursor = part.field == "cursor"
                reply[part.key] = cursor(row["place"], mark) if is_cursor else asked.type
        return reply

    def write(_: Any, page: list[Any], at: At, errors: Errors) -> list[Any]:
        return [edge(row, (at, number), errors) for number, row in enumerate(page)]

    return write


def page_info(
    asked: Selection, page: list[dict[str, Any]], mark: str, *, goes_on: bool
) -> dict[str, Any]:
    values = {
        "hasNextPage": goes_on,
        "endCursor": cursor(page[-1]["place"], mark) if page else None,
        "__typename": asked.type,
    }
    return {part.key: values[part.field] for part in asked.children}
