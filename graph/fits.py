"""The fit of a match's probability: every try is kept, and the one that was adopted last holds.

A try names nobody: it holds counts, the two curves and their losses. One that was made beside another
fit that ships no longer holds: with a new release scores may mean something else.
"""

from typing import Any

from graph import audits
from graph.connection import Transaction

Row = dict[str, Any]


async def adopted(tx: Transaction, *, shipped: str) -> Row | None:
    """The fit that holds; None if it is the one that ships."""
    result = await tx.run(
        """
        MATCH (f:Fit) WHERE f.adopted = true AND f.shipped = $shipped
        RETURN f.id AS id, f.intercept AS intercept, f.slope AS slope, f.threshold AS threshold
        ORDER BY f.number DESC LIMIT 1
        """,
        shipped=shipped,
    )
    record = await result.single()
    return None if record is None else record.data()


async def answers(tx: Transaction) -> list[Row]:
    """What councils answered for good, each with the score that its pair has now.

    Of a proposal about more than two projects no answer says which of them are alike, but for those
    who are asked about the one project that it is made around. A council that has a successor counts
    as that one.
    """
    result = await tx.run(
        """
        MATCH (c:Council)-[:GAVE]->(x:Answer)-[:TO]->(p:Proposal)
        WHERE x.answer IN ['INTERESTED', 'NOT_FOR_US']
        MATCH (p)-[:ABOUT]->(a:Project)-[m:MATCHES]->(b:Project)<-[:ABOUT]-(p)
        WHERE (COUNT { MATCH (p)-[:ABOUT]->(each:Project) } = 2
            OR (p.aroundId = a.id AND b.leadId = c.id) OR (p.aroundId = b.id AND a.leadId = c.id))
          AND a.removedAt IS NULL AND b.removedAt IS NULL
          AND a.audience IN ['PUBLIC', 'NETWORK'] AND b.audience IN ['PUBLIC', 'NETWORK']
        MATCH (one:Council {id: a.leadId}), (other:Council {id: b.leadId})
        RETURN p.id + ' ' + a.id + ' ' + b.id AS pair, coalesce(c.successorId, c.id) AS council, x.answer AS answer,
            coalesce(x.otherWork, false) AS otherWork, m.score AS score, size(m.words) AS words,
            [coalesce(one.successorId, one.id), coalesce(other.successorId, other.id)] AS bodies
        """
    )
    return [record.data() async for record in result]


async def record(tx: Transaction, *, after: str | None, properties: Row, now: str) -> str | None:
    """Keep a try, and adopt it if it says so; return its id.

    `after` is the fit that it was held against; if another holds by now nothing is kept, and None
    is returned.
    """
    await audits.lock(tx, audits.NETWORK)
    holds = await adopted(tx, shipped=properties["shipped"])
    if (holds["id"] if holds else None) != after:
        return None
    result = await tx.run("MATCH (f:Fit) RETURN count(f) + 1 AS number")
    number = int((await result.single(strict=True))["number"])
    what = "fit.adopt" if properties["adopted"] else "fit.keep"
    identity = f"fit-{number}"
    await audits.record(
        tx, audits.NETWORK, now=now, who="match", what=what, of=identity, rule="operator"
    )
    await tx.run(
        "CREATE (f:Fit {id: $id, number: $number, at: $now}) SET f += $properties",
        id=identity,
        number=number,
        now=now,
        properties=properties,
    )
    return identity
