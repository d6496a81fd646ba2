"""Dates of projects: as people write them, kept as ISO, and never wider an audience than before."""

import pytest

from backend.schema.asking import reply
from backend.schema.dates import first_day, last_day
from tests.world import ENROL, VIEWERS, built


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("March 2027", "2027-03-01", "2027-03-31"),
        ("mar 2027", "2027-03-01", "2027-03-31"),
        (" 15  March,  2027 ", "2027-03-15", "2027-03-15"),
        ("2/2028", "2028-02-01", "2028-02-29"),
        ("15/3/2027", "2027-03-15", "2027-03-15"),
        ("2027-03", "2027-03-01", "2027-03-31"),
        ("2027-03-15", "2027-03-15", "2027-03-15"),
    ],
)
def test_a_month_is_its_first_day_or_its_last(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("text", ["soon", "2027", "31 February 2027", "13/2027", "March 27", "March 1066", "0/2027", "m 2027"])  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        first_day(text)


CHANGE = """mutation ($version: Int!, $starts: String, $ends: String, $audience: Audience) {
  changeProject(id: "%s", version: $version, title: "Meals", phase: ALPHA, audience: $audience,
    summary: "Enrol pupils for free school meals.", startedOn: $starts, endsOn: $ends) {
      project { startedOn endsOn audience } errors { field message } } }""" % ENROL  # fmt: skip


async def changed(product, **variables):
    found = await reply(product, VIEWERS["ada"], CHANGE, variables)
    assert "errors" not in found
    return found["data"]["changeProject"]


async def test_dates_are_kept_and_may_become_unknown(graph, clock):
    product = await built(graph, clock)
    done = await changed(product, version=2, starts="March 2027", ends="May 2027")
    assert done["project"] | {"audience": ""} == {
        "startedOn": "2027-03-01",
        "endsOn": "2027-05-31",
        "audience": "",
    }
    done = await changed(product, version=3)
    assert (done["project"]["startedOn"], done["project"]["endsOn"]) == (None, None)


async def test_a_wrong_date_is_named_and_nothing_is_kept(graph, clock):
    product = await built(graph, clock)
    wrong = await changed(product, version=2, starts="some day", ends="May 2027")
    assert [one["field"] for one in wrong["errors"]] == ["startedOn"]
    wrong = await changed(product, version=2, starts="May 2027", ends="April 2027")
    assert [one["field"] for one in wrong["errors"]] == ["endsOn"]
    assert (await changed(product, version=2))["errors"] == []


async def test_a_change_that_does_not_speak_of_the_audience_does_not_widen_it(graph, clock):
    product = await built(graph, clock)
    narrow = await changed(product, version=2, audience="COUNCIL")
    assert narrow["project"]["audience"] == "COUNCIL"
    assert (await changed(product, version=3))["project"]["audience"] == "COUNCIL"
