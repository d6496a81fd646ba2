"""A real browser for the journeys: one Chromium for the run, a fresh profile for every visitor."""

import contextlib
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from frontend import assets
from tests.journeys.visitor import PATIENCE, Visitor

# Chromium keeps to the site: nothing is fetched in the background, and it runs as root in CI.
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
)


@pytest.fixture(scope="session")
async def browser(chromium) -> AsyncIterator[Browser]:
    assets.build()
    async with async_playwright() as playwright:
        # Neo4j plans the question of each page once, when it first sees it
        expect.set_options(timeout=PATIENCE)
        found = await playwright.chromium.launch(executable_path=chromium, args=QUIET.split())
        yield found
        await found.close()


@pytest.fixture
async def visit(browser, site):
    """Bring another visitor to the site; what their browsers complained of fails the test."""
    async with contextlib.AsyncExitStack() as stack:

        async def visitor(**manner) -> Visitor:
            context = await browser.new_context(base_url=site.address, **manner)
            stack.push_async_callback(context.close)
            arrived = Visitor(await context.new_page(), site.address)
            everybody.append(arrived)
            return arrived

        everybody: list[Visitor] = []
        yield visitor
        assert [said for each in everybody for said in each.complaints] == []


@pytest.fixture
async def newcomers(site) -> None:
    """Nobody has signed in yet, nor chosen services."""

    async def forget(tx) -> None:
        await tx.run("MATCH (:Practitioner)-[chosen:CARES_ABOUT]->(:Service) DELETE chosen")
        await tx.run("MATCH (p:Practitioner) REMOVE p.welcomedAt, p.welcomedBy")

    await site.product.graph.write(forget)
