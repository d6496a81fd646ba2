"""What passes between a page and whoever answers it: questions out, answers and the frame in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Question:
    """One operation of a GraphQL document, with its variables."""

    document: str
    operation: str | None
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What GraphQL said: errors have message, path and extensions.code."""

    data: dict[str, Any] | None
    errors: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one request is wrapped in."""

    demo: bool
    signed_in: bool
    csrf: str
    nonce: str
    today: date
    base_url: str


Ask = Callable[[Question, Request], Awaitable[Answer]]
AskAs = Callable[[Question, str], Awaitable[Answer]]
FrameOf = Callable[[Request], Frame]
