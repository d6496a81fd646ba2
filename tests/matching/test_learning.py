"""A new fit is taken for what it is worth on bodies that it has not seen, and not for more."""

import math
import random
from itertools import pairwise

import numpy as np
import pytest

from matching import WORDS, Document, Fit, Matcher, probability
from matching.learning import (
    Pair,
    Unlearnable,
    folds,
    judged_pairs,
    lowest_that_holds,
    of_fold,
    telling,
    tried,
)
from tests.matching.texts import real_projects


def drawn(curve, count=1500, bodies=60, seed=1):
    """Pairs whose likeness really follows a curve."""
    dice = random.Random(seed)
    pairs = []
    for _ in range(count):
        score = dice.random()
        chance = 1 / (1 + math.exp(-(curve[0] + curve[1] * score)))
        two = dice.sample(range(bodies), 2)
        pairs.append(
            Pair(score, 5, dice.random() < chance, frozenset(f"body-{one}" for one in two))
        )
    return pairs


def test_a_curve_that_was_far_off_is_learnt():
    trial = tried(drawn((-9, 14)), WORDS)
    assert trial.is_better
    assert trial.loss.new < trial.loss.old
    assert trial.loss.low > 0
    assert trial.new.intercept == pytest.approx(-9, abs=1)
    assert trial.new.slope == pytest.approx(14, abs=1.5)
    assert trial.proposed >= trial.right > 0.9 * trial.proposed


@pytest.mark.parametrize("seed", range(5))
def test_a_curve_that_is_right_already_is_kept(seed):
    trial = tried(drawn(WORDS[:2], seed=seed), WORDS)
    assert not trial.is_better
    assert "chance" in trial.why


def test_the_same_again_is_no_better():
    pairs = drawn((-9, 14))
    first = tried(pairs, WORDS)
    again = tried(pairs, first.new)
    assert again.new == first.new
    assert not again.is_better


def test_a_body_is_never_on_both_sides():
    pairs = drawn((-9, 14), count=300, bodies=20)
    parts = folds(pairs)
    assert frozenset().union(*parts) == {body for pair in pairs for body in pair.bodies}
    assert all(not one & other for one, other in pairwise(sorted(parts, key=sorted)))
    tested = [body for part in parts for body, _, _ in of_fold(pairs, part, WORDS)]
    assert len(tested) == 2 * len(pairs)


def test_nothing_is_promised_where_no_pair_was_judged():
    scores = np.linspace(0.8, 1, 100)
    alike = np.ones(100, dtype=bool)
    least = lowest_that_holds([(scores, alike)], -5, 10)
    assert least == pytest.approx(math.ceil(100 / (1 + math.exp(-3))) / 100)


def test_too_few_right_ones_make_no_threshold():
    scores, alike = np.linspace(0, 1, 20), np.arange(20) > 10
    assert lowest_that_holds([(scores, alike)], -5, 10) is None


def several(count, *, alike):
    bodies = [f"body-{at}" for at in range(20)]
    return [
        Pair(at / count, 3, alike(at), frozenset((bodies[at % 20], bodies[(at + 7) % 20])))
        for at in range(count)
    ]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "alike and pairs that are not"),
        (several(50, alike=lambda _: True), "alike and pairs that are not"),
        (several(200, alike=lambda at: at < 100), "lower scores"),
        ([pair._replace(bodies=frozenset("ab")) for pair in several(90, alike=lambda at: at > 40)], "10 organisations"),
    ],
)  # fmt: skip
def test_what_cannot_be_learnt_is_said(pairs, said):
    with pytest.raises(Unlearnable, match=said):
        tried(pairs, WORDS)


def test_pairs_that_are_never_proposed_teach_nothing():
    two = frozenset(("a", "b"))
    kept = Pair(0.5, 2, alike=True, bodies=two)
    assert telling([kept, kept._replace(words=1), kept._replace(score=0)]) == [kept]


def test_an_index_gives_each_pair_of_two_bodies_once():
    texts = [Document(f"d{at}", f"b{at % 3}", "Parking", "Permits renewed") for at in range(6)]
    pairs = list(judged_pairs(Matcher.of(texts), {frozenset(("d0", "d1")): 2}))
    assert len(pairs) == 12
    assert [pair.alike for pair in pairs].count(True) == 1
    assert all(len(pair.bodies) == 2 for pair in pairs)


def test_a_fit_travels_with_the_index_and_changes_the_probability_alone():
    texts = real_projects()
    shipped = Matcher.of(texts)
    fit = Fit(-9.0, 14.0, 0.9)
    ours = shipped.with_fit(fit)
    assert shipped.fit == WORDS
    assert shipped.with_fit(WORDS) is shipped
    for one in (ours, ours.without(texts[0].id), ours.with_document(texts[0])):
        assert one.fit == fit
    here, there = dict(shipped.pairs(5)), dict(ours.pairs(5))
    for one, found in here.items():
        for old, new in zip(found, there[one], strict=True):
            assert new.probability == probability(old.score, len(old.terms), fit)
            assert new.weaker == (new.probability < 0.9)
            assert (new.id, new.score, new.terms) == (old.id, old.score, old.terms)
