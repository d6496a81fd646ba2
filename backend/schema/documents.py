"""Documents: parsed, checked and turned into selections, all before anything runs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    parse,
    validate,
)
from graphql.execution.values import (
    get_argument_values,
    get_directive_values,
    get_variable_values,
)

from backend.schema import schema
from backend.schema.refusals import bad_input
from graph.selections import Selection

MOST_TOKENS = 1000
MOST_FIELDS = 5000
MOST_ALIASES = 15
MOST_DIRECTIVES = 50
MOST_REPEATS = 100
LONGEST_PAGE = 100
LONGEST_DRAFT = 10_000
# What scores a text that somebody types.
DRAFTED = ("similarTo", "likelyServices", "likelySkills", "weighed")
# Nothing of a text that is compared or searched for is kept, not even in memory.
NEVER_KEPT = re.compile(rf"\b(search|{'|'.join(DRAFTED)})\b")
ABOUT_SCHEMA = re.compile(r"__(schema|type)\b")
# What makes a reply about the schema long; the tools' own question has each once.
LONG_LISTS = {"__schema", "__type", "types", "fields", "inputFields", "interfaces", "possibleTypes"}
MOST_LONG_LISTS = 12
# The root field and the type of a noun, by what its ids begin with.
NODES = {
    "council": ("council", "Council"),
    "practitioner": ("person", "Practitioner"),
    "project": ("project", "Project"),
    "proposal": ("proposal", "Proposal"),
    "question": ("question", "Question"),
    "request": ("request", "Request"),
    "service": ("service", "Service"),
    "skill": ("skill", "Skill"),
    "token": ("token", "Token"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document that the schema allows."""

    node: OperationDefinitionNode
    document: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]

    @property
    def is_mutation(self) -> bool:
        return self.node.operation.value == "mutation"


def checked(text: str) -> DocumentNode:
    """Parse and validate; the outcome is kept, since the same documents come again and again.

    Raises:
        GraphQLError: it is not a document of this schema.
    """
    holds_a_text = NEVER_KEPT.search(text) and '"' in text
    return parsed(text) if holds_a_text else kept(text)


@lru_cache(maxsize=512)
def kept(text: str) -> DocumentNode:
    return parsed(text)


def parsed(text: str) -> DocumentNode:
    document = parse(text, max_tokens=MOST_TOKENS)
    check_repeats(document)
    problems = validate(schema(), document, max_errors=5)
    if problems:
        raise problems[0]
    return document


def check_repeats(document: DocumentNode) -> None:
    """Refuse what makes validation slow: it compares every two fields of one name in one place.

    They are counted over the whole document, for fragments bring any of them to one place.

    Raises:
        GraphQLError: a name stands too often in it.
    """
    names: Counter[str] = Counter()
    nodes: list[Any] = [*document.definitions]
    while nodes:
        node = nodes.pop()
        if isinstance(node, FieldNode):
            names[(node.alias or node.name).value] += 1
        inner = getattr(node, "selection_set", None)
        nodes += inner.selections if inner else ()
    name, count = max(names.items(), key=lambda each: each[1], default=("", 0))
    if count > MOST_REPEATS:
        raise bad_input(f"Ask for {name} at most {MOST_REPEATS} times in one document.")


def operation(text: str, name: str | None) -> Operation:
    """Find the operation that is asked for.

    Raises:
        GraphQLError: there is none of that name, or several and no name.
    """
    document = checked(text)
    found = [
        node
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
        and (name is None or (node.name and node.name.value == name))
    ]
    if len(found) != 1:
        raise bad_input(
            f"There is no operation named {name}." if name else "Say which operation to run."
        )
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    return Operation(found[0], document, fragments)


def coerced(wanted: Operation, variables: Mapping[str, Any]) -> Any:
    """Coerce the variables as the document declares them.

    Raises:
        GraphQLError: a value does not fit; the message names it.
    """
    values = get_variable_values(
        schema(), wanted.node.variable_definitions or [], dict(variables), max_errors=5
    )
    if isinstance(values, list):
        raise values[0]
    return values


class Walk:
    """Spreads fragments and merges twins; counts, so that doubling fragments are cut short."""

    def __init__(self, wanted: Operation, values: Any, built: GraphQLSchema) -> None:
        self.wanted = wanted
        self.values = values
        self.built = built
        self.fields = 0
        self.aliases = 0
        self.directives = 0

    def roots(self) -> list[Selection]:
        kind = self.built.mutation_type if self.wanted.is_mutation else self.built.query_type
        assert kind is not None  # noqa: S101 - the schema has both
        return self.selections(kind, [self.wanted.node.selection_set])

    def selections(
        self, parent: GraphQLObjectType, sets: list[SelectionSetNode]
    ) -> list[Selection]:
        groups: dict[str, list[FieldNode]] = {}
        for one in sets:
            for node in self.spread(one, parent):
                key = (node.alias or node.name).value
                groups.setdefault(key, []).append(node)
        return [self.selection(parent, key, nodes) for key, nodes in groups.items()]

    def spread(
        self, one: SelectionSetNode, parent: GraphQLObjectType | None = None
    ) -> Iterator[FieldNode]:
        """Yield the fields of a set, those of its fragments included, where directives allow.

        A fragment on another noun than `parent` has nothing to say of it.
        """
        for node in one.selections:
            self.count(node)
            if not self.is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            inner = node if isinstance(node, InlineFragmentNode) else self.fragment(node)
            if speaks_of(inner.type_condition, parent):
                yield from self.spread(inner.selection_set, parent)

    def fragment(self, node: Any) -> FragmentDefinitionNode:
        return self.wanted.fragments[node.name.value]

    def long_lists(self, one: SelectionSetNode) -> int:
        """Count what is asked about the schema at length, fragments spread."""
        return sum(
            (node.name.value in LONG_LISTS)
            + (self.long_lists(node.selection_set) if node.selection_set else 0)
            for node in self.spread(one)
        )

    def count(self, node: Any) -> None:
        self.fields += 1
        self.aliases += isinstance(node, FieldNode) and node.alias is not None
        self.directives += len(node.directives or ())
        for most, count, what in (
            (MOST_FIELDS, self.fields, "fields"),
            (MOST_ALIASES, self.aliases, "aliases"),
            (MOST_DIRECTIVES, self.directives, "directives"),
        ):
            if count > most:
                raise bad_input(
                    f"Ask for at most {most} {what}, counting those of a fragment wherever it is"
                    " used."
                )

    def is_included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.values)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.values)
        return include is None or bool(include["if"])

    def selection(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selection:
        name = nodes[0].name.value
        if name.startswith("__"):
            return Selection(key, name, "String", is_leaf=True, may_be_null=False)
        definition = parent.fields[name]
        asked = shaped(key, name, definition)
        arguments = get_argument_values(definition, nodes[0], self.values)
        asked.arguments = {name: plain(value) for name, value in arguments.items()}
        check_page(asked)
        check_draft(asked)
        kind = get_named_type(definition.type)
        if isinstance(kind, GraphQLInterfaceType):
            kind = self.noun(asked)
        if isinstance(kind, GraphQLObjectType):
            sets = [node.selection_set for node in nodes if node.selection_set]
            asked.children = self.selections(kind, sets)
        return asked

    def noun(self, asked: Selection) -> GraphQLObjectType | None:
        """Ask for a node as the noun that its id says it is; one of no noun stays unanswered."""
        found = NODES.get(str(asked.arguments["id"]).partition("-")[0])
        if found is None:
            return None
        asked.field, asked.type = found
        kind = self.built.type_map[asked.type]
        return kind if isinstance(kind, GraphQLObjectType) else None


def speaks_of(condition: Any, parent: GraphQLObjectType | None) -> bool:
    if condition is None or parent is None:
        return True
    name = condition.name.value
    return name == parent.name or any(name == one.name for one in parent.interfaces)


def plain(value: Any) -> Any:
    """Enumerations travel by name: so they are stored, printed and compared."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.name if isinstance(value, Enum) else value


def shaped(key: str, name: str, definition: GraphQLField) -> Selection:
    """Note how the reply of a field is shaped."""
    kind = definition.type
    bare = get_nullable_type(kind)
    return Selection(
        key,
        name,
        get_named_type(kind).name,
        is_leaf=is_leaf_type(get_named_type(kind)),
        is_list=is_list_type(bare),
        may_be_null=not is_non_null_type(kind),
        items_may_be_null=is_list_type(bare) and not is_non_null_type(bare.of_type),
    )


def check_page(asked: Selection) -> None:
    first = asked.arguments.get("first")
    if first is not None and not 1 <= first <= LONGEST_PAGE:
        raise bad_input(f"`first` of {asked.field} must be between 1 and {LONGEST_PAGE}.")


def check_draft(asked: Selection) -> None:
    """Refuse to score what no description of a project is as long as.

    The sentence is for whoever typed it, on whichever page; the path names the field.
    """
    for name in ("text", "title") if asked.field in DRAFTED else ():
        length = len(asked.arguments.get(name) or "")
        if length > LONGEST_DRAFT:
            message = f"Shorten the {name} to {LONGEST_DRAFT:,} characters: it has {length:,}."
            raise bad_input(message, path=[asked.key])


def selections(wanted: Operation, values: Any) -> list[Selection]:
    return Walk(wanted, values, schema()).roots()


def is_introspection(wanted: Operation, text: str, variables: Mapping[str, Any]) -> bool:
    """Tell whether an operation asks only about the schema, in what its directives include.

    Raises:
        GraphQLError: it asks for both, which is not served, or for too much; or the variables do
            not fit.
    """
    if not ABOUT_SCHEMA.search(text):
        return False
    walk = Walk(wanted, coerced(wanted, variables), schema())
    names = {node.name.value for node in walk.spread(wanted.node.selection_set)} - {"__typename"}
    about = names & {"__schema", "__type"}
    if about and names - about:
        raise bad_input("Ask about the schema in a question of its own.")
    if about and walk.long_lists(wanted.node.selection_set) > MOST_LONG_LISTS:
        raise bad_input("Ask about the schema a part at a time.")
    return bool(about)


__all__ = ["GraphQLError", "Operation", "coerced", "is_introspection", "operation", "selections"]
