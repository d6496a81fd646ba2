"""Operations made at random from the schema: any field, argument and filter, with aliases,
fragments, variables and directives."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_non_null_type,
)

DEEPEST = 3
DEEPEST_FILTER = 3
MOST_LISTS = 6
MOST_ALIASES = 12
# A cursor is opaque, the matcher has its own oracle, and a place on the map its own test.
UNGUESSABLE = {
    "cursor",
    "endCursor",
    "similarTo",
    "likelyServices",
    "likelySkills",
    "weighed",
    "search",
    "x",
    "y",
}
WORDS = ["a", "e", "me", "Meals", "School", "North", "zz", "free meals", "expert", "public"]
DATES = ["2026-06-01", "2026-11-24", "2027-03-31", "2020-01-01"]
INSTANTS = ["2026-11-24T12:00:00.000Z", "2026-11-01", "2027-01-01T00:00:00.000Z"]


class Name(str):
    """A value of an enumeration, which stands in a document without quotes."""

    __slots__ = ()


def literal(value: Any) -> str:
    match value:
        case Name():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{k}: {literal(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case _:
            return json.dumps(value)


@dataclass
class Operation:
    text: str
    variables: dict[str, Any]


@dataclass
class Maker:
    """Makes operations; the same choices make the same ones."""

    schema: GraphQLSchema
    random: Random
    ids: dict[str, list[str]]
    lists: int = 0
    aliases: int = 0
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)

    def operation(self) -> Operation:
        query = self.schema.query_type
        names = [name for name in query.fields if name not in UNGUESSABLE]
        chosen = self.random.sample(names, self.random.randint(1, 2))
        parts = [self.field(query, name, f"a{at}", 0) for at, name in enumerate(chosen)]
        if self.chance(0.2):
            parts.append(self.field(query, chosen[0], "twice", 0))
        head = f"query Made({', '.join(self.declared)}) " if self.declared else ""
        text = head + "{ " + " ".join(parts) + " }" + "".join(self.fragments)
        return Operation(text, self.variables)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def selection(self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        leaves, branches = [], []
        for name, found in kind.fields.items():
            if name not in UNGUESSABLE:
                leaf = is_leaf_type(get_named_type(found.type))
                (leaves if leaf else branches).append(name)
        few = self.random.sample(leaves, min(len(leaves), self.random.randint(1, 4)))
        parts = [self.field(kind, name, "", depth) for name in few]
        if not kind.name.endswith("Connection") or branches:
            parts += self.branches(kind, branches, depth)
        if self.chance(0.2):
            parts.append("__typename")
        return self.wrapped(kind, " ".join(parts) or "__typename", depth)

    def wrapped(self, kind: Any, chosen: str, depth: int) -> str:
        if isinstance(kind, GraphQLInterfaceType):
            nouns = self.random.sample(self.schema.get_possible_types(kind), 1)
            inner = [f"... on {one.name} {self.selection(one, depth)}" for one in nouns]
            return "{ __typename " + chosen + " " + " ".join(inner) + " }"
        if self.chance(0.15):
            return f"{{ ... on {kind.name} {{ {chosen} }} }}"
        if self.chance(0.1):
            name = f"F{len(self.fragments)}"
            self.fragments.append(f" fragment {name} on {kind.name} {{ {chosen} }}")
            return f"{{ ...{name} }}"
        return f"{{ {chosen} }}"

    def branches(self, kind: Any, names: list[str], depth: int) -> list[str]:
        wrapper = kind.name.endswith(("Connection", "Edge", "Facets"))
        if not names or (not wrapper and (depth >= DEEPEST or self.lists >= MOST_LISTS)):
            return []
        most = len(names) if wrapper else 2
        chosen = self.random.sample(names, min(len(names), self.random.randint(1, max(1, most))))
        return [self.field(kind, name, f"b{at}_{name}", depth) for at, name in enumerate(chosen)]

    def field(self, kind: Any, name: str, alias: str, depth: int) -> str:
        found = kind.fields[name]
        inner = get_named_type(found.type)
        text = name
        # Twins under one name must agree in their arguments: an alias keeps them apart.
        if alias and self.aliases < MOST_ALIASES:
            self.aliases += 1
            text = f"{alias}: {name}"
        text += self.arguments(name, found) + self.directive()
        if isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            wrapper = kind.name.endswith(("Connection", "Edge"))
            self.lists += inner.name.endswith("Connection") or kind.name.endswith("Facets")
            text += " " + self.selection(inner, depth if wrapper else depth + 1)
        return text

    def directive(self) -> str:
        if not self.chance(0.06):
            return ""
        word = self.random.choice(["include", "skip"])
        return f" @{word}(if: {self.given('Boolean!', self.chance(0.7))})"

    def given(self, kind: str, value: Any) -> str:
        """A value as it stands in the document: itself, or a variable."""
        if not self.chance(0.3):
            return literal(value)
        name = f"v{len(self.declared)}"
        self.declared.append(f"${name}: {kind}")
        self.variables[name] = value
        return f"${name}"

    def arguments(self, name: str, found: GraphQLField) -> str:
        given = []
        for argument, declared in found.args.items():
            if argument == "after":
                continue
            required = argument == "first" or is_non_null_type(declared.type)
            if required or self.chance(0.3):
                value = self.value(argument, declared.type, name)
                given.append(f"{argument}: {self.given(str(declared.type), value)}")
        return f"({', '.join(given)})" if given else ""

    def value(self, argument: str, kind: Any, of: str, depth: int = 0) -> Any:  # noqa: PLR0911
        bare = get_nullable_type(kind)
        if isinstance(bare, GraphQLList):
            return [self.value(argument, bare.of_type, of, depth) for _ in range(2)]
        if isinstance(bare, GraphQLEnumType):
            return Name(self.random.choice([*bare.values]))
        if isinstance(bare, GraphQLInputObjectType):
            return self.input(bare, of, depth)
        match bare.name:
            case "Int":
                return self.random.randint(1, 4)
            case "Float":
                return self.random.choice([0.1, 0.5, 0.95])
            case "Boolean":
                return self.chance(0.5)
            case "ID":
                return self.random.choice(self.ids[self.label(argument, of)])
            case "Date":
                return self.random.choice(DATES)
            case "Instant":
                return self.random.choice(INSTANTS)
            case _:
                return self.random.choice(WORDS)

    def input(self, kind: GraphQLInputObjectType, of: str, depth: int) -> dict[str, Any]:
        """A filter of some depth: empty ones and ones that say nothing are made as well."""
        names = [*kind.fields]
        if depth >= DEEPEST_FILTER:
            names = [n for n in names if is_leaf_type(get_named_type(kind.fields[n].type))]
        chosen = self.random.sample(names, min(len(names), self.random.randint(0, 2)))
        label = kind.name.removesuffix("Filter")
        inner = of if label == "Id" else label
        return {name: self.value("id", kind.fields[name].type, inner, depth + 1) for name in chosen}

    def label(self, argument: str, of: str) -> str:
        known = {"person": "practitioner", "node": self.random.choice([*self.ids])}
        name = of if argument == "id" else argument
        name = known.get(name, name).lower()
        return name if name in self.ids else self.random.choice([*self.ids])
