"""Chooses what is proposed: the graph's rows in, the matcher's choice out."""

from typing import Any

from matching.supply import Pair, Standing, chosen

Row = dict[str, Any]


def choose(candidates: list[Row], standing: list[Row], texts: dict[str, str]) -> list[Row]:
    """The rows of the candidates that find room now."""
    rows = {row["id"]: row for row in candidates}
    pairs = [pair_of(row) for row in candidates]
    return [rows[pair.id] for pair in chosen(pairs, map(standing_of, standing), texts)]


def pair_of(row: Row) -> Pair:
    return Pair(
        id=row["id"],
        a=row["a"],
        b=row["b"],
        a_body=row["aBody"],
        b_body=row["bBody"],
        probability=row["probability"],
        score=row["score"],
        asked=asked(row),
    )


def standing_of(row: Row) -> Standing:
    waiting = asked(row) - set(row["answered"])
    return Standing(row["a"], row["b"], row["aBody"], row["bBody"], waiting)


def asked(row: Row) -> frozenset[str]:
    """The bodies that have claimed their project: no other is written to."""
    return frozenset(row[f"{side}Body"] for side in ("a", "b") if row[f"{side}Claimed"])
