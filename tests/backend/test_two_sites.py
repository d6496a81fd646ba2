"""Two site processes on one graph agree within two seconds."""

import asyncio
import time

import pytest

from graph import feed
from tests import demos
from tests.world import built

SECONDS = 2.0
ADD = """mutation { addProject(id: "%s", title: "Otters counted", phase: DISCOVERY, audience: PUBLIC,
  summary: "Otters are counted along the river by volunteers with thermal cameras at night.") {
  project { id } errors { message } } }"""
ALIKE = (
    '{ similarTo(text: "counting otters by the river with cameras", first: 5) { project { id } } }'
)
NEW = "project-33333333-3333-4333-8333-333333333333"


@pytest.fixture
def sites(tmp_path, way_in):
    with (
        demos.standing(tmp_path / "one", "serve", **way_in) as one,
        demos.standing(tmp_path / "other", "serve", **way_in) as other,
    ):
        yield one, other


async def found(site, until):
    while time.monotonic() < until:
        answer = await asyncio.to_thread(site.ask, ALIKE)
        if NEW in str(answer):
            return True
    return False


async def test_a_project_added_through_one_is_found_through_the_other(graph, clock, sites):
    await built(graph, clock, demo=False)
    one, other = sites
    await asyncio.gather(*(asyncio.to_thread(each.standing) for each in sites))
    token = (await asyncio.to_thread(one.command, "token", "ada@ash.example", "--scope", "write")).stdout.strip()  # fmt: skip
    assert NEW not in str(await asyncio.to_thread(other.ask, ALIKE))
    added = await asyncio.to_thread(one.ask, ADD % NEW, token)
    assert added["addProject"]["errors"] == []
    assert await found(other, time.monotonic() + SECONDS)
    assert (one.folder / "index.npz").exists()


async def test_a_tick_where_nothing_changed_reads_marks_alone(graph, clock, monkeypatch):
    product = await built(graph, clock)
    await product.index.load(product)
    await product.index.follow(product)
    read, real = [], graph.read

    async def counted(work, *args, **kwargs):
        read.append(work)
        return await real(work, *args, **kwargs)

    monkeypatch.setattr(graph, "read", counted)
    await product.index.follow(product)
    assert read == [feed.marks]
