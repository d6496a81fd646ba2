"""Matches as the matcher last stated them.

Other processes change projects meanwhile. A pair is stated only while both projects are at the
versions whose words were compared, and a project remembers the version that was matched last.

A full run goes in batches, each a transaction of its own: `begin` marks the projects that were
compared as the run's, `state_some` states pairs of such projects, `matched` says so, and `drop` takes
away what the run no longer states. All who state matches hold the network's chain, so no two do at
once. A project that somebody changes, or that a later run compares, is no longer this run's: what is
said of it then is not this run's to say or to take away. A run that died half-way has taken nothing
away and proposed nothing, and the next one states everything again.
"""

import uuid
from typing import Any

from graph import audits
from graph.connection import Transaction
from graph.supply import Choose, propose
from graph.visibility import puts_together

Row = dict[str, Any]


async def told(tx: Transaction, *, now: str) -> None:
    await audits.record(
        tx, audits.NETWORK, now=now, who="match", what="matches", of="matches", rule="operator"
    )


async def begin(tx: Transaction, *, compared: list[Row], run: str, now: str) -> None:
    """Mark some projects, by id and version, as those that a run compared."""
    await told(tx, now=now)
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}) SET p.lock = $token
        WITH p, row WHERE p.version = row.version
        SET p.matchRun = $run
        """,
        rows=compared,
        token=uuid.uuid4().hex,
        run=run,
    )


async def state_some(tx: Transaction, *, rows: list[Row], run: str, now: str) -> None:
    """State some pairs of a run, where both projects are still its own."""
    await told(tx, now=now)
    await tx.run(
        """
        UNWIND $rows AS row MATCH (a:Project {id: row.a}), (b:Project {id: row.b})
        SET a.lock = $token, b.lock = $token
        WITH a, b, row WHERE a.version = row.aVersion AND b.version = row.bVersion
          AND a.matchRun = $run AND b.matchRun = $run
        MERGE (a)-[m:MATCHES]->(b) SET m = row.properties, m.run = $run
        """,
        rows=rows,
        token=uuid.uuid4().hex,
        run=run,
    )


async def matched(tx: Transaction, *, compared: list[Row], run: str, now: str) -> int:
    """Say of some projects that all their pairs are stated, and what words tell what they are about.

    Returns of how many.
    """
    await told(tx, now=now)
    result = await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}) SET p.lock = $token
        WITH p, row WHERE p.version = row.version AND p.matchRun = $run
        SET p.matchedVersion = row.version,
            p.tellingStems = row.tellingStems, p.tellingWords = row.tellingWords
        RETURN count(p) AS ours
        """,
        rows=compared,
        token=uuid.uuid4().hex,
        run=run,
    )
    return int((await result.single(strict=True))["ours"])


async def drop(tx: Transaction, *, run: str, most: int, now: str) -> int:
    """Take away some of what a run no longer states; return how many there were."""
    await told(tx, now=now)
    result = await tx.run(
        """
        MATCH (a:Project)-[m:MATCHES]->(b:Project)
        WHERE m.run <> $run AND a.matchRun = $run AND b.matchRun = $run
        WITH m LIMIT $most DELETE m RETURN count(*) AS gone
        """,
        run=run,
        most=most,
    )
    return int((await result.single(strict=True))["gone"])


async def replace_of(
    tx: Transaction,
    *,
    project: str,
    version: int | None,
    rows: list[Row],
    telling: Row,
    run: str,
    now: str,
    choose: Choose,
) -> int | None:
    """State the matches of one project anew, and propose what is new and strong enough.

    `telling` has the words that tell what it is about.

    Returns None if the project has another version by now: whoever made that states it. Without a
    version the project is gone, and so are its matches.
    """
    await audits.lock(tx, audits.NETWORK)
    if version is not None and not await is_at(
        tx, project=project, version=version, telling=telling, run=run
    ):
        return None
    await state(tx, rows=rows, run=run)
    await tx.run(
        "MATCH (:Project {id: $project})-[m:MATCHES]-(:Project) WHERE m.run <> $run DELETE m",
        project=project,
        run=run,
    )
    return await propose(tx, now=now, project=project, choose=choose)


async def is_at(tx: Transaction, *, project: str, version: int, telling: Row, run: str) -> bool:
    result = await tx.run(
        """
        MATCH (p:Project {id: $project}) SET p.lock = $token
        WITH p WHERE p.version = $version
        SET p.matchedVersion = $version, p.matchRun = $run, p += $telling RETURN p.id AS id
        """,
        project=project,
        version=version,
        telling=telling,
        run=run,
        token=uuid.uuid4().hex,
    )
    return await result.single() is not None


async def state(tx: Transaction, *, rows: list[Row], run: str) -> None:
    await tx.run(
        """
        UNWIND $rows AS row MATCH (a:Project {id: row.a}), (b:Project {id: row.b})
        SET a.lock = $token, b.lock = $token
        WITH a, b, row WHERE a.version = row.aVersion AND b.version = row.bVersion
        MERGE (a)-[m:MATCHES]->(b) SET m = row.properties, m.run = $run
        """,
        rows=rows,
        token=uuid.uuid4().hex,
        run=run,
    )


async def proposed_pairs(tx: Transaction) -> list[tuple[str, str]]:
    """Name the pairs that were put before councils: their match is kept, however it ranks."""
    result = await tx.run(
        "MATCH (a:Project)<-[:ABOUT]-(x:Proposal)-[:ABOUT]->(b:Project) WHERE a.id < b.id"
        f" AND {puts_together('x', 'a.id', 'b.id')} RETURN DISTINCT a.id AS a, b.id AS b"
    )
    return [(record["a"], record["b"]) async for record in result]


async def proposed_with(tx: Transaction, *, project: str) -> list[str]:
    result = await tx.run(
        "MATCH (:Project {id: $project})<-[:ABOUT]-(x:Proposal)-[:ABOUT]->(other:Project)"
        f" WHERE {puts_together('x', '$project', 'other.id')} RETURN DISTINCT other.id AS id",
        project=project,
    )
    return [record["id"] async for record in result]
