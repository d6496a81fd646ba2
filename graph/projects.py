"""Projects: added and changed by people, and read whole by the matcher."""

import uuid
from collections.abc import Mapping
from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]

MEMBER = "member of the council"


class Added(Enum):
    NOT_YOURS = "not yours"
    OTHER_WORDS = "added before in other words"
    ADDED = "added"


ADD = """
    MATCH (who:Practitioner {id: $person})-[:WORKS_FOR]->(c:Council {id: $council})
    MERGE (p:Project {id: $id})
    ON CREATE SET p += $properties, p.version = 1, p.addedAt = $now, p.addedBy = $person,
        p.changedAt = $now, p.confirmedAt = $now, p.leadId = $council, p.partnerIds = []
    WITH who, c, p, EXISTS { (:Council)-[:LEADS]->(p) } AS old
    WHERE p.addedBy = $person AND p.leadId = $council
    MERGE (c)-[:LEADS]->(p)
    MERGE (who)-[:LOOKS_AFTER]->(p)
    RETURN old, p.title = $properties.title AND p.summary = $properties.summary AS same
"""


async def add(
    tx: Transaction,
    *,
    id: str,
    person: str,
    council: str,
    properties: Row,
    service: str | None,
    now: str,
    needs: Mapping[str, str] | None = None,
) -> Added:
    """Add a project that a council's person looks after; the same id again changes nothing."""
    await audits.lock(tx, council)
    result = await tx.run(
        ADD, id=id, person=person, council=council, properties=properties, now=now
    )
    record = await result.single()
    if record is None:
        return Added.NOT_YOURS
    if record["old"]:
        return Added.ADDED if record["same"] else Added.OTHER_WORDS
    await deliver(tx, id, service)
    await look_for(tx, id, needs)
    await audits.record(tx, council, now=now, who=person, what="project.add", of=id, rule=MEMBER)
    return Added.ADDED


async def deliver(tx: Transaction, project: str, service: str | None) -> None:
    """Say which service a project is about; its id stands on the project too, for facets."""
    await tx.run(
        "MATCH (p:Project {id: $project})-[old:DELIVERS]->(:Service) DELETE old", project=project
    )
    await tx.run(
        "MATCH (p:Project {id: $project}) SET p.serviceId = $service",
        project=project,
        service=service,
    )
    await tx.run(
        "MATCH (p:Project {id: $project}), (s:Service {id: $service}) MERGE (p)-[:DELIVERS]->(s)",
        project=project,
        service=service,
    )


async def look_for(tx: Transaction, project: str, needs: Mapping[str, str] | None) -> None:
    """Say which skills a project looks for, by id, each at a level; None leaves them as they are."""
    if needs is None:
        return
    await tx.run(
        "MATCH (:Project {id: $project})-[old:NEEDS]->(:Skill) DELETE old", project=project
    )
    await tx.run(
        """
        UNWIND $needs AS need MATCH (p:Project {id: $project}), (s:Skill {id: need.skill})
        MERGE (p)-[n:NEEDS]->(s) SET n.level = need.level
        """,
        project=project,
        needs=[{"skill": skill, "level": level} for skill, level in needs.items()],
    )


CHANGE = """
    MATCH (p:Project {id: $id})
    WHERE p.leadId = $council AND p.confirmedAt IS NOT NULL AND p.removedAt IS NULL
    SET p.lock = $token
    WITH p, p.version = $version AS fresh, p.phase AS before
    SET p.phaseBefore = CASE WHEN fresh AND before <> $properties.phase THEN before
            ELSE p.phaseBefore END,
        p.phaseChangedAt = CASE WHEN fresh AND before <> $properties.phase THEN $now
            ELSE p.phaseChangedAt END,
        p += CASE WHEN fresh THEN $properties ELSE {} END,
        p.version = CASE WHEN fresh THEN p.version + 1 ELSE p.version END,
        p.changedAt = CASE WHEN fresh THEN $now ELSE p.changedAt END
    REMOVE p.lock
    RETURN fresh
"""


async def change(
    tx: Transaction,
    *,
    id: str,
    version: int,
    person: str,
    council: str,
    properties: Row,
    service: str | None,
    now: str,
    needs: Mapping[str, str] | None = None,
) -> bool | None:
    """Change a project if it is still as the person saw it.

    Returns None if it is not theirs to change, False if somebody was first.
    """
    await audits.lock(tx, council)
    known = {"id": id, "version": version, "council": council, "properties": properties}
    result = await tx.run(CHANGE, known, token=uuid.uuid4().hex, now=now)
    record = await result.single()
    if record is None:
        return None
    if record["fresh"]:
        await deliver(tx, id, service)
        await look_for(tx, id, needs)
        await unmatch(tx, ids=[id])
        await audits.record(
            tx, council, now=now, who=person, what="project.change", of=id, rule=MEMBER
        )
    return bool(record["fresh"])


async def unmatch(tx: Transaction, *, ids: list[str]) -> None:
    """Take away what was stated of other words: nobody may read in a reason what was taken back."""
    await tx.run(
        "UNWIND $ids AS id MATCH (:Project {id: id})-[m:MATCHES]-(:Project) DELETE m", ids=ids
    )
    await tx.run(
        "UNWIND $ids AS id MATCH (p:Project {id: id}) REMOVE p.tellingStems, p.tellingWords",
        ids=ids,
    )


LED = "MATCH (c:Council)-[:LEADS]->(p:Project) WHERE"
NAMED = "UNWIND $ids AS one MATCH (c:Council)-[:LEADS]->(p:Project {id: one}) WHERE"
# A council that has a successor counts as that one.
TEXTS = """
    p.removedAt IS NULL AND p.changedAt >= $since AND ($id IS NULL OR p.id = $id)
    RETURN p.id AS id, p.title AS title, p.summary AS summary, p.phase AS phase,
        p.audience AS audience, p.startedOn AS startedOn, p.endsOn AS endsOn,
        p.openness AS openness, p.version AS version, p.matchedVersion AS matchedVersion,
        coalesce(c.successorId, c.id) AS lead, c.tier AS tier,
        CASE WHEN c.tier = 'COUNTY' THEN c.name ELSE c.county END AS area,
        COLLECT { MATCH (p)-[:DELIVERS]->(s:Service) RETURN {id: s.id, name: s.name} }[0] AS service,
        COLLECT { MATCH (p)<-[:PARTNERS_IN]-(b:Council)
            RETURN coalesce(b.successorId, b.id) } AS partners
    ORDER BY p.id
"""


async def texts(tx: Transaction, *, since: str = "", id: str | None = None) -> list[Row]:
    """Everything that the matcher reads of projects that changed at or after an instant."""
    result = await tx.run(LED + TEXTS, since=since, id=id)
    return [record.data() async for record in result]


async def texts_of(tx: Transaction, *, ids: list[str]) -> list[Row]:
    """The same of some projects."""
    result = await tx.run(NAMED + TEXTS, ids=ids, since="", id=None)
    return [record.data() async for record in result]


async def needs(tx: Transaction, *, ids: list[str]) -> list[tuple[str, str]]:
    """Which of some projects look for which skills, of those that the whole network may see."""
    result = await tx.run(
        """
        UNWIND $ids AS id MATCH (p:Project {id: id})-[:NEEDS]->(s:Skill)
        WHERE p.removedAt IS NULL AND p.audience IN ['PUBLIC', 'NETWORK']
        RETURN p.id AS project, s.id AS skill ORDER BY project, skill
        """,
        ids=ids,
    )
    return [(record["project"], record["skill"]) async for record in result]


async def removed(tx: Transaction, *, since: str = "") -> list[str]:
    result = await tx.run(
        """
        MATCH (p:Project) WHERE p.changedAt >= $since AND p.removedAt IS NOT NULL
        RETURN p.id AS id
        """,
        since=since,
    )
    return [record["id"] async for record in result]
