"""POST /graphql: JSON in, JSON out, and a clean refusal for every other body."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from backend.allowances import Allowances, Left, Spent, TooMuch
from backend.product import Product
from backend.schema import printed
from backend.schema.asking import Terms, reply
from backend.schema.refusals import bad_input, come_back_later
from backend.sessions import Signed

LARGEST_BODY = 32 * 1024
SECONDS = 5.0
STATUSES = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "TOO_MANY_REQUESTS": 429,
    "TOO_BUSY": 503,
}


class BadBody(ValueError):
    """The message says what to send instead."""


def answer(status: int, content: Any, **headers: str) -> Response:
    return Response(orjson.dumps(content), status, headers, media_type="application/json")


def refused(status: int, message: str, code: str = "BAD_USER_INPUT", **headers: str) -> Response:
    errors = [{"message": message, "extensions": {"code": code}}]
    return answer(status, {"errors": errors}, **headers)


async def body(request: Request) -> bytes:
    """Read the body, up to what a question may weigh.

    Raises:
        BadBody: it is too large.
    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            message = f"Send at most {LARGEST_BODY // 1024} kB."
            raise BadBody(message)
        parts.append(part)
    return b"".join(parts)


def question(raw: bytes) -> tuple[str, dict[str, Any], str | None]:
    """Take a body apart into document, variables and operation name.

    Raises:
        BadBody: it is not a GraphQL request.
    """
    try:
        sent = orjson.loads(raw)
    except orjson.JSONDecodeError as problem:
        message = "Send JSON: an object with a query."
        raise BadBody(message) from problem
    match sent:
        case {"query": str(document)}:
            pass
        case _:
            message = 'Send an object with a query, such as {"query": "{ me { name } }"}.'
            raise BadBody(message)
    variables = sent.get("variables")
    name = sent.get("operationName")
    if variables is not None and not isinstance(variables, dict):
        message = "Send variables as an object."
        raise BadBody(message)
    if name is not None and not isinstance(name, str):
        message = "Send operationName as text."
        raise BadBody(message)
    return document, variables or {}, name


async def sdl(_: Request) -> Response:
    """The schema as text: what it says is in the public repository too."""
    return PlainTextResponse(printed(), headers={"Cache-Control": "no-cache"})


async def graphql(request: Request) -> Response:
    """Answer one question of a script or of somebody signed in."""
    if request.method != "POST":
        return refused(405, "Send a POST with JSON. See /how-to-ask.", Allow="POST")
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        return refused(415, "Send application/json.")
    signed: Signed = request.state.signed
    if signed.key == "unknown token":
        message = "That token is unknown or has ended. Make a new one on /account/tokens."
        return refused(401, message, "UNAUTHENTICATED", **{"WWW-Authenticate": "Bearer"})
    try:
        document, variables, name = question(await body(request))
    except BadBody as problem:
        return refused(413 if "at most" in str(problem) else 400, str(problem))
    product: Product = request.app.state.product
    spent = purse(request)
    found = await reply(
        product, signed.viewer, document, variables, name, terms=Terms(spent.spend, SECONDS)
    )
    status = status_of(found)
    return answer(status, found | spent.extensions, **spent.headers, **retry(found, status))


@dataclass(slots=True)
class Purse:
    """What one caller spends on one question, and what is then told of it."""

    allowances: Allowances
    signed: Signed
    address: str
    left: Left | None = None

    def spend(self, points: int) -> None:
        """Pay for a question.

        Raises:
            GraphQLError: there is too little left.
        """
        viewer = self.signed.viewer
        caller = viewer.id or self.address
        try:
            self.left = self.allowances.spend(caller, points, signed_in=viewer.is_signed_in)
        except Spent as problem:
            raise come_back_later(problem.seconds) from problem
        except TooMuch as problem:
            message = f"This costs {points:,} points, and you may spend {problem.limit:,} a minute."
            raise bad_input(message) from problem

    @property
    def extensions(self) -> dict[str, Any]:
        if self.left is None:
            return {}
        told = {"points": self.left.points, "limit": self.left.limit, "left": self.left.left}
        return {"extensions": {"cost": told}}

    @property
    def headers(self) -> dict[str, str]:
        headers = {"Cache-Control": "no-store"}
        if self.left is None:
            return headers
        return headers | {
            "Tandem-Cost": str(self.left.points),
            "RateLimit-Limit": str(self.left.limit),
            "RateLimit-Remaining": str(self.left.left),
            "RateLimit-Reset": str(self.left.seconds),
        }


def purse(request: Request) -> Purse:
    """The allowance of whoever sent a request."""
    address = request.client.host if request.client else ""
    return Purse(request.app.state.allowances, request.state.signed, address)


def retry(found: dict[str, Any], status: int) -> dict[str, str]:
    """When to come back, of a refusal that passes with time."""
    if status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return {}
    return {"Retry-After": str(found["errors"][0]["extensions"].get("retryAfter", 5))}


def status_of(found: dict[str, Any]) -> int:
    """A question that could not be asked at all is a 400; one that was asked is a 200.

    Except where nothing came of it, for a reason that HTTP has a number for.
    """
    data, errors = found.get("data"), found.get("errors")
    if not errors or any(value is not None for value in (data or {}).values()):
        return 200
    code = errors[0].get("extensions", {}).get("code")
    return STATUSES.get(code, 200 if "data" in found else 400)
