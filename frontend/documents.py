"""GraphQL documents beside their templates: one query, any mutations, shared fragments added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from graphql import (
    DocumentNode,
    FragmentSpreadNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    TypeNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    value_from_ast_untyped,
    visit,
)

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an operation; what it is called in the path, the query string and the form."""

    name: str
    kind: str
    is_list: bool
    is_required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A named operation and what it wants to know."""

    name: str
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page's whole conversation with GraphQL."""

    text: str
    query: Operation
    mutations: Mapping[str, Operation]


@cache
def document(folder: str, name: str) -> Document:
    """The document `folder/name.graphql`, with the fragments that it spreads."""
    own = (HERE / folder / f"{name}.graphql").read_text(encoding="utf-8")
    text = "\n".join([own, *_fragments_for(own)])
    return _understood(text, parse(text, no_location=True))


def _understood(text: str, parsed: DocumentNode) -> Document:
    found = [node for node in parsed.definitions if isinstance(node, OperationDefinitionNode)]
    queries = [_operation(node) for node in found if node.operation is OperationType.QUERY]
    acts = [_operation(node) for node in found if node.operation is OperationType.MUTATION]
    (query,) = queries
    return Document(text, query, MappingProxyType({act.name: act for act in acts}))


def _operation(node: OperationDefinitionNode) -> Operation:
    name = node.name.value if node.name else ""
    return Operation(name, tuple(_variable(each) for each in node.variable_definitions or ()))


def _variable(node: VariableDefinitionNode) -> Variable:
    wanted: TypeNode = node.type
    is_required = isinstance(wanted, NonNullTypeNode)
    if isinstance(wanted, NonNullTypeNode):
        wanted = wanted.type
    is_list = isinstance(wanted, ListTypeNode)
    default = value_from_ast_untyped(node.default_value) if node.default_value else None
    return Variable(node.variable.name.value, _named(wanted), is_list, is_required, default)


def _named(node: TypeNode) -> str:
    if isinstance(node, ListTypeNode | NonNullTypeNode):
        return _named(node.type)
    if isinstance(node, NamedTypeNode):
        return node.name.value
    raise TypeError(node.kind)


def _fragments_for(own: str) -> Iterator[str]:
    """The text of every shared fragment that is spread, also by one another, each once."""
    library, waiting, done = _library(), list(_spreads(own)), set[str]()
    while waiting:
        name = waiting.pop()
        if name in done or name not in library:
            continue
        done.add(name)
        waiting += _spreads(library[name])
        yield library[name]


@cache
def _library() -> Mapping[str, str]:
    """Shared fragments, each in a file of its own: layouts/frame.graphql holds Frame."""
    files = [*(HERE / "layouts").glob("*.graphql"), *(HERE / "components").glob("*.graphql")]
    return {_fragment_name(path): path.read_text(encoding="utf-8") for path in files}


def _fragment_name(path: Path) -> str:
    return "".join(word.capitalize() for word in path.stem.split("_"))


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)


def _spreads(text: str) -> list[str]:
    visitor = _Spreads()
    visit(parse(text, no_location=True), visitor)
    return visitor.names
