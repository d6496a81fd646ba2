"""What is configured, what can be reached, what is wrong: one line each."""

import shutil

import aiosmtplib
import httpx2

from backend.mail import Post
from backend.mistakes import Mistake
from backend.opening import joinable, opened
from backend.settings import PREFIX, SECRETS, Settings
from backend.sign_in import of_settings
from graph import Graph, audits, deliveries
from graph.migrate import FOLDER, applied

UNSETTLED = {
    "UNCERTAIN": "it may or may not have gone out",
    "FAILED": "it could not be written, and did not go out; the next run tries again",
}


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


def well(what: str, how: str) -> bool:
    """Print that a part is well; true, as `examined` counts."""
    print(f"ok    {what}: {how}")
    return True


def wrong(what: str, how: str) -> bool:
    """Print that a part is not well; false."""
    print(f"WRONG {what}: {how}")
    return False


async def examined(settings: Settings) -> bool:
    """Print a line for each part; tell whether all is well."""
    running = joinable(settings).running()
    site = running.site if running else {}
    good = [await examined_graph(settings)]
    if site.get("demo"):
        well("mail", f"the demo's own server at 127.0.0.1:{site.get('smtp_port')}")
        well("sign-in", "the demo's own provider")
    else:
        good += [await examined_mail(settings), await examined_sign_in(settings)]
    well("site", f"people use {site.get('base_url') or settings.address}")
    node = shutil.which("node")
    well("assets", f"node at {node}" if node else "built already, or from a Python wheel")
    return all(good)


async def examined_graph(settings: Settings) -> bool:
    try:
        async with opened(settings, join=True) as door:
            name = await door.graph.check()
            done = await door.graph.read(applied)
            missing = [file.stem for file in FOLDER.glob("*.cypher") if file.stem not in done]
            well("graph", f"{name} at {door.graph.uri}")
            how = f"{len(missing)} to apply at the next start" if missing else "up to date"
            well("migrations", how)
            return all([await examined_letters(door.graph), await examined_record(door.graph)])
    except Mistake as problem:
        return wrong("graph", str(problem))


async def examined_letters(graph: Graph) -> bool:
    unsettled = await graph.read(deliveries.unsettled)
    for row in unsettled:
        wrong("letter", f"{row['id']}: {UNSETTLED[row['state']]}")
    return not unsettled


async def examined_record(graph: Graph) -> bool:
    """Look whether every chain of the audit is as it was written."""
    broken = await graph.read(audits.broken)
    if broken:
        return wrong("record", f"entries were changed or lost in the chain of {', '.join(broken)}")
    return well("record", "every entry of who did what is as it was written")


async def examined_mail(settings: Settings) -> bool:
    post = Post.of(settings)
    if post is None:
        return well("mail", "TANDEM_SMTP_HOST is unset: no letters are sent")
    try:
        async with post.connection():
            return well("mail", f"{post.host}:{post.port} answers")
    except (aiosmtplib.SMTPException, OSError) as problem:
        return wrong("mail", f"{post.host}:{post.port}: {problem}")


async def examined_sign_in(settings: Settings) -> bool:
    if not settings.oidc_issuer:
        return well("sign-in", "TANDEM_OIDC_ISSUER is unset: nobody can sign in")
    try:
        of_settings(settings)
    except Mistake as problem:
        return wrong("sign-in", str(problem))
    address = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        async with httpx2.AsyncClient(timeout=5) as client:
            (await client.get(address)).raise_for_status()
    except httpx2.HTTPError as problem:
        return wrong("sign-in", f"{settings.oidc_issuer}: {type(problem).__name__}")
    return well("sign-in", f"{settings.oidc_issuer} answers")
