"""What is put before councils: matches that are strong enough, once and for all, and never too many.

Which of the candidates are proposed is chosen outside (`choose`), in the same transaction: all who
propose hold the network's chain, so nobody counts what another is about to add. Only pairs that the
whole network may see are candidates, and only such are counted as waiting: what is hidden changes
nobody's share.
"""

from typing import Any, Protocol

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]


class Choose(Protocol):
    """Chooses among candidates, given what stands proposed and the texts of all of these."""

    def __call__(
        self, candidates: list[Row], standing: list[Row], texts: dict[str, str]
    ) -> list[Row]: ...


EVERY = "MATCH (a:Project)-[m:MATCHES]->(b:Project)"
OF_ONE = (
    "MATCH (:Project {id: $project})-[m:MATCHES]-(:Project)"
    " WITH m, startNode(m) AS a, endNode(m) AS b"
)
# A council that has a successor counts as that one.
BODIES = (
    " MATCH (c:Council {id: a.leadId}), (d:Council {id: b.leadId})"
    " WITH *, coalesce(c.successorId, c.id) AS aBody, coalesce(d.successorId, d.id) AS bBody"
)
OPEN = (
    " a.removedAt IS NULL AND b.removedAt IS NULL AND a.leadId <> b.leadId"
    " AND a.audience IN ['PUBLIC', 'NETWORK'] AND b.audience IN ['PUBLIC', 'NETWORK']"
)
CLAIMED = " a.confirmedAt IS NOT NULL AS aClaimed, b.confirmedAt IS NOT NULL AS bClaimed"
# A side that has not claimed its project is not asked; a pair where neither has is not proposed.
CANDIDATES = (
    " WHERE m.weaker = false AND (a.confirmedAt IS NOT NULL OR b.confirmedAt IS NOT NULL) AND"
    + OPEN
    + " AND NOT a.leadId IN coalesce(b.partnerIds, []) AND NOT b.leadId IN coalesce(a.partnerIds, [])"
    " AND NOT EXISTS { (a)<-[:ABOUT]-(:Proposal)-[:ABOUT]->(b) }" + BODIES + " WHERE aBody <> bBody"
    " RETURN m.proposalId AS id, m.place AS place, m.probability AS probability, m.score AS score,"
    " a.id AS a, b.id AS b, aBody, bBody," + CLAIMED
)
STANDING = (
    "MATCH (a:Project)<-[:ABOUT]-(x:Proposal)-[:ABOUT]->(b:Project) WHERE a.id < b.id AND"
    + OPEN
    + BODIES
    + """
    WHERE aBody IN $bodies OR bBody IN $bodies
    RETURN a.id AS a, b.id AS b, aBody, bBody,"""
    + CLAIMED
    + """,
      COLLECT { MATCH (who:Council)-[:GAVE]->(said:Answer)-[:TO]->(x)
        WHERE said.answer <> 'NOT_NOW' OR said.until > $today
        RETURN coalesce(who.successorId, who.id) } AS answered
    """
)


async def propose(tx: Transaction, *, now: str, choose: Choose, project: str | None = None) -> int:
    """Put matches, of one project or all, before their councils, as far as there is room."""
    await audits.lock(tx, audits.NETWORK)
    found = await tx.run((OF_ONE if project else EVERY) + CANDIDATES, project=project)
    candidates = [record.data() async for record in found]
    if not candidates:
        return 0
    standing = await standing_of(tx, candidates, now)
    rows = choose(candidates, standing, await texts(tx, [*candidates, *standing]))
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


async def standing_of(tx: Transaction, candidates: list[Row], now: str) -> list[Row]:
    """What was proposed before to the councils of some candidates, and who has answered."""
    bodies = {row[side] for row in candidates for side in ("aBody", "bBody")}
    result = await tx.run(STANDING, bodies=sorted(bodies), today=now[:10])
    return [record.data() async for record in result]


async def texts(tx: Transaction, pairs: list[Row]) -> dict[str, str]:
    ids = {row[side] for row in pairs for side in ("a", "b")}
    result = await tx.run(
        """
        UNWIND $ids AS id MATCH (p:Project {id: id})
        RETURN p.id AS id, p.title + ' ' + p.summary AS text
        """,
        ids=sorted(ids),
    )
    return {record["id"]: record["text"] async for record in result}


async def put(tx: Transaction, *, rows: list[Row], now: str) -> int:
    result = await tx.run(
        """
        UNWIND $rows AS row MATCH (a:Project {id: row.a}), (b:Project {id: row.b})
        MERGE (p:Proposal {id: row.id})
        ON CREATE SET p.proposedAt = $now, p.place = $now + ' ' + row.place
        MERGE (p)-[:ABOUT]->(a) MERGE (p)-[:ABOUT]->(b)
        RETURN count(p) AS made
        """,
        rows=rows,
        now=now,
    )
    return int((await result.single(strict=True))["made"])
