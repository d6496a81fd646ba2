"""Which words count, how they are shown, and the few words around them."""

import pytest

from matching.terms import BOILERPLATE, LONGEST_WORD, form, phrase, read, spelling, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parking permits and PARKING", ["park", "permit", "park"]),
        ("The council's digital service for residents", ["council", "digit", "servic", "resid"]),
        ("residents’ self‑service self-service", ["resid", "self", "servic", "self", "servic"]),
        ("won't “don’t”", ["won", "don"]),
        ("£1.8m in 2026, the 18th, 324k and 5G", ["5g"]),
        ("dŵr a gwasanaethau", ["dŵr", "gwasanaethau"]),
        ("Mae'r gwasanaethau ar gael yn y dref", ["gwasanaethau", "dref"]),
        ("AI helps the AI", ["ai", "help", "ai"]),
        ("Straße naïve café", ["straße", "naïv", "café"]),
        ("parking\x00permits 😀 bins", ["park", "permit", "bin"]),
        ("x" * (LONGEST_WORD + 1) + " bins", ["bin"]),
        ("a_b c", ["a_b"]),
        ("", []),
    ],
)
def test_words_that_count(text, expected):
    assert stems(text) == expected


def test_boilerplate_is_lower_case_words():
    assert all(word.isalpha() and word == word.lower() for word in BOILERPLATE)


def test_a_reading_keeps_numbers_first_words_and_forms():
    reading = read("Permits: a CRM permit. Permits!")
    assert reading.counts == {"permit": 3, "crm": 1}
    assert reading.firsts == {"permit": 0, "crm": 1}
    assert reading.forms == {("permit", "permits"): 2, ("permit", "permit"): 1, ("crm", "CRM"): 1}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Parking", "parking"),
        ("CRM", "CRM"),
        ("EHCPs", "EHCPs"),
        ("FixMyStreet", "FixMyStreet"),
        ("SHOUTING", "shouting"),
        ("ŴYN", "ŴYN"),
    ],
)
def test_how_a_word_is_shown(word, expected):
    assert form(word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("We moved to Norwich", "Norwich", "Norwich"),
        ("Moved. Norwich paid", "Norwich", "norwich"),
        ("Title\nNorwich paid", "Norwich", "norwich"),
        ("(Norwich) paid", "Norwich", "norwich"),
        ("LIFT helps", "LIFT", "LIFT"),
        ("we covered it", "covered", "covered"),
    ],
)
def test_a_name_inside_a_sentence_keeps_its_capital(text, word, expected):
    assert spelling(text, text.index(word)) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("one two three four PLACE five six seven eight", "PLACE", "two three four PLACE five six seven"),
        ("A first one. The PLACE here! Another", "PLACE", "The PLACE here"),
        ("A title\nThe PLACE here", "PLACE", "The PLACE here"),
        ("with self-PLACE and more", "PLACE", "with self-PLACE and more"),
        ("a (PLACE) in brackets", "PLACE", "a (PLACE) in brackets"),
        ("“PLACE”", "PLACE", "PLACE"),
        ("the council’s PLACE, today", "PLACE", "the council’s PLACE, today"),
        ("PLACE", "PLACE", "PLACE"),
        ("x" * 500 + " PLACE " + "y" * 500, "PLACE", "PLACE"),
        ("x/" * 500 + "PLACE", "PLACE", "PLACE"),
        ("PLACE" + "/x" * 500, "PLACE", ("PLACE" + "/x" * 500)[:80]),
    ],
)  # fmt: skip
def test_the_words_around_a_place(text, word, expected):
    assert phrase(text, text.index(word)) == expected


def test_a_phrase_never_cuts_a_word_of_ordinary_length():
    text = " ".join(f"extraordinarily{n}" for n in range(200))
    for at in range(0, 2000, 18):
        place = text.index("extraordinarily", at)
        assert set(phrase(text, place).split()) <= set(text.split())
