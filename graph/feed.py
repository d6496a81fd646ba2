"""The change feed: what changed lately, and which version of each project stands.

A site asks for the marks every second, so they are a few small statements over indexes; it reads
rows only when a mark is new to it.
"""

from typing import Any, LiteralString

from graph.connection import Transaction

Row = dict[str, Any]


def marks_of(label: LiteralString) -> LiteralString:
    return (
        "MATCH (n:"
        + label
        + ") WHERE n.changedAt >= $since"
        + " RETURN n.id + ' ' + n.changedAt + ' ' + coalesce(n.rowMark, '') AS mark"
    )


# A statement each: within a larger one the embedded engine looks at every node for it.
MARKS: dict[str, LiteralString] = {
    "projects": """
        MATCH (n:Project) WHERE n.changedAt >= $since
        RETURN n.id + ' ' + n.changedAt + ' ' + toString(n.version)
            + ' ' + coalesce(n.removedAt, '') AS mark
    """,
    "councils": marks_of("Council"),
    "services": marks_of("Service"),
    "skills": marks_of("Skill"),
    "people": marks_of("Practitioner"),
    "fits": """
        MATCH (n:Fit) WHERE n.adopted = true AND n.at >= $since RETURN n.id AS mark
    """,
}


async def marks(tx: Transaction, *, since: str) -> dict[str, frozenset[str]]:
    """Everything that changed at or after an instant, by kind, each change with a mark of its own."""
    found = {}
    for what, statement in MARKS.items():
        result = await tx.run(statement, since=since)
        found[what] = frozenset([record["mark"] async for record in result])
    return found


async def census(tx: Transaction) -> list[Row]:
    """Every project that stands, with the version that it has and the one that was matched."""
    result = await tx.run(
        """
        MATCH (p:Project) WHERE p.removedAt IS NULL
        RETURN collect(p.id + ' ' + toString(p.version) + ' '
            + toString(coalesce(p.matchedVersion, 0)) + ' ' + p.changedAt) AS standing
        """
    )
    standing = (await result.single(strict=True))["standing"]  # ten thousand rows take a second
    return [row_of(*text.split()) for text in standing]


def row_of(id: str, version: str, matched: str, changed: str) -> Row:
    return {
        "id": id,
        "version": int(version),
        "matchedVersion": int(matched),
        "changedAt": changed,
    }
