"""The words in which the model says what a GraphQL field means.

Cypher is written with five names that the compiler replaces by numbered ones: `this` (the node
that a field belongs to), `far` (the node that it reaches), `rel` (the relationship that reached
`this`), `near` (the node from which it was reached) and `arg` (the value of an argument, which
always travels as a parameter).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Property:
    """A stored property under the field's own name; `rule` hides it, as null, from others."""

    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    cypher: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Far:
    """The node itself, seen from a type that also speaks of the relationship to it."""

    type: str


@dataclass(frozen=True, slots=True)
class One:
    pattern: str
    type: str
    where: str | None = None
    hops: int = 1


@dataclass(frozen=True, slots=True)
class Many:
    """A Relay connection. `order` is one expression, made total by the id of `far`."""

    pattern: str
    type: str
    order: str = "far.sortName"
    descending: bool = False
    where: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    hops: int = 1


@dataclass(frozen=True, slots=True)
class Few:
    """A short plain list: never more than `most`, so it needs no paging."""

    pattern: str
    type: str
    order: str
    where: str | None = None
    most: int = 20
    hops: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of maps made from parallel arrays, for no engine stores nested lists."""

    over: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hits:
    """What the matcher found, handed over as rows (`$hits`); `rel` is the row."""

    type: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A root object that is no node; each field is an expression."""

    fields: Mapping[str, str]


Meaning = Property | Expression | Far | One | Many | Few | Rows | Hits | Facts


@dataclass(frozen=True, slots=True)
class Type:
    """A GraphQL object type: the label of its node, who may see it, and its fields.

    A type without `visible` is never matched: the compiler refuses it.
    """

    label: str
    visible: str | None
    fields: Mapping[str, Meaning]
