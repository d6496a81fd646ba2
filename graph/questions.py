"""Questions that people keep and share: named addresses of the page that asks them.

Whose a question is, and with which council it is shared, stands on the question too, as the rule of
visibility reads it; a person who moves takes their questions along, and what they shared with the
council that they left stays there until they say otherwise.
"""

import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction

ONESELF = "oneself"


class Kept(Enum):
    NOT_YOURS = "the id is another person's question"
    OTHER_WORDS = "kept before in other words"
    ENDED = "taken away before"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps a question, and for which council."""

    person: str
    council: str


SAVE = """
    MATCH (who:Practitioner {id: $person})
    MERGE (q:Question {id: $id})
    ON CREATE SET q += $properties, q.ownerId = $person, q.councilId = $council,
        q.madeAt = $now, q.changedAt = $now
    WITH who, q, EXISTS { (:Practitioner)-[:KEEPS]->(q) } AS old
    WHERE q.ownerId = $person
    MERGE (who)-[:KEEPS]->(q)
    RETURN old, q.endedAt IS NOT NULL AS ended,
        q.address = $properties.address AND q.name = $properties.name AS same
"""


def named(name: str, shared_with: str) -> dict[str, Any]:
    return {
        "name": name,
        "sortName": name.casefold(),
        "searchText": name.casefold(),
        "sharedWith": shared_with,
    }


async def save(
    tx: Transaction,
    *,
    id: str,
    keeper: Keeper,
    name: str,
    address: str,
    shared_with: str,
    now: str,
) -> Kept:
    """Keep a question under a name; the same id again changes nothing."""
    await audits.lock(tx, keeper.council)
    result = await tx.run(
        SAVE,
        id=id,
        person=keeper.person,
        council=keeper.council,
        properties={**named(name, shared_with), "address": address},
        now=now,
    )
    record = await result.single()
    if record is None:
        return Kept.NOT_YOURS
    if record["ended"]:
        return Kept.ENDED
    if record["old"]:
        return Kept.KEPT if record["same"] else Kept.OTHER_WORDS
    await told(tx, keeper, "question.save", id, now)
    return Kept.KEPT


async def told(tx: Transaction, keeper: Keeper, what: str, id: str, now: str) -> None:
    await audits.record(
        tx, keeper.council, now=now, who=keeper.person, what=what, of=id, rule=ONESELF
    )


# Which council it is shared with follows the choice to share, not the person.
CHANGE = """
    MATCH (q:Question {id: $id}) WHERE q.ownerId = $person SET q.lock = $token
    WITH q WHERE q.endedAt IS NULL
    WITH q, q.name <> $properties.name OR q.sharedWith <> $properties.sharedWith
        OR (q.sharedWith = 'COUNCIL' AND q.councilId <> $council) AS other
    SET q += CASE WHEN other THEN $properties ELSE {} END,
        q.councilId = CASE WHEN other THEN $council ELSE q.councilId END,
        q.changedAt = CASE WHEN other THEN $now ELSE q.changedAt END
    REMOVE q.lock
    RETURN other
"""


async def change(
    tx: Transaction, *, id: str, keeper: Keeper, name: str, shared_with: str, now: str
) -> bool:
    """Rename a question or share it otherwise; tell whether it is theirs to change."""
    await audits.lock(tx, keeper.council)
    result = await tx.run(
        CHANGE,
        id=id,
        person=keeper.person,
        council=keeper.council,
        properties=named(name, shared_with),
        now=now,
        token=uuid.uuid4().hex,
    )
    record = await result.single()
    if record is None:
        return False
    if record["other"]:
        await told(tx, keeper, f"question.change.{shared_with.lower()}", id, now)
    return True


END = """
    MATCH (q:Question {id: $id}) WHERE q.ownerId = $person SET q.lock = $token
    WITH q, q.endedAt IS NULL AS fresh
    SET q.endedAt = coalesce(q.endedAt, $now),
        q.changedAt = CASE WHEN fresh THEN $now ELSE q.changedAt END
    REMOVE q.lock
    RETURN fresh
"""


async def end(tx: Transaction, *, id: str, keeper: Keeper, now: str) -> bool:
    """Take a question away, which ends it; tell whether it is theirs to take away."""
    await audits.lock(tx, keeper.council)
    result = await tx.run(END, id=id, person=keeper.person, now=now, token=uuid.uuid4().hex)
    record = await result.single()
    if record is None:
        return False
    if record["fresh"]:
        await told(tx, keeper, "question.end", id, now)
    return True
