"""Operations made at random from the schema: any field, any argument, aliases and fragments too."""

from random import Random

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

DEEPEST = 3
MOST_LISTS = 6
UNGUESSABLE = {
    "cursor",
    "endCursor",
    "similarTo",
}  # a cursor is opaque; the matcher has its own oracle


class Maker:
    """Makes operations; the same seed makes the same ones."""

    def __init__(self, schema: GraphQLSchema, seed: int, ids: dict[str, list[str]]) -> None:
        self.schema = schema
        self.random = Random(seed)
        self.ids = ids
        self.lists = 0

    def operation(self) -> str:
        query = self.schema.query_type
        names = [name for name in query.fields if name not in UNGUESSABLE]
        chosen = self.random.sample(names, self.random.randint(1, 2))
        parts = [self.field(query, name, f"a{at}", 0) for at, name in enumerate(chosen)]
        return "{ " + " ".join(parts) + " }"

    def selection(self, kind: GraphQLObjectType, depth: int) -> str:
        leaves, branches = [], []
        for name, field in kind.fields.items():
            if name in UNGUESSABLE:
                continue
            (leaves if is_leaf_type(get_named_type(field.type)) else branches).append(name)
        few = self.random.sample(leaves, min(len(leaves), self.random.randint(1, 4)))
        parts = [self.field(kind, name, "", depth) for name in few]
        if not kind.name.endswith("Connection") or branches:
            parts += self.branches(kind, branches, depth)
        if self.random.random() < 0.2:
            parts.append("__typename")
        chosen = " ".join(parts) or "__typename"
        if self.random.random() < 0.2:
            return f"{{ ... on {kind.name} {{ {chosen} }} }}"
        return f"{{ {chosen} }}"

    def branches(self, kind: GraphQLObjectType, names: list[str], depth: int) -> list[str]:
        wrapper = kind.name.endswith(("Connection", "Edge"))
        if not wrapper and (depth >= DEEPEST or self.lists >= MOST_LISTS):
            return []
        most = len(names) if wrapper else 2
        chosen = self.random.sample(names, min(len(names), self.random.randint(1, max(1, most))))
        return [self.field(kind, name, f"b{at}_{name}", depth) for at, name in enumerate(chosen)]

    def field(self, kind: GraphQLObjectType, name: str, alias: str, depth: int) -> str:
        field = kind.fields[name]
        inner = get_named_type(field.type)
        text = f"{alias}: {name}" if alias and self.random.random() < 0.9 else name
        text += self.arguments(kind, name, field)
        if isinstance(inner, GraphQLObjectType):
            wrapper = kind.name.endswith(("Connection", "Edge"))
            self.lists += inner.name.endswith("Connection")
            text += " " + self.selection(inner, depth if wrapper else depth + 1)
        return text

    def arguments(self, kind: GraphQLObjectType, name: str, field: GraphQLField) -> str:
        given = []
        for argument, declared in field.args.items():
            if argument == "after":
                continue
            required = argument in {"first", "id"}
            if required or self.random.random() < 0.3:
                given.append(f"{argument}: {self.value(argument, declared.type, kind, name)}")
        return f"({', '.join(given)})" if given else ""

    def value(self, argument: str, kind: object, owner: GraphQLObjectType, field: str) -> str:
        bare = get_nullable_type(kind)
        if isinstance(bare, GraphQLList):
            chosen = [self.value(argument, bare.of_type, owner, field) for _ in range(2)]
            return f"[{', '.join(chosen)}]"
        if isinstance(bare, GraphQLEnumType):
            return self.random.choice([*bare.values])
        match bare.name:
            case "Int":
                return str(self.random.randint(1, 4))
            case "Boolean":
                return self.random.choice(["true", "false"])
            case "ID":
                return f'"{self.random.choice(self.ids[self.label(argument, field)])}"'
            case _:
                return f'"{self.random.choice(["a", "e", "me", "Meals", "North", "zz"])}"'

    def label(self, argument: str, field: str) -> str:
        known = {"lead": "council", "person": "practitioner", "ids": "service"}
        name = field if argument == "id" else argument
        return known.get(name, name)
