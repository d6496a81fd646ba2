"""Pages of a board pack: their numbers, their bars, and since when they look back."""

from __future__ import annotations

from datetime import date

import pytest

from frontend.boards import bars, happened, lacking, month_ago, months_before, out_of, since_options
from frontend.questions import questions
from frontend.selected import selected
from frontend.templates import Here

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        (TODAY, 1, date(2026, 10, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (TODAY, 12, date(2025, 11, 23)),
    ],
)
def test_a_month_before_is_the_same_day_or_the_last_there_is(day, count, before) -> None:
    assert months_before(day, count) == before


def test_a_day_that_only_the_address_names_is_among_the_choices() -> None:
    known = since_options(TODAY, month_ago(TODAY))
    assert ("2026-10-23", "a month ago") in known
    assert since_options(TODAY, "2026-01-01") == [("2026-01-01", "1 January 2026"), *known]


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, 0), (0, 9, 0), (1, 900, 1), (899, 900, 99), (9, 9, 100), (1, 3, 33)]
)  # fmt: skip
def test_a_few_are_never_none_and_most_are_never_all(part, whole, percent) -> None:
    assert out_of(part, whole) == percent


def test_bars_stand_in_the_order_of_their_kind_and_those_of_none_too() -> None:
    groups = selected([{"value": "LIVE", "count": 3}, {"value": "IDEA", "count": 1}])
    found = bars(groups, "phase", ["IDEA", "ALPHA", "LIVE"])
    assert [(one.label, one.count, one.percent) for one in found] == [
        ("Idea", 1, 25),
        ("Alpha", 0, 0),
        ("Live", 3, 75),
    ]


def test_a_group_leads_to_its_own_page_unless_that_is_this_one() -> None:
    groups = selected([{"value": "Wales", "councils": 22, "silent": 19}])
    (row,) = lacking(groups, "region", Here("/coverage", [("tier", "ALL"), ("councils", "x")]))
    assert (row.label, row.all, row.lack) == ("Wales", 22, 19)
    assert row.href == "/coverage?tier=ALL&region=Wales"
    assert lacking(groups, "region", Here("/coverage", [("region", "Wales")]))[0].href == ""
    nothing = selected([{"value": None, "councils": 1, "silent": 1}])
    assert lacking(nothing, "tier", Here("/coverage"))[0].label == "Not known"


def change(*kinds: str, before: str | None = None):
    project = {"phase": "LIVE", "phaseBefore": before}
    return selected({"kinds": list(kinds), "project": project})


def test_what_happened_is_said_in_words() -> None:
    assert happened(change("ADDED")) == "added"
    assert happened(change("CONFIRMED", "MOVED", before="BETA")) == (
        "confirmed by its council and went from beta to live"
    )
    assert happened(change("MOVED")) == "went on to another phase"


@pytest.mark.parametrize(
    ("address", "since"),
    [
        ("/programme", "2026-10-23"),
        ("/programme?since=", "2026-10-23"),
        ("/programme?region=Wales&since=2026-01-01", "2026-01-01"),
    ],
)
def test_what_the_address_leaves_open_is_a_month_ago(site, address, since) -> None:
    page = site().get(address)
    assert page.status_code == 200
    assert f'<option value="{since}" selected>' in page.text


def test_the_engine_can_have_planned_the_programme_beforehand() -> None:
    (programme,) = [one for one in questions() if one.operation == "Programme"]
    assert set(programme.variables) == {"since"}


def test_a_public_board_page_says_when_it_was_printed(site) -> None:
    said = "Printed on 23 November 2026."
    assert said in site(signed_in=False, root={"me": None}).get("/coverage").text
    assert site().get("/coverage").text.count(said) == 1
