"""What is imported: councils, services, skills, people and seed projects, each in one transaction.

Rows are already checked; a file is written whole or not at all, and writing it again changes
nothing.
"""

import hashlib
from typing import Any, LiteralString

import orjson

from graph import audits, successors
from graph.connection import Transaction
from graph.projects import unmatch

Rows = list[dict[str, Any]]


TAKE_UP = """
    WITH n, row WHERE coalesce(n.rowMark, '') <> row.rowMark
    SET n += row, n.changedAt = $now RETURN n.id AS id
"""
COUNCILS = (
    "UNWIND $rows AS row MERGE (n:Council {id: row.id})"
    " SET n.namedSuccessorId = row.successorId" + TAKE_UP
)
SERVICES = "UNWIND $rows AS row MERGE (n:Service {id: row.id})" + TAKE_UP
SKILLS = "UNWIND $rows AS row MERGE (n:Skill {id: row.id})" + TAKE_UP
# One that its council has claimed is left as the council has it.
PROJECTS = """
    UNWIND $rows AS row MERGE (n:Project {id: row.id})
    ON CREATE SET n.version = 0, n.addedAt = $now
    WITH n, row WHERE n.confirmedAt IS NULL AND coalesce(n.rowMark, '') <> row.rowMark
    SET n += row.properties, n.rowMark = row.rowMark, n.changedAt = $now, n.version = n.version + 1
    RETURN n.id AS id
"""
PEOPLE = """
    UNWIND $rows AS row MERGE (n:Practitioner {id: row.id})
    ON CREATE SET n.letters = 'WEEKLY', n.joinedAt = $now
    WITH n, row WHERE coalesce(n.rowMark, '') <> row.rowMark
    SET n += row.properties, n.rowMark = row.rowMark, n.changedAt = $now RETURN n.id AS id
"""


async def brought_in(
    tx: Transaction, what: str, statement: LiteralString, rows: Rows, now: str
) -> Rows:
    """Write rows, and return those that were new or other than before."""
    await audits.lock(tx, audits.NETWORK)
    marked = [{**row, "rowMark": mark(row)} for row in rows]
    result = await tx.run(statement, rows=marked, now=now)
    changed = {record["id"] async for record in result}
    if changed:
        await audits.record(
            tx, audits.NETWORK, now=now, who="import", what=what, of=what, rule="operator"
        )
    return [row for row in rows if row["id"] in changed]


def mark(row: dict[str, Any]) -> str:
    """Tell one version of an imported row from another: the same row again is no change."""
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def councils(tx: Transaction, *, rows: Rows, now: str) -> int:
    """Write councils, and find anew who stands in whose place.

    Raises:
        Circle: some succeed each other.
    """
    changed = await brought_in(tx, "councils", COUNCILS, rows, now)
    if changed:
        await successors.follow(tx, now=now)
    return len(changed)


async def services(tx: Transaction, *, rows: Rows, now: str) -> int:
    return len(await brought_in(tx, "services", SERVICES, rows, now))


async def skills(tx: Transaction, *, rows: Rows, now: str) -> int:
    return len(await brought_in(tx, "skills", SKILLS, rows, now))


async def projects(tx: Transaction, *, rows: Rows, now: str) -> int:
    changed = await brought_in(tx, "projects", PROJECTS, rows, now)
    await link_projects(tx, changed)
    await unmatch(tx, ids=[row["id"] for row in changed])
    return len(changed)


async def people(tx: Transaction, *, rows: Rows, now: str) -> int:
    # Addresses are unique: two people who swap theirs would meet half-way.
    await tx.run(
        "UNWIND $rows AS row MATCH (p:Practitioner {id: row.id}) REMOVE p.emailKey", rows=rows
    )
    changed = await brought_in(tx, "people", PEOPLE, rows, now)
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.id})
        SET p.emailKey = row.properties.emailKey
        """,
        rows=rows,
    )
    await link_people(tx, changed, now)
    return len(changed)


async def missing(tx: Transaction, *, ids: list[str]) -> list[str]:
    """Name the ids that no council, service or skill has."""
    result = await tx.run(
        """
        UNWIND $ids AS id
        OPTIONAL MATCH (c:Council {id: id})
        OPTIONAL MATCH (s:Service {id: id})
        OPTIONAL MATCH (k:Skill {id: id})
        OPTIONAL MATCH (p:Project {id: id})
        WITH id WHERE c IS NULL AND s IS NULL AND k IS NULL AND p IS NULL
        RETURN id
        """,
        ids=ids,
    )
    return [record["id"] async for record in result]


async def link_projects(tx: Transaction, rows: Rows) -> None:
    """Tie projects to who leads them, who helps, and the service they are about."""
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id})
        OPTIONAL MATCH (p)<-[lead:LEADS]-(:Council)
        OPTIONAL MATCH (p)<-[partner:PARTNERS_IN]-(:Council)
        OPTIONAL MATCH (p)-[about:DELIVERS]->(:Service)
        DELETE lead, partner, about
        """,
        rows=rows,
    )
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}), (c:Council {id: row.lead})
        MERGE (c)-[:LEADS]->(p)
        SET p.leadId = row.lead, p.partnerIds = row.partners, p.serviceId = row.service
        """,
        rows=rows,
    )
    pairs = [{"id": row["id"], "body": body} for row in rows for body in row["partners"]]
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}), (c:Council {id: row.body})
        MERGE (c)-[:PARTNERS_IN]->(p)
        """,
        rows=pairs,
    )
    served = [{"id": row["id"], "service": row["service"]} for row in rows if row["service"]]
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}), (s:Service {id: row.service})
        MERGE (p)-[:DELIVERS]->(s)
        """,
        rows=served,
    )


async def taken(tx: Transaction, *, addresses: dict[str, str]) -> list[str]:
    """Of addresses by person, name the people whose address is somebody else's here.

    Somebody else who is in the list too gives theirs up.
    """
    result = await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {emailKey: row.address})
        WHERE p.id <> row.id AND NOT p.id IN $ids
        RETURN row.id AS id
        """,
        rows=[{"id": one, "address": address} for one, address in addresses.items()],
        ids=[*addresses],
    )
    return [record["id"] async for record in result]


async def link_people(tx: Transaction, rows: Rows, now: str) -> None:
    """Tie people to their council, their skills, and the services that they have not chosen yet."""
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.id})
        OPTIONAL MATCH (p)-[works:WORKS_FOR]->(:Council)
        OPTIONAL MATCH (p)-[held:HAS_SKILL]->(:Skill)
        DELETE works, held
        """,
        rows=rows,
    )
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.id}), (c:Council {id: row.council})
        MERGE (p)-[:WORKS_FOR]->(c)
        """,
        rows=rows,
    )
    skills_held = [{"person": row["id"], **held} for row in rows for held in row["skills"]]
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.person}), (s:Skill {id: row.skill})
        MERGE (p)-[h:HAS_SKILL]->(s) SET h.level = row.level
        """,
        rows=skills_held,
    )
    # One row a person: of several, an engine may judge the later ones by what the first has written.
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.id})
        WHERE size(row.services) > 0 AND (p.welcomedAt IS NULL OR p.welcomedBy = 'import')
        SET p.welcomedAt = coalesce(p.welcomedAt, $now), p.welcomedBy = 'import'
        WITH p, row UNWIND row.services AS service
        MATCH (s:Service {id: service}) MERGE (p)-[:CARES_ABOUT]->(s)
        """,
        rows=rows,
        now=now,
    )


async def claims(tx: Transaction, *, rows: Rows, now: str) -> int:
    """Confirm seed projects for people of their councils, with the dates that these gave."""
    for row in rows:
        await tx.run(
            """
            MATCH (p:Project {id: $row.project})<-[:LEADS]-(c:Council)<-[:WORKS_FOR]-(person:Practitioner {id: $row.by})
            WHERE p.confirmedAt IS NULL
            SET p += $row.properties, p.confirmedAt = $now, p.changedAt = $now,
                p.version = p.version + 1
            MERGE (person)-[:LOOKS_AFTER]->(p)
            WITH p UNWIND $row.needs AS need MATCH (s:Skill {id: need.skill})
            MERGE (p)-[n:NEEDS]->(s) SET n.level = need.level
            """,
            row=row,
            now=now,
        )
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="claims", of="projects", rule="operator"
    )
    return len(rows)


async def places(tx: Transaction) -> list[str]:
    """The names of councils and of where they are."""
    result = await tx.run(
        """
        MATCH (c:Council) WHERE c.kind = 'COUNCIL'
        UNWIND [c.shortName, c.county, c.region, c.nation] AS name
        WITH name WHERE name IS NOT NULL RETURN DISTINCT name ORDER BY name
        """
    )
    return [record["name"] async for record in result]


async def stamp(tx: Transaction) -> dict[str, Any] | None:
    result = await tx.run("MATCH (s:Stamp {id: 'tandem'}) RETURN properties(s) AS stamp")
    record = await result.single()
    return record["stamp"] if record else None


async def stamped(tx: Transaction, *, demo: bool, now: str) -> None:
    await tx.run(
        "MERGE (s:Stamp {id: 'tandem'}) ON CREATE SET s.demo = $demo, s.at = $now",
        demo=demo,
        now=now,
    )


async def is_empty(tx: Transaction) -> bool:
    result = await tx.run(
        "MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock RETURN n LIMIT 1"
    )
    return await result.single() is None


async def mark_loaded(tx: Transaction, *, now: str) -> None:
    await tx.run("MATCH (s:Stamp {id: 'tandem'}) SET s.loadedAt = $now", now=now)
