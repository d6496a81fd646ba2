"""Filters, said again in Python over what the oracle's own resolvers say of each node."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type

LOGIC = {"and", "or", "not", "text"}


@dataclass(frozen=True)
class Filter:
    oracle: Any
    schema: GraphQLSchema

    def parts(self, noun: str) -> dict[str, str]:
        kind = self.schema.type_map[f"{noun}Filter"]
        assert isinstance(kind, GraphQLInputObjectType)
        return {name: get_named_type(field.type).name for name, field in kind.fields.items()}

    def fits(self, noun: str, one: Any, given: dict[str, Any]) -> bool:
        return all(
            self.part(noun, one, name, value) for name, value in given.items() if value is not None
        )

    def part(self, noun: str, one: Any, name: str, value: Any) -> bool:
        if name not in LOGIC:
            return self.field(noun, one, name, value)
        if name == "text":
            return all(word in (one.node.searchText or "") for word in value.lower().split())
        if name == "not":
            return not self.speaks(noun, value) or not self.fits(noun, one, value)
        if name == "and":
            return all(self.fits(noun, one, part) for part in value)
        spoken = [part for part in value if self.speaks(noun, part)]
        if value and not spoken:
            return True
        return any(self.fits(noun, one, part) for part in spoken)

    def field(self, noun: str, one: Any, name: str, value: Any) -> bool:
        kind = self.parts(noun)[name]
        if kind.endswith("Relation"):
            return self.relation(kind.removesuffix("Relation"), noun, one, name, value)
        far = kind.removesuffix("Filter")
        found = self.oracle.value(noun, name, one)
        if self.is_noun(far):
            return self.fits(far, found, value)
        if not isinstance(value, dict):
            return found is not None and found == value
        return all(holds(found, test, one) for test, one in value.items() if one is not None)

    def relation(self, far: str, noun: str, one: Any, name: str, value: dict[str, Any]) -> bool:
        reached = self.reached(noun, one, name)
        ends = reached if isinstance(reached, list) else [reached] if reached else []
        seen = [end for end in ends if self.oracle.sees(end.node)]
        held = []
        for how, inner in value.items():
            if inner is None:
                continue
            if how == "exists":
                held.append(bool(seen) is inner)
            elif self.speaks(far, inner):
                held.append(any(self.fits(far, end, inner) for end in seen) is (how == "some"))
        return all(held)

    def reached(self, noun: str, one: Any, name: str) -> Any:
        """What a field leads to; where it shows the first of several, a filter asks them all."""
        match noun, name:
            case "Proposal", "theirs":
                return self.oracle.Proposal_others(one)
            case "Proposal", "match":
                return self.oracle.any_match(one)
        return self.oracle.value(noun, name, one, {})

    def is_noun(self, name: str) -> bool:
        return isinstance(self.schema.type_map.get(name), GraphQLObjectType)

    def speaks(self, noun: str, given: dict[str, Any]) -> bool:
        """Whether a filter says anything: one with fields, and no value in any, does not."""
        return not given or any(
            value is not None and self.says(noun, name, value) for name, value in given.items()
        )

    def says(self, noun: str, name: str, value: Any) -> bool:
        if name in {"and", "or"}:
            return any(self.speaks(noun, part) for part in value)
        if name == "not":
            return self.speaks(noun, value)
        kind = self.parts(noun)[name]
        if kind.endswith("Relation"):
            far = kind.removesuffix("Relation")
            parts = {how: part for how, part in value.items() if part is not None}
            return any(how == "exists" or self.speaks(far, part) for how, part in parts.items())
        far = kind.removesuffix("Filter")
        if self.is_noun(far):
            return self.speaks(far, value)
        return not isinstance(value, dict) or any(part is not None for part in value.values())


def holds(found: Any, test: str, wanted: Any) -> bool:
    if test == "isKnown":
        return (found is not None) is wanted
    if found is None:
        return False
    return {
        "equals": lambda: found == wanted,
        "in": lambda: found in wanted,
        "from": lambda: found >= wanted,
        "until": lambda: found <= wanted,
        "contains": lambda: wanted.lower() in found.lower(),
        "startsWith": lambda: found.lower().startswith(wanted.lower()),
        "includes": lambda: wanted in found,
    }[test]()
