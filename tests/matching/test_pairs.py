"""The exact first pass over all pairs, held against brute force."""

import random
from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from matching import Document, Matcher, matcher, pairs
from matching.nearest import best
from tests.matching.texts import random_projects


def weights(seed: int, documents: int, words: int) -> sparse.csr_matrix:
    """Rows of length one, with common words and rare ones, and twins among them."""
    rng = np.random.default_rng(seed)
    drawn = (rng.random((documents, 30)) ** 3 * words).astype(int)
    drawn[documents // 2 : documents // 2 + 20] = drawn[0]
    rows = np.repeat(np.arange(documents), 30)
    table = sparse.csr_matrix((np.ones(drawn.size), (rows, drawn.ravel())), (documents, words))
    table.data *= rng.random(words)[table.indices] + 0.1
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / lengths) @ table)


def bodies(seed: int, documents: int, partners: int = 0) -> pairs.Bodies:
    rng = np.random.default_rng(seed)
    leads = rng.integers(documents // 5 + 1, size=documents).astype(np.int32)
    starts = np.arange(documents + 1, dtype=np.int64) * partners
    joined = rng.integers(documents // 5 + 1, size=documents * partners).astype(np.int32)
    return pairs.Bodies(leads, starts, joined)


def brute_force(table, group: pairs.Bodies, ranks, top: int) -> list[list[int]]:
    scores = (table @ table.T).toarray()
    np.fill_diagonal(scores, 0)
    scores[group.leads[:, None] == group.leads[None, :]] = 0
    for one in range(len(scores)):
        for body in group.partners[group.starts[one] : group.starts[one + 1]]:
            apart = group.leads == body
            scores[one, apart] = 0
            scores[apart, one] = 0
    return [found.tolist() for found in best(scores, top, ranks)]


def told(lists: pairs.Lists) -> list[list[int]]:
    return [[place for place in row if place >= 0] for row in lists.places.tolist()]


@pytest.mark.parametrize(
    ("documents", "words", "top"),
    [(1, 5, 10), (2, 5, 10), (40, 7, 10), (700, 300, 30), (2600, 900, 10), (3000, 20_000, 3)],
)
def test_the_best_of_all_pairs_are_brute_forces(documents, words, top):
    table, group = weights(documents, documents, words), bodies(1, documents, partners=1)
    ranks = np.random.default_rng(2).permutation(documents)
    found = pairs.nearest(table, group, ranks, top)
    assert told(found) == brute_force(table, group, ranks, top)
    assert np.isfinite(found.scores).all()


def test_earlier_lists_of_other_weights_change_nothing():
    table, group, ranks = weights(3, 2500, 800), bodies(4, 2500), np.arange(2500)
    whole = pairs.nearest(table, group, ranks, 10)
    other = pairs.nearest(weights(5, 2500, 800), group, ranks, 10)
    again = pairs.nearest(table, group, ranks, 10, earlier=other.places)
    assert told(again) == told(whole)
    assert np.allclose(again.scores, whole.scores, rtol=0, atol=2e-12)


def test_the_size_of_tiles_and_the_number_of_threads_change_nothing(monkeypatch):
    table, group, ranks = weights(6, 2500, 800), bodies(7, 2500), np.arange(2500)
    whole = pairs.nearest(table, group, ranks, 10)
    monkeypatch.setattr(pairs, "TILE", 192)
    monkeypatch.setattr(pairs, "threads", lambda: 5)
    assert np.array_equal(pairs.nearest(table, group, ranks, 10).places, whole.places)


@pytest.mark.parametrize("tiles", range(1, 10))
def test_every_two_tiles_meet_once_and_no_two_tasks_of_a_round_share_one(tiles):
    met = []
    for tasks in pairs.rounds(tiles):
        touched = [tile for task in tasks for tile in set(task)]
        assert len(touched) == len(set(touched))
        met += tasks
    every = [*combinations(range(tiles), 2), *((at, at) for at in range(tiles))]
    assert sorted(met) == sorted(every)


def test_twins_of_one_body_and_texts_of_nothing_are_no_trouble():
    table = sparse.csr_matrix(np.repeat([[1.0, 0, 0], [0, 0, 0]], 1500, axis=0))
    alone = pairs.Bodies(
        np.zeros(3000, dtype=np.int32), np.zeros(3001, dtype=np.int64), np.array([], dtype=np.int32)
    )
    assert not any(told(pairs.nearest(table, alone, np.arange(3000), 10)))
    apart = alone._replace(leads=np.arange(3000, dtype=np.int32))
    found = told(pairs.nearest(table, apart, np.arange(3000)[::-1].copy(), 10))
    assert found[0] == list(range(1499, 1489, -1))
    assert found[1500] == []


@pytest.mark.parametrize("partners", [0, 2])
def test_copies_by_the_hundred_are_listed_by_rank(partners):
    table = weights(14, 1200, 60)[np.random.default_rng(15).integers(3, size=1200)]
    group, ranks = bodies(16, 1200, partners), np.random.default_rng(17).permutation(1200)
    found = pairs.nearest(table, group, ranks, 10)
    assert told(found) == brute_force(table, group, ranks, 10)
    assert (found.scores == 1).all()


def test_a_matcher_finds_the_same_with_machine_code_and_without(monkeypatch):
    projects = random_projects(11, 120)
    plain = [found.tolist() for found in Matcher.of(projects).firsts]
    monkeypatch.setattr(matcher, "FEWEST_FOR_MACHINE_CODE", 1)
    assert [found.tolist() for found in Matcher.of(projects).firsts] == plain


def test_copies_of_one_text_and_one_body_that_owns_everything():
    copy = "Missed bins are told by phone, and nobody knows which were told before."
    owned = [Document(f"p{n}", "one", "Bins", copy) for n in range(3000)]
    assert not any(len(found) for found in Matcher.of(owned).firsts)
    copies = [Document(f"p{n:05}", f"body-{n}", "Bins", copy) for n in range(3000)]
    random.Random(1).shuffle(copies)
    index = Matcher.of(copies)
    others = [one for one in sorted(index.ids) if one != index.ids[0]]
    assert [index.ids[at] for at in index.firsts[0]] == others[:30]


@pytest.mark.parametrize("documents", [300, 2600])
def test_a_stranger_meets_all_and_enters_the_lists_that_it_would_be_in(documents):
    table, group = weights(8, documents + 1, 400), bodies(9, documents + 1, partners=1)
    ranks = np.random.default_rng(10).permutation(documents + 1)
    every = brute_force(table, group, ranks, 10)
    those = pairs.Bodies(group.leads[:-1], group.starts[:-1], group.partners[:-1])
    others = pairs.standing(table[:-1], those, ranks[:-1], 10)
    before = others.lists.places.copy()
    lead, partner = group.leads[-1], group.partners[-1]
    apart = ~(np.isin(those.leads, [lead, partner]) | (those.partners == lead))
    own, entered = others.met(table[[-1]], apart, ranks[-1])
    assert own.tolist() == every[-1]
    assert entered.tolist() == [at for at, found in enumerate(every[:-1]) if documents in found]
    assert len(entered)
    assert np.array_equal(others.lists.places, before)


def test_long_rows_lose_nothing_to_coarse_sums():
    rng = np.random.default_rng(12)
    table = sparse.csr_matrix(rng.random((1500, 700)) * (rng.random((1500, 700)) < 0.85))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table = sparse.csr_matrix(sparse.diags(1 / lengths) @ table)
    group, ranks = bodies(13, 1500), np.arange(1500)
    assert told(pairs.nearest(table, group, ranks, 10)) == brute_force(table, group, ranks, 10)


def test_a_draft_of_a_body_that_only_joins_others_finds_as_much_with_machine_code(monkeypatch):
    texts = [
        Document(
            f"p{at}",
            f"b{at}",
            "Bins",
            f"Missed bins on a map {at}",
            partners=frozenset({"us"} if at < 45 else ()),
        )
        for at in range(60)
    ]
    draft = Document("draft", "us", "", "Missed bins on a map")
    plain = [one.id for one in Matcher.of(texts).similar(draft)]
    monkeypatch.setattr(matcher, "FEWEST_FOR_MACHINE_CODE", 1)
    assert [one.id for one in Matcher.of(texts).similar(draft)] == plain
    assert len(plain) == 10
