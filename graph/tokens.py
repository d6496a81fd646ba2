"""API tokens: made, used and revoked; the graph has the hash of each secret and never the secret.

A token asks as its person, for as long as they work for the council that they worked for when it
was made: a script that runs there must not begin to read as another council.
"""

from enum import Enum
from typing import Any

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]

MOST_LIVE = 20


class Made(Enum):
    """What came of making a token."""

    NOW = "now"
    BEFORE = "before"
    TOO_MANY = "too many"
    NOT_YOURS = "not yours"


async def make(
    tx: Transaction,
    *,
    person: str,
    council: str,
    token: Row,
    now: str,
    who: str,
    rule: str,
) -> Made:
    """Store a token for a person; `token` has id, hash, name, scope and endsAt."""
    # The chain is the council's, so that two makings of one token wait for each other.
    await audits.lock(tx, council)
    owner = await owner_of(tx, id=token["id"])
    if owner is not None:
        return Made.BEFORE if owner == person else Made.NOT_YOURS
    if await live(tx, person=person, now=now) >= MOST_LIVE:
        return Made.TOO_MANY
    result = await tx.run(
        """
        MATCH (p:Practitioner {id: $person})-[:WORKS_FOR]->(c:Council {id: $council})
        CREATE (t:Token)-[:OF]->(p) SET t += $token, t.madeAt = $now, t.councilId = c.id
        RETURN t.id AS id
        """,
        person=person,
        council=council,
        token=token,
        now=now,
    )
    if await result.single() is None:
        return Made.NOT_YOURS
    await audits.record(tx, council, now=now, who=who, what="token.make", of=token["id"], rule=rule)
    return Made.NOW


async def owner_of(tx: Transaction, *, id: str) -> str | None:
    result = await tx.run("MATCH (:Token {id: $id})-[:OF]->(p) RETURN p.id AS owner", id=id)
    record = await result.single()
    return record["owner"] if record else None


async def live(tx: Transaction, *, person: str, now: str) -> int:
    result = await tx.run(
        """
        MATCH (t:Token)-[:OF]->(:Practitioner {id: $person})
        WHERE t.revokedAt IS NULL AND t.endsAt > $now
        RETURN count(t) AS live
        """,
        person=person,
        now=now,
    )
    return int((await result.single(strict=True))["live"])


async def revoke(
    tx: Transaction, *, id: str, person: str, council: str, now: str, who: str, rule: str
) -> bool:
    """End a token of that person now, for good; tell whether there is one. Twice is once."""
    await audits.lock(tx, council)
    result = await tx.run(
        """
        MATCH (t:Token {id: $id})-[:OF]->(:Practitioner {id: $person})
        RETURN t.revokedAt AS revokedAt
        """,
        id=id,
        person=person,
    )
    record = await result.single()
    if record is None or record["revokedAt"] is not None:
        return record is not None
    await tx.run("MATCH (t:Token {id: $id}) SET t.revokedAt = $now", id=id, now=now)
    await audits.record(tx, council, now=now, who=who, what="token.revoke", of=id, rule=rule)
    return True


async def of_secret(tx: Transaction, *, hash: str, now: str) -> Row | None:
    """Find who asks with a token, if it is alive."""
    result = await tx.run(
        """
        MATCH (t:Token {hash: $hash})-[:OF]->(p:Practitioner)-[:WORKS_FOR]->(c:Council)
        WHERE t.endsAt > $now AND t.revokedAt IS NULL AND c.id = t.councilId
        RETURN p.id AS id, p.role AS role, c.id AS council, t.scope AS scope, t.usedAt AS usedAt
        """,
        hash=hash,
        now=now,
    )
    record = await result.single()
    return record.data() if record else None


async def used(tx: Transaction, *, hash: str, now: str) -> None:
    await tx.run("MATCH (t:Token {hash: $hash}) SET t.usedAt = $now", hash=hash, now=now)


async def holder(tx: Transaction, *, email: str) -> Row | None:
    """Find the person with that address, and their council."""
    result = await tx.run(
        """
        MATCH (p:Practitioner {emailKey: $email})-[:WORKS_FOR]->(c:Council)
        RETURN p.id AS person, c.id AS council
        """,
        email=email.strip().casefold(),
    )
    record = await result.single()
    return record.data() if record else None


async def of_person(tx: Transaction, *, person: str) -> list[Row]:
    """Every token of a person, newest first, without its hash."""
    result = await tx.run(
        """
        MATCH (t:Token)-[:OF]->(:Practitioner {id: $person})
        RETURN t.id AS id, t.name AS name, t.scope AS scope, t.madeAt AS madeAt,
            t.endsAt AS endsAt, t.usedAt AS usedAt, t.revokedAt AS revokedAt
        ORDER BY t.madeAt DESC, t.id
        """,
        person=person,
    )
    return [record.data() async for record in result]
