"""The demo's OpenID provider: pick an invented person, no password.

A real provider in miniature (discovery, PKCE, client secret, exact redirect, single-use codes), so
that the demo's sign-in is the product's own. It refuses to be made outside the demo or anywhere
but on loopback.
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.mistakes import Mistake
from backend.product import Product
from backend.sign_in import FrameOf
from frontend import error_page, rendered
from graph import people

CODE_SECONDS = 60
CLIENT = "tandem-demo"


def is_loopback(host: str) -> bool:
    """Tell this machine's own address; a name that is not `localhost` may lead anywhere."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Code:
    person: dict[str, Any]
    challenge: str
    nonce: str
    redirect: str
    ends: float


@dataclass(slots=True)
class DemoProvider:
    base_url: str
    frame_of: FrameOf
    demo: bool
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "demo"}))
    codes: dict[str, Code] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.demo or not is_loopback(urlsplit(self.base_url).hostname or ""):
            message = "The demo sign-in runs only in ./tandem demo, on this machine's own address."
            raise Mistake(message)

    @property
    def issuer(self) -> str:
        return f"{self.base_url}/demo-sign-in"

    @property
    def callback(self) -> str:
        return f"{self.base_url}/sign-in/demo/callback"

    def front_routes(self) -> list[Route]:
        return [
            Route("/demo-sign-in/authorize", self.authorize, methods=["GET", "POST"]),
        ]

    def back_routes(self) -> list[Route]:
        """What only the site itself calls, in process: no second port, no call over a socket."""
        return [
            Route("/demo-sign-in/.well-known/openid-configuration", self.discovery),
            Route("/demo-sign-in/token", self.token, methods=["POST"]),
            Route("/demo-sign-in/keys", self.keys),
        ]

    async def discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """Show the invented people, or go back with a code for the one who was picked."""
        asked = request.query_params
        frame = self.frame_of(request)
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != self.callback:
            return error_page(request, frame, 400, "This sign-in was not started by this site.")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return error_page(request, frame, 400, "This sign-in lacks its proof key.")
        product: Product = request.app.state.product
        everybody = await product.graph.read(people.personas)
        for one in everybody:
            one["line"] = one["about"]
        if request.method == "GET":
            context = {"groups": groups(everybody), "action": str(request.url), "hidden": {}}
            return rendered(request, frame, "personas.html", context)
        form = await request.form()
        chosen = next((one for one in everybody if one["id"] == form.get("person")), None)
        if chosen is None:
            return error_page(request, frame, 400, "Pick one of the people on the list.")
        return self.back_with_code(asked, chosen)

    def back_with_code(self, asked: Any, person: dict[str, Any]) -> Response:
        now = time.monotonic()
        self.codes = {code: one for code, one in self.codes.items() if one.ends > now}
        code = secrets.token_urlsafe(24)
        self.codes[code] = Code(
            person=person,
            challenge=asked["code_challenge"],
            nonce=asked.get("nonce", ""),
            redirect=asked["redirect_uri"],
            ends=now + CODE_SECONDS,
        )
        back = {"code": code, "state": asked.get("state", ""), "iss": self.issuer}
        return RedirectResponse(f"{self.callback}?{urlencode(back)}", 303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        if not self.is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        code = self.codes.pop(str(form.get("code")), None)
        if code is None or not is_proved(code, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {
                "access_token": secrets.token_urlsafe(24),
                "token_type": "Bearer",
                "expires_in": CODE_SECONDS,
                "id_token": self.id_token(code),
            }
        )

    def is_client(self, request: Request, form: Any) -> bool:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            given = base64.b64encode(
                f"{form.get('client_id')}:{form.get('client_secret')}".encode()
            ).decode()
        wanted = base64.b64encode(f"{CLIENT}:{self.secret}".encode()).decode()
        return hmac.compare_digest(given, wanted)

    def id_token(self, code: Code) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": code.person["id"],
            "email": code.person["email"],
            "email_verified": True,
            "name": code.person["name"],
            "nonce": code.nonce,
            "iat": now,
            "exp": now + CODE_SECONDS,
        }
        return jwt.encode({"alg": "RS256", "kid": "demo"}, claims, self.key)


GROUPS = {
    "PRACTITIONER": "Practitioners",
    "COUNCIL_LEAD": "Council leads",
    "PROGRAMME_MANAGER": "Programme managers",
    "OPERATOR": "Operators",
}


def groups(everybody: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The invented people by role, those who look after projects first."""
    busiest = sorted(everybody, key=lambda one: (-one["projects"], one["name"]))
    return [
        {"title": title, "people": [one for one in busiest if one["role"] == role]}
        for role, title in GROUPS.items()
        if any(one["role"] == role for one in everybody)
    ]


def is_proved(code: Code, form: Any) -> bool:
    """Check the redirect, the age and the proof key of a code."""
    digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        code.ends > time.monotonic()
        and form.get("redirect_uri") == code.redirect
        and hmac.compare_digest(challenge, code.challenge)
    )
