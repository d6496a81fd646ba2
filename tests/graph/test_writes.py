"""Writes on both engines: lock, then look; merge races; whole chains; migrations once."""

import asyncio
import uuid

from graph import audits, deliveries, projects
from graph.migrate import apply_missing, migrate, migrations, statements
from tests.world import ADA, ENROL, NOW, built


async def chain_of(graph, key):
    return await graph.read(audits.chain, key=key)


async def test_eight_writers_keep_one_chain_whole(graph):
    async def entry(tx, *, at):
        await audits.record(tx, "network", now=NOW, who=f"w{at}", what="x", of="y", rule="r")

    await asyncio.gather(*(graph.write(entry, at=at) for at in range(24)))
    entries = await chain_of(graph, "network")
    assert len(entries) == 24
    assert audits.is_whole(entries)
    assert not audits.is_whole(entries[:5] + entries[6:])


async def test_a_merge_race_makes_one_node(graph):
    async def merge(tx):
        await tx.run(
            "MERGE (p:Project {id: 'project-race'}) ON CREATE SET p.made = $by", by=uuid.uuid4().hex
        )

    async def count(tx):
        return (
            await (
                await tx.run("MATCH (p:Project {id: 'project-race'}) RETURN count(p) AS n")
            ).single()
        )["n"]

    await asyncio.gather(*(graph.write(merge) for _ in range(16)))
    assert await graph.read(count) == 1


async def test_of_eight_who_change_one_version_one_wins(graph, clock):
    await built(graph, clock)

    async def change(at):
        return await graph.write(
            projects.change,
            id=ENROL,
            version=2,
            person=ADA,
            council="council-ASH",
            properties={"title": f"t{at}"},
            service=None,
            now=NOW,
        )

    outcomes = await asyncio.gather(*(change(at) for at in range(8)))
    assert sorted(outcomes) == [False] * 7 + [True]


async def test_each_delivery_is_claimed_once(graph, clock):
    await built(graph, clock)
    planned = await graph.write(deliveries.plan, week="2026-W48", now=NOW)

    async def claim(worker):
        found = []
        while batch := await graph.write(
            deliveries.claim, week="2026-W48", kinds=["digest"], me=worker, until=NOW, most=1
        ):
            found += [one["id"] for one in batch]
        return found

    claimed = [
        one
        for found in await asyncio.gather(*(claim(f"w{at}") for at in range(6)))
        for one in found
    ]
    assert len(claimed) == len(set(claimed)) == planned


async def test_migrations_are_applied_once_and_in_order(graph, tmp_path):
    (tmp_path / "0002_two.cypher").write_text(
        "CREATE INDEX t_two IF NOT EXISTS FOR (n:Two) ON (n.x);"
    )
    (tmp_path / "0003_three.cypher").write_text(
        "// a comment\nCREATE INDEX t_three IF NOT EXISTS FOR (n:Three) ON (n.x);\n"
    )
    both = await asyncio.gather(
        *(migrate(graph, clock=lambda: NOW, folder=tmp_path) for _ in range(2))
    )
    assert sorted(both) == [[], ["0002_two", "0003_three"]]
    assert await migrate(graph, clock=lambda: NOW, folder=tmp_path) == []
    assert await apply_missing(graph, migrations(tmp_path), lambda: NOW) == []


def test_a_comment_is_no_statement():
    assert statements("// only this\nRETURN 1;\n\nRETURN 2;") == ["RETURN 1", "RETURN 2"]
