"""An index that documents come to and leave is the index made of what is left."""

import random

import numpy as np
import pytest

from matching import Document, Matcher, matcher, pairs
from matching.kept import put_together, taken_apart
from tests.matching.texts import random_projects, real_projects

REAL = real_projects()


def told(index: Matcher) -> dict:
    return dict(index.pairs(5))


def lists(index: Matcher) -> dict[str, list[str]]:
    """What the first pass finds for each document."""
    ids = index.ids
    return {one: [ids[at] for at in places] for one, places in zip(ids, index.firsts, strict=True)}


def assert_same(one: Matcher, other: Matcher) -> None:
    assert one.ids == other.ids
    assert one.weights.shape == other.weights.shape
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(one.weights, part), getattr(other.weights, part))
    assert told(one) == told(other)


def test_documents_added_one_by_one_equal_an_index_of_all():
    documents = REAL[:60]
    index = Matcher.of([])
    for document in documents:
        index = index.with_document(document)
    assert_same(index, Matcher.of(documents))


@pytest.mark.parametrize("seed", range(5))
def test_any_coming_and_going_equals_an_index_of_what_is_left(seed):
    draw = random.Random(seed)
    documents = random_projects(seed, 30)
    index, left = Matcher.of(documents[:15]), {one.id: one for one in documents[:15]}
    for _ in range(40):
        one = draw.choice(documents)
        if one.id in left and draw.random() < 0.5:
            index = index.without(one.id)
            del left[one.id]
        else:
            changed = Document(one.id, one.organisation, one.title, draw.choice(documents).summary)
            index = index.with_document(changed)
            left.pop(one.id, None)
            left[one.id] = changed
    assert_same(index, Matcher.of(left.values()))


def test_an_index_does_not_change():
    index = Matcher.of(REAL)
    before = told(index)
    index.with_document(Document("new", "body", "Parking permits", "Zeppelins for all")).pairs()
    index.without(REAL[0].id)
    assert told(index) == before
    assert len(index) == len(REAL)


def test_what_came_and_left_leaves_no_word_behind():
    index = Matcher.of(REAL)
    hidden = Document("new", "body", "Zeppelin PARKING", "gondolas " * 9)
    after = index.with_document(hidden).without("new")
    assert_same(after, index)
    draft = Document("draft", "draft", "", "Gondolas and parking")
    assert after.similar(draft) == index.similar(draft)


def test_adding_a_document_reads_no_other_text_again(monkeypatch):
    index = Matcher.of(REAL)
    seen = []
    read = matcher.read
    monkeypatch.setattr(matcher, "read", lambda text: seen.append(text) or read(text))
    new = Document("new", "body", "Parking permits", "by post")
    grown = index.with_document(new)
    grown.matches("new")
    grown.entered("new")
    assert seen == [new.text]
    seen.clear()
    grown.without("new").matches(REAL[0].id)
    assert seen == [new.text]


def test_an_id_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        Matcher.of(REAL).without("nobody")
    with pytest.raises(KeyError):
        Matcher.of(REAL).matches("nobody")


def test_a_large_index_begins_its_lists_from_those_of_the_one_before(monkeypatch):
    documents = random_projects(3, 1100)
    before = Matcher.of(documents[:-1])
    before.firsts  # noqa: B018 - reckoned now
    kept = put_together(taken_apart(before))
    gone = documents[500].id
    anew = lists(Matcher.of([one for one in documents if one.id != gone]))
    monkeypatch.setattr(pairs, "begin", None)
    for index in (before, kept):
        assert lists(index.with_document(documents[-1]).without(gone)) == anew
