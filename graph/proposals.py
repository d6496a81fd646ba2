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
    if reply.answer == "INTERESTED":
        return await introduce(tx, proposal=proposal, council=council, now=now)
    return Answered(Outcome.ANSWERED)


async def catch_up(tx: Transaction, *, proposal: str, now: str) -> Answered:
    """Introduce those who said yes while the project of one was hidden, now that it is not."""
    for chain in await councils_of(tx, proposal=proposal):
        await audits.lock(tx, chain)
    await tx.run(
        "MATCH (p:Proposal {id: $proposal}) SET p.lock = $token REMOVE p.lock",
        proposal=proposal,
        token=uuid.uuid4().hex,
    )
    return await introduce(tx, proposal=proposal, council=None, now=now)


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


# Two who said yes and are put together today, each told of the other. What are to be one council need
# nobody to introduce them.
DUE = f"""
    <-[:TO]-(theirs:Answer {{answer: 'INTERESTED'}})<-[:GAVE]-(b:Council),
        (a:Council)-[:GAVE]->(mine:Answer {{answer: 'INTERESTED'}})-[:TO]->(p)
    WHERE NOT b.id IN coalesce(mine.introducedTo, [])
      AND coalesce(a.successorId, a.id) <> coalesce(b.successorId, b.id)
      AND EXISTS {{ MATCH (led:Project)<-[:ABOUT]-(p)-[:ABOUT]->(other:Project)
        WHERE {meets("led", "other", proposal="p", council="a.id")}
          AND other.leadId = b.id AND other.confirmedAt IS NOT NULL }}
"""


async def due(tx: Transaction, *, project: str | None = None) -> list[str]:
    """The proposals, of one project or all, in which two said yes and have not been introduced."""
    start = "MATCH (:Project {id: $project})<-[:ABOUT]-(p:Proposal)" if project else ""
    result = await tx.run(
        f"{start} MATCH (p:Proposal){DUE} RETURN DISTINCT p.id AS id ORDER BY id", project=project
    )
    return [record["id"] async for record in result]


async def introduce(tx: Transaction, *, proposal: str, council: str | None, now: str) -> Answered:
    """Introduce a council to all who said yes, or all of these to each other.

    By whose yes it came stands in the audits of those whom it introduces, so it is nobody else's.
    """
    result = await tx.run(
        f"""
        MATCH (p:Proposal {{id: $proposal}}){DUE} AND ($council IS NULL OR $council IN [a.id, b.id])
        WITH a, mine, b ORDER BY b.id
        RETURN a.id AS council, coalesce(mine.introducedTo, []) AS before, mine.byId AS person,
            collect(b.id) AS others
        ORDER BY council
        """,
        proposal=proposal,
        council=council,
    )
    rows = [record.data() async for record in result]
    if not rows:
        return Answered(Outcome.ANSWERED)
    for row in rows:
        await audits.record(
            tx,
            row["council"],
            now=now,
            who=council or "match",
            what="proposal.introduce",
            of=proposal,
            rule=BOTH_SAID_YES,
        )
    await join(tx, proposal=proposal, rows=rows, now=now)
    deliveries = await plan(tx, proposal=proposal, rows=rows, now=now)
    return Answered(Outcome.INTRODUCED, deliveries=deliveries)


async def join(tx: Transaction, *, proposal: str, rows: list[dict[str, Any]], now: str) -> None:
    """Note on each answer to whom its giver is introduced, and since when to anybody."""
    await tx.run(
        """
        UNWIND $rows AS row MATCH (a:Answer {id: row.id})
        SET a.introducedTo = row.known, a.introducedAt = coalesce(a.introducedAt, $now)
        """,
        rows=[
            {
                "id": f"answer-{proposal}-{row['council']}",
                "known": [*row["before"], *row["others"]],
            }
            for row in rows
        ],
        now=now,
    )


async def plan(
    tx: Transaction, *, proposal: str, rows: list[dict[str, Any]], now: str
) -> tuple[str, ...]:
    """Plan a letter to each: the first of a proposal is of all, another of one more who joined."""
    letters = [
        {
            "id": "-".join(filter(None, ("introduction", proposal, row["person"], joined))),
            "person": row["person"],
            "joined": joined,
        }
        for row in rows
        for joined in (row["others"] if row["before"] else [None])
    ]
    result = await tx.run(
        """
        MATCH (p:Proposal {id: $proposal}) UNWIND $letters AS letter
        MERGE (d:Delivery {id: letter.id})
        ON CREATE SET d.kind = 'introduction', d.state = 'PLANNED', d.plannedAt = $now,
            d.person = letter.person, d.proposal = p.id, d.joined = letter.joined, d.week = ''
        MERGE (d)-[:TELLS_OF]->(p)
        RETURN d.id AS id
        """,
        proposal=proposal,
        letters=letters,
        now=now,
    )
    return tuple([record["id"] async for record in result])
