"""What is configured, what can be reached, what is wrong: one line each."""

import shutil
from collections.abc import Callable

import aiosmtplib
import httpx2

from backend.mail import Post
from backend.mistakes import Mistake
from backend.opening import joinable, opened
from backend.settings import PREFIX, SECRETS, Settings
from graph import Graph, deliveries
from graph.migrate import FOLDER, applied

Line = Callable[[bool, str, str], bool]


def described() -> str:
    """Every setting with its meaning and default."""
    lines = []
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if name in SECRETS or default in ("", None) else str(default)
        lines.append(f"{PREFIX}{name.upper()}  {field.description}  [{shown or 'unset'}]")
        if name in SECRETS:
            lines.append(f"{PREFIX}{name.upper()}_FILE  The same, read from a file.")
    return "\n".join(lines)


def told(good: bool, what: str, how: str) -> bool:  # noqa: FBT001 - a line of the report
    print(f"{'ok   ' if good else 'WRONG'} {what}: {how}")
    return good


async def examined(settings: Settings) -> bool:
    """Print a line for each part; tell whether all is well."""
    running = joinable(settings).running()
    site = running.site if running else {}
    good = [await examined_graph(settings)]
    if site.get("demo"):
        told(True, "mail", f"the demo's own server at 127.0.0.1:{site.get('smtp_port')}")  # noqa: FBT003
        told(True, "sign-in", "the demo's own provider")  # noqa: FBT003
    else:
        good += [await examined_mail(settings), await examined_sign_in(settings)]
    told(True, "site", f"people use {site.get('base_url') or settings.address}")  # noqa: FBT003
    node = shutil.which("node")
    told(True, "assets", f"node at {node}" if node else "built already, or from a Python wheel")  # noqa: FBT003
    return all(good)


async def examined_graph(settings: Settings) -> bool:
    try:
        async with opened(settings, join=True) as door:
            name = await door.graph.check()
            done = await door.graph.read(applied)
            missing = [file.stem for file in FOLDER.glob("*.cypher") if file.stem not in done]
            told(True, "graph", f"{name} at {door.graph.uri}")  # noqa: FBT003
            await examined_letters(door.graph)
            how = f"{len(missing)} to apply at the next start" if missing else "up to date"
            return told(True, "migrations", how)  # noqa: FBT003
    except Mistake as problem:
        return told(False, "graph", str(problem))  # noqa: FBT003


async def examined_letters(graph: Graph) -> None:
    for row in await graph.read(deliveries.uncertain):
        told(False, "letter", f"{row['id']}: it may or may not have gone out")  # noqa: FBT003


async def examined_mail(settings: Settings) -> bool:
    post = Post.of(settings)
    if post is None:
        return told(True, "mail", "TANDEM_SMTP_HOST is unset: no letters are sent")  # noqa: FBT003
    try:
        async with post.connection():
            return told(True, "mail", f"{post.host}:{post.port} answers")  # noqa: FBT003
    except (aiosmtplib.SMTPException, OSError) as problem:
        return told(False, "mail", f"{post.host}:{post.port}: {problem}")  # noqa: FBT003


async def examined_sign_in(settings: Settings) -> bool:
    if not settings.oidc_issuer:
        return told(True, "sign-in", "TANDEM_OIDC_ISSUER is unset: nobody can sign in")  # noqa: FBT003
    address = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        async with httpx2.AsyncClient(timeout=5) as client:
            (await client.get(address)).raise_for_status()
    except httpx2.HTTPError as problem:
        return told(False, "sign-in", f"{settings.oidc_issuer}: {type(problem).__name__}")  # noqa: FBT003
    return told(True, "sign-in", f"{settings.oidc_issuer} answers")  # noqa: FBT003
