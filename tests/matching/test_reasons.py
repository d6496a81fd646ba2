"""Reasons add up to the score, and say in plain words what a match is good for."""

import pytest

from matching import Document, Matcher
from matching.kinds import IN_PHASE, ORDER, area, differences, kind, timing
from matching.terms import read
from tests.matching.texts import random_projects, real_projects

REAL = real_projects()


def project(**facts):
    return Document("id", "body", "title", "summary", **facts)


@pytest.mark.parametrize("documents", [REAL, random_projects(7, 60)], ids=len)
def test_shares_add_up_to_the_score(documents):
    for _, found in Matcher.of(documents).pairs(10):
        for match in found:
            shares = [term.share for term in match.terms]
            told = sum(shares) + match.rest
            assert told + match.lift == pytest.approx(match.score, abs=1e-11)
            assert match.lift >= 0
            assert shares == sorted(shares, reverse=True)
            assert min(shares, default=1) > 0
            assert match.rest >= 0
            assert (match.rest > 0) == (match.rest_count > 0)


def test_the_score_can_be_recomputed_from_the_reasons():
    matcher = Matcher.of(REAL)
    rows = {name: matcher.weights[at] for at, name in enumerate(matcher.ids)}
    for name, found in matcher.pairs(5):
        for match in found:
            cosine = (rows[name] @ rows[match.id].T).sum()
            told = sum(term.share for term in match.terms) + match.rest
            assert told == pytest.approx(cosine, abs=1e-11)
            assert told + match.lift == pytest.approx(match.score, abs=1e-11)


def test_what_every_project_says_is_no_reason_but_in_the_rest():
    matcher = Matcher.of(
        [
            Document("a", "A", "Council service", "Tree inspections for residents"),
            Document("b", "B", "Council service", "Tree inspections for residents"),
            Document("c", "C", "Council service", "Residents"),
        ]
    )
    first, second = matcher.matches("a")
    assert [term.word for term in first.terms] == ["inspections", "tree"]
    assert first.rest_count == 3
    assert second.terms == ()
    assert second.weaker


def test_the_neighbour_and_the_theme_that_explain_the_lift_are_told():
    matcher = Matcher.of(REAL)
    lifted = [match for _, found in matcher.pairs(5) for match in found if match.lift > 0.2]
    assert len(lifted) > 100
    for name, found in matcher.pairs(3):
        for match in found:
            assert match.through not in {name, match.id}
            assert match.through is None or match.through in matcher
    assert {"Parking permits", "Free school meals", "Taxi licensing"} <= {
        match.theme for match in lifted
    }


def test_a_shared_word_stands_in_what_both_sides_are_shown_to_say():
    for _, found in Matcher.of(REAL).pairs(5):
        for match in found:
            for term in match.terms:
                (name,) = read(term.word).counts
                assert name in read(term.ours).counts
                assert name in read(term.theirs).counts


def test_a_word_is_shown_as_people_write_it_most_often():
    matcher = Matcher.of(
        Document(f"p{n}", f"b{n}", text, "")
        for n, text in enumerate(["Permit", "permits", "of permits", "permitted", "no"])
    )
    assert matcher.matches("p0")[0].terms[0].word == "permits"


def test_differences_name_no_word_that_the_other_side_has_another_form_of():
    texts = (
        ("a", "Auto enrolment for the homeless", "Digitisation of tents for Parkinson’s."),
        ("b", "Automatic enrolment", "Digitising homelessness and housing, by car park."),
    )
    matcher = Matcher.of(Document(one, one, title, summary) for one, title, summary in texts)
    (match,) = matcher.matches("a")
    told = " ".join(match.differences)
    assert "tents" in told
    assert "Parkinson" in told
    assert "car" in told
    for akin in ("auto", "homeless", "digit"):
        assert akin not in told.casefold()


def test_differences_never_name_a_shared_word():
    matcher = Matcher.of(REAL)
    for name, found in matcher.pairs(3):
        ours = set(read(matcher.document(name).text).counts)
        for match in found:
            theirs = set(read(matcher.document(match.id).text).counts)
            for sentence in match.differences:
                if "mentions" in sentence:
                    only = ours - theirs if "Only yours" in sentence else theirs - ours
                    quoted = set(read(sentence.partition("mentions ")[2]).counts)
                    assert quoted <= only


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({"phase": "IDEA"}, {"phase": "BETA"}, "LEARN_FROM"),
        ({"phase": "ALPHA"}, {"phase": "LIVE"}, "LEARN_FROM"),
        ({"phase": "ALPHA"}, {"phase": "LIVE", "openness": "SHARE_IDEAS"}, "LEARN_FROM"),
        ({"phase": "ALPHA"}, {"phase": "LIVE", "openness": "OPEN_TO_CONVERSATION"}, "ADOPT"),
        ({"phase": "ALPHA"}, {"phase": "LIVE", "openness": "SHARE_FUNDING"}, "ADOPT"),
        ({"phase": "LIVE"}, {"phase": "LIVE", "openness": "SHARE_FUNDING"}, "LEARN_FROM"),
        ({"phase": "LIVE"}, {"phase": "IDEA"}, "LEARN_FROM"),
        ({"phase": "BETA"}, {"phase": "STOPPED"}, "LEARN_FROM"),
        ({}, {"phase": "BETA"}, "LEARN_FROM"),
        ({}, {}, "LEARN_FROM"),
    ],
)
def test_what_a_match_is_good_for(ours, theirs, expected):
    assert kind(project(**ours), project(**theirs)) == expected


SPRING = {"starts": "2026-03-01", "ends": "2026-06-30"}
SUMMER = {"starts": "2026-06-01", "ends": "2026-09-30"}
WINTER = {"starts": "2026-11-01", "ends": "2027-02-28"}


def test_work_at_different_times_is_not_built_together():
    spring, winter = project(phase="BETA", **SPRING), project(phase="BETA", **WINTER)
    assert kind(spring, project(phase="BETA", **SUMMER)) == "BUILD_TOGETHER"
    assert kind(spring, winter) == "LEARN_FROM"


def test_an_unknown_date_counts_as_no_overlap():
    known, unknown = project(phase="BETA", **SPRING), project(phase="BETA", starts="2026-03-01")
    assert kind(known, unknown) == kind(unknown, known) == "LEARN_FROM"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({}, {"phase": "BETA"}, "The phases are not both known."),
        ({"phase": "BETA"}, {"phase": "LIVE"}, "They are ahead: theirs is live, yours in beta."),
        (
            {"phase": "LIVE"},
            {"phase": "IDEA"},
            "You are ahead: yours is live, theirs at the idea stage.",
        ),
        ({"phase": "BETA"}, {"phase": "STOPPED"}, "Theirs has stopped; yours is in beta."),
        ({"phase": "RETIRED"}, {"phase": "LIVE"}, "Yours has been retired; theirs is live."),
        ({"phase": "RETIRED"}, {"phase": "STOPPED"}, "Both have ended."),
        ({"phase": "IDEA"}, {"phase": "IDEA"}, "Both are at the idea stage; not all dates are known."),
        (
            {"phase": "BETA", **SPRING},
            {"phase": "BETA", **SUMMER},
            "Both are in beta, and overlap until June 2026.",
        ),
        (
            {"phase": "BETA", **SPRING},
            {"phase": "BETA", **WINTER},
            "Both are in beta, but at different times.",
        ),
    ],
)  # fmt: skip
def test_how_two_lie_in_time(ours, theirs, expected):
    assert timing(project(**ours), project(**theirs)) == expected


def test_every_phase_can_be_put_in_a_sentence():
    for ours in ORDER:
        for theirs in ORDER:
            assert timing(project(phase=ours), project(phase=theirs)).endswith(".")
    assert set(IN_PHASE) == set(ORDER) - {"RETIRED", "STOPPED"}


@pytest.mark.parametrize(
    ("ours", "theirs", "mine", "others", "expected"),
    [
        ({}, {}, [], [], []),
        ({}, {}, ["bins"], [], ["Only yours mentions “bins”."]),
        ({}, {}, [], ["a", "b", "c"], ["Only theirs mentions “a”, “b” and “c”."]),
        (
            {"tier": "COUNTY"},
            {"tier": "DISTRICT"},
            [],
            [],
            ["You are a county; they are a district."],
        ),
        ({"tier": "COUNTY"}, {"tier": "COUNTY"}, [], [], []),
        (
            {"service": "1", "service_name": "Parking permits"},
            {"service": "2", "service_name": "MOT testing"},
            [],
            [],
            ["Yours is about parking permits; theirs about MOT testing."],
        ),
        (
            {"service": "1", "service_name": "Parking permits"},
            {"service": "1", "service_name": "Parking permits"},
            [],
            [],
            [],
        ),
    ],
)
def test_what_differs(ours, theirs, mine, others, expected):
    assert differences(project(**ours), project(**theirs), mine, others) == expected


def test_a_county_and_its_districts_are_told_what_they_may_become():
    county, district = project(area="Devon County Council"), project(area="Devon County Council")
    assert "Devon County Council" in area(county, district)
    assert area(county, project(area="Kent County Council")) == ""
    assert area(project(), project()) == ""


def test_the_same_service_is_told_and_raises_no_score():
    texts = {"a": "parking permits", "b": "parking zones"}
    plain = Matcher.of(Document(name, name, text, "") for name, text in texts.items())
    shared = Matcher.of(Document(name, name, text, "", service="1") for name, text in texts.items())
    assert shared.match("a", "b").same_service
    assert not plain.match("a", "b").same_service
    assert shared.match("a", "b").score == plain.match("a", "b").score


def test_a_draft_has_reasons_too():
    (match, *_) = Matcher.of(REAL).similar(
        Document("d", "d", "", "Permits for parking, by Norwich")
    )
    assert {term.word for term in match.terms} & {"permits", "parking"}
    assert all(term.ours and term.theirs for term in match.terms)
