"""Claim, Correct, Remove: what councils ask about seed projects, settled by an operator."""

import uuid
from typing import Any

from graph import audits
from graph.connection import Transaction

SIGNED_IN = "signed in"


async def ask(
    tx: Transaction,
    *,
    id: str,
    person: str,
    council: str,
    project: str,
    wish: str,
    note: str | None,
    now: str,
) -> bool | None:
    """Put a wish on the operator's list; the same id again changes nothing.

    Returns None if there is no such project to ask about, False if it is not theirs to claim.
    """
    await audits.lock(tx, council)
    lead = await lead_of_unconfirmed(tx, project)
    if lead is None:
        return None
    if wish == "CLAIM" and lead != council:
        return False
    result = await tx.run(
        """
        MATCH (w:Practitioner {id: $person}), (p:Project {id: $project})
        MERGE (r:Request {id: $id})
        ON CREATE SET r.wish = $wish, r.note = $note, r.askedAt = $now
        WITH w, p, r, EXISTS { (:Practitioner)-[:ASKED]->(r) } AS old
        WHERE NOT old OR EXISTS { (w)-[:ASKED]->(r) }
        MERGE (w)-[:ASKED]->(r) MERGE (r)-[:CONCERNS]->(p)
        RETURN old
        """,
        id=id,
        person=person,
        project=project,
        wish=wish,
        note=note,
        now=now,
    )
    record = await result.single()
    if record and not record["old"]:
        what = f"request.{wish.lower()}"
        await audits.record(tx, council, now=now, who=person, what=what, of=project, rule=SIGNED_IN)
    return True if record else None


async def lead_of_unconfirmed(tx: Transaction, project: str) -> str | None:
    result = await tx.run(
        """
        MATCH (p:Project {id: $project}) WHERE p.removedAt IS NULL AND p.confirmedAt IS NULL
        RETURN p.leadId AS lead
        """,
        project=project,
    )
    record = await result.single()
    return record["lead"] if record else None


async def settle(
    tx: Transaction, *, id: str, operator: str, verdict: str, now: str
) -> dict[str, Any] | None:
    """Grant or decline a request once; a granted claim confirms, a granted removal removes.

    Returns the request's wish and project, or None if it is unknown or settled.
    """
    await audits.lock(tx, audits.NETWORK)
    result = await tx.run(
        """
        MATCH (w:Practitioner)-[:ASKED]->(r:Request {id: $id})-[:CONCERNS]->(p:Project)
        SET r.lock = $token
        WITH w, r, p WHERE r.settledAt IS NULL
        SET r.settledAt = $now, r.verdict = $verdict, r.settledBy = $operator REMOVE r.lock
        RETURN r.wish AS wish, p.id AS project, w.id AS person
        """,
        id=id,
        operator=operator,
        verdict=verdict,
        now=now,
        token=uuid.uuid4().hex,
    )
    record = await result.single()
    if record is None:
        return None
    settled = record.data()
    what = f"request.{verdict.lower()}"
    await audits.record(
        tx, audits.NETWORK, now=now, who=operator, what=what, of=id, rule="operator"
    )
    if verdict == "GRANT":
        await carry_out(tx, settled, now)
    return settled


async def carry_out(tx: Transaction, settled: dict[str, Any], now: str) -> None:
    match settled["wish"]:
        case "CLAIM":
            await tx.run(
                """
                MATCH (w:Practitioner {id: $person})-[:WORKS_FOR]->(:Council)-[:LEADS]->(p:Project {id: $project})
                SET p.confirmedAt = coalesce(p.confirmedAt, $now), p.changedAt = $now,
                    p.version = p.version + 1
                MERGE (w)-[:LOOKS_AFTER]->(p)
                """,
                person=settled["person"],
                project=settled["project"],
                now=now,
            )
        case "REMOVE":
            await tx.run(
                "MATCH (p:Project {id: $project}) SET p.removedAt = $now, p.changedAt = $now",
                project=settled["project"],
                now=now,
            )
        case _:
            pass
