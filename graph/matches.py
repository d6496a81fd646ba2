"""Matches as the matcher last stated them, and the proposals that they become.

Other processes change projects meanwhile. A pair is stated only while both projects are at the
versions whose words were compared, and a project remembers the version that was matched last.
"""

import uuid
from typing import Any

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]

EVERY = "MATCH (a:Project)-[m:MATCHES]->(b:Project)"
OF_ONE = (
    "MATCH (:Project {id: $project})-[m:MATCHES]-(:Project)"
    " WITH m, startNode(m) AS a, endNode(m) AS b"
)


async def replace_all(
    tx: Transaction, *, rows: list[Row], versions: dict[str, int], run: str, now: str
) -> int:
    """State every match anew, and propose; what this run no longer states is gone.

    `versions` are the projects that were compared, each with its version; what touches another
    project or version is left to whoever changed it.
    """
    await audits.record(
        tx, audits.NETWORK, now=now, who="match", what="matches", of="matches", rule="operator"
    )
    await state(tx, rows=rows, run=run)
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}) SET p.lock = $token
        WITH p, row WHERE p.version = row.version
        SET p.matchedVersion = row.version, p.matchRun = $run
        """,
        rows=[{"id": one, "version": version} for one, version in versions.items()],
        token=uuid.uuid4().hex,
        run=run,
    )
    await tx.run(
        """
        MATCH (a:Project)-[m:MATCHES]->(b:Project)
        WHERE m.run <> $run AND a.matchRun = $run AND b.matchRun = $run
        DELETE m
        """,
        run=run,
    )
    return await propose(tx, now=now)


async def replace_of(
    tx: Transaction, *, project: str, version: int | None, rows: list[Row], run: str, now: str
) -> int | None:
    """State the matches of one project anew, and propose what is new and strong enough.

    Returns None if the project has another version by now: whoever made that states it. Without a
    version the project is gone, and so are its matches.
    """
    await audits.lock(tx, audits.NETWORK)
    if version is not None and not await is_at(tx, project=project, version=version):
        return None
    await state(tx, rows=rows, run=run)
    await tx.run(
        "MATCH (:Project {id: $project})-[m:MATCHES]-(:Project) WHERE m.run <> $run DELETE m",
        project=project,
        run=run,
    )
    return await propose(tx, now=now, project=project)


async def is_at(tx: Transaction, *, project: str, version: int) -> bool:
    result = await tx.run(
        """
        MATCH (p:Project {id: $project}) SET p.lock = $token
        WITH p WHERE p.version = $version
        SET p.matchedVersion = $version RETURN p.id AS id
        """,
        project=project,
        version=version,
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
        """
        MATCH (a:Project)<-[:ABOUT]-(:Proposal)-[:ABOUT]->(b:Project) WHERE a.id < b.id
        RETURN a.id AS a, b.id AS b
        """
    )
    return [(record["a"], record["b"]) async for record in result]


async def proposed_with(tx: Transaction, *, project: str) -> list[str]:
    result = await tx.run(
        """
        MATCH (:Project {id: $project})<-[:ABOUT]-(:Proposal)-[:ABOUT]->(other:Project)
        RETURN other.id AS id
        """,
        project=project,
    )
    return [record["id"] async for record in result]


async def propose(tx: Transaction, *, now: str, project: str | None = None) -> int:
    """Put each match that is strong enough before its councils, once and for all.

    A side that has not claimed its project is not asked; a pair where neither has is not proposed.
    """
    result = await tx.run(
        (OF_ONE if project else EVERY)
        + """
        WHERE m.weaker = false AND a.removedAt IS NULL AND b.removedAt IS NULL
          AND (a.confirmedAt IS NOT NULL OR b.confirmedAt IS NOT NULL)
          AND a.leadId <> b.leadId
          AND a.audience IN ['PUBLIC', 'NETWORK'] AND b.audience IN ['PUBLIC', 'NETWORK']
          AND NOT EXISTS { (a)<-[:ABOUT]-(:Proposal)-[:ABOUT]->(b) }
        MERGE (p:Proposal {id: m.proposalId}) ON CREATE SET p.proposedAt = $now, p.place = $now + ' ' + m.place
        MERGE (p)-[:ABOUT]->(a) MERGE (p)-[:ABOUT]->(b)
        RETURN count(p) AS made
        """,
        now=now,
        project=project,
    )
    made = int((await result.single(strict=True))["made"])
    if made:
        of = project or "matches"
        await audits.record(
            tx, audits.NETWORK, now=now, who="match", what="propose", of=of, rule="matcher"
        )
    return made
