"""Refusals: errors that carry a code, so that a page or a script knows what to do."""

import re
from typing import Any

from graphql import GraphQLError

HINT = re.compile(r" Did you mean .*\?")

NOT_FOUND = "NOT_FOUND"
FORBIDDEN = "FORBIDDEN"
UNAUTHENTICATED = "UNAUTHENTICATED"
BAD_USER_INPUT = "BAD_USER_INPUT"
TOO_BUSY = "TOO_BUSY"
TOO_MANY = "TOO_MANY_REQUESTS"


def refusal(code: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})


def formatted(problem: GraphQLError) -> dict[str, Any]:
    """An error as it travels; what graphql-core finds wrong is the caller's to mend too."""
    return {**problem.formatted, "extensions": problem.extensions or {"code": BAD_USER_INPUT}}


def without_hints(error: dict[str, Any]) -> dict[str, Any]:
    """The same error, telling nothing of the schema to those who may not read it."""
    return {**error, "message": HINT.sub("", error["message"])}


def bad_input(message: str, path: list[str | int] | None = None) -> GraphQLError:
    return GraphQLError(message, path=path, extensions={"code": BAD_USER_INPUT})


def sign_in_first(instead: str = "") -> GraphQLError:
    return refusal(UNAUTHENTICATED, f"Sign in first.{instead}")


def not_yours(message: str = "That is not yours to do.") -> GraphQLError:
    return refusal(FORBIDDEN, message)


def come_back_later(seconds: int) -> GraphQLError:
    message = f"Your allowance of points is spent. Ask again in {seconds} seconds."
    return GraphQLError(message, extensions={"code": TOO_MANY, "retryAfter": seconds})


def not_there(what: str) -> GraphQLError:
    return refusal(NOT_FOUND, f"There is no such {what}, or you may not see it.")
