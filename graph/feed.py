"""The change feed: what changed lately, and which version of each project stands.

A site asks for the marks every second, so they are one small statement over indexes; it reads rows
only when a mark is new to it.
"""

from typing import Any

from graph.connection import Transaction

Row = dict[str, Any]

MARKS = """
    RETURN {
      projects: COLLECT { MATCH (n:Project) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + toString(n.version) },
      councils: COLLECT { MATCH (n:Council) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + coalesce(n.rowMark, '') },
      services: COLLECT { MATCH (n:Service) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + coalesce(n.rowMark, '') },
      skills: COLLECT { MATCH (n:Skill) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + coalesce(n.rowMark, '') },
      people: COLLECT { MATCH (n:Practitioner) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + coalesce(n.rowMark, '') }
    } AS marks
"""


async def marks(tx: Transaction, *, since: str) -> dict[str, frozenset[str]]:
    """Everything that changed at or after an instant, by kind, each change with a mark of its own."""
    result = await tx.run(MARKS, since=since)
    found = (await result.single(strict=True))["marks"]
    return {what: frozenset(each) for what, each in found.items()}


async def census(tx: Transaction) -> list[Row]:
    """Every project that stands, with the version that it has and the one that was matched."""
    result = await tx.run(
        """
        MATCH (p:Project) WHERE p.removedAt IS NULL
        RETURN p.id AS id, p.version AS version, p.matchedVersion AS matchedVersion,
            p.changedAt AS changedAt
        """
    )
    return [record.data() async for record in result]
