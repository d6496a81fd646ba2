"""Replies: what the graph answered, in the shape that was asked for.

Keys come back from an engine in any order and under numbers, so the writer walks the selection,
never the map.
"""

from typing import Any

from graph.cursors import cursor, fingerprint
from graph.selections import Selection

Path = list[str | int]


class Missing(Exception):
    """A null where the schema promises a value; it makes the nearest nullable ancestor null."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(f"Cannot return null for non-nullable field {name}.")
        self.path = path


class Writer:
    def __init__(self) -> None:
        self.errors: list[dict[str, Any]] = []

    def object(self, asked: Selection, raw: dict[str, Any], path: Path) -> dict[str, Any]:
        reply: dict[str, Any] = {}
        for at, child in enumerate(asked.children):
            if child.field == "__typename":
                reply[child.key] = asked.type
            else:
                reply[child.key] = self.field(child, raw.get(f"f{at}"), [*path, child.key])
        return reply

    def field(self, asked: Selection, raw: Any, path: Path) -> Any:
        """Write one field; a null that may not be is reported once, where null is allowed."""
        try:
            return self.value(asked, raw, path)
        except Missing as missing:
            if not asked.may_be_null:
                raise
            self.errors.append({"message": str(missing), "path": missing.path})
            return None

    def value(self, asked: Selection, raw: Any, path: Path) -> Any:
        if raw is None:
            if asked.may_be_null:
                return None
            raise Missing(path, asked.field)
        if asked.type.endswith("Connection"):
            return self.connection(asked, raw, path)
        if asked.is_list:
            return [self.item(asked, one, [*path, at]) for at, one in enumerate(raw)]
        return raw if asked.is_leaf else self.object(asked, raw, path)

    def item(self, asked: Selection, raw: Any, path: Path) -> Any:
        if raw is None:
            if asked.items_may_be_null:
                return None
            raise Missing(path, asked.field)
        return raw if asked.is_leaf else self.object(asked, raw, path)

    def connection(self, asked: Selection, raw: dict[str, Any], path: Path) -> dict[str, Any]:
        first = asked.arguments["first"]
        rows = raw.get("rows") or []
        page = rows[:first]
        mark = fingerprint(f"{asked.type}.{asked.field}", asked.arguments)
        reply: dict[str, Any] = {}
        for at, part in enumerate(asked.children):
            here = [*path, part.key]
            match part.field:
                case "totalCount":
                    reply[part.key] = raw["total"]
                case "nodes":
                    reply[part.key] = self.nodes(part, page, f"n{at}", here)
                case "edges":
                    reply[part.key] = self.edges(part, page, (f"e{at}", mark), here)
                case "pageInfo":
                    reply[part.key] = page_info(part, page, mark, goes_on=len(rows) > first)
                case _:
                    reply[part.key] = asked.type
        return reply

    def nodes(
        self, asked: Selection, page: list[dict[str, Any]], name: str, path: Path
    ) -> list[Any]:
        return [self.object(asked, row[name], [*path, at]) for at, row in enumerate(page)]

    def edges(
        self, asked: Selection, page: list[dict[str, Any]], names: tuple[str, str], path: Path
    ) -> list[Any]:
        return [self.edge(asked, row, names, [*path, at]) for at, row in enumerate(page)]

    def edge(
        self, asked: Selection, row: dict[str, Any], names: tuple[str, str], path: Path
    ) -> dict[str, Any]:
        prefix, mark = names
        reply: dict[str, Any] = {}
        for at, part in enumerate(asked.children):
            if part.field == "cursor":
                reply[part.key] = cursor(row["place"], mark)
            elif part.field == "node":
                reply[part.key] = self.object(part, row[f"{prefix}_{at}"], [*path, part.key])
            else:
                reply[part.key] = asked.type
        return reply


def page_info(
    asked: Selection, page: list[dict[str, Any]], mark: str, *, goes_on: bool
) -> dict[str, Any]:
    values = {
        "hasNextPage": goes_on,
        "endCursor": cursor(page[-1]["place"], mark) if page else None,
        "__typename": asked.type,
    }
    return {part.key: values[part.field] for part in asked.children}
