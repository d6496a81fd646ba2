"""Reads the variables of an operation from what a browser sent: path, query string, form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import MultiDict

from frontend.documents import Operation, Variable
from frontend.language import _

YES = {"true", "on", "yes", "1"}
NO = {"false", "off", "no", "0"}


class NotUnderstood(ValueError):
    """A value that no form of ours can have sent; the message is a sentence for its reader."""


@dataclass(frozen=True, slots=True)
class Read:
    """An operation's variables, and the names of required ones that were left out."""

    variables: Mapping[str, object]
    missing: tuple[str, ...]


def read(operation: Operation, sent: MultiDict) -> Read:
    """Every declared variable that was sent, as its type; anything else sent is ignored."""
    variables: dict[str, object] = {}
    missing: list[str] = []
    for variable in operation.variables:
        value = _value(variable, sent.getlist(variable.name))
        if value is not None:
            variables[variable.name] = value
        elif variable.is_required:
            missing.append(variable.name)
    return Read(variables, tuple(missing))


def _value(variable: Variable, texts: Iterable[str]) -> object:
    values = [_one(variable, text) for text in texts]
    if variable.is_list:
        return [value for value in values if value is not None]
    # the last one counts: a form's field comes after the address it was sent to
    given = values[-1] if values else None
    return variable.default if given is None else given


def _one(variable: Variable, text: str) -> object:
    if variable.kind == "String":
        # line ends travel as CRLF in forms; blank is an answer only where one is required
        text = text.replace("\r\n", "\n").replace("\x00", "").strip()
        return text if text or variable.is_required else None
    text = text.strip()
    if not text:
        return None
    return _READERS.get(variable.kind, _as_written)(variable.name, text)


def _as_written(_name: str, text: str) -> object:
    """Identifiers, and enum values, which GraphQL checks."""
    return text


def _whole_number(name: str, text: str) -> object:
    try:
        number = int(text)
    except ValueError:
        message = _("“%(name)s” must be a whole number, such as 20.") % {"name": name}
        raise NotUnderstood(message) from None
    if abs(number) >= 2**31:
        message = _("“%(name)s” is too large a number.") % {"name": name}
        raise NotUnderstood(message)
    return number


def _number(name: str, text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        message = _("“%(name)s” must be a number, such as 0.5.") % {"name": name}
        raise NotUnderstood(message)
    return number


def _yes_or_no(name: str, text: str) -> object:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    message = _("“%(name)s” must be yes or no.") % {"name": name}
    raise NotUnderstood(message)


_READERS: Mapping[str, Callable[[str, str], object]] = {
    "Int": _whole_number,
    "Float": _number,
    "Boolean": _yes_or_no,
}
