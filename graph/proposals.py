"""The answer: stored once and kept, shown only as its giver wishes, and two yeses introduce."""

import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction

BOTH_SAID_YES = "both said yes"


class Outcome(Enum):
    NOT_YOURS = "not yours"
    TAKEN = "taken"
    ANSWERED = "answered"
    INTRODUCED = "introduced"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a council's person says to a proposal; `until` is the first day of a month."""

    answer: str
    reason: str | None
    until: str | None
    only_if_agree: bool
    contact_name: str | None
    contact_email: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    outcome: Outcome
    earlier: str | None = None
    deliveries: tuple[str, ...] = ()


async def answer(
    tx: Transaction, *, proposal: str, person: str, council: str, reply: Reply, now: str
) -> Answered:
    """Store a council's answer; with the second yes, introduce the two in the same transaction."""
    sides = await councils_of(tx, proposal=proposal)
    if council not in sides:
        return Answered(Outcome.NOT_YOURS)
    for chain in sides:
        await audits.lock(tx, chain)
    earlier = await locked(tx, proposal=proposal, council=council)
    if earlier is None:
        return Answered(Outcome.NOT_YOURS)
    if is_same(earlier, person, reply):
        return Answered(Outcome.ANSWERED)
    if earlier["answer"] in {"INTERESTED", "NOT_FOR_US"}:
        return Answered(Outcome.TAKEN, earlier=earlier["answer"])
    await audits.record(
        tx, council, now=now, who=person, what="proposal.answer", of=proposal, rule="side of it"
    )
    await store(tx, proposal=proposal, person=person, council=council, reply=reply, now=now)
    if reply.answer != "INTERESTED" or not await both_said_yes(tx, proposal=proposal):
        return Answered(Outcome.ANSWERED)
    for chain in sides:
        await audits.record(
            tx,
            chain,
            now=now,
            who=council,
            what="proposal.introduce",
            of=proposal,
            rule=BOTH_SAID_YES,
        )
    return await introduce(tx, proposal=proposal, now=now)


async def councils_of(tx: Transaction, *, proposal: str) -> list[str]:
    """The two councils of a proposal, in the order in which their chains are locked."""
    result = await tx.run(
        """
        MATCH (:Proposal {id: $proposal})-[:ABOUT]->(p:Project)
        RETURN DISTINCT p.leadId AS id ORDER BY id
        """,
        proposal=proposal,
    )
    return [record["id"] async for record in result]


async def locked(tx: Transaction, *, proposal: str, council: str) -> dict[str, Any] | None:
    """Lock the proposal, then look at what this council has said; None if it is not asked."""
    result = await tx.run(
        """
        MATCH (led:Project)<-[:ABOUT]-(p:Proposal {id: $proposal})-[:ABOUT]->(other:Project)
        WHERE led.leadId = $council AND other.leadId <> $council AND led.confirmedAt IS NOT NULL
          AND led.removedAt IS NULL AND other.removedAt IS NULL
          AND led.audience IN ['PUBLIC', 'NETWORK'] AND other.audience IN ['PUBLIC', 'NETWORK']
        SET p.lock = $token
        RETURN COLLECT { MATCH (:Council {id: $council})-[:GAVE]->(a:Answer)-[:TO]->(p)
                         RETURN {answer: a.answer, byId: a.byId, reason: a.reason, until: a.until,
                                 onlyIfAgree: a.onlyIfAgree, contactName: a.contactName,
                                 contactEmail: a.contactEmail} }[0] AS earlier
        """,
        proposal=proposal,
        council=council,
        token=uuid.uuid4().hex,
    )
    record = await result.single()
    return None if record is None else record["earlier"] or {"answer": None}


def is_same(earlier: dict[str, Any], person: str, reply: Reply) -> bool:
    """Tell whether a form was sent twice: the same answer of the same person is no second one."""
    sent = {
        "answer": reply.answer,
        "byId": person,
        "reason": reply.reason,
        "until": reply.until,
        "onlyIfAgree": reply.only_if_agree,
        "contactName": reply.contact_name,
        "contactEmail": reply.contact_email,
    }
    return all(earlier.get(name) == value for name, value in sent.items())


async def store(
    tx: Transaction, *, proposal: str, person: str, council: str, reply: Reply, now: str
) -> None:
    await tx.run(
        """
        MATCH (c:Council {id: $council}), (p:Proposal {id: $proposal}), (w:Practitioner {id: $person})
        MERGE (a:Answer {id: $id})
        SET a.answer = $answer, a.reason = $reason, a.until = $until, a.onlyIfAgree = $onlyIfAgree,
            a.contactName = $contactName, a.contactEmail = $contactEmail, a.answeredAt = $now,
            a.by = w.name, a.byId = w.id
        MERGE (c)-[:GAVE]->(a) MERGE (a)-[:TO]->(p)
        REMOVE p.lock
        """,
        id=f"answer-{proposal}-{council}",
        council=council,
        proposal=proposal,
        person=person,
        answer=reply.answer,
        reason=reply.reason,
        until=reply.until,
        onlyIfAgree=reply.only_if_agree,
        contactName=reply.contact_name,
        contactEmail=reply.contact_email,
        now=now,
    )


async def both_said_yes(tx: Transaction, *, proposal: str) -> bool:
    result = await tx.run(
        """
        MATCH (:Council)-[:GAVE]->(a:Answer {answer: 'INTERESTED'})-[:TO]->(:Proposal {id: $proposal})
        RETURN count(a) AS yeses
        """,
        proposal=proposal,
    )
    return int((await result.single(strict=True))["yeses"]) > 1


async def introduce(tx: Transaction, *, proposal: str, now: str) -> Answered:
    """Mark the proposal introduced and plan the letter to each of the two who said yes."""
    result = await tx.run(
        """
        MATCH (a:Answer {answer: 'INTERESTED'})-[:TO]->(p:Proposal {id: $proposal})
        SET p.introducedAt = $now
        WITH a, p MATCH (w:Practitioner {id: a.byId})
        MERGE (d:Delivery {id: 'introduction-' + p.id + '-' + w.id})
        ON CREATE SET d.kind = 'introduction', d.state = 'PLANNED', d.plannedAt = $now,
            d.person = w.id, d.proposal = p.id, d.week = ''
        MERGE (d)-[:TELLS_OF]->(p)
        RETURN d.id AS id
        """,
        proposal=proposal,
        now=now,
    )
    return Answered(Outcome.INTRODUCED, deliveries=tuple([row["id"] async for row in result]))
