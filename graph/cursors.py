"""Cursors: where a list goes on, bound to the list that they were made for."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

FINGERPRINT = 12
LARGEST = 2**63 - 1  # no engine stores a larger whole number, and the driver sends none


class ForeignCursor(ValueError):
    """The cursor is not one of this list's: another field, order, filter, or made up."""


def fingerprint(field: str, arguments: Mapping[str, Any]) -> str:
    """Name a list by its field and its filters; the size of a page does not matter."""
    filters = {k: v for k, v in arguments.items() if k not in {"first", "after"} and v is not None}
    plain = orjson.dumps([field, filters], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(plain).hexdigest()[:FINGERPRINT]


def cursor(values: list[Any], mark: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([mark, *values])).decode()


def position(text: str, mark: str) -> tuple[Any, str]:
    """Read the order value and the id out of a cursor.

    Raises:
        ForeignCursor: it was not made for the list that `mark` names.
    """
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(text.encode()))
    except (binascii.Error, ValueError) as problem:
        raise ForeignCursor from problem
    match parts:
        case [str(found), value, str(key)] if found == mark and is_order_value(value):
            return value, key
    raise ForeignCursor


def is_order_value(value: Any) -> bool:
    """Tell what a list can be ordered by from what somebody made up."""
    match value:
        case bool():
            return False
        case int():
            return abs(value) <= LARGEST
        case _:
            return isinstance(value, str | float)
