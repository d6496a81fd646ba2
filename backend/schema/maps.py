"""The network as parallel arrays, and where each council stands on the map.

A council's place follows from the public register alone (its latitude and longitude), so it is the
same for everybody, whatever is asked for, and tells nothing of projects that somebody may not see.
Thirty-three London boroughs would lie on top of each other: those too close are pushed apart, a
little at a time, as in a Dorling cartogram (Dorling, "Area Cartograms", 1996).
"""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = Mapping[str, Any]
Places = NDArray[np.float64]
Where = tuple[float | None, float | None]

WEST, EAST, SOUTH, NORTH = -8.3, 2.0, 49.9, 60.8
NARROW = math.cos(math.radians(54.5))  # a degree east is shorter than one north, by this
APART = 0.021
ROUNDS = 80
PULL = 0.02
AT_SEA = (0.88, 0.14)  # bodies of no place and no region stand in the North Sea
GOLDEN = math.pi * (3 - math.sqrt(5))


def start(number: int, where: Where) -> tuple[float, float]:
    """Where a body is; two at one spot are set a hair apart, always in the same way."""
    latitude, longitude = where
    x, y = AT_SEA
    if latitude is not None and longitude is not None:
        span = NORTH - SOUTH
        x = 0.5 + ((longitude - (WEST + EAST) / 2) * NARROW) / span
        y = (NORTH - latitude) / span
    hair = 1e-4 * math.sqrt(number + 1)
    return x + hair * math.cos(number * GOLDEN), y + hair * math.sin(number * GOLDEN)


@lru_cache(maxsize=8)
def places(wheres: tuple[Where, ...]) -> Places:
    """The place of each body, in the order given; of shape (n, 2), from 0 to 1."""
    home = np.array([start(number, where) for number, where in enumerate(wheres)]).reshape(-1, 2)
    found = home.copy()
    for _ in range(ROUNDS):
        apart = found[:, None, :] - found[None, :, :]
        away = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(away, np.inf)
        push = np.clip(APART - away, 0, None) / (2 * away)
        found += (apart * push[:, :, None]).sum(axis=1) + PULL * (home - found)
    settled: Places = np.clip(found, 0, 1).round(4)
    return settled


def arrays(raw: Mapping[str, list[Row]]) -> dict[str, list[Any]]:
    """All the columns of a network, under their GraphQL names."""
    every = raw["nodes"]
    spots = places(tuple(wheres(every)))
    here = [at for at, row in enumerate(every) if row["here"]]
    nodes = [every[at] for at in here]
    joins = joined(raw, {node["id"]: at for at, node in enumerate(nodes)})
    return {
        "councils": [node["id"] for node in nodes],
        "names": [node["name"] for node in nodes],
        "regions": [node["region"] for node in nodes],
        "nations": [node["nation"] for node in nodes],
        "tiers": [node["tier"] for node in nodes],
        "projects": [node["projects"] for node in nodes],
        "x": [float(spots[at, 0]) for at in here],
        "y": [float(spots[at, 1]) for at in here],
        **joins,
    }


def wheres(every: list[Row]) -> Iterator[Where]:
    """Where each body is; one of no place of its own is in the midst of its region."""
    homes: dict[str | None, list[Row]] = {}
    for row in every:
        if row["latitude"] is not None and row["longitude"] is not None:
            homes.setdefault(row["region"], []).append(row)
    for row in every:
        around = homes.get(row["region"], []) if row["region"] else []
        if row["latitude"] is None and around:
            yield mean(around, "latitude"), mean(around, "longitude")
        else:
            yield row["latitude"], row["longitude"]


def mean(rows: list[Row], name: str) -> float:
    return float(sum(row[name] for row in rows) / len(rows))


def joined(raw: Mapping[str, list[Row]], number: Mapping[str, int]) -> dict[str, list[int]]:
    """What joins two councils, both kinds side by side, in the order of the councils."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    for kind in ("partners", "matches"):
        for row in raw[kind]:
            ends = (number[row["from"]], number[row["to"]])
            found.setdefault(ends, {"partners": 0, "matches": 0})[kind] += row["weight"]
    joins = sorted(found.items())
    partners = [both["partners"] for _, both in joins]
    matches = [both["matches"] for _, both in joins]
    return {
        "from": [ends[0] for ends, _ in joins],
        "to": [ends[1] for ends, _ in joins],
        "partners": partners,
        "matches": matches,
        "weights": [one + other for one, other in zip(partners, matches, strict=True)],
    }
