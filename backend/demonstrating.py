"""The demo: everything on this machine, with real projects and people who are invented."""

import contextlib
import json
from pathlib import Path
from typing import Any

from rich.console import Console

from backend.app import Parts, created
from backend.imports import import_file
from backend.mail import Mailbox, Post, mail_server
from backend.mistakes import Mistake
from backend.opening import opened
from backend.product import Product
from backend.serving import (
    announce,
    at_port,
    listener,
    listening,
    now,
    prepared,
    product_of,
    published,
)
from backend.settings import Settings
from graph import Transaction, registers
from graph.embedded import free_port

HERE = Path(__file__).parent
REAL = HERE / "registers"
INVENTED = HERE / "demo"
SENDER = "Tandem demo <letters@tandem.example>"


async def demonstrate(settings: Settings) -> None:
    """Run the demo until it is told to stop; a second start keeps what people did."""
    if settings.neo4j_uri:
        message = "The demo uses its own engine: unset TANDEM_NEO4J_URI, or use ./tandem serve."
        raise Mistake(message)
    with contextlib.closing(listener(settings)) as taken:
        settings = at_port(settings, taken).model_copy(update={"base_url": ""})
        async with opened(settings, join=False) as door:
            await prepared(door.graph, demo=True)
            product = product_of(door.graph, settings, demo=True)
            await filled(product)
            mailbox = Mailbox(settings.data / "mail")
            port = free_port()
            async with mail_server(mailbox, port):
                post = Post("127.0.0.1", port, SENDER, settings.address)
                app = created(product, Parts(settings, post, mailbox))
                site = {"base_url": settings.address, "demo": True, "smtp_port": port}
                with published(door, site):
                    await listening(app, taken, lambda: announce(settings))


async def filled(product: Product) -> None:
    """Load what a first start lacks; later starts only read it."""
    if await product.graph.read(loaded):
        await product.index.load(product)
        return
    console = Console(stderr=True)
    with console.status("Loading councils, services and skills"):
        for what in ("councils", "services", "skills"):
            await import_file(product.graph, what, REAL / f"{what}.csv", demo=True)
    with console.status("Loading real projects and invented people"):
        await import_file(product.graph, "projects", REAL / "projects.jsonl", demo=True)
        await import_file(product.graph, "people", INVENTED / "people.jsonl", demo=True)
        await product.graph.write(registers.claims, rows=claims(), now=now())
    with console.status("Matching"):
        await product.index.state(product)
    await product.graph.write(registers.mark_loaded, now=now())


def claims() -> list[dict[str, Any]]:
    """The invented claims of the demo, as the graph takes them."""
    lines = (INVENTED / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    dated = ("startedOn", "endsOn", "openness")
    return [
        {
            "project": row["project"],
            "by": row["by"],
            "properties": {name: row[name] for name in dated},
            "needs": [{**one, "skill": f"skill-{one['skill']}"} for one in row["needs"]],
        }
        for row in rows
    ]


async def loaded(tx: Transaction) -> bool:
    stamp = await registers.stamp(tx)
    return bool(stamp and stamp.get("loadedAt"))
