"""Where councils stand on the map: by the register alone, apart from each other, and always there."""

import itertools
import math

from backend.schema.maps import APART, arrays


def row(id, latitude=None, longitude=None, region=None, here=True):
    return {
        "id": id,
        "here": here,
        "latitude": latitude,
        "longitude": longitude,
        "region": region,
        "name": id,
        "nation": None,
        "tier": None,
        "projects": 0,
    }


LONDON = [row(f"l{at}", 51.5 + at / 500, -0.1 + at / 400, "London") for at in range(33)]
REST = [
    row("leeds", 53.8, -1.5, "Yorkshire and The Humber"),
    row("lerwick", 60.2, -1.2, "Scotland"),
]
JOINT = [row("loti", region="London"), row("nobody")]


def spots(rows):
    found = arrays({"nodes": rows, "partners": [], "matches": []})
    return dict(zip(found["councils"], zip(found["x"], found["y"], strict=True), strict=True))


def test_those_too_close_are_pushed_apart():
    found = spots(LONDON + REST)
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(found.values(), 2))
    assert nearest > APART / 2
    assert found["lerwick"][1] < found["leeds"][1] < found["l0"][1]


def test_what_is_asked_for_moves_nobody():
    everybody = spots(LONDON + REST + JOINT)
    some = spots([{**one, "here": one["region"] == "London"} for one in LONDON + REST + JOINT])
    assert some == {name: everybody[name] for name in some}
    assert len(some) == 34


def test_a_body_of_no_place_stands_in_the_midst_of_its_region():
    found = spots(LONDON + REST + JOINT)
    centre = [sum(found[one["id"]][at] for one in LONDON) / len(LONDON) for at in (0, 1)]
    assert math.dist(found["loti"], centre) < 0.1
    assert math.dist(found["nobody"], centre) > 0.5
