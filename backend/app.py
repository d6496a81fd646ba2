"""The composition root of the site: routes, middleware and what runs beside them; no logic."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend import api, digest, introducing, sign_in
from backend.allowances import Allowances
from backend.demo_provider import CLIENT, DemoProvider
from backend.mail import Mailbox, Post
from backend.mailbox_pages import MailboxPages
from backend.mistakes import Mistake
from backend.product import Product
from backend.schema.asking import OWN, Terms, reply
from backend.security import Security, protection
from backend.sessions import Sessions, Signed
from backend.settings import Settings
from frontend import DOWNLOADS, Answer, Frame, Question, error_page, site
from graph.connection import is_away

log = logging.getLogger(__name__)

FOLLOW_SECONDS = 1.0  # others' changes are found within twice this
SWEEP_SECONDS = 60.0
KEEP_SECONDS = 300.0
SIGN_IN_SECONDS = 600
AWAY = 503
SAID = {
    500: "Something went wrong on our side. It has been written down.",
    AWAY: "The graph cannot be reached just now. Try again in a minute.",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a site is made of besides its product; the demo adds its mailbox."""

    settings: Settings
    post: Post | None = None
    mailbox: Mailbox | None = None
    providers: list[sign_in.Provider] = field(default_factory=list)


async def ask(question: Question, request: Request) -> Answer:
    """Answer a page as whoever is signed in; a download costs what it would cost a script."""
    signed: Signed = request.state.signed
    found = await reply(
        request.app.state.product,
        signed.viewer,
        question.document,
        question.variables,
        question.operation,
        terms=Terms(api.purse(request).spend) if request.url.path in DOWNLOADS else OWN,
    )
    return Answer(found.get("data"), tuple(found.get("errors", ())))


def frames(product: Product, address: str) -> Callable[[Request], Frame]:
    def frame_of(request: Request) -> Frame:
        signed: Signed = request.state.signed
        return Frame(
            demo=product.demo,
            signed_in=signed.viewer.is_signed_in,
            csrf=signed.csrf,
            nonce=request.state.nonce,
            today=product.today,
            base_url=address,
        )

    return frame_of


async def livez(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def readyz(request: Request) -> Response:
    product: Product = request.app.state.product
    if await product.graph.answers():
        return PlainTextResponse("ready\n")
    return PlainTextResponse("the graph cannot be reached\n", 503, {"Retry-After": "5"})


def created(product: Product, parts: Parts) -> Starlette:
    """Put a site together."""
    frame_of = frames(product, parts.settings.address)
    routes, providers = demo_routes(product, parts, frame_of)
    signing = sign_in.SignIn(providers, parts.settings, frame_of)
    app = Starlette(
        routes=[
            Route("/livez", livez),
            Route("/readyz", readyz),
            Route("/graphql", api.graphql, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
            Route("/schema.graphql", api.sdl),
            *signing.routes(),
            *routes,
            *site(ask, frame_of),
        ],
        middleware=middleware(parts.settings),
        exception_handlers=handlers(frame_of, is_secure=parts.settings.is_secure),
        lifespan=beside(product, parts),
    )
    app.state.product = product
    app.state.allowances = Allowances(parts.settings.allowance)
    return app


def demo_routes(
    product: Product, parts: Parts, frame_of: Callable[[Request], Frame]
) -> tuple[list[BaseRoute], list[sign_in.Provider]]:
    """The demo's own pages and sign-in; elsewhere there are none."""
    if not product.demo or parts.mailbox is None:
        return [], [*parts.providers, *sign_in.of_settings(parts.settings)]
    provider = DemoProvider(parts.settings.address, frame_of, product.demo)
    back = Starlette(routes=provider.back_routes())
    way = sign_in.Provider(
        key="demo",
        name="an invented account",
        issuer=provider.issuer,
        client_id=CLIENT,
        client_secret=provider.secret,
        transport=httpx2.ASGITransport(app=back),
        hint="Pick one of the invented people. There is no password.",
    )
    pages = MailboxPages(parts.mailbox, frame_of)
    return [*provider.front_routes(), *pages.routes()], [way, *parts.providers]


def middleware(settings: Settings) -> list[Middleware]:
    secure = settings.is_secure
    return [
        Middleware(Security, base_url=settings.address),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(
            SessionMiddleware,
            secret_key=settings.session_secret.get_secret_value() or secrets.token_urlsafe(32),
            session_cookie="__Host-tandem-sign-in" if secure else "tandem-sign-in",
            max_age=SIGN_IN_SECONDS,
            same_site="lax",
            https_only=secure,
        ),
        Middleware(Sessions, secure=secure),
    ]


def handlers(frame_of: Callable[[Request], Frame], *, is_secure: bool) -> dict[Any, Any]:
    async def http_error(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        if request.url.path == "/graphql":
            return JSONResponse({"errors": [{"message": "Not served."}]}, status)
        return error_page(request, frame_of(request), status)

    async def anything(request: Request, problem: Exception) -> Response:
        status = AWAY if is_away(problem) else 500
        log.error("the graph is away" if status == AWAY else "unexpected", exc_info=problem)
        answer = (
            JSONResponse({"errors": [{"message": SAID[status]}]}, status)
            if request.url.path == "/graphql"
            else error_page(request, frame_of(request), status)
        )
        # Starlette answers these outside of all middleware.
        answer.headers.update(protection(request.state.nonce, secure=is_secure))
        return answer

    return {HTTPException: http_error, Exception: anything}


def beside(
    product: Product, parts: Parts
) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    """What runs beside requests: following the change feed, keeping the index, posting introductions."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(follow(product)), asyncio.create_task(keep(product))]
        if parts.post:
            tasks.append(asyncio.create_task(introduce(product, parts.post)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await kept(product)

    return lifespan


async def follow(product: Product) -> None:
    while True:
        await asyncio.sleep(FOLLOW_SECONDS)
        try:
            await product.index.follow(product)
        except Exception:
            log.exception("the change feed could not be read; trying again")


async def keep(product: Product) -> None:
    """Keep the index in its file now and then, so that a site that dies starts warm too."""
    while True:
        await asyncio.sleep(KEEP_SECONDS)
        await kept(product)


async def kept(product: Product) -> None:
    try:
        await product.index.keep(product)
    except Exception:
        log.exception("the index could not be kept")


async def introduce(product: Product, post: Post) -> None:
    """Post introduction letters as soon as two have said yes.

    Of what another process planned or opened no event tells, so it is looked for every minute too.
    """
    while True:
        try:
            await introducing.catch_up(product)
            await digest.introductions(product, post)
        except Mistake as problem:
            log.warning("introductions wait: %s", problem)
        except Exception:
            log.exception("introductions wait")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(product.introduced.wait(), SWEEP_SECONDS)
        product.introduced.clear()
