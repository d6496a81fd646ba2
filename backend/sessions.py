"""Who is behind a request: an opaque cookie or token whose hash the graph knows."""

import hashlib
import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.product import NOBODY, Product, Viewer
from graph import people, tokens
from graph.times import later

IDLE_SECONDS = 12 * 3600
LONGEST_SECONDS = 7 * 24 * 3600
TOUCH_SECONDS = 300
NO_SESSION = ("/assets/", "/livez", "/readyz")


@dataclass(frozen=True, slots=True)
class Signed:
    """The viewer of a request and the token that their forms carry."""

    viewer: Viewer = NOBODY
    csrf: str = "anonymous"
    key: str = ""


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def cookie_name(*, secure: bool) -> str:
    return "__Host-tandem" if secure else "tandem"


class Sessions:
    """Puts `signed` into the state of each request."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.name = cookie_name(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            state = scope.setdefault("state", {})
            state["signed"] = Signed()
            if not scope["path"].startswith(NO_SESSION):
                state["signed"] = await self.signed(
                    scope["app"].state.product, Headers(scope=scope)
                )
        await self.app(scope, receive, send)

    async def signed(self, product: Product, headers: Headers) -> Signed:
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            return await of_token(product, token)
        # As browsers write them: one cookie that is odd leaves the others as they are.
        secret = cookie_parser(headers.get("cookie", "")).get(self.name)
        return await of_cookie(product, secret) if secret else Signed()


async def of_token(product: Product, token: str) -> Signed:
    key, now = hashed(token), product.now
    row = await product.graph.read(tokens.of_secret, hash=key, now=now)
    if row is None:
        return Signed(key="unknown token")
    if (row["usedAt"] or "") < later(now, -TOUCH_SECONDS):
        await product.graph.write(tokens.used, hash=key, now=now)
    return Signed(Viewer.of_token(row), key="token")


async def of_cookie(product: Product, secret: str) -> Signed:
    key, now = hashed(secret), product.now
    row = await product.graph.read(
        people.of_session, hash=key, now=now, idle_since=later(now, -IDLE_SECONDS)
    )
    if row is None:
        return Signed()
    if row["seenAt"] < later(now, -TOUCH_SECONDS):
        await product.graph.write(people.seen, hash=key, now=now)
    return Signed(Viewer.of(row), row["csrf"], key)


async def begin(
    product: Product, request: Request, person: str, response: Response, *, secure: bool
) -> None:
    """Start a session with a new secret, and end the one that the browser had before."""
    before: Signed = request.state.signed
    if before.key:
        await product.graph.write(people.end_session, hash=before.key)
    secret = secrets.token_urlsafe(32)
    now = product.now
    await product.graph.write(
        people.begin_session,
        hash=hashed(secret),
        person=person,
        csrf=secrets.token_urlsafe(24),
        now=now,
        ends=later(now, LONGEST_SECONDS),
    )
    response.set_cookie(
        cookie_name(secure=secure),
        secret,
        max_age=LONGEST_SECONDS,
        httponly=True,
        secure=secure,
        samesite="lax",
    )


async def end(product: Product, request: Request, response: Response, *, secure: bool) -> None:
    signed: Signed = request.state.signed
    if signed.key:
        await product.graph.write(people.end_session, hash=signed.key)
    response.delete_cookie(cookie_name(secure=secure), httponly=True, secure=secure, samesite="lax")
