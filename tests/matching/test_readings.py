"""Many texts read at once give the table that reading them one by one gives."""

import random

import numpy as np
import pytest

from matching import readings, tally
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
