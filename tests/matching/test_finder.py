"""What a few words find: begun, mistyped, by another name; and an index that entries come to and leave."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching import Entry, Finder, Wish, find, finder
from matching.entries import LONGEST_TEXT, MOST_WORDS, Asked
from matching.terms import stem
from matching.vocabulary import Vocabulary, distances
from tests.matching.texts import random_projects, real_projects

REGISTERS = Path(__file__).parents[2] / "backend" / "registers"
PROJECTS = [
    Entry(one.id, "PROJECT", one.title, one.summary, facts={"phase": (one.phase or "IDEA",)})
    for one in real_projects()
]


def register(name):
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


COUNCILS = [
    Entry(row["code"], "COUNCIL", row["name"], row["region"], (row["shortName"], row["code"]))
    for row in register("councils")
]
SERVICES = [Entry(row["lgsl"], "SERVICE", row["name"]) for row in register("services")]
EVERYTHING = Finder.of([*COUNCILS, *SERVICES, *PROJECTS])


def said(index, text, *beside, **wish):
    return find(text, Wish(**wish), index, *beside)


def ids(index, text, *beside, **wish):
    return [hit.id for hit in said(index, text, *beside, **wish).hits]


def titled(*titles):
    return Finder.of(Entry(f"e{at}", "PROJECT", title) for at, title in enumerate(titles))


# What is found.


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("HCK", "London Borough of Hackney"),
        ("hackney", "London Borough of Hackney"),
        ("Hakcney", "London Borough of Hackney"),
        ("ackney", "London Borough of Hackney"),
        ("rbkc", "Royal Borough of Kensington and Chelsea"),
        ("kings lynn", "Borough Council of Kings Lynn and West Norfolk"),
        ("king’s lynn", "Borough Council of Kings Lynn and West Norfolk"),
        ("parkng permits", "Parking permits"),
        ("PARKING PERMIT", "Parking permits"),
        ("free sch", "Free school meals"),
        ("school meals", "School meals"),
        ("474", "Parking permits"),
    ],
)
def test_what_was_meant_is_found_first(text, title):
    index = Finder.of([*COUNCILS, *(replace(one, names=(one.id,)) for one in SERVICES)])
    assert index.entry(ids(index, text)[0]).title == title


def test_what_is_called_exactly_so_comes_first_and_scores_one():
    index = titled("Bins", "Bins, bins and bins", "The bins")
    first, *others = said(index, "the  BINS!").hits
    assert (first.id, first.score) == ("e2", 1)
    assert others
    assert all(hit.score < 1 for hit in others)


def test_an_exact_word_comes_before_a_begun_one_and_that_before_a_slip():
    words = ("harbour", "harbourmaster")
    index = titled("walls", *words, *(f"harbour filler{at}" for at in range(50)))
    found = ids(index, "harbour", top=100)
    assert found[0] == "e1"
    assert found[-1] == "e2", "however rare it is"
    known = titled("harbour walls", "harbors walls", "harbourmaster walls")
    assert ids(known, "harbour") == ["e0", "e2"], "what is known is no slip"
    assert ids(titled("harbour", "harbxurlong"), "harbxur") == ["e1", "e0"]


def test_a_slip_costs_more_the_farther_it_is_and_at_the_first_letter():
    index = titled("barrowgate walls", "farrowgote halls", "barrowgite stalls", "barriwgite malls")
    assert ids(index, "barrowgote x") == ["e0", "e2", "e1", "e3"]


@pytest.mark.parametrize(
    ("written", "meant", "is_found"),
    [
        ("hosing", "housing", True),
        ("houssing", "housing", True),
        ("hoising", "housing", True),
        ("huosing", "housing", True),
        ("gousing", "housing", True),
        ("hosng", "housing", False),
        ("homlesnes", "homelessness", False),
        ("homelesnes", "homelessness", True),
        ("bni", "bin", True),
        ("ib", "bi", False),
        ("2025", "2026", False),
        ("A12X", "A13X", False),
    ],
)
def test_how_far_a_slip_may_be(written, meant, is_found):
    assert bool(ids(titled(f"{meant} zone"), f"{written} quarter")) is is_found


def test_only_the_last_word_may_be_unfinished():
    index = titled("School meals", "Scholar menus")
    assert ids(index, "meals scho") == ["e0"]
    assert set(ids(index, "scho")) == {"e0", "e1"}
    assert ids(titled("School", "Scholarships"), "scho") == ["e0", "e1"], "less is missing"
    assert ids(index, "scho zzz") == [], "nor is a beginning a slip"


def test_a_word_that_nobody_wrote_is_not_asked_for():
    assert ids(titled("Parking permits"), "zebra parking") == ["e0"]


def test_what_has_all_the_words_leaves_out_what_has_only_one():
    index = titled("Parking permits", "Parking meters", "Work permits")
    assert ids(index, "parking permits") == ["e0"]
    assert ids(index, "parking harbour meters") == ["e1"]
    assert set(ids(index, "permits meters")) == {"e0", "e1", "e2"}, "nothing has both"


def test_small_words_count_only_where_there_are_no_others():
    index = titled("Who is who", "Waste in Hackney")
    assert ids(index, "waste in the") == ["e1"]
    assert ids(index, "who is") == ["e0"]


def test_a_word_of_the_title_weighs_more_than_any_repetition():
    rest = "one two three four five six seven eight nine ten"
    in_title = Entry("title", "PROJECT", "Parking", rest)
    in_text = Entry("text", "PROJECT", "Streets", "parking " * 7 + rest)
    assert ids(Finder.of([in_text, in_title]), "parking") == ["title", "text"]


def test_accents_and_case_make_no_difference():
    index = Finder.of([Entry("mon", "COUNCIL", "Cyngor Sir Ynys Môn", "Tŷ cyngor, gŵyl")])
    for text in ("ynys mon", "YNYS MÔN", "Mo\u0302n", "ty", "gwyl"):
        assert ids(index, text) == ["mon"]


def test_ties_go_by_title_then_id():
    entries = [Entry(own, "PROJECT", title, "harbour") for own, title in [("b", "Quay two"), ("c", "QUAY one"), ("a", "Quay two"), ("d", "quay one")]]  # fmt: skip
    assert ids(Finder.of(entries), "harbour") == ["c", "d", "a", "b"]
    assert ids(Finder.of(entries[::-1]), "harbour", top=3) == ["c", "d", "a"]


def test_the_words_that_fit_are_told_as_they_were_written():
    entry = Entry("e", "COUNCIL", "Borough of Parks", "Parking PARK parker parking", ("PRK",))
    index = Finder.of([entry])
    assert said(index, "park").hits[0].words == ("Parks", "Parking", "PARK", "parker", "parking")
    assert said(index, "prk").hits[0].words == ("PRK",)
    assert said(index, "parkr").hits[0].words == ("Parks", "Parking", "PARK", "parker", "parking")


# Kinds, facts and counts.


def test_counts_are_of_every_kind_and_the_total_of_those_asked_for():
    found = said(EVERYTHING, "parking", top=3)
    assert sum(found.counts.values()) == found.total
    only = said(EVERYTHING, "parking", kinds=["SERVICE"], top=100)
    assert only.counts == found.counts
    assert only.total == found.counts["SERVICE"] == len(only.hits)
    assert {hit.kind for hit in only.hits} == {"SERVICE"}
    assert said(EVERYTHING, "parking", kinds=["SKILL"]).total == 0


def test_of_each_kind_there_may_be_few():
    every = said(EVERYTHING, "parking", top=100)
    few = said(EVERYTHING, "parking", top=100, of_each=2)
    assert (few.total, few.counts) == (every.total, every.counts)
    kinds = [hit.kind for hit in few.hits]
    assert {kind: kinds.count(kind) for kind in kinds} == {"SERVICE": 2, "PROJECT": 2}
    assert [hit for hit in every.hits if hit in few.hits] == list(few.hits)
    assert len(said(EVERYTHING, "parking", top=3, of_each=2).hits) == 3


def test_what_lacks_a_fact_is_not_found_by_it():
    found = said(EVERYTHING, "parking", facts={"phase": ["LIVE", "BETA"]}, top=100)
    assert set(found.counts) - {kind for kind, number in found.counts.items() if not number} == {"PROJECT"}  # fmt: skip
    assert {EVERYTHING.entry(hit.id).facts["phase"] for hit in found.hits} <= {("LIVE",), ("BETA",)}
    assert said(EVERYTHING, "parking", facts={"phase": []}).total == 0
    assert said(EVERYTHING, "parking", facts={"phase": ["LIVE"], "moon": ["full"]}).total == 0


# What only a few may see.


def test_an_index_beside_adds_hits_and_changes_no_other():
    secret = Entry("secret", "PROJECT", "Zeppelin parking", "Permits for zeppelins and gondolas")
    hidden = Finder.of([secret])
    for text in ("parking permits", "parking", "permit zep"):
        alone = said(EVERYTHING, text, top=100)
        both = said(EVERYTHING, text, hidden, top=100)
        assert "secret" in {hit.id for hit in both.hits}
        kept = {hit.id: hit.score for hit in both.hits if hit.id != "secret"}
        assert kept.items() <= {hit.id: hit.score for hit in alone.hits}.items()
    assert ids(EVERYTHING, "zepelin", hidden) == ["secret"]
    assert ids(EVERYTHING, "zepelin") == []


def test_an_index_beside_is_weighed_as_if_it_were_inside():
    inside = Finder.of([*PROJECTS, Entry("new", "PROJECT", "Parking permits", "by post")])
    beside = Finder.of([Entry("new", "PROJECT", "Parking permits", "by post")])
    scores = [
        {hit.id: hit.score for hit in hits}["new"]
        for hits in (
            said(inside, "parking post", top=300).hits,
            said(Finder.of(PROJECTS), "parking post", beside, top=300).hits,
        )
    ]
    assert scores[0] == pytest.approx(scores[1], rel=0.02)


# Whatever is typed.


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "🎉",
            "👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
            "\x00",
            "a\x00b",
            "\ud800",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
        ),
        *("ﷺ" * 50, "ß" * 50, "́" * 99, "_" * 60, "x" * LONGEST_TEXT, "parking " * 625, "p"),
        " ".join(f"accomodatoin{at:x}q" for at in range(300)),
    ],
)
def test_anything_may_be_typed(text):
    found = said(EVERYTHING, text, top=5)
    assert found.total >= len(found.hits)
    assert all(0 < hit.score <= 1 and hit.words for hit in found.hits)


def test_of_a_long_text_the_first_words_count():
    assert len(Asked.of(" ".join(f"word{at}" for at in range(999))).words) == MOST_WORDS


def test_a_word_that_is_looked_for_is_not_kept():
    before = stem.cache_info().currsize
    said(EVERYTHING, "zzyzxian parkng quuxes")
    assert stem.cache_info().currsize == before


@pytest.mark.parametrize("seed", range(3))
def test_scores_lie_between_nought_and_one_and_fall(seed):
    draw = random.Random(seed)
    words = [word for one in PROJECTS for word in one.words()]
    for _ in range(40):
        text = " ".join(draw.sample(words, draw.randint(1, 6)))
        scores = [hit.score for hit in said(EVERYTHING, text, top=30).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


# Spelling.


def edits(one, other):
    """The textbook: letters too few, too many or wrong, and neighbours swapped."""
    rows = [list(range(len(other) + 1))]
    for i in range(1, len(one) + 1):
        row = [i]
        for j in range(1, len(other) + 1):
            least = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))  # fmt: skip
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                least = min(least, rows[i - 2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize("letters", ["ab", "abcdefgh", "añ🎉ŵ"])
def test_distances_are_those_of_the_textbook(letters, most):
    draw = random.Random(7)
    words = ["".join(draw.choices(letters, k=draw.randint(1, 11))) for _ in range(150)]
    vocabulary = Vocabulary(tuple(sorted(set(words))))
    for one in words[:40]:
        wanted = [min(edits(one, other), most + 1) for other in words]
        assert distances(one, words, most).tolist() == wanted
        close = {other for other in words if edits(one, other) <= most}
        assert close <= set(vocabulary.near(one, most))


# Coming and going.


def assert_same(one, other):
    assert {entry.id for entry in one.entries} == {entry.id for entry in other.entries}
    assert one.words.names == other.words.names
    assert one.facts.names == other.facts.names
    assert one.vocabulary == other.vocabulary
    assert np.array_equal(one.rarity, other.rarity)
    for text in ("parking permts", "sch", "free school meals", "a", "gondola"):
        assert said(one, text, top=40) == said(other, text, top=40)


@pytest.mark.parametrize("seed", range(5))
def test_any_coming_and_going_equals_an_index_of_what_is_left(seed):
    draw = random.Random(seed)
    entries = [
        Entry(one.id, "PROJECT", one.title, one.summary) for one in random_projects(seed, 30)
    ]
    index, left = Finder.of(entries[:15]), {one.id: one for one in entries[:15]}
    for _ in range(40):
        one = draw.choice(entries)
        if one.id in left and draw.random() < 0.5:
            index = index.without(one.id)
            del left[one.id]
        else:
            left[one.id] = replace(one, text=draw.choice(entries).text)
            index = index.with_entry(left[one.id])
    assert_same(index, Finder.of(left.values()))


def test_an_index_does_not_change():
    before = said(EVERYTHING, "parking", top=50)
    EVERYTHING.with_entry(Entry("new", "PROJECT", "Parking", "parking"))
    EVERYTHING.without(PROJECTS[0].id)
    assert said(EVERYTHING, "parking", top=50) == before


def test_what_came_and_left_leaves_no_word_behind():
    new = Entry(
        "new", "PROJECT", "Zeppelin PARKING", "gondolas " * 9, ("ZEP",), {"moon": ("full",)}
    )
    after = EVERYTHING.with_entry(new).without("new")
    assert_same(after, EVERYTHING)
    assert ids(after, "zepelin gondola") == []


def test_adding_an_entry_reads_no_other_text_again(monkeypatch):
    seen = []
    read = finder.read
    monkeypatch.setattr(finder, "read", lambda entry: seen.append(entry.id) or read(entry))
    grown = EVERYTHING.with_entry(Entry("new", "PROJECT", "Parking zeppelins"))
    assert ids(grown, "zeppelin") == ["new"]
    assert seen == ["new"]


def test_an_empty_index_finds_nothing():
    assert said(Finder.of([]), "parking").total == 0
    assert ids(Finder.of([]), "parking", Finder.of([Entry("a", "PROJECT", "Parking")])) == ["a"]
    assert EVERYTHING.without("nobody").entries == EVERYTHING.entries
