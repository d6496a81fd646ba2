"""The words that tell what a text is about: the heaviest, without boilerplate and names of places."""

import pytest

from matching import Document, Matcher, stems_of_names
from matching.telling import MOST

MEALS = "Families who qualify for free school meals in Reading miss out. Pupils are enrolled unless they opt out."
TEXTS = (
    ("meals", "Free school meals", MEALS),
    ("bins", "Bin day reminders", "Households get a message before each collection of bins."),
    (
        "books",
        "Library loans by phone",
        "Borrowers renew library books. Reading rooms open longer.",
    ),
    ("potholes", "Potholes", "Residents report potholes to the council online in Reading."),
)


@pytest.fixture(scope="module")
def matcher():
    return Matcher.of(Document(one, one, title, text) for one, title, text in TEXTS)


def words(matcher, id, places=frozenset()):
    return [one.word for one in matcher.telling(matcher.document(id), places)]


def test_the_heaviest_come_first_and_a_title_counts_double(matcher):
    told = words(matcher, "meals")
    assert {*told[:3]} == {"free", "school", "meals"}
    assert "families" in told[3:]
    assert len(told) <= MOST


def test_what_every_project_says_tells_nothing(matcher):
    assert not {"residents", "council", "online"} & {*words(matcher, "potholes")}
    assert "potholes" in words(matcher, "potholes")


def test_names_of_places_tell_where_and_not_what(matcher):
    reading = stems_of_names(["Reading", "South East"])
    assert "reading" in words(matcher, "potholes")
    assert "reading" not in words(matcher, "potholes", reading)
    small = Document("new", "x", "Reading for children", "Children learn reading.")
    assert "read" in [one.stem for one in matcher.telling(small, reading)]


def test_a_text_beside_the_index_is_told_as_if_it_were_there_and_leaves_nothing(matcher):
    new = Document("new", "x", "Zebra crossings", "Painting zebra crossings near a school.")
    told = matcher.telling(new)
    assert told == matcher.with_document(new).telling(new)
    assert {"zebra", "crossings"} == {one.word for one in told[:2]}
    assert "new" not in matcher


def test_words_are_shown_in_their_commonest_form():
    texts = ("Repairs booked", "Repairs seen", "Repairing a lamp")
    matcher = Matcher.of(Document(str(at), str(at), "", text) for at, text in enumerate(texts))
    assert ("repair", "repairs") in matcher.telling(matcher.document("2"))


def test_a_welsh_text_keeps_its_words_and_knows_its_places():
    text = "Mae disgyblion yn cael prydau ysgol am ddim yn Abertawe ac yn y sir."
    matcher = Matcher.of([Document("a", "a", "Prydau ysgol", text)])
    told = [
        one.word for one in matcher.telling(matcher.document("a"), stems_of_names(["Abertawe"]))
    ]
    assert {"prydau", "ysgol", "disgyblion"} <= {*told}
    assert "abertawe" not in told


def test_nothing_is_told_of_no_words():
    assert Matcher.of([]).telling(Document("a", "a", "", "")) == []
