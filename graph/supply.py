"""What is put before councils: matches that are strong enough, once and for all, and never too many.

A proposal is about two projects or more, each of another council, and never changes: whoever answers
knows to whom. One that has `aroundId` puts each of the others together with that project alone.

What is proposed is chosen outside (`choose`), in the same transaction: all who propose hold the
network's chain, so nobody counts what another is about to add. Only pairs that the whole network may
see are chosen from, and only such are counted as waiting: what is hidden changes nobody's share.
"""

from typing import Any, Protocol

from graph import audits
from graph.connection import Transaction
from graph.visibility import is_open, puts_together

Row = dict[str, Any]


class Choose(Protocol):
    """Chooses what to propose of pairs, given what stands proposed and the texts of all of these."""

    def __call__(
        self, pairs: list[Row], standing: list[Row], texts: dict[str, str]
    ) -> list[Row]: ...


EVERY = "MATCH (a:Project)-[m:MATCHES]->(b:Project)"
# The pairs of one project, and those of the projects that it is like: a group is alike all round.
AROUND = """
    MATCH (p:Project {id: $project})-[near:MATCHES]-(other:Project) WHERE near.weaker = false
    WITH collect(other.id) + [$project] AS ids UNWIND ids AS id
    MATCH (a:Project {id: id})-[m:MATCHES]->(b:Project)
"""
# A side that has not claimed its project is not asked, and of two such nobody is: theirs are most of
# the pairs of a register. A council that has a successor counts as that one.
ALIKE = f"""
    m.weaker = false AND (a.confirmedAt IS NOT NULL OR b.confirmedAt IS NOT NULL)
      AND a.leadId <> b.leadId AND {is_open("a")} AND {is_open("b")}
      AND NOT a.leadId IN coalesce(b.partnerIds, []) AND NOT b.leadId IN coalesce(a.partnerIds, [])
    MATCH (c:Council {{id: a.leadId}}), (d:Council {{id: b.leadId}})
    WITH *, coalesce(c.successorId, c.id) AS aBody, coalesce(d.successorId, d.id) AS bBody
    WHERE aBody <> bBody
    RETURN a.id AS a, b.id AS b, aBody, bBody, a.confirmedAt IS NOT NULL AS aClaimed,
      b.confirmedAt IS NOT NULL AS bClaimed, m.probability AS probability, m.score AS score,
      NOT EXISTS {{ (a)<-[:ABOUT]-(x:Proposal)-[:ABOUT]->(b)
        WHERE {puts_together("x", "a.id", "b.id")} }} AS isNew
"""
# What is hidden by now waits for nobody; what is left of a group stands.
STANDING = f"""
    MATCH (by:Council) WHERE coalesce(by.successorId, by.id) IN $bodies
    MATCH (by)-[:LEADS]->(:Project)<-[:ABOUT]-(x:Proposal)
    WITH DISTINCT x MATCH (x)-[:ABOUT]->(p:Project)
    WHERE {is_open("p")}
    MATCH (c:Council {{id: p.leadId}})
    WITH x, p, coalesce(c.successorId, c.id) AS body ORDER BY p.id
    WITH x, p, body, COLLECT {{ MATCH (p)-[m:MATCHES]-(q:Project)<-[:ABOUT]-(x)
      WHERE m.weaker = false AND {puts_together("x", "p.id", "q.id")}
        AND {is_open("q")}
      RETURN m.probability ORDER BY m.probability DESC LIMIT 1 }}[0] AS best
    WITH x, collect(p.id) AS projects, collect(body) AS bodies,
      collect(p.confirmedAt IS NOT NULL) AS claimed, collect(coalesce(best, 0.0)) AS best
    WHERE size(projects) > 1 AND (x.aroundId IS NULL OR x.aroundId IN projects)
      AND any(body IN bodies WHERE body IN $bodies)
    RETURN projects, bodies, claimed, best, x.aroundId AS around,
      COLLECT {{ MATCH (c:Council)-[:GAVE]->(said:Answer)-[:TO]->(x)
        WHERE said.answer <> 'NOT_NOW' OR said.until > $today
        RETURN coalesce(c.successorId, c.id) }} AS answered
"""


async def propose(tx: Transaction, *, now: str, choose: Choose, project: str | None = None) -> int:
    """Put matches, of one project or all, before their councils, as far as there is room."""
    await audits.lock(tx, audits.NETWORK)
    pairs = await alike(tx, project)
    if not any(row["isNew"] for row in pairs):
        return 0
    standing = await standing_of(tx, pairs, now)
    rows = choose(pairs, standing, await texts(tx, pairs, standing))
    if not rows:
        return 0
    await audits.record(
        tx,
        audits.NETWORK,
        now=now,
        who="match",
        what="propose",
        of=project or "matches",
        rule="matcher",
    )
    return await put(tx, rows=rows, now=now)


async def alike(tx: Transaction, project: str | None) -> list[Row]:
    """The pairs that are strong enough; of one project, only its own are new."""
    if project is None:
        return [record.data() async for record in await tx.run(f"{EVERY} WHERE {ALIKE}")]
    result = await tx.run(f"{AROUND} WHERE b.id IN ids AND {ALIKE}", project=project)
    found = [record.data() async for record in result]
    return [row | {"isNew": row["isNew"] and project in (row["a"], row["b"])} for row in found]


async def standing_of(tx: Transaction, pairs: list[Row], now: str) -> list[Row]:
    """What was proposed before to the councils of some pairs, and who has answered."""
    bodies = {row[side] for row in pairs for side in ("aBody", "bBody")}
    result = await tx.run(STANDING, bodies=sorted(bodies), today=now[:10])
    return [record.data() async for record in result]


async def texts(tx: Transaction, pairs: list[Row], standing: list[Row]) -> dict[str, str]:
    ids = {row[side] for row in pairs for side in ("a", "b")}
    ids |= {project for row in standing for project in row["projects"]}
    result = await tx.run(
        """
        UNWIND $ids AS id MATCH (p:Project {id: id})
        RETURN p.id AS id, p.title + ' ' + p.summary AS text
        """,
        ids=sorted(ids),
    )
    return {record["id"]: record["text"] async for record in result}


async def put(tx: Transaction, *, rows: list[Row], now: str) -> int:
    """Propose, each row once and for all; `rank` is the order in which its projects are named."""
    await tx.run(
        """
        UNWIND $rows AS row MERGE (p:Proposal {id: row.id})
        ON CREATE SET p.proposedAt = $now, p.aroundId = row.around
        WITH p, row UNWIND row.about AS about MATCH (a:Project {id: about.id})
        MERGE (p)-[r:ABOUT]->(a) ON CREATE SET r.rank = about.rank
        """,
        rows=rows,
        now=now,
    )
    return len(rows)
