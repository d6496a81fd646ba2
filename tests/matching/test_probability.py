"""A higher score is never less probable, and the constants are those that a new fit gives."""

import random
from pathlib import Path

import pytest

from matching import THRESHOLD, Document, Matcher, probability
from matching.intervals import wilson
from matching.probability import MEANINGS, WORDS
from tests.benchmarks import fit_probability
from tests.matching.texts import real_projects

JUDGED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize("fit", [WORDS, MEANINGS])
def test_probability_rises_with_the_score_and_stays_a_probability(fit):
    chances = [probability(step / 1000, 2, fit) for step in range(1001)]
    assert chances == sorted(chances)
    assert chances[0] == 0
    assert 0.98 < chances[-1] <= 1


def test_nothing_alike_has_no_chance():
    assert probability(0) == 0
    assert probability(-1) == 0


def test_one_shared_word_is_never_enough():
    matcher = Matcher.of([Document("a", "A", "Parking permits", "Drivers renew parking permits.")])
    (match,) = matcher.similar(Document("draft", "B", "", "Parking"))
    assert match.score > 0.5
    assert match.weaker
    assert probability(1.0, 1) < THRESHOLD < probability(1.0, 2)


def test_what_is_under_the_threshold_is_called_weaker():
    for _, found in Matcher.of(real_projects()).pairs(10):
        for match in found:
            words = len(match.terms)
            assert match.probability == probability(match.score, words)
            assert match.weaker == (match.probability < THRESHOLD)


@pytest.fixture
def judgements(request):
    if not (JUDGED / "project_pairs.tsv").exists():
        why = "the fit of the probability, since no judged pairs lie beside this checkout"
        request.config.pluginmanager.get_plugin(
            str(Path(__file__).with_name("conftest.py"))
        ).WITHOUT_DATA.append(why)
        pytest.skip(why)


def test_in_a_short_list_a_score_says_less():
    chances = [probability(0.8, documents=size) for size in (8, 12, 20, 36, 50, 60, 200)]
    assert chances == sorted(chances)
    assert len({*chances[:6]}) == 6
    assert chances[-1] == chances[-2] == probability(0.8)
    assert probability(0.8, documents=2) == probability(0.8, documents=8)


@pytest.mark.usefixtures("judgements")
def test_nine_in_ten_of_what_is_proposed_in_a_short_list_were_judged_alike():
    texts = fit_probability.documents(JUDGED / "projects.jsonl")
    grades = fit_probability.judged(JUDGED / "project_pairs.tsv")
    chance = random.Random(3)
    for size in (12, 20, 36):
        stated = [
            frozenset((one, match.id))
            for _ in range(20)
            for one, found in Matcher.of(chance.sample(texts, size)).pairs(10)
            for match in found
            if not match.weaker
        ]
        right = sum(grades.get(pair, 0) > 0 for pair in stated)
        assert right / len(stated) >= 0.9


@pytest.mark.parametrize(
    ("right", "of", "expected"), [(0, 10, 0.0), (10, 10, 0.7225), (95, 99, 0.9007), (50, 100, 0.4038)]
)  # fmt: skip
def test_the_lower_bound_of_wilsons_interval(right, of, expected):
    assert wilson(right, of)[0] == pytest.approx(expected, abs=1e-4)


@pytest.mark.usefixtures("judgements")
def test_the_constants_are_those_of_a_new_fit():
    texts = fit_probability.documents(JUDGED / "projects.jsonl")
    others = fit_probability.documents(JUDGED / "projects_more.jsonl")
    grades = fit_probability.judged(JUDGED / "project_pairs.tsv")
    both = {
        len(some): fit_probability.likenesses(Matcher.of(some)) for some in (texts, texts + others)
    }
    whole = fit_probability.scored(texts, grades, both[len(texts + others)])
    fitted = fit_probability.fit(*whole)
    assert (fitted["INTERCEPT"], fitted["SLOPE"]) == pytest.approx(WORDS[:2], abs=2e-3)
    assert fit_probability.threshold(fitted, both, texts, grades)["THRESHOLD"] == THRESHOLD
