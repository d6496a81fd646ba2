"""The answer: stored once and kept, shown only as its giver wishes, and two yeses introduce.

A proposal may be about more than two projects: the second yes introduces those two, and each later
one joins them. Where it is made around one project (`aroundId`), it puts each of the others together
with that one alone, and introduces accordingly.
"""

import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction
from graph.visibility import meets

BOTH_SAID_YES = "both said yes"
# The projects of a council that a proposal puts before others', and those others.
PUT_BEFORE = (
    "MATCH (led:Project)<-[:ABOUT]-(p:Proposal {id: $proposal})-[:ABOUT]->(other:Project)"
    f" WHERE {meets('led', 'other', proposal='p', council='$council')}"
)


class Outcome(Enum):
    NOT_YOURS = "not yours"
    TAKEN = "taken"
    ANSWERED = "answered"
    INTRODUCED = "introduced"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a council's person says to a proposal; `until` is the first day of a month.

    `message` is for the other side, and goes where the yes goes; `reason` is for nobody else.
    """

    answer: str
    reason: str | None
    until: str | None
    only_if_agree: bool
    contact_name: str | None
    contact_email: str | None
    other_work: bool = False
    message: str | None = None


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
    others = await keen(tx, proposal=proposal, council=council)
    if reply.answer != "INTERESTED" or not others:
        return Answered(Outcome.ANSWERED)
    for chain in sorted([council, *others]):
        await audits.record(
            tx,
            chain,
            now=now,
            who=council,
            what="proposal.introduce",
            of=proposal,
            rule=BOTH_SAID_YES,
        )
    return await introduce(tx, proposal=proposal, council=council, others=others, now=now)


async def councils_of(tx: Transaction, *, proposal: str) -> list[str]:
    """The councils of a proposal, in the order in which their chains are locked."""
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
        PUT_BEFORE
        + """
        WITH DISTINCT p SET p.lock = $token
        RETURN COLLECT { MATCH (:Council {id: $council})-[:GAVE]->(a:Answer)-[:TO]->(p)
                         RETURN {answer: a.answer, byId: a.byId, reason: a.reason, until: a.until,
                                 onlyIfAgree: a.onlyIfAgree, contactName: a.contactName,
                                 contactEmail: a.contactEmail,
                                 otherWork: coalesce(a.otherWork, false),
                                 message: a.message} }[0] AS earlier
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
        "otherWork": reply.other_work,
        "message": reply.message,
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
            a.contactName = $contactName, a.contactEmail = $contactEmail,
            a.otherWork = $otherWork, a.message = $message, a.answeredAt = $now, a.by = w.name, a.byId = w.id
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
        otherWork=reply.other_work,
        message=reply.message,
        now=now,
    )


async def keen(tx: Transaction, *, proposal: str, council: str) -> list[str]:
    """The councils that said yes, of those that a proposal puts together with one."""
    result = await tx.run(
        PUT_BEFORE
        + """
        MATCH (:Council {id: other.leadId})-[:GAVE]->(:Answer {answer: 'INTERESTED'})-[:TO]->(p)
        RETURN DISTINCT other.leadId AS id ORDER BY id
        """,
        proposal=proposal,
        council=council,
    )
    return [record["id"] async for record in result]


async def introduce(
    tx: Transaction, *, proposal: str, council: str, others: list[str], now: str
) -> Answered:
    """Plan a letter to who said yes now and to those who did before.

    A person's first letter of a proposal has the id that it always had; who is told of one more yes
    gets another, once.
    """
    result = await tx.run(
        """
        MATCH (p:Proposal {id: $proposal})
        UNWIND $councils AS one
        MATCH (a:Answer {id: 'answer-' + $proposal + '-' + one}) MATCH (w:Practitioner {id: a.byId})
        WITH p, a, w, CASE WHEN a.introducedAt IS NULL THEN '' ELSE '-' + $council END AS joined
        SET a.introducedAt = coalesce(a.introducedAt, $now)
        MERGE (d:Delivery {id: 'introduction-' + p.id + '-' + w.id + joined})
        ON CREATE SET d.kind = 'introduction', d.state = 'PLANNED', d.plannedAt = $now,
            d.person = w.id, d.proposal = p.id, d.joined = $council, d.week = ''
        MERGE (d)-[:TELLS_OF]->(p)
        RETURN d.id AS id
        """,
        proposal=proposal,
        council=council,
        councils=[council, *others],
        now=now,
    )
    return Answered(Outcome.INTRODUCED, deliveries=tuple([row["id"] async for row in result]))
