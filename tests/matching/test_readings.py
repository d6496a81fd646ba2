"""Many texts read at once give the table that reading them one by one gives."""

import random
import types
from concurrent.futures import Future

import numpy as np
import pytest

from matching import Matcher, readings, tally
from matching.terms import LONGEST_SAMPLE, LONGEST_WORD
from tests.matching.texts import random_projects, real_projects

ODD = [
    "",
    "\n",
    "a",
    "ab",
    "the of and",
    "bins " * 200_000,
    "x" * 1_000_000,
    "x" * LONGEST_WORD + " " + "y" * (LONGEST_WORD + 1),
    "Mae'r gwasanaethau ar gael yn y dref; mae pawb yn y dref wedi cael gwybod",
    "Mae " * LONGEST_SAMPLE + "the and of " * LONGEST_SAMPLE,
    "parking\x00permits 😀👩‍👩‍👧 bins e\u0301te",
    "\ud800 lone \udfff surrogates \udfffs",
    "<script>alert('bins')</script> &amp; <b>Permits</b>",
    "日本語のテキスト と 中文 Straße İstanbul ŴYN ŵyn",
    "£1.8m 324k 18th 5G a_b __ _",
    "Permits PERMITS permits Permit CRM EHCPs FixMyStreet",
    "ΟΔΟΣ ὁδός ὈΔΥΣΣΕΎΣ ǅungla Ⅷa ²³ x² 5ｋ 𝕏𝕐 ſtreet",
    "international internationals internationalise Internationally internet interne",
    " ".join(f"permit{number * 7919 % 1000}" for number in range(1000)),
]


def both(texts, monkeypatch):
    monkeypatch.setattr(readings, "FEWEST_FOR_MACHINE_CODE", len(texts) + 1)
    plain = readings.table(texts)
    monkeypatch.setattr(readings, "FEWEST_FOR_MACHINE_CODE", 0)
    return plain, readings.table(texts)


def assert_same(one, other):
    (counts, forms), (others, other_forms) = one, other
    assert counts.names == others.names
    assert counts.matrix.shape == others.matrix.shape
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(counts.matrix, part), getattr(others.matrix, part))
    assert np.array_equal(counts.firsts, others.firsts)
    assert forms.times == other_forms.times


@pytest.mark.parametrize("at_once", [1, 300, 1 << 20])
def test_odd_texts(monkeypatch, at_once):
    monkeypatch.setattr(tally, "CHARACTERS_AT_ONCE", at_once)
    assert_same(*both([*ODD, *ODD[::-1]], monkeypatch))


def test_real_texts_and_random_ones(monkeypatch):
    monkeypatch.setattr(tally, "CHARACTERS_AT_ONCE", 10_000)
    texts = [one.text for one in [*real_projects(), *random_projects(1, 200)]]
    random.Random(2).shuffle(texts)
    assert_same(*both(texts, monkeypatch))


def test_no_texts_at_all(monkeypatch):
    assert_same(*both([], monkeypatch))


def test_a_table_read_at_once_takes_changes_like_any_other(monkeypatch):
    projects = real_projects()
    whole = Matcher.of(projects)
    monkeypatch.setattr(readings, "FEWEST_FOR_MACHINE_CODE", 0)
    some = Matcher.of(projects[:-1]).with_document(projects[-1])
    assert np.array_equal(some.weights.toarray(), whole.weights.toarray())
    assert np.array_equal(some._counts.firsts, whole._counts.firsts)
    assert some._forms.times == whole._forms.times
    assert some.without(projects[0].id)._forms.times == Matcher.of(projects[1:])._forms.times


def test_everyday_counts_take_a_byte_and_others_what_they_need():
    counts, forms = tally.Tally(["Missed bins", "bins are told"]).table()
    assert counts.matrix.data.dtype == counts.firsts.dtype == np.uint8
    assert forms.times["bin", "bins"] == 2
    counts, _ = tally.Tally(["bins", "bins " * 300 + "trees " * 70_000]).table()
    assert counts.matrix.toarray().tolist() == [[1, 0], [300, 70_000]]
    assert counts.firsts.tolist() == [0, 0, 300]


def test_it_is_the_same_whether_another_thread_gets_round_to_it_or_not(monkeypatch):
    texts = [one.text for one in random_projects(3, 300)]
    monkeypatch.setattr(tally, "CHARACTERS_AT_ONCE", 1000)
    usual = tally.Tally(texts).table()
    never = types.SimpleNamespace(submit=lambda *_: Future())
    idle = tally.Tally(texts)
    idle.read(never)
    assert_same(usual, idle.finished())
