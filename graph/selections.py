"""What was asked for: the part of a GraphQL operation that a read needs to know."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PAGE = {"nodes", "edges", "pageInfo"}


@dataclass(slots=True)
class Selection:
    """One field of an operation, its fragments spread and its twins merged.

    `key` is the name in the reply; `type` the name of its GraphQL type without wrappers. The three
    flags say how the reply is shaped, for whoever writes it.
    """

    key: str
    field: str
    type: str
    arguments: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    children: list["Selection"] = dataclasses.field(default_factory=list)
    is_leaf: bool = False
    is_list: bool = False
    may_be_null: bool = True
    items_may_be_null: bool = True

    @property
    def brings_rows(self) -> bool:
        """Whether a connection is asked for its rows, and not only counted."""
        return any(one.field in PAGE for one in self.children)

    @property
    def is_plain_page(self) -> bool:
        """Whether a connection is asked for its nodes once, and for no cursor: then a row is a node."""
        parts = [one.field for one in self.children if one.field in PAGE]
        return parts == ["nodes"]

    def child(self, name: str) -> "Selection | None":
        """Find the first selection of a field by its own name."""
        return next((child for child in self.children if child.field == name), None)
