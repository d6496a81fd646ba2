"""Applies the migrations: numbered, forward only, each recorded, under a lock.

Two sites that start at once do not both migrate: one claims the lock for a while and the other
waits, and a claim left by a site that died runs out.
"""

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString, cast

from graph.connection import Graph, Transaction
from graph.times import later

FOLDER = Path(__file__).with_name("migrations")
CLAIM_SECONDS = 60
PATIENCE_SECONDS = 90


def statements(text: str) -> list[LiteralString]:
    """Split a migration of ours; it is a file of this package, so its text is our own."""
    lines = [line for line in text.splitlines() if not line.startswith("//")]
    parts = (part.strip() for part in "\n".join(lines).split(";"))
    return [cast("LiteralString", part) for part in parts if part]  # type: ignore[redundant-cast]  # pyright tells them apart


async def applied(tx: Transaction) -> set[str]:
    result = await tx.run("MATCH (m:Migration) RETURN m.id AS id")
    return {record["id"] async for record in result}


async def claimed(tx: Transaction, *, me: str, now: str, until: str) -> bool:
    """Take the lock if nobody has it now: lock first, then look."""
    result = await tx.run(
        """
        MERGE (l:MigrationLock {id: 'migrations'}) SET l.lock = $me
        WITH l WHERE l.heldUntil IS NULL OR l.heldUntil < $now OR l.heldBy = $me
        SET l.heldBy = $me, l.heldUntil = $until
        RETURN l.id AS id
        """,
        me=me,
        now=now,
        until=until,
    )
    return await result.single() is not None


async def released(tx: Transaction, *, me: str) -> None:
    await tx.run(
        "MATCH (l:MigrationLock {id: 'migrations'}) WHERE l.heldBy = $me SET l.heldUntil = null",
        me=me,
    )


async def recorded(tx: Transaction, *, name: str, now: str) -> None:
    await tx.run("MERGE (m:Migration {id: $name}) ON CREATE SET m.at = $now", name=name, now=now)


def migrations(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.cypher"))


async def migrate(graph: Graph, *, clock: Callable[[], str], folder: Path = FOLDER) -> list[str]:
    """Bring the graph to this release; return the names of what was applied now.

    Raises:
        TimeoutError: another site held the lock too long.
    """
    files = migrations(folder)
    if {file.stem for file in files} <= await graph.read(applied):
        return []
    await schema_of_migrations(graph)
    me = uuid.uuid4().hex
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await graph.write(  # noqa: ASYNC110 - the other site is another process
            claimed, me=me, now=clock(), until=later(clock(), CLAIM_SECONDS)
        ):
            await asyncio.sleep(0.2)
    try:
        return await apply_missing(graph, files, clock)
    finally:
        await graph.write(released, me=me)


async def schema_of_migrations(graph: Graph) -> None:
    await graph.schema(
        "CREATE CONSTRAINT migration_id IF NOT EXISTS FOR (m:Migration) REQUIRE m.id IS UNIQUE"
    )
    await graph.schema(
        "CREATE CONSTRAINT migration_lock_id IF NOT EXISTS"
        " FOR (l:MigrationLock) REQUIRE l.id IS UNIQUE"
    )


async def apply_missing(graph: Graph, files: list[Path], clock: Callable[[], str]) -> list[str]:
    done = await graph.read(applied)
    new = [file for file in files if file.stem not in done]
    for file in new:
        for statement in statements(file.read_text()):
            await graph.schema(statement)
        await graph.write(recorded, name=file.stem, now=clock())
    return [file.stem for file in new]
