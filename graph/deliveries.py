"""Letters owed: planned once a person and week, claimed under a lease, and marked.

PLANNED → CLAIMED → SENDING → SENT | REFUSED
   │         │          ├→ UNCERTAIN  the outcome is unknown: shown, never sent again by itself
   │         │          └→ PLANNED    the mail server said "later": the next run tries again
   │         ├→ EMPTY  it says nothing (an introduction: until what was hidden is open again)
   │         ├→ FAILED  it could not be written: shown, and tried again by the next run
   │         └→ PLANNED again when its run left it, or the lease ran out before anything was sent
   └→ EXPIRED  its week is over
"""

import uuid
from typing import Any

from graph import audits
from graph.connection import Transaction
from graph.visibility import meets

Row = dict[str, Any]


async def plan(tx: Transaction, *, week: str, now: str) -> int:
    """Plan the week's letter for everyone who wants it; return how many were new.

    Weeks go forward: who had the letter of a later week gets none of an earlier one.
    """
    await audits.record(
        tx, audits.NETWORK, now=now, who="digest", what="digest.plan", of=week, rule="consent"
    )
    result = await tx.run(
        """
        MATCH (p:Practitioner) WHERE p.letters = 'WEEKLY' AND p.welcomedAt IS NOT NULL
          AND NOT EXISTS { (:Delivery {id: 'digest-' + $week + '-' + p.id}) }
          AND NOT EXISTS { (later:Delivery {person: p.id}) WHERE later.kind = 'digest'
            AND later.week > $week AND later.state IN ['SENT', 'UNCERTAIN'] }
        MERGE (d:Delivery {id: 'digest-' + $week + '-' + p.id})
        ON CREATE SET d.kind = 'digest', d.state = 'PLANNED', d.plannedAt = $now, d.person = p.id,
            d.week = $week
        RETURN count(d) AS planned
        """,
        week=week,
        now=now,
    )
    return int((await result.single(strict=True))["planned"])


async def tidy(tx: Transaction, *, now: str) -> int:
    """Take back leases that ran out; a send that was cut short is marked, not repeated."""
    await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state = 'CLAIMED' AND d.leaseUntil < $now
        SET d.lock = $token
        WITH d WHERE d.state = 'CLAIMED' AND d.leaseUntil < $now
        SET d.state = 'PLANNED' REMOVE d.lock
        """,
        now=now,
        token=uuid.uuid4().hex,
    )
    result = await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state = 'SENDING' AND d.leaseUntil < $now
        SET d.lock = $token
        WITH d WHERE d.state = 'SENDING' AND d.leaseUntil < $now
        SET d.state = 'UNCERTAIN' REMOVE d.lock
        RETURN count(d) AS uncertain
        """,
        now=now,
        token=uuid.uuid4().hex,
    )
    return int((await result.single(strict=True))["uncertain"])


async def expire(tx: Transaction, *, week: str, now: str) -> None:
    """Give up what was never sent of weeks before this one: it would say stale things."""
    await tx.run(
        """
        MATCH (d:Delivery)
        WHERE d.kind = 'digest' AND d.week < $week AND d.state IN ['PLANNED', 'FAILED']
        SET d.lock = $token
        WITH d WHERE d.state IN ['PLANNED', 'FAILED']
        SET d.state = 'EXPIRED', d.markedAt = $now REMOVE d.lock
        """,
        week=week,
        now=now,
        token=uuid.uuid4().hex,
    )


async def waiting(tx: Transaction, *, week: str, kinds: list[str], me: str) -> int:
    """Count what `me` could claim now."""
    result = await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state IN ['PLANNED', 'FAILED'] AND d.week IN ['', $week]
          AND d.kind IN $kinds AND coalesce(d.claimedBy, '') <> $me
        RETURN count(d) AS waiting
        """,
        week=week,
        kinds=kinds,
        me=me,
    )
    return int((await result.single(strict=True))["waiting"])


async def claim(
    tx: Transaction, *, week: str, kinds: list[str], me: str, until: str, most: int
) -> list[Row]:
    """Claim some of what is to be sent, of this week or of none (introductions).

    What `me` has had already and could not send is left: else one run would try it for ever.
    """
    result = await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state IN ['PLANNED', 'FAILED'] AND d.week IN ['', $week]
          AND d.kind IN $kinds AND coalesce(d.claimedBy, '') <> $me
        WITH d ORDER BY d.id LIMIT $most
        SET d.lock = $token
        WITH d WHERE d.state IN ['PLANNED', 'FAILED']
        SET d.state = 'CLAIMED', d.claimedBy = $me, d.leaseUntil = $until REMOVE d.lock
        RETURN d.id AS id, d.kind AS kind, d.person AS person, d.proposal AS proposal,
            d.joined AS joined, d.week AS week
        ORDER BY d.id
        """,
        week=week,
        kinds=kinds,
        me=me,
        until=until,
        most=most,
        token=uuid.uuid4().hex,
    )
    return [record.data() async for record in result]


# Those whom an introduction letter tells of, put together with its reader today.
STILL_MEET = f"""
    EXISTS {{ MATCH (led:Project)<-[:ABOUT]-(p)-[:ABOUT]->(other:Project)
      WHERE {meets("led", "other", proposal="p", council="c.id")}
        AND other.leadId IN coalesce(a.introducedTo, [])
        AND coalesce(d.joined, other.leadId) = other.leadId }}
"""


async def revive(tx: Transaction, *, project: str | None) -> int:
    """Plan again the introduction letters that found a project hidden, and it is open by now."""
    start = "MATCH (:Project {id: $project})<-[:ABOUT]-(p:Proposal)" if project else ""
    result = await tx.run(
        f"""
        {start} MATCH (p:Proposal)<-[:TELLS_OF]-(d:Delivery)
        WHERE d.kind = 'introduction' AND d.state = 'EMPTY'
        MATCH (c:Council)-[:GAVE]->(a:Answer)-[:TO]->(p) WHERE a.byId = d.person AND {STILL_MEET}
        SET d.state = 'PLANNED'
        RETURN count(DISTINCT d) AS revived
        """,
        project=project,
    )
    return int((await result.single(strict=True))["revived"])


async def put_back(tx: Transaction, *, me: str) -> None:
    """Leave what `me` has claimed and not begun to send to whoever comes next, at once."""
    await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state = 'CLAIMED' AND d.claimedBy = $me
        SET d.lock = $token
        WITH d WHERE d.state = 'CLAIMED' AND d.claimedBy = $me
        SET d.state = 'PLANNED' REMOVE d.lock
        """,
        me=me,
        token=uuid.uuid4().hex,
    )


async def mark(
    tx: Transaction, *, id: str, me: str, state: str, now: str, subject: str | None = None
) -> bool:
    """Move a delivery that is still ours to its next state; tell whether it was."""
    result = await tx.run(
        """
        MATCH (d:Delivery {id: $id}) SET d.lock = $token
        WITH d WHERE d.claimedBy = $me AND d.state IN ['CLAIMED', 'SENDING']
        SET d.state = $state, d.markedAt = $now, d.subject = coalesce($subject, d.subject)
        REMOVE d.lock
        RETURN d.id AS id
        """,
        id=id,
        me=me,
        state=state,
        now=now,
        subject=subject,
        token=uuid.uuid4().hex,
    )
    return await result.single() is not None


async def last_sent(tx: Transaction, *, person: str) -> str:
    """When the last weekly letter that went out to this person was planned; empty if none has."""
    result = await tx.run(
        """
        MATCH (d:Delivery {person: $person}) WHERE d.kind = 'digest' AND d.state = 'SENT'
        RETURN max(d.plannedAt) AS at
        """,
        person=person,
    )
    return (await result.single(strict=True))["at"] or ""


async def unsettled(tx: Transaction) -> list[Row]:
    """Letters that somebody should look at: their outcome is unknown, or they cannot be written."""
    result = await tx.run(
        """
        MATCH (d:Delivery) WHERE d.state IN ['UNCERTAIN', 'FAILED']
        RETURN d.id AS id, d.state AS state ORDER BY d.id
        """
    )
    return [record.data() async for record in result]


async def readers(tx: Transaction) -> list[Row]:
    """Everybody who would get a letter."""
    result = await tx.run(
        """
        MATCH (p:Practitioner)-[:WORKS_FOR]->(c:Council)
        WHERE p.letters = 'WEEKLY' AND p.welcomedAt IS NOT NULL
        RETURN p.id AS id, p.email AS email, p.name AS name, c.shortName AS council ORDER BY p.sortName, p.id
        """
    )
    return [record.data() async for record in result]
