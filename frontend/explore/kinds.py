"""The words in which a noun says what it can be asked: filters, columns, groups and orders.

A path leads through the filter of the schema (`lead.some.region`) or through its answer
(`lead.shortName`). All names that a document is made of stand in such declarations: nothing of an
address is ever written into one. A `?` in a path stands for `some` or `none`, as the filter that is
named like its first step says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# What an address says for what is not known, or not there.
NONE = "none"
SOME = "some"
YES = "yes"
NO = "no"


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of a text, anywhere."""

    name: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of an enumeration's values; `unsaid` lets one ask for what has none."""

    name: str
    label: str
    path: str
    type: str
    words: str
    values: tuple[str, ...]
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class AnyPlace:
    """Any of the values that the graph itself has, such as its regions."""

    name: str
    label: str
    path: str
    choices: str
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class OnePlace:
    """One of the values that the graph itself has."""

    name: str
    label: str
    path: str
    choices: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A level, or one above it."""

    name: str
    label: str
    path: str
    type: str
    words: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by words of its name, or by its id; `relation` lets one ask for there being none."""

    name: str
    label: str
    path: str
    noun: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One end of a range of days; `type` is Date, or Instant where the moment is kept."""

    name: str
    label: str
    path: str
    end: Literal["from", "until"]
    type: Literal["Date", "Instant"] = "Date"


@dataclass(frozen=True, slots=True)
class Number:
    name: str
    label: str
    path: str
    end: Literal["from", "until"]


@dataclass(frozen=True, slots=True)
class Truth:
    name: str
    label: str
    path: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Has:
    """Whether it has any; where other filters say what is meant, any like that."""

    name: str
    label: str
    path: str
    some: str
    none: str


Filter = Words | AnyOf | AnyPlace | OnePlace | AtLeast | Named | Day | Number | Truth | Has


@dataclass(frozen=True, slots=True)
class Group:
    """Filters that stand together on the page; one without a label always shows."""

    label: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: where its value is, what kind it is, and where it leads.

    `besides` are the other places of the answer that it reads: the ids of its link, or the levels
    that stand beside its names.
    """

    name: str
    label: str
    path: str
    kind: Literal["text", "word", "date", "number", "yes", "texts", "levels"] = "text"
    words: str = ""
    link: str = ""
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to count by groups; `filter` is what narrows the question to one of them.

    `nothing` is the filter that narrows it to the group of what is not known, if that is another.
    Groups that are steps of something stand `in_order`, others by their size.
    """

    name: str
    label: str
    filter: str
    words: str = ""
    nothing: str = ""
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What rows run by; `falls` if the largest, or latest, come first."""

    name: str
    label: str
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """What may be asked for: `name` in an address and in the schema, `type` in the schema alone."""

    name: str
    type: str
    label: str
    counted: tuple[str, str]
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    facets: tuple[Facet, ...]
    orders: tuple[Order, ...]
    chart: str
    council: str = ""  # the facet that names the councils of an answer, where it is not the nodes
    is_network: bool = False
    signed_in: bool = False
    filters: Mapping[str, Filter] = field(init=False)

    def __post_init__(self) -> None:
        found = {one.name: one for group in self.groups for one in group.filters}
        object.__setattr__(self, "filters", found)

    @property
    def splits(self) -> tuple[Facet, ...]:
        """The facets of few and known values, by which a count may be split a second time."""
        return tuple(one for one in self.facets if isinstance(self.filters[one.filter], AnyOf))
