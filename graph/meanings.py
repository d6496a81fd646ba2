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
    """What Cypher says of `this`; one that engines plan too slowly in a filter is not filtered by."""

    cypher: str
    rule: str | None = None
    in_filters: bool = True


@dataclass(frozen=True, slots=True)
class Far:
    """The node itself, seen from a type that also speaks of the relationship to it."""

    type: str


@dataclass(frozen=True, slots=True)
class One:
    """The node that a pattern reaches; the first by `order`, where it may reach several."""

    pattern: str
    type: str
    where: str | None = None
    order: str = ""
    hops: int = 1


@dataclass(frozen=True, slots=True)
class Many:
    """A Relay connection, filtered, ordered and counted by groups as its type allows.

    `order` names one of the orders of its type, the first of them if it is empty; `filters` are
    the arguments that this one list has beyond those of every list.
    """

    pattern: str
    type: str
    order: str = ""
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
    """What was found beside the graph, handed over as a parameter of rows; `rel` is the row."""

    type: str
    found: str = "$hits"


@dataclass(frozen=True, slots=True)
class Finds:
    """What the finder found, handed over as rows (`$found`) and counts.

    `nouns` are the types by the fields that show them; ids tell of which noun a row is.
    """

    nouns: Mapping[str, str]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a question of its own brings, each a map of the columns that were asked for.

    `cypher` ends where `RETURN` would stand.
    """

    cypher: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Arrays:
    """Parallel arrays: its fields are what is made, beside the graph, of the rows of the tables."""

    tables: Mapping[str, Table]
    fields: tuple[str, ...]
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """An object that is no node; each field is an expression, a list or a table.

    `arguments` are those of the root field; its patterns and expressions call them `arg_name`.
    """

    fields: "Mapping[str, str | Many | Table | Rows]"
    arguments: tuple[str, ...] = ()


Meaning = Property | Expression | Far | One | Many | Few | Rows | Hits | Finds | Facts | Arrays


@dataclass(frozen=True, slots=True)
class Order:
    """What a list may be ordered by: an expression that is never null, so that a cursor holds."""

    cypher: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The groups of a list: by an expression over `this`, or by the nodes that a pattern reaches.

    Where `of` names a type, `far` is its node: the one whose id is `by`, or the one that `pattern`
    reaches; `value` and `label` then speak of it, and who may not see it is told of no such group.
    Grouping by an id that stands on the node before anything is matched keeps a large list cheap.
    """

    by: str = ""
    each: str = ""
    pattern: str = ""
    of: str = ""
    value: str = ""
    label: str = "null"


@dataclass(frozen=True, slots=True)
class Type:
    """A GraphQL object type: the label of its node, who may see it, and its fields.

    A type without `visible` is never matched: the compiler refuses it. `text` is what the filter
    of that name looks through: lower case, or whatever it is compared with.
    """

    label: str
    visible: str | None
    fields: Mapping[str, Meaning]
    orders: Mapping[str, Order] = field(default_factory=dict)
    facets: Mapping[str, Facet] = field(default_factory=dict)
    text: str | None = None
