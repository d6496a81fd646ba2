"""Answers as templates see them: a field that the document did not ask for is a loud mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class NotSelected(Exception):
    """A template read a field that its document does not select."""


class Selected:
    """One object of an answer. Not a dict, so that no method hides a field of the same name."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = {name: selected(value) for name, value in fields.items()}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._fields[name]
        except KeyError:
            raise NotSelected(self._explained(name)) from None

    def _explained(self, name: str) -> str:
        return f"the document selects no '{name}' here, only {', '.join(sorted(self._fields))}"


def selected(value: Any) -> Any:
    """The same answer, with every object in it strict."""
    if isinstance(value, Mapping):
        return Selected(value)
    if isinstance(value, list):
        return [selected(item) for item in value]
    return value
