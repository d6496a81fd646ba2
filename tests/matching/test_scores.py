"""Scores are scikit-learn's, lists are what sorting everything would give."""

from itertools import pairwise

import numpy as np
import pytest

from matching import Document, Matcher
from matching.terms import ENGLISH_STOP_WORDS
from tests.matching.texts import (
    may_match,
    random_projects,
    real_projects,
    reference,
    reference_lists,
)

REAL = real_projects()
RANDOM = [random_projects(seed, count) for seed, count in enumerate((3, 8, 40, 90, 200))]


def sole(id, title="", summary="", **facts):
    return Document(id, facts.pop("organisation", f"body of {id}"), title, summary, **facts)


@pytest.mark.parametrize("documents", [REAL, *RANDOM], ids=len)
def test_scores_are_those_of_scikit_learn(documents):
    weights = Matcher.of(documents).weights
    assert np.abs((weights @ weights.T).toarray() - reference(documents)).max() < 1e-12


@pytest.mark.parametrize("top", [1, 10, 500])
@pytest.mark.parametrize("documents", [REAL, *RANDOM], ids=len)
def test_the_first_pass_is_that_of_brute_force_with_ties_by_id(documents, top):
    expected = reference_lists(documents, top)
    matcher = Matcher.of(documents)
    weights = matcher.weights
    for at, found in enumerate(matcher.first(np.arange(len(documents)), top)):
        name = matcher.ids[at]
        assert [matcher.ids[place] for place in found] == [other for other, _ in expected[name]]
        scores = (weights[found] @ weights[[at]].T).toarray().ravel()
        assert scores == pytest.approx([score for _, score in expected[name]], abs=1e-6)


@pytest.mark.parametrize("documents", [REAL, *RANDOM], ids=len)
def test_the_second_pass_loses_and_invents_nothing(documents):
    expected = reference_lists(documents, len(documents))
    for name, found in Matcher.of(documents).pairs(len(documents)):
        cosines = dict(expected[name])
        assert {match.id for match in found} == set(cosines)
        assert all(one.score >= two.score for one, two in pairwise(found))
        for match in found:
            assert 0 < match.score <= 1
            assert match.score - match.lift == pytest.approx(cosines[match.id], abs=1e-11)


def test_a_longer_list_begins_with_the_shorter():
    matcher = Matcher.of(REAL)
    for name in matcher.ids[:40]:
        assert matcher.matches(name, 30)[:10] == matcher.matches(name, 10)


@pytest.mark.parametrize("documents", [REAL, RANDOM[2]], ids=len)
def test_one_document_alone_is_told_what_all_together_are_told(documents):
    matcher = Matcher.of(documents)
    for name, found in matcher.pairs(10):
        assert matcher.matches(name, 10) == found


@pytest.mark.parametrize("documents", [REAL, RANDOM[3]], ids=len)
def test_a_pair_has_one_score_from_both_sides(documents):
    matcher = Matcher.of(documents)
    for name, found in matcher.pairs(5):
        for match in found:
            back = matcher.match(match.id, name)
            assert back.score == match.score
            assert back.probability == match.probability
            assert [term.word for term in back.terms] == [term.word for term in match.terms]
            assert [term.ours for term in back.terms] == [term.theirs for term in match.terms]


@pytest.mark.parametrize("documents", [REAL, RANDOM[4]], ids=len)
def test_own_and_partners_work_is_never_matched(documents):
    matcher = Matcher.of(documents)
    for name, found in matcher.pairs(len(documents)):
        ours = matcher.document(name)
        assert all(may_match(ours, matcher.document(match.id)) for match in found)


def test_a_partner_is_left_out_from_both_sides_and_a_stranger_is_not():
    ours = sole("a", "parking permits", organisation="A", partners=frozenset({"B"}))
    partners = sole("b", "parking permits", organisation="B")
    strangers = sole("c", "parking permits", organisation="C", partners=frozenset({"B"}))
    matcher = Matcher.of([ours, partners, strangers])
    assert [match.id for match in matcher.matches("a")] == ["c"]
    assert matcher.matches("b") == []
    assert [match.id for match in matcher.matches("c")] == ["a"]


@pytest.mark.parametrize("documents", [REAL, RANDOM[3]], ids=len)
def test_a_document_enters_the_lists_that_have_it(documents):
    matcher = Matcher.of(documents)
    lists = {name: {match.id for match in found} for name, found in matcher.pairs(5)}
    for name in list(lists)[:40]:
        entered = matcher.entered(name, 5)
        assert len(entered) == len(set(entered))
        assert set(entered) == {other for other, found in lists.items() if name in found}


def test_a_draft_is_scored_like_its_twin_in_the_index_and_not_kept():
    matcher = Matcher.of(REAL)
    twin = REAL[3]
    before = matcher.ids
    drafted = matcher.similar(twin, 10)
    assert [match.id for match in drafted] == [match.id for match in matcher.matches(twin.id)]
    for one, other in zip(drafted, matcher.matches(twin.id), strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-12)
    assert matcher.ids == before


def test_unknown_words_make_a_draft_less_like_the_rest():
    matcher = Matcher.of(REAL)
    known = matcher.similar(sole("draft", "parking permits"))[0]
    stranger = matcher.similar(sole("draft", "parking permits for zeppelins and gondolas"))[0]
    assert stranger.id == known.id
    assert 0 < stranger.score < known.score


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zeppelin gondola",
        "the of and",
        " ".join(ENGLISH_STOP_WORDS),
        "\x00",
        "😀",
        "12 2026 £1.8m",
    ],
)
def test_a_draft_with_nothing_to_compare_is_like_nothing(text):
    assert Matcher.of(REAL).similar(sole("draft", text)) == []


def test_an_empty_index_answers():
    matcher = Matcher.of([])
    assert len(matcher) == 0
    assert list(matcher.pairs()) == []
    assert matcher.similar(sole("draft", "parking")) == []
    assert Matcher.of([]).with_document(sole("a", "parking")).matches("a") == []


def test_texts_without_a_word_that_counts_match_nothing():
    matcher = Matcher.of([sole("a", "the of"), sole("b"), sole("c", "2026")])
    assert list(matcher.pairs()) == [("a", []), ("b", []), ("c", [])]
    assert matcher.entered("a") == []
    assert matcher.match("a", "b").score == 0
    assert matcher.match("a", "b").terms == ()


def test_no_more_than_asked_and_no_fewer_than_none():
    matcher = Matcher.of(REAL)
    assert matcher.matches(REAL[0].id, 0) == []
    assert len(matcher.matches(REAL[0].id, 3)) == 3
    assert len(matcher.matches(REAL[0].id, 10_000)) < len(REAL)


def test_of_two_documents_with_one_id_the_later_counts():
    matcher = Matcher.of([sole("a", "parking"), sole("b", "bins"), sole("a", "bins")])
    assert matcher.ids == ("a", "b")
    assert [match.id for match in matcher.matches("b")] == ["a"]


def test_many_equal_texts_are_told_by_id():
    matcher = Matcher.of([sole(f"p{n:03}", "the same parking text") for n in range(300, 0, -1)])
    assert [match.id for match in matcher.matches("p002", 3)] == ["p001", "p003", "p004"]
    assert {match.score for match in matcher.matches("p002", 300)} == {1.0}


def test_a_megabyte_of_one_word_and_a_megabyte_without_a_space():
    matcher = Matcher.of(
        [
            sole("many", "parking " * 125_000),
            sole("one", "parking"),
            sole("blob", "parking", "x" * 1_000_000),
            sole("address", "parking", "a/" * 500_000 + "parking"),
        ]
    )
    found = {match.id: match for match in matcher.matches("one")}
    assert set(found) == {"many", "blob", "address"}
    assert all(len(term.theirs) < 100 for match in found.values() for term in match.terms)


def test_an_accented_letter_is_the_same_however_it_is_stored():
    matcher = Matcher.of([sole("a", "d\u0175r glân"), sole("b", "dw\u0302r gla\u0302n")])
    assert matcher.match("a", "b").score == 1
    assert [term.word for term in matcher.match("a", "b").terms] == ["d\u0175r", "glân"]


def test_welsh_keeps_its_words_and_loses_its_small_ones():
    text = "Mae'r cyngor yn datblygu gwasanaeth i bobl sydd wedi colli trwyddedau parcio"
    matcher = Matcher.of(
        [
            sole("a", text),
            sole("b", "Trwyddedau parcio", "Bydd y cyngor yn datblygu gwasanaeth newydd"),
            sole("c", "Parking permits", "The council is developing a new service"),
        ]
    )
    (match,) = matcher.matches("a")
    assert match.id == "b"
    assert {term.word for term in match.terms} == {
        "cyngor",
        "datblygu",
        "gwasanaeth",
        "parcio",
        "trwyddedau",
    }


def test_ten_thousand_identical_texts_are_told_by_id():
    matcher = Matcher.of(sole(f"p{n:05}", "the same parking text") for n in range(10_000))
    found = matcher.matches("p09999", 3)
    assert [match.id for match in found] == ["p00000", "p00001", "p00002"]
    assert {match.score for match in found} == {1.0}


def test_one_council_that_owns_everything_has_no_matches():
    documents = [sole(f"p{n}", f"parking permits {n}", organisation="A") for n in range(200)]
    matcher = Matcher.of(documents)
    assert all(found == [] for _, found in matcher.pairs())
    assert matcher.entered("p0") == []
    assert len(matcher.similar(sole("draft", "parking permits"), 5)) == 5


@pytest.mark.parametrize(
    "text", ["", "bins", "the of", "😀 😀", "<p>bins</p>\x00<script>", "council", "x" * 100_000]
)
def test_no_text_gives_a_score_that_is_no_number(text):
    matcher = Matcher.of([*REAL[:20], sole("odd", text), sole("twin", text)])
    for _, found in matcher.pairs(30):
        for match in found:
            assert 0 < match.score <= 1
            assert 0 < match.probability < 1
