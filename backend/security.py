"""Around every request: the headers that keep a page to itself, and who may change things.

Pure ASGI, since Starlette's base class for middleware breaks context variables and streaming.
"""

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = {"GET", "HEAD", "OPTIONS"}
HEALTH = {"/livez", "/readyz"}
POLICY = b"content-security-policy"
EDITOR = "/graphiql"
LARGEST_BODY = 4 * 1024 * 1024


def policy(nonce: str) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def editor_policy(nonce: str) -> str:
    """For the page of the GraphQL editor alone.

    It styles its lines as they are typed, draws its marks with a font of its own, and checks what
    is typed in workers.
    """
    own = {
        "style-src 'self'": "style-src 'self' 'unsafe-inline'",
        "font-src 'none'": "font-src data:",
    }
    site = [own.get(part, part) for part in policy(nonce).split("; ")]
    return "; ".join([*site, "worker-src 'self'"])


def protection(nonce: str, *, secure: bool) -> dict[str, str]:
    """The headers of every response."""
    return {"Content-Security-Policy": policy(nonce), **unchanging(secure=secure)}


def unchanging(*, secure: bool) -> dict[str, str]:
    """Those of them that are the same for all."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})


def letter_policy(base_url: str) -> str:
    """For a letter in its frame: its own inline styles, our mark, and nothing that runs."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"img-src data: {base_url}",
            "sandbox allow-popups allow-popups-to-escape-sandbox",
            "frame-ancestors 'self'",
        )
    )


def bounded(receive: Receive) -> Receive:
    """Refuse a body once it is larger than any form or question of ours, whatever it says it is."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return counted


class Security:
    def __init__(self, app: ASGIApp, *, base_url: str) -> None:
        self.app = app
        self.base_url = base_url
        self.host = urlsplit(base_url).netloc
        self.secure = base_url.startswith("https://")
        told = unchanging(secure=self.secure)
        self.fixed = [(name.lower().encode(), text.encode()) for name, text in told.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        refused = self.refusal(scope)
        own = editor_policy(nonce) if scope["path"] == EDITOR else policy(nonce)
        await (refused or self.app)(scope, bounded(receive), self.guarded(send, own))

    def refusal(self, scope: Scope) -> ASGIApp | None:
        """Send strangers' hosts to the right one, and refuse changes that another site asked for."""
        headers = Headers(scope=scope)
        if scope["path"] not in HEALTH and headers.get("host", "") != self.host:
            if scope["method"] in SAFE:
                query = (
                    f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
                )
                return RedirectResponse(f"{self.base_url}{Request(scope).url.path}{query}", 307)
            return PlainTextResponse(f"Use {self.base_url}.", 400)
        if scope["method"] not in SAFE and not is_own(headers, self.base_url):
            return PlainTextResponse("That request came from another site.", 403)
        return None

    def guarded(self, send: Send, own: str) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = [*message["headers"]]
                present = {name for name, _ in headers}
                headers += [pair for pair in self.fixed if pair[0] not in present]
                if POLICY not in present:
                    headers.append((POLICY, own.encode()))
            await send(message)

        return with_headers


def is_own(headers: Headers, base_url: str) -> bool:
    """Tell whether a browser says that the request is our own page's; no browser says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin == base_url
