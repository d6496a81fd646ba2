"""People: who signed in, what they chose, and the sessions by which they are known.

Sessions are stored as hashes: a copy of the graph signs nobody in.
"""

import uuid
from typing import Any

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]


async def signed_in(
    tx: Transaction, *, issuer: str, subject: str, email: str, now: str
) -> Row | None:
    """Find the person of an identity; a first sign-in ties it to the person with that address.

    The e-mail is used once, at that first sign-in, and only when the provider has verified it: a
    mailbox that was handed on, with a new account of the same provider, signs nobody in.
    """
    await tx.run(
        """
        MATCH (p:Practitioner {emailKey: $email})
        WHERE NOT EXISTS { (:Identity {issuer: $issuer})-[:SIGNS_IN]->(p) }
        MERGE (i:Identity {id: $id}) ON CREATE SET i.at = $now, i.issuer = $issuer
        WITH p, i WHERE NOT EXISTS { (i)-[:SIGNS_IN]->(:Practitioner) }
        MERGE (i)-[:SIGNS_IN]->(p)
        """,
        id=f"{issuer} {subject}",
        issuer=issuer,
        email=email.strip().casefold(),
        now=now,
    )
    result = await tx.run(
        """
        MATCH (:Identity {id: $id})-[:SIGNS_IN]->(p:Practitioner)-[:WORKS_FOR]->(c:Council)
        RETURN p.id AS id, p.role AS role, c.id AS council, p.welcomedAt AS welcomedAt, p.name AS name
        """,
        id=f"{issuer} {subject}",
    )
    record = await result.single()
    return record.data() if record else None


async def begin_session(
    tx: Transaction, *, hash: str, person: str, csrf: str, now: str, ends: str
) -> None:
    await tx.run("MATCH (s:Session) WHERE s.endsAt < $now DETACH DELETE s", now=now)
    await tx.run(
        """
        MATCH (p:Practitioner {id: $person})
        CREATE (s:Session {id: $hash, csrf: $csrf, beganAt: $now, seenAt: $now, endsAt: $ends})
        CREATE (s)-[:OF]->(p)
        """,
        hash=hash,
        person=person,
        csrf=csrf,
        now=now,
        ends=ends,
    )


async def of_session(tx: Transaction, *, hash: str, now: str, idle_since: str) -> Row | None:
    result = await tx.run(
        """
        MATCH (s:Session {id: $hash})-[:OF]->(p:Practitioner)-[:WORKS_FOR]->(c:Council)
        WHERE s.endsAt > $now AND s.seenAt > $idleSince
        RETURN p.id AS id, p.role AS role, c.id AS council, s.csrf AS csrf, s.seenAt AS seenAt
        """,
        hash=hash,
        now=now,
        idleSince=idle_since,
    )
    record = await result.single()
    return record.data() if record else None


async def seen(tx: Transaction, *, hash: str, now: str) -> None:
    await tx.run("MATCH (s:Session {id: $hash}) SET s.seenAt = $now", hash=hash, now=now)


async def end_session(tx: Transaction, *, hash: str) -> None:
    await tx.run("MATCH (s:Session {id: $hash}) DETACH DELETE s", hash=hash)


async def viewer(tx: Transaction, *, id: str) -> Row | None:
    """Find whom a letter is read as."""
    result = await tx.run(
        """
        MATCH (p:Practitioner {id: $id})-[:WORKS_FOR]->(c:Council)
        RETURN p.id AS id, p.role AS role, c.id AS council, p.email AS email, p.name AS name,
            p.letters AS letters
        """,
        id=id,
    )
    record = await result.single()
    return record.data() if record else None


async def choose_services(
    tx: Transaction, *, person: str, council: str, services: list[str], now: str
) -> None:
    await audits.record(
        tx, council, now=now, who=person, what="person.services", of=person, rule="oneself"
    )
    await tx.run(
        "MATCH (:Practitioner {id: $person})-[old:CARES_ABOUT]->(:Service) DELETE old",
        person=person,
    )
    await tx.run(
        """
        MATCH (p:Practitioner {id: $person})
        SET p.welcomedAt = coalesce(p.welcomedAt, $now), p.welcomedBy = p.id, p.changedAt = $now
        WITH p UNWIND $services AS id MATCH (s:Service {id: id}) MERGE (p)-[:CARES_ABOUT]->(s)
        """,
        person=person,
        services=services,
        now=now,
    )


async def choose_letters(
    tx: Transaction, *, person: str, council: str, letters: str, now: str
) -> None:
    await audits.record(
        tx, council, now=now, who=person, what="person.letters", of=person, rule="oneself"
    )
    await tx.run(
        "MATCH (p:Practitioner {id: $person}) SET p.letters = $letters",
        person=person,
        letters=letters,
    )


async def unread(tx: Transaction, *, most: int) -> list[Row]:
    """Some of those whose profile the matcher has not read."""
    result = await tx.run(
        """
        MATCH (p:Practitioner) WHERE p.profileStems IS NULL
        RETURN p.id AS id, p.jobTitle AS jobTitle, p.about AS about LIMIT $most
        """,
        most=most,
    )
    return [record.data() async for record in result]


async def read(tx: Transaction, *, rows: list[Row]) -> None:
    """Keep the stems of profiles, but not where an import has brought others meanwhile."""
    await tx.run(
        """
        UNWIND $rows AS row MATCH (p:Practitioner {id: row.id}) SET p.lock = $token
        WITH p, row WHERE p.profileStems IS NULL
        SET p.profileStems = row.stems
        """,
        rows=rows,
        token=uuid.uuid4().hex,
    )


async def personas(tx: Transaction) -> list[Row]:
    """Everybody that the demo provider may sign in: the invented people, and nobody else."""
    result = await tx.run(
        """
        MATCH (p:Practitioner)-[:WORKS_FOR]->(c:Council) WHERE p.invented = true
        RETURN p.id AS id, p.name AS name, p.email AS email, p.jobTitle AS jobTitle,
            p.about AS about, p.role AS role, c.shortName AS council,
            COUNT { (p)-[:LOOKS_AFTER]->(:Project) } AS projects
        ORDER BY p.sortName, p.id
        """
    )
    return [record.data() async for record in result]
