"""Sign-in by OpenID Connect: code flow, PKCE, state and nonce, through Authlib.

What Authlib leaves open is closed here: the algorithms of an ID token are ours to list, the
discovered issuer must be the configured one, the audience is checked, and so is `iss` in the
callback (RFC 9207).
"""

import base64
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from backend import sessions
from backend.addresses import is_address
from backend.mistakes import Mistake
from backend.product import Product
from backend.settings import Settings
from frontend import Frame, error_page, rendered
from graph import people

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"]
ENTRA = "https://login.microsoftonline.com/"
TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FrameOf = Callable[[Request], Frame]


class NotTrusted(Exception):
    """The provider's answer is not one that we accept."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One way to sign in, each with a callback path of its own."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    tenants: Mapping[str, frozenset[str]] = field(default_factory=dict)
    domains: frozenset[str] = frozenset()
    transport: Any = None
    hint: str = ""

    @property
    def is_entra(self) -> bool:
        return self.issuer.startswith(ENTRA)

    def accepts(self, claims: Any, issuer: str) -> bool:
        """Check `iss`; Entra ID's is made from the tenant, which must be on our list."""
        if not self.is_entra:
            return issuer == self.issuer
        tenant = claims.get("tid", "")
        return (
            TENANT.fullmatch(tenant) is not None
            and tenant in self.tenants
            and issuer == f"{ENTRA}{tenant}/v2.0"
        )

    def identity(self, claims: Any) -> tuple[str, str, str]:
        """Return issuer, subject and a verified address, or an empty one."""
        if self.is_entra:
            return claims["iss"], claims.get("oid") or claims["sub"], self.entra_address(claims)
        return claims["iss"], claims["sub"], self.verified_address(claims)

    def entra_address(self, claims: Any) -> str:
        """An address of the tenant's own domains: what it says of others' proves nothing.

        Anybody can name any address in a tenant of their own. Entra ID vouches for an e-mail by
        `xms_edov` alone, and for the domain of a user name, which the tenant must own.
        """
        own = self.tenants.get(claims.get("tid", ""), frozenset())
        names = [claims.get("preferred_username")]
        names += [claims.get("email")] if is_true(claims.get("xms_edov")) else []
        return next((name for name in names if domain(name) in own), "")

    def verified_address(self, claims: Any) -> str:
        """An address that the provider has verified; of a Workspace, one of its own domain."""
        home = str(claims.get("hd", "")).casefold()
        if self.domains and home not in self.domains:
            message = "the account is not of a council on the list"
            raise NotTrusted(message)
        address = claims.get("email") if is_true(claims.get("email_verified")) else None
        is_at_home = not self.domains or domain(address) == home
        return address if address and is_at_home else ""


def is_true(claim: Any) -> bool:
    """Read a claim that some providers write as a word or a figure; "false" is a word too."""
    return claim in (True, "true", "1")


def domain(address: Any) -> str:
    """The domain of an address; nothing, of what is none."""
    is_one = isinstance(address, str) and is_address(address)
    return address.rpartition("@")[2].casefold() if is_one else ""


def listed(setting: str) -> list[str]:
    return [one for one in setting.casefold().replace(" ", "").split(",") if one]


def tenants(setting: str) -> dict[str, frozenset[str]]:
    """Read the tenants, each with the mail domains for which its word is taken.

    Raises:
        Mistake: one is no tenant's id, or names no domain.
    """
    found = {}
    for entry in listed(setting):
        tenant, _, owned = entry.partition("=")
        domains = frozenset(filter(None, owned.split("+")))
        if not TENANT.fullmatch(tenant) or not domains or not all(map(is_domain, domains)):
            message = (
                f"TANDEM_OIDC_TENANTS: {entry} is not a tenant with its mail domains. Write"
                " tenant-id=council.gov.uk, and + between several domains of one tenant."
            )
            raise Mistake(message)
        found[tenant] = domains
    return found


def is_domain(text: str) -> bool:
    return is_address(f"name@{text}")


def of_settings(settings: Settings) -> list[Provider]:
    """The configured way to sign in, if there is one.

    Raises:
        Mistake: the tenants are not written as they must be.
    """
    if not settings.oidc_issuer:
        return []
    return [
        Provider(
            key="council",
            name=settings.oidc_name,
            issuer=settings.oidc_issuer.rstrip("/"),
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            tenants=tenants(settings.oidc_tenants),
            domains=frozenset(listed(settings.oidc_domains)),
        )
    ]


def basic(client: Any, _: str, uri: str, headers: Any, body: Any) -> tuple[str, Any, Any]:
    """HTTP Basic with id and secret form-encoded, as RFC 6749 has it and Authlib does not."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return uri, headers, body


def registered(providers: list[Provider]) -> OAuth:
    oauth = OAuth()
    for provider in providers:
        extra = {"transport": provider.transport} if provider.transport else {"timeout": 5}
        oauth.register(
            provider.key,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": basic,
                **extra,
            },
        )
    return oauth


def inside(path: str | None) -> str:
    """Keep a wish for where to go next only if it is a path of this site."""
    try:
        parts = urlsplit(path or "")
    except ValueError:
        return "/my-work"
    plain = path and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if plain and path and not parts.netloc and "\\" not in path else "/my-work"


class SignIn:
    def __init__(self, providers: list[Provider], settings: Settings, frame_of: FrameOf) -> None:
        self.providers = {provider.key: provider for provider in providers}
        self.oauth = registered(providers)
        self.settings = settings
        self.frame_of = frame_of

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.choose),
            Route("/sign-in/{provider}", self.start),
            Route("/sign-in/{provider}/callback", self.finish, name="callback"),
            Route("/sign-out", self.sign_out, methods=["POST"]),
        ]

    async def choose(self, request: Request) -> Response:
        following = inside(request.query_params.get("next"))
        ways = [
            {
                "label": f"Sign in with {provider.name}",
                "href": f"/sign-in/{provider.key}?{urlencode({'next': following})}",
                "hint": provider.hint,
            }
            for provider in self.providers.values()
        ]
        context = {"ways": ways, "contact": self.settings.contact}
        return rendered(request, self.frame_of(request), "sign_in.html", context)

    async def start(self, request: Request) -> Response:
        """Send the browser to the provider; where to go afterwards waits in the state cookie."""
        provider = self.providers.get(request.path_params["provider"])
        if provider is None:
            return error_page(request, self.frame_of(request), 404)
        client = self.oauth.create_client(provider.key)
        request.session["next"] = inside(request.query_params.get("next"))
        callback = f"{self.settings.address}/sign-in/{provider.key}/callback"
        try:
            await self.checked_metadata(client, provider)
            response: Response = await client.authorize_redirect(request, callback)
        except (httpx2.HTTPError, NotTrusted, OAuthError, ValueError) as problem:
            log.warning("sign-in cannot start: %s", type(problem).__name__)
            message = f"{provider.name} cannot be reached just now. Try again in a minute."
            return error_page(request, self.frame_of(request), 503, message)
        return response

    async def checked_metadata(self, client: Any, provider: Provider) -> None:
        metadata = await client.load_server_metadata()
        found = metadata.get("issuer", "").rstrip("/")
        if not provider.is_entra and found != provider.issuer:
            message = "the discovered issuer is another one"
            raise NotTrusted(message)
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        allowed = [name for name in ALGORITHMS if name in offered]
        metadata["id_token_signing_alg_values_supported"] = allowed or ["RS256"]

    async def finish(self, request: Request) -> Response:
        provider = self.providers.get(request.path_params["provider"])
        if provider is None:
            return error_page(request, self.frame_of(request), 404)
        try:
            person = await self.person(request, provider)
        except (
            OAuthError,
            JoseError,
            NotTrusted,
            httpx2.HTTPError,
            KeyError,
            ValueError,
        ) as problem:
            log.warning("sign-in refused: %s", type(problem).__name__)
            message = "That sign-in did not finish. Start again from this site, in one window."
            return error_page(request, self.frame_of(request), 400, message)
        if person is None:
            message = (
                "Your account is known to your provider, but no council has added you to Tandem"
                f" yet. Ask {self.settings.contact}."
            )
            return error_page(request, self.frame_of(request), 403, message)
        return await self.welcome(request, person)

    async def person(self, request: Request, provider: Provider) -> dict[str, Any] | None:
        """Exchange the code and find the person of the identity.

        Raises:
            NotTrusted, OAuthError, JoseError: the answer is not one that we accept.
        """
        answered_by = request.query_params.get("iss")
        if answered_by is not None and not provider.is_entra and answered_by != provider.issuer:
            message = "the callback names another issuer"
            raise NotTrusted(message)
        client = self.oauth.create_client(provider.key)
        await self.checked_metadata(client, provider)
        token = await client.authorize_access_token(
            request, claims_options=claims_options(provider), leeway=30
        )
        claims = token.get("userinfo")
        if not claims:
            message = "no ID token came back"
            raise NotTrusted(message)
        if not provider.is_entra:
            claims = await completed(client, token, claims)
        issuer, subject, address = provider.identity(claims)
        product: Product = request.app.state.product
        return await product.graph.write(
            people.signed_in, issuer=issuer, subject=subject, email=address, now=product.now
        )

    async def welcome(self, request: Request, person: dict[str, Any]) -> Response:
        following = request.session.pop("next", None)
        product: Product = request.app.state.product
        target = inside(following) if person["welcomedAt"] else "/welcome"
        response = RedirectResponse(target, 303)
        await sessions.begin(
            product, request, person["id"], response, secure=self.settings.is_secure
        )
        return response

    async def sign_out(self, request: Request) -> Response:
        form = await request.form()
        frame = self.frame_of(request)
        if form.get("csrf") != frame.csrf:
            return error_page(request, frame, 403)
        response = RedirectResponse("/", 303)
        await sessions.end(
            request.app.state.product, request, response, secure=self.settings.is_secure
        )
        return response


async def completed(client: Any, token: Any, claims: Any) -> Any:
    """Add what a provider tells at its userinfo endpoint alone, as the standard has it for e-mail.

    Raises:
        NotTrusted: what it tells is of somebody else.
    """
    metadata = await client.load_server_metadata()
    if "email" in claims or "userinfo_endpoint" not in metadata:
        return claims
    more = await client.userinfo(token=token)
    if more.get("sub") != claims["sub"]:
        message = "the details are another subject's"
        raise NotTrusted(message)
    return {**more, **claims}


def claims_options(provider: Provider) -> dict[str, Any]:
    """Claims to check, made anew each time, since Authlib takes the hooks out of what it is given."""
    return {
        "iss": {"essential": True, "validate": provider.accepts},
        "aud": {"essential": True, "value": provider.client_id},
    }
