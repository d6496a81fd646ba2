"""A site in the test's own loop, on a real port, with a real mail server beside it."""

import asyncio
import contextlib
import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import uvicorn

from backend.app import Parts, created
from backend.mail import Mailbox, Post, mail_server
from backend.product import Product
from backend.settings import Settings
from graph.embedded import free_port


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    product: Product
    post: Post
    mailbox: Mailbox

    def browser(self) -> httpx2.AsyncClient:
        """A client that keeps cookies, as one person's browser does."""
        return httpx2.AsyncClient(base_url=self.address, follow_redirects=True, timeout=30)


@contextlib.asynccontextmanager
async def running(product: Product, folder: Path, **more) -> AsyncIterator[Site]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    mailbox = Mailbox(folder / "mail")
    settings = Settings(data=folder, port=port, contact="the helpers")
    async with mail_server(mailbox, free_port()) as smtp:
        post = Post("127.0.0.1", smtp, "Tandem <letters@tandem.example>", address)
        app = created(product, Parts(settings, post, mailbox if product.demo else None, **more))
        config = uvicorn.Config(app, port=port, log_config=None, lifespan="on")
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        try:
            yield Site(address, product, post, mailbox)
        finally:
            server.should_exit = True
            await task


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            found = re.search(r'value="([^"]*)"', tag)
            return html.unescape(found[1]) if found else ""
    raise AssertionError(name)


async def signed_in(site: Site, browser: httpx2.AsyncClient, person: str) -> httpx2.Response:
    """Go through the demo's sign-in as somebody."""
    page = await browser.get("/sign-in/demo")
    assert page.status_code == 200, page.text
    form = {"csrf": field(page.text, "csrf"), "person": person}
    return await browser.post(str(page.url), data=form)
