"""Chooses what is proposed: the graph's rows in, the matcher's choice out."""

import uuid
from typing import Any

from matching.supply import MOST_WAITING, Offer, Pair, Side, Standing, chosen, met

Row = dict[str, Any]


def choose(
    pairs: list[Row], standing: list[Row], texts: dict[str, str], most: int = MOST_WAITING
) -> list[Row]:
    """What is proposed now."""
    found = chosen(map(pair_of, pairs), map(standing_of, standing), texts, most)
    return [row_of(offer) for offer in found]


def row_of(offer: Offer) -> Row:
    """A proposal as it is put.

    Nobody who is in one around a project may learn that others are, so its id is no name of a set
    that can be guessed, and no other proposal's is.
    """
    about = [side.project for side in offer.sides]
    return {
        "id": f"proposal-{uuid.uuid4()}",
        "around": offer.around,
        "about": [{"id": project, "rank": rank} for rank, project in enumerate(about)],
    }


def pair_of(row: Row) -> Pair:
    a, b = (Side(row[side], row[f"{side}Body"], row[f"{side}Claimed"]) for side in ("a", "b"))
    return Pair(a, b, row["probability"], row["score"], row["isNew"])


def standing_of(row: Row) -> Standing:
    columns = zip(row["projects"], row["bodies"], row["claimed"], strict=True)
    sides = tuple(Side(*side) for side in columns)
    others = [pair for pair in met(sides, row["around"]) if pair[0].body != pair[1].body]
    waiting = frozenset(side.body for pair in others for side in pair if side.is_asked)
    company = dict(zip(row["projects"], row["best"], strict=True))
    return Standing(sides, row["around"], waiting - {*row["answered"]}, company)
