"""Who stands in a council's place today: each has the last of its successors at hand.

What the register says of a council is kept beside it (`namedSuccessorId`), for who comes last may
change with any other council's row.
"""

from collections.abc import Mapping

from graph.connection import Transaction


class Circle(Exception):
    """Councils that succeed each other in a circle; the first stands at the end again."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(", ".join(ids))
        self.ids = ids


def last(council: str, named: Mapping[str, str]) -> str:
    """The end of a council's chain of successors, which need not be imported yet.

    Raises:
        Circle: it has none.
    """
    chain = [council]
    while (following := named.get(chain[-1])) is not None:
        if following in chain:
            raise Circle([*chain[chain.index(following) :], following])
        chain.append(following)
    return chain[-1]


async def follow(tx: Transaction, *, now: str) -> None:
    """Point every council that has a successor to the last one, after councils were imported.

    Raises:
        Circle: some succeed each other.
    """
    result = await tx.run(
        """
        MATCH (c:Council) WHERE coalesce(c.namedSuccessorId, c.successorId) IS NOT NULL
        RETURN c.id AS id, coalesce(c.namedSuccessorId, c.successorId) AS named,
            c.successorId AS held
        ORDER BY id
        """
    )
    rows = [record.data() async for record in result]
    named = {row["id"]: row["named"] for row in rows}
    ends = [{**row, "last": last(row["id"], named)} for row in rows]
    await tx.run(
        """
        UNWIND $rows AS row MATCH (c:Council {id: row.id})
        SET c.namedSuccessorId = row.named, c.successorId = row.last, c.changedAt = $now
        """,
        rows=[row for row in ends if row["last"] != row["held"]],
        now=now,
    )
