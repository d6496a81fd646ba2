"""The kept index: what it holds, when it is of use, and that a start from it is as good as any."""

import logging
from dataclasses import replace

import numpy as np
import orjson
import pytest

from backend import checkpoints
from backend.index import Index
from backend.indexes import indexes
from backend.schema.asking import reply
from graph import projects, registers
from tests.world import (
    AWARD,
    COSBY,
    ENROL,
    HIDDEN,
    MEALS,
    SECRET,
    VIEWERS,
    built,
    council,
    project,
    uid,
)

ASK = '{ similarTo(text: "%s", first: 20) { score project { id } terms { word share } } }' % MEALS


@pytest.fixture
async def product(graph, clock, tmp_path):
    """A product whose registers are older than what it keeps."""
    found = await built(graph, clock)

    async def age(tx):
        await tx.run("MATCH (n) WHERE n.changedAt IS NOT NULL SET n.changedAt = '2026-01-01T00:00:00.000Z'")  # fmt: skip

    await graph.write(age)
    made = replace(found, index=Index(home=tmp_path / "kept" / checkpoints.NAME))
    await made.index.load(made)
    return made


async def restarted(product):
    other = replace(product, index=Index(home=product.index.home))
    await other.index.load(other)
    return other


@pytest.fixture
def reads(monkeypatch):
    """The reads of all texts."""
    found = []
    real = projects.texts

    async def texts(tx, *, since="", id=None):
        if not since and id is None:
            found.append("all")
        return await real(tx, since=since, id=id)

    monkeypatch.setattr(projects, "texts", texts)
    return found


async def same_answers(one, other):
    for viewer in VIEWERS.values():
        assert await reply(one, viewer, ASK) == await reply(other, viewer, ASK)


async def test_a_start_from_what_was_kept_reads_no_text_and_answers_the_same(product, reads):
    other = await restarted(product)
    assert reads == []
    assert other.index.held.versions == product.index.held.versions
    assert [*other.index.held.network.pairs()] == [*product.index.held.network.pairs()]
    await same_answers(product, other)


async def test_what_changed_since_is_read(product, reads, clock):
    later = "2026-11-24T12:00:01.000Z"
    new = project(uid("project", 70), "Meals", MEALS, COSBY)
    gone = project(HIDDEN, "Hidden no more", MEALS, COSBY)
    await product.graph.write(registers.projects, rows=[new, gone], now=later)

    async def remove(tx):
        await tx.run("MATCH (p:Project {id: $id}) SET p.removedAt = $now", id=AWARD, now=later)

    await product.graph.write(remove)
    other = await restarted(product)
    assert reads == []
    assert new["id"] in other.index.held.network
    assert AWARD not in other.index.held.network
    cold = indexes(await product.graph.read(projects.texts), product.now)
    assert {*other.index.held.network.ids} == {*cold.network.ids}


async def test_a_register_that_changed_is_told_anew(product, reads):
    later = "2026-11-24T12:00:01.000Z"
    await product.graph.write(registers.councils, rows=[council("ASH", "Ashby") | {"tier": "COUNTY"}], now=later)  # fmt: skip
    other = await restarted(product)
    assert reads == ["all"]
    assert other.index.held.network.document(ENROL).tier == "COUNTY"


async def test_of_narrow_projects_no_text_is_kept_and_only_the_owner_reads_it(product):
    file = product.index.home
    content = file.read_bytes()
    assert b"opt out" in content
    assert SECRET[:20].encode() not in content
    assert b"Hidden telecare" not in content
    assert HIDDEN.encode() in content
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def broken(content):
    return content[: len(content) // 2]


def of_another_format(content, **changes):
    import io

    arrays = dict(np.load(io.BytesIO(content)))
    facts = orjson.loads(arrays["facts"].tobytes())
    facts["header"] |= changes
    arrays["facts"] = np.frombuffer(orjson.dumps(facts), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


@pytest.mark.parametrize(
    "spoilt",
    [
        broken,
        lambda _: b"",
        lambda _: b"not an index",
        lambda content: of_another_format(content, format=0),
        lambda content: of_another_format(content, matcher="older"),
        lambda content: of_another_format(content, graph="another"),
    ],
)
async def test_what_is_of_no_use_is_left_aside_and_said(product, spoilt, reads, caplog):
    file = product.index.home
    file.write_bytes(spoilt(file.read_bytes()))
    with caplog.at_level(logging.WARNING):
        other = await restarted(product)
    assert "of no use" in caplog.text
    assert reads == ["all"]
    await same_answers(product, other)
    reads.clear()
    await restarted(product)
    assert reads == []


async def test_a_folder_that_cannot_be_written_stops_no_site(product, caplog, tmp_path):
    (tmp_path / "file").write_text("in the way")
    other = replace(product, index=Index(home=tmp_path / "file" / checkpoints.NAME))
    await other.index.load(other)
    assert "could not be kept" in caplog.text
    await same_answers(product, other)


async def test_what_another_site_changed_and_matched_meanwhile_is_read(product, reads):
    summary = "Zebra crossings inspected by drones and thermal imaging of tarmac every spring."
    change = """mutation ($id: ID!, $summary: String!) { changeProject(id: $id, version: 2,
      title: "Drones", summary: $summary, phase: DISCOVERY) { errors { message } } }"""
    bilal = VIEWERS["bilal"]
    found = await reply(product, bilal, change, {"id": AWARD, "summary": summary})
    assert found == {"data": {"changeProject": {"errors": []}}}
    other = await restarted(product)
    assert reads == []
    assert other.index.held.network.document(AWARD).summary == summary
    await same_answers(product, other)
