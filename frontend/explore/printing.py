"""GraphQL as people read it: a query of fields with arguments, broken where a line grows long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WIDTH = 78

# Arguments and filters: names to `$variables`, trees or lists of trees. Selections: to None or trees.
Tree = dict[str, Any]
Fields = Mapping[str, tuple[Tree, Tree]]


def printed(name: str, types: Mapping[str, str], fields: Fields) -> str:
    """A whole query: `fields` are its root fields, each with its arguments and its selection."""
    body = "\n".join(field(key, *parts) for key, parts in fields.items())
    return f"query {name}{declared(types)} {{\n{body}\n}}\n"


def declared(types: Mapping[str, str]) -> str:
    parts = [f"${name}: {kind}" for name, kind in types.items()]
    line = f"({', '.join(parts)})"
    if len(line) <= WIDTH:
        return line if parts else ""
    return "(\n" + "".join(f"  {part}\n" for part in parts) + ")"


def field(name: str, arguments: Tree, selected: Tree) -> str:
    return f"  {name}{called(arguments)} {{\n{selection(selected, 2)}  }}"


def called(arguments: Tree) -> str:
    line = f"({', '.join(f'{name}: {value(one)}' for name, one in arguments.items())})"
    if not arguments or len(line) <= WIDTH - 4:
        return line if arguments else ""
    return (
        "(\n"
        + "".join(f"    {name}: {broken(one, 2)}\n" for name, one in arguments.items())
        + "  )"
    )


def value(tree: Any) -> str:
    match tree:
        case dict():
            return "{" + ", ".join(f"{name}: {value(one)}" for name, one in tree.items()) + "}"
        case list():
            return "[" + ", ".join(value(one) for one in tree) + "]"
    return str(tree)


def broken(tree: Any, depth: int) -> str:
    """A value on as many lines as it needs."""
    line, indent = value(tree), "  " * (depth + 1)
    if len(line) + 2 * depth <= WIDTH or not isinstance(tree, dict):
        return line
    inner = "".join(f"{indent}{name}: {broken(one, depth + 1)}\n" for name, one in tree.items())
    return f"{{\n{inner}{'  ' * depth}}}"


def selection(tree: Tree, depth: int) -> str:
    indent = "  " * depth
    lines = []
    for name, inner in tree.items():
        if inner is None:
            lines.append(f"{indent}{name}\n")
        else:
            lines.append(f"{indent}{name} {{\n{selection(inner, depth + 1)}{indent}}}\n")
    return "".join(lines)
