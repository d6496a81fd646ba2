"""The audit: who did what of whose, append-only, one hash chain a council and one for the network."""

import hashlib
import uuid
from typing import Any

import orjson

from graph.connection import Transaction

NETWORK = "network"


def digest(previous: str, entry: dict[str, Any]) -> str:
    plain = orjson.dumps([previous, entry], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(plain).hexdigest()


async def head(tx: Transaction, key: str) -> tuple[int, str]:
    """Lock a chain and read its end."""
    result = await tx.run(
        """
        MERGE (h:AuditHead {key: $key}) ON CREATE SET h.seq = 0, h.hash = ''
        SET h.lock = $token RETURN h.seq AS seq, h.hash AS hash
        """,
        key=key,
        token=uuid.uuid4().hex,
    )
    record = await result.single(strict=True)
    return record["seq"], record["hash"]


async def lock(tx: Transaction, chain: str) -> None:
    """Take a chain before any other write, where only the outcome tells whether to record it."""
    await head(tx, chain)


async def record(
    tx: Transaction, chain: str, *, now: str, who: str, what: str, of: str, rule: str
) -> str:
    """Append an entry and return its id; a chain is locked before any other write.

    `who` is an id or the name of a command, `of` the id of what was touched, `rule` the reason for
    which it was allowed.
    """
    seq, previous = await head(tx, chain)
    entry = {"at": now, "who": who, "what": what, "of": of, "rule": rule, "seq": seq + 1}
    mark = digest(previous, entry)
    identity = f"audit-{chain}-{seq + 1}"
    await tx.run(
        """
        MATCH (h:AuditHead {key: $key}) SET h.seq = $entry.seq, h.hash = $hash REMOVE h.lock
        CREATE (e:AuditEntry {id: $id, key: $key, hash: $hash, previous: $previous})
        SET e += $entry
        """,
        key=chain,
        entry=entry,
        hash=mark,
        previous=previous,
        id=identity,
    )
    return identity


async def chain(tx: Transaction, key: str) -> list[dict[str, Any]]:
    result = await tx.run(
        "MATCH (e:AuditEntry {key: $key}) RETURN properties(e) AS entry ORDER BY e.seq", key=key
    )
    return [record["entry"] async for record in result]


async def broken(tx: Transaction) -> list[str]:
    """Name the chains that are not as they were written, the last entry included."""
    result = await tx.run("MATCH (h:AuditHead) RETURN h.key AS key, h.seq AS seq, h.hash AS hash")
    heads = [record.data() async for record in result]
    return [head["key"] for head in heads if not ends_at(head, await chain(tx, head["key"]))]


def ends_at(head: dict[str, Any], entries: list[dict[str, Any]]) -> bool:
    """Tell whether a chain is whole and goes as far as its head says."""
    last = entries[-1]["hash"] if entries else ""
    return is_whole(entries) and (head["seq"], head["hash"]) == (len(entries), last)


def is_whole(entries: list[dict[str, Any]]) -> bool:
    """Tell whether a chain is as it was written: no entry changed, lost or moved."""
    previous = ""
    names = ("at", "who", "what", "of", "rule", "seq")
    for number, entry in enumerate(entries, start=1):
        plain = {name: entry[name] for name in names}
        if entry["seq"] != number or entry["hash"] != digest(previous, plain):
            return False
        previous = entry["hash"]
    return True
