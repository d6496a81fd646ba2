"""Commands beside a running site, or on their own: they join the engine that is there."""

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend import digest, introducing
from backend.mail import Post
from backend.mistakes import Mistake
from backend.opening import opened
from backend.product import Product, system_clock
from backend.serving import now, product_of
from backend.settings import Settings
from graph import Graph, registers
from graph.migrate import migrate


@dataclass(frozen=True, slots=True)
class Joined:
    """The product as a command meets it, and where its mail goes."""

    product: Product
    post: Post | None
    base_url: str


@contextlib.asynccontextmanager
async def joined(settings: Settings) -> AsyncIterator[Joined]:
    """Open the product: that of the site that runs on the folder, else one for this command."""
    async with opened(settings, join=True) as door:
        await migrate(door.graph, clock=now)
        site = door.running.site if door.running else {}
        demo = await is_demo(door.graph)
        base_url = str(site.get("base_url") or settings.address)
        product = product_of(door.graph, settings, demo=demo)
        yield Joined(product, post_of(settings, site, base_url), base_url)


async def is_demo(graph: Graph) -> bool:
    stamp = await graph.read(registers.stamp)
    return bool(stamp and stamp["demo"])


def post_of(settings: Settings, site: dict[str, object], base_url: str) -> Post | None:
    """The demo's own mail server where it runs, else the one of the settings."""
    port = site.get("smtp_port")
    if isinstance(port, int):
        return Post("127.0.0.1", port, "Tandem demo <letters@tandem.example>", base_url)
    return Post.of(settings)


async def state_matches(settings: Settings, *, as_json: bool) -> None:
    async with joined(settings) as here:
        matches, proposals = await here.product.index.state(here.product)
        await introducing.catch_up(here.product)
    if as_json:
        print(json.dumps({"matches": matches, "proposals": proposals}))
    else:
        print(f"{matches:,} matches stated, {proposals:,} new proposals.")
        if not proposals:
            print("A match is proposed once one of its councils has claimed or added its project.")


async def send_digest(
    settings: Settings, *, week: str | None, dry_run: bool, as_json: bool
) -> None:
    today = system_clock()
    latest = digest.week_of(today + digest.AHEAD)
    chosen = digest.checked_week(week or digest.week_of(today), latest=latest)
    async with joined(settings) as here:
        if dry_run:
            await preview(here, chosen, as_json=as_json)
            return
        if here.post is None:
            message = "There is no mail server: set TANDEM_SMTP_HOST, or use --dry-run."
            raise Mistake(message)
        tally = await digest.run(here.product, here.post, chosen)
    print(json.dumps(tally.summary()) if as_json else in_words(tally))


async def preview(here: Joined, week: str, *, as_json: bool) -> None:
    letters = await digest.previewed(here.product, here.base_url)
    if as_json:
        print(json.dumps({"week": week, "planned": len(letters), "sent": 0, "uncertain": 0}))
        return
    for letter in letters:
        print(f"{letter['to']}  {letter['subject']}")
    print(f"{len(letters)} letters for {week}; none was sent.")


def in_words(tally: digest.Tally) -> str:
    lines = [
        f"{letter['state'].lower():9} {letter['to']}  {letter['subject']}"
        for letter in tally.letters
    ]
    letters = "1 letter" if tally.sent == 1 else f"{tally.sent} letters"
    end = f"Week {tally.week}: {letters} sent."
    if tally.empty:
        end += f" For {tally.empty} there was nothing to say."
    if tally.refused:
        end += f" {tally.refused} refused by the mail server."
    if tally.waiting:
        end += f" {tally.waiting} put off by the mail server: run this again later."
    if tally.failed:
        end += f" {tally.failed} could not be written: ./tandem check lists them."
    if tally.uncertain:
        end += f" {tally.uncertain} with an unknown outcome: ./tandem check lists them."
    return "\n".join([*lines, end])
