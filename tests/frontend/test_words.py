"""Filters: dates, ages, phrases and the words for enum values."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import GraphQLEnumType

from frontend import dates, phrases
from frontend.selected import NotSelected, selected
from frontend.templates import TEMPLATES, Here
from frontend.words import WORDS
from tests.frontend.sample import SCHEMA

TODAY = date(2026, 11, 23)


def test_dates_are_written_out() -> None:
    assert dates.long_date("2026-12-14") == "14 December 2026"
    assert dates.weekday(TODAY) == "Monday 23 November 2026"
    assert dates.month("2027-03-01") == "March 2027"


def test_an_instant_falls_on_its_day_in_london() -> None:
    assert dates.long_date("2026-06-30T23:30:00.000Z") == "1 July 2026"


def test_a_date_is_as_exact_as_its_source() -> None:
    assert [dates.as_far_as_known(t) for t in ("2019", "2020-03", "2019-04-04")] == [
        "2019",
        "March 2020",
        "4 April 2019",
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-23", "today"),
        ("2026-11-22", "yesterday"),
        ("2026-11-11", "12 days ago"),
        ("2026-06-01", "6 months ago"),
        ("2020-01-01", "6 years ago"),
    ],
)
def test_ages_are_in_words(day: str, words: str) -> None:
    assert dates.ago(day, TODAY) == words


def test_the_wheel_empties_over_120_days() -> None:
    assert dates.freshness("2026-11-11", TODAY).left == 108
    assert dates.freshness("2026-08-21", TODAY).is_stale
    assert dates.freshness("2020-08-21", TODAY).left == 0


def test_months_ahead_cross_the_year() -> None:
    months = dates.months_ahead(TODAY, 3)
    assert [m.text for m in months] == ["December 2026", "January 2027", "February 2027"]
    assert months[1].value == "2027-01-01"


@pytest.mark.parametrize(
    ("phrase", "word", "inside"),
    [
        ("link to an opt-out form", "opt-out", "opt-out"),
        ("families qualifying for FSM", "qualify", "qualifying"),
        ("Schools, as the trusted contact", "school", "Schools"),
        ("free school meals", "school meals", "school meals"),
    ],
)
def test_a_shared_word_is_marked_however_it_is_written(phrase: str, word: str, inside: str) -> None:
    assert f"<mark>{inside}</mark>" in phrases.marked(phrase, word)


def test_a_phrase_is_escaped() -> None:
    assert phrases.marked("<b> & word", "word") == "“&lt;b&gt; &amp; <mark>word</mark>”"
    assert phrases.paragraphs("<b>\n\nTwo") == (
        '<p class="govuk-body">&lt;b&gt;</p>\n<p class="govuk-body">Two</p>'
    )


def test_whole_words_are_highlighted_and_all_else_is_escaped() -> None:
    said = phrases.highlighted("<b>Parks</b> & Parking, parks", ["Parks", "Parking", "b"])
    assert said == (
        "&lt;<mark>b</mark>&gt;<mark>Parks</mark>&lt;/<mark>b</mark>&gt;"
        " &amp; <mark>Parking</mark>, parks"
    )
    assert phrases.highlighted("a+b (c) <", []) == "a+b (c) &lt;"
    assert phrases.highlighted("King’s Lynn", ["King’s", "King"]) == "<mark>King’s</mark> Lynn"


def test_an_excerpt_begins_and_ends_between_words_around_the_first_that_was_found() -> None:
    text = "word " * 40 + "zebra & " + "more " * 60
    said = phrases.excerpt(text, ["zebra"])
    assert "<mark>zebra</mark> &amp; more" in said
    assert said.startswith("… word")
    assert said.endswith(" more…")
    assert phrases.excerpt("Short.", ["zebra"]) == "Short."
    assert 200 < len(phrases.excerpt("x" * 999, [])) < 300


def test_bars_share_the_scale_of_the_longest() -> None:
    match = selected(
        {"terms": [{"percent": 20}, {"percent": 10}], "restPercent": 30, "liftPercent": 40}
    )
    assert [phrases.beside(each, match) for each in (20, 10, 30, 40)] == [50, 25, 75, 100]


def test_every_enum_value_has_words() -> None:
    kinds = {
        "Phase": "phase",
        "Tier": "tier",
        "Audience": "audience",
        "Openness": "openness",
        "SkillLevel": "level",
        "MatchKind": "match_kind",
        "Strength": "strength",
        "Duty": "duty",
        "Role": "role",
        "Reply": "reply",
        "Wish": "wish",
        "Verdict": "verdict",
        "ProposalStatus": "proposal",
        "CouncilKind": "council_kind",
        "SearchKind": "search_kind",
    }
    for name, kind in kinds.items():
        enum = SCHEMA.type_map[name]
        assert isinstance(enum, GraphQLEnumType)
        assert set(enum.values) == set(WORDS[kind]), name


def test_a_field_that_was_not_asked_for_is_a_loud_mistake() -> None:
    template = TEMPLATES.from_string("{{ project.sumary }}")
    with pytest.raises(NotSelected, match="only summary, title"):
        template.render(project=selected({"title": "A", "summary": "B"}))


def test_no_field_hides_behind_a_method() -> None:
    thing = selected({"items": 1, "get": 2, "update": 3})
    assert (thing.items, thing.get, thing.update) == (1, 2, 3)


def test_an_address_keeps_what_was_asked() -> None:
    here = Here("/projects", (("text", "bins"), ("after", "x"), ("done", "added")))
    assert here.but(after="y") == "/projects?text=bins&after=y"
    assert here.but(text=None, after=None) == "/projects"
