"""Chooses what is proposed: the graph's rows in, the matcher's choice out."""

import uuid
from typing import Any

from backend.matches import set_id
from matching.supply import MOST_WAITING, Offer, Pair, Side, Standing, chosen

Row = dict[str, Any]


def choose(
    pairs: list[Row], standing: list[Row], texts: dict[str, str], most: int = MOST_WAITING
) -> list[Row]:
    """What is proposed now."""
    found = chosen(map(pair_of, pairs), map(standing_of, standing), texts, most)
    return [row_of(offer) for offer in found]


def row_of(offer: Offer) -> Row:
    """A proposal as it is put; nobody who is in one around a project may learn who else is.

    So its id is no name of a set that can be guessed, and its place in a list tells no score.
    """
    about = [side.project for side in offer.sides]
    return {
        "id": set_id("proposal", about) if offer.around is None else f"proposal-{uuid.uuid4()}",
        "place": f"{offer.score if offer.around is None else 0:.6f}",
        "around": offer.around,
        "about": [{"id": project, "rank": rank} for rank, project in enumerate(about)],
    }


def pair_of(row: Row) -> Pair:
    a, b = (Side(row[side], row[f"{side}Body"], row[f"{side}Claimed"]) for side in ("a", "b"))
    return Pair(a, b, row["probability"], row["score"], row["isNew"])


def standing_of(row: Row) -> Standing:
    columns = zip(row["projects"], row["bodies"], row["claimed"], strict=True)
    sides = tuple(Side(*side) for side in columns)
    waiting = frozenset(side.body for side in sides if side.is_asked) - {*row["answered"]}
    return Standing(sides, row["around"], waiting)
