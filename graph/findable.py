"""What can be found by a few words, as the finder reads it: everything, or what changed lately."""

from typing import Any

from graph.connection import Transaction

Row = dict[str, Any]
Rows = list[Row]

PROJECTS = """
    MATCH (c:Council)-[:LEADS]->(p:Project)
    WHERE p.removedAt IS NULL AND p.changedAt >= $since AND ($id IS NULL OR p.id = $id)
    RETURN p.id AS id, p.title AS title, p.summary AS summary, p.phase AS phase,
        p.audience AS audience, p.leadId AS lead, p.partnerIds AS partners,
        c.shortName AS council, c.region AS region, c.tier AS tier,
        COLLECT { MATCH (p)-[:DELIVERS]->(s:Service) RETURN {id: s.id, name: s.name} }[0] AS service
"""
COUNCILS = """
    MATCH (c:Council) WHERE c.changedAt >= $since
    RETURN c.id AS id, c.code AS code, c.name AS name, c.shortName AS shortName,
        c.gssCode AS gssCode, c.type AS type, c.county AS county, c.region AS region,
        c.nation AS nation, c.tier AS tier
"""
SERVICES = """
    MATCH (s:Service) WHERE s.changedAt >= $since
    RETURN s.id AS id, s.lgsl AS lgsl, s.name AS name, s.tier AS tier
"""
SKILLS = """
    MATCH (s:Skill) WHERE s.changedAt >= $since
    RETURN s.id AS id, s.name AS name, s.summary AS summary, s.families AS families
"""
PEOPLE = """
    MATCH (p:Practitioner)-[:WORKS_FOR]->(c:Council) WHERE p.changedAt >= $since
    RETURN p.id AS id, p.name AS name, p.jobTitle AS jobTitle, p.about AS about,
        c.id AS council, c.shortName AS shortName, c.region AS region, c.tier AS tier,
        COLLECT { MATCH (p)-[:HAS_SKILL]->(k:Skill)
            WITH k ORDER BY k.sortName, k.id RETURN k.name } AS skills,
        COLLECT { MATCH (p)-[:CARES_ABOUT]->(s:Service)
            WITH s ORDER BY s.id RETURN s.id } AS services
"""


async def changed(tx: Transaction, *, since: str = "") -> dict[str, Rows]:
    """Everything of each kind that changed at or after an instant."""
    return {
        "projects": await projects(tx, since=since),
        "councils": [row.data() async for row in await tx.run(COUNCILS, since=since)],
        "services": [row.data() async for row in await tx.run(SERVICES, since=since)],
        "skills": [row.data() async for row in await tx.run(SKILLS, since=since)],
        "people": [row.data() async for row in await tx.run(PEOPLE, since=since)],
    }


async def projects(tx: Transaction, *, since: str = "", id: str | None = None) -> Rows:
    result = await tx.run(PROJECTS, since=since, id=id)
    return [record.data() async for record in result]
