"""Claim, Correct, Remove: what councils ask about seed projects, settled by an operator."""

import uuid
from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction
from graph.projects import unmatch

SIGNED_IN = "signed in"


class Asked(Enum):
    NO_PROJECT = "no such project"
    NOT_THEIRS = "another council leads it"
    USED_ID = "the id is another request's"
    ASKED = "asked"


class Settled(Enum):
    NO_REQUEST = "no such request, or settled"
    OVERTAKEN = "the project is no longer as it was asked about"
    SETTLED = "settled"


ASK = """
    MATCH (w:Practitioner {id: $person}), (p:Project {id: $project})
    MERGE (r:Request {id: $id})
    ON CREATE SET r.wish = $wish, r.note = $note, r.askedAt = $now, r.projectId = $project,
        r.personId = $person
    WITH w, p, r, EXISTS { (:Practitioner)-[:ASKED]->(r) } AS old
    WHERE r.projectId = $project AND r.personId = $person AND r.wish = $wish
    MERGE (w)-[:ASKED]->(r) MERGE (r)-[:CONCERNS]->(p)
    RETURN old
"""


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
) -> Asked:
    """Put a wish on the operator's list; the same id again changes nothing."""
    await audits.lock(tx, council)
    lead = await lead_of_unconfirmed(tx, project, council)
    if lead is None:
        return Asked.NO_PROJECT
    if wish == "CLAIM" and lead != council:
        return Asked.NOT_THEIRS
    known = {"id": id, "person": person, "project": project, "wish": wish, "note": note}
    record = await (await tx.run(ASK, known, now=now)).single()
    if record is None:
        return Asked.USED_ID
    if not record["old"]:
        what = f"request.{wish.lower()}"
        await audits.record(tx, council, now=now, who=person, what=what, of=project, rule=SIGNED_IN)
    return Asked.ASKED


async def lead_of_unconfirmed(tx: Transaction, project: str, council: str) -> str | None:
    """Who leads a project that nobody has confirmed and that this council may see."""
    result = await tx.run(
        """
        MATCH (p:Project {id: $project}) WHERE p.removedAt IS NULL AND p.confirmedAt IS NULL
          AND (p.audience IN ['PUBLIC', 'NETWORK'] OR p.leadId = $council
            OR (p.audience = 'PARTNERS' AND $council IN p.partnerIds))
        RETURN p.leadId AS lead
        """,
        project=project,
        council=council,
    )
    record = await result.single()
    return record["lead"] if record else None


async def settle(
    tx: Transaction, *, id: str, operator: str, verdict: str, now: str
) -> tuple[Settled, str | None]:
    """Grant or decline a request once; a granted claim confirms, a granted removal removes.

    Returns the project besides. The lead council's chain tells it too: it is their record.
    """
    asked = await open_request(tx, id=id)
    if asked is None:
        return Settled.NO_REQUEST, None
    for chain in sorted({audits.NETWORK, asked["lead"]}):
        await audits.lock(tx, chain)
    if not await taken_up(tx, id=id):
        return Settled.NO_REQUEST, None
    if verdict == "GRANT" and not await carried_out(tx, asked, now):
        return Settled.OVERTAKEN, None
    await close(tx, id=id, operator=operator, verdict=verdict, now=now)
    what = f"request.{asked['wish'].lower()}.{verdict.lower()}"
    for chain, of in ((audits.NETWORK, id), (asked["lead"], asked["project"])):
        await audits.record(tx, chain, now=now, who=operator, what=what, of=of, rule="operator")
    return Settled.SETTLED, asked["project"]


async def open_request(tx: Transaction, *, id: str) -> dict[str, Any] | None:
    result = await tx.run(
        """
        MATCH (w:Practitioner)-[:ASKED]->(r:Request {id: $id})-[:CONCERNS]->(p:Project)
        WHERE r.settledAt IS NULL
        RETURN r.wish AS wish, p.id AS project, p.leadId AS lead, w.id AS person
        """,
        id=id,
    )
    record = await result.single()
    return record.data() if record else None


async def taken_up(tx: Transaction, *, id: str) -> bool:
    """Lock a request, then look whether it is still open."""
    result = await tx.run(
        """
        MATCH (r:Request {id: $id}) SET r.lock = $token
        WITH r WHERE r.settledAt IS NULL RETURN r.id AS id
        """,
        id=id,
        token=uuid.uuid4().hex,
    )
    return await result.single() is not None


async def close(tx: Transaction, *, id: str, operator: str, verdict: str, now: str) -> None:
    await tx.run(
        """
        MATCH (r:Request {id: $id})
        SET r.settledAt = $now, r.verdict = $verdict, r.settledBy = $operator REMOVE r.lock
        """,
        id=id,
        operator=operator,
        verdict=verdict,
        now=now,
    )


CLAIM = """
    MATCH (w:Practitioner {id: $person})-[:WORKS_FOR]->(c:Council), (p:Project {id: $project})
    SET p.lock = $token
    WITH w, c, p WHERE p.leadId = c.id AND p.confirmedAt IS NULL AND p.removedAt IS NULL
    SET p.confirmedAt = $now, p.changedAt = $now, p.version = p.version + 1
    MERGE (w)-[:LOOKS_AFTER]->(p)
    RETURN p.id AS id
"""
REMOVE = """
    MATCH (p:Project {id: $project}) SET p.lock = $token
    WITH p WHERE p.confirmedAt IS NULL AND p.removedAt IS NULL
    SET p.removedAt = $now, p.changedAt = $now, p.version = p.version + 1
    RETURN p.id AS id
"""


async def carried_out(tx: Transaction, asked: dict[str, Any], now: str) -> bool:
    """Do what was asked, if the project is still as it was asked about."""
    if asked["wish"] == "CORRECT":
        return True
    statement = CLAIM if asked["wish"] == "CLAIM" else REMOVE
    known = {"person": asked["person"], "project": asked["project"]}
    result = await tx.run(statement, known, now=now, token=uuid.uuid4().hex)
    if await result.single() is None:
        return False
    await unmatch(tx, ids=[asked["project"]])
    return True
