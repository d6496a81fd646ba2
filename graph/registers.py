"""What is imported: councils, services, skills, people and seed projects, each in one transaction.

Rows are already checked; a file is written whole or not at all, and writing it again changes
nothing.
"""

import hashlib
from typing import Any

import orjson

from graph import audits
from graph.connection import Transaction

Rows = list[dict[str, Any]]


async def councils(tx: Transaction, *, rows: Rows, now: str) -> int:
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="councils", of="councils", rule="operator"
    )
    await tx.run(
        """
        UNWIND $rows AS row MERGE (c:Council {id: row.id})
        SET c += row, c.changedAt = $now
        """,
        rows=rows,
        now=now,
    )
    return len(rows)


async def services(tx: Transaction, *, rows: Rows, now: str) -> int:
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="services", of="services", rule="operator"
    )
    await tx.run("UNWIND $rows AS row MERGE (s:Service {id: row.id}) SET s += row", rows=rows)
    return len(rows)


async def skills(tx: Transaction, *, rows: Rows, now: str) -> int:
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="skills", of="skills", rule="operator"
    )
    await tx.run("UNWIND $rows AS row MERGE (s:Skill {id: row.id}) SET s += row", rows=rows)
    return len(rows)


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


async def projects(tx: Transaction, *, rows: Rows, now: str) -> int:
    """Add or correct seed projects; one that its council has claimed is left as the council has it.

    Returns how many were new or other than before.
    """
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="projects", of="projects", rule="operator"
    )
    result = await tx.run(
        """
        UNWIND $rows AS row MERGE (p:Project {id: row.id})
        ON CREATE SET p.version = 0, p.addedAt = $now
        WITH p, row WHERE p.confirmedAt IS NULL AND coalesce(p.rowMark, '') <> row.mark
        SET p += row.properties, p.rowMark = row.mark, p.changedAt = $now, p.version = p.version + 1
        RETURN p.id AS id
        """,
        rows=[{**row, "mark": mark(row)} for row in rows],
        now=now,
    )
    ids = {record["id"] async for record in result}
    await link_projects(tx, [row for row in rows if row["id"] in ids])
    return len(ids)


def mark(row: dict[str, Any]) -> str:
    """Tell one version of an imported row from another: the same row again is no change."""
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def link_projects(tx: Transaction, rows: Rows) -> None:
    """Tie projects to who leads them, who helps, and the service they are about."""
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id})
        OPTIONAL MATCH (p)<-[old:LEADS|PARTNERS_IN]-(:Council)
        DELETE old
        """,
        rows=rows,
    )
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Project {id: row.id}), (c:Council {id: row.lead})
        MERGE (c)-[:LEADS]->(p) SET p.leadId = row.lead, p.partnerIds = row.partners
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


async def people(tx: Transaction, *, rows: Rows, now: str) -> int:
    await audits.record(
        tx, audits.NETWORK, now=now, who="import", what="people", of="people", rule="operator"
    )
    await tx.run(
        """
        UNWIND $rows AS row MERGE (p:Practitioner {id: row.id})
        ON CREATE SET p.letters = 'WEEKLY', p.joinedAt = $now
        SET p += row.properties
        WITH p, row MATCH (c:Council {id: row.council}) MERGE (p)-[:WORKS_FOR]->(c)
        """,
        rows=rows,
        now=now,
    )
    await tx.run(
        """
        UNWIND $rows AS row
        MATCH (p:Practitioner {id: row.id})-[old:WORKS_FOR]->(c:Council) WHERE c.id <> row.council
        DELETE old
        """,
        rows=rows,
    )
    await tx.run(
        "UNWIND $rows AS row MATCH (:Practitioner {id: row.id})-[old:HAS_SKILL]->(:Skill) DELETE old",
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
    cares = [{"person": row["id"], "service": one} for row in rows for one in row["services"]]
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.person}), (s:Service {id: row.service})
        WHERE NOT EXISTS { (p)-[:CARES_ABOUT]->(:Service) } OR p.welcomedBy = 'import'
        MERGE (p)-[:CARES_ABOUT]->(s)
        SET p.welcomedAt = coalesce(p.welcomedAt, $now), p.welcomedBy = 'import'
        """,
        rows=cares,
        now=now,
    )
    return len(rows)


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
