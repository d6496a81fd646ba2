"""The network map's page: what is drawn, what is in its tables, and in which order."""

from __future__ import annotations

import json
import re

import pytest

from frontend.network import AREAS, NOWHERE, WHOLE, Picture, area_of, picture
from frontend.selected import selected
from tests.frontend import sample

REGIONS = (
    "East Midlands", "East of England", "London", "North East", "North West", "Northern Ireland",
    "Scotland", "South East", "South West", "Wales", "West Midlands", "Yorkshire and The Humber",
)  # fmt: skip


def drawn(sort: str = "", start: str = "", mine: str = "", **more: object) -> Picture:
    given = {**sample.NETWORK, **more}
    network = selected({**given, "begins": given["from"], "ends": given["to"]})
    return picture(network, mine, sort, start)


def names(found: Picture) -> list[str]:
    return [one.name.partition(" ")[0] for one in found.busy]


def test_a_council_is_counted_with_all_that_joins_it() -> None:
    ashby = drawn().busy[0]
    assert (ashby.links, ashby.together, ashby.alike, ashby.projects) == (2, 1, 5, 4)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", ["Ashby", "Brackley", "Cosby"]),
        ("links", ["Ashby", "Brackley", "Cosby"]),
        ("alike", ["Ashby", "Cosby", "Brackley"]),
        ("together", ["Ashby", "Brackley", "Cosby"]),
        ("council", ["Ashby", "Brackley", "Cosby"]),
        ("region", ["Ashby", "Brackley", "Cosby"]),
        ("no such column", ["Ashby", "Brackley", "Cosby"]),
    ],
)
def test_rows_stand_in_the_order_that_was_asked_for(sort: str, first: list[str]) -> None:
    assert names(drawn(sort)) == first


def test_who_has_neither_projects_nor_joins_is_silent() -> None:
    assert [one.name for one in drawn().silent] == ["Dunsby"]


@pytest.mark.parametrize(
    "start", ["", "x", "-1", "1e3", "²", pytest.param("9" * 4301, id="4,301 figures")]
)
def test_an_odd_start_is_the_first_row(start: str) -> None:
    assert len(drawn(start=start).rows) == 3


def test_rows_go_on_where_a_page_ends() -> None:
    count = 45
    many = {
        "councils": [f"council-{at}" for at in range(count)],
        "names": [f"Council {at:02}" for at in range(count)],
        "projects": [1] * count,
        **{name: ["London"] * count for name in ("regions", "nations", "tiers")},
        **{name: [0.5] * count for name in ("x", "y")},
        **{name: [] for name in ("from", "to", "partners", "matches", "weights")},
    }
    starts, start = [], 0
    while start is not None:
        page = drawn(start=str(start), **many)
        starts.append(len(page.rows))
        start = page.after
    assert starts == [20, 20, 5]


def test_each_region_has_an_area_and_a_body_of_none_has_its_own() -> None:
    assert {area_of(region).name for region in REGIONS} == {area.name for area in AREAS}
    assert area_of(None) is area_of("Elsewhere") is NOWHERE


def test_one_region_fills_the_map_and_more_than_one_show_all_of_it() -> None:
    assert drawn().box == WHOLE
    left, top, width, height = drawn(regions=["Wales"] * 4).box
    assert all(left < one.x < left + width for one in drawn().places)
    assert all(top < one.y < top + height for one in drawn().places)
    assert width / height == pytest.approx(0.72, rel=0.01)


def test_the_drawing_the_table_and_the_data_say_the_same(site) -> None:
    page = site().get("/map").text
    data = json.loads(re.search(r'id="network"[^>]*>(.*?)</script>', page)[1])
    found = drawn()
    assert data["ids"] == sample.NETWORK["councils"]
    assert data["names"][0] == "Ashby & <b>"
    drawing = page[page.index("<svg class=") : page.index("</figure>")]
    assert drawing.count("<line ") == len(found.joins) + 2  # two of them in the key
    for one in found.busy:
        assert f'cx="{one.x}" cy="{one.y}"' in drawing
        assert f'href="/councils/{one.id}" data-council="{one.number}"' in page
    assert "Dunsby" not in page[: page.index('id="network"')]


def test_a_heading_sorts_and_says_which_one_does(site) -> None:
    page = site().get("/map?region=Wales&sort=projects").text
    assert 'aria-sort="descending"><strong>Projects</strong>' in page
    assert 'href="/map?region=Wales&amp;sort=links#councils"' in page
