"""Which matches are proposed: the strongest, to nobody too many, and of copies one."""

import random
from collections import Counter

from matching.supply import Pair, Standing, chosen

TEXTS = {
    "meals": "Free school meals enrolment from benefits and census data for pupils",
    "meals again": "Free school meals enrolment from benefits and census data for all pupils",
    "bins": "Missed bins reported on a map and seen by the crews",
}


def pair(a, b, bodies, probability=0.9, *, score=0.7, asked=None):
    return Pair(f"{a} {b}", a, b, *bodies, probability, score, frozenset(asked or bodies))


def standing(a, b, bodies, waiting):
    return Standing(a, b, *bodies, frozenset(waiting))


def texts(*pairs):
    return {end: f"{end} of its own" for one in pairs for end in (one.a, one.b)} | TEXTS


def test_the_strongest_come_first_and_nobody_has_more_than_there_is_room_for():
    pairs = [
        pair("hub", f"p{at}", ("HUB", f"C{at}"), probability=0.7 + at / 100) for at in range(20)
    ]
    found = chosen(pairs, [], texts(*pairs), most=8)
    assert [one.b for one in found] == [f"p{at}" for at in range(19, 11, -1)]


def test_the_cap_holds_both_ways_and_nobody_is_passed_over_for_a_weaker_pair():
    chance = random.Random(5)
    pairs = [
        pair(f"a{at}", f"b{at}", chance.sample("ABCDEFG", 2), chance.random()) for at in range(200)
    ]
    found = chosen(pairs, [], texts(*pairs), most=5)
    waiting = Counter(body for one in found for body in (one.a_body, one.b_body))
    assert max(waiting.values()) == 5
    for one in {*pairs} - {*found}:
        better = [each for each in found if each.probability >= one.probability]
        full = Counter(body for each in better for body in (each.a_body, each.b_body))
        assert full[one.a_body] == 5 or full[one.b_body] == 5


def test_the_order_of_candidates_changes_nothing():
    chance = random.Random(6)
    pairs = [pair(f"a{at}", f"b{at}", chance.sample("ABCD", 2)) for at in range(60)]
    mixed = chance.sample(pairs, len(pairs))
    assert chosen(pairs, [], texts(*pairs)) == chosen(mixed, [], texts(*pairs))


def test_what_waits_takes_room_and_an_answer_makes_some():
    new = pair("x", "y", ("A", "B"))
    full = [standing(f"a{at}", f"c{at}", ("A", f"C{at}"), {"A"}) for at in range(8)]
    known = texts(new, *full)
    assert chosen([new], full, known) == []
    answered = [standing("a0", "c0", ("A", "C0"), {"C0"}), *full[1:]]
    assert chosen([new], answered, known) == [new]


def test_of_two_copies_of_one_council_the_better_is_proposed():
    one = pair("meals", "bins", ("A", "B"), probability=0.8)
    other = pair("bins", "meals again", ("B", "A"), probability=0.9)
    assert chosen([one, other], [], TEXTS) == [other]
    before = standing("meals again", "bins", ("A", "B"), ())
    assert chosen([one], [before], TEXTS) == []


def test_copies_in_two_councils_are_two():
    one, other = pair("meals", "bins", ("A", "B")), pair("meals again", "bins", ("C", "B"))
    assert len(chosen([one, other], [], TEXTS)) == 2


def test_two_projects_that_differ_are_no_copies():
    one, other = pair("meals", "x", ("A", "B")), pair("bins", "x", ("A", "B"))
    assert len(chosen([one, other], [], texts(one, other))) == 2


def test_a_body_is_not_introduced_to_itself_and_texts_of_nothing_harm_nobody():
    assert chosen([pair("meals", "bins", ("A", "A"))], [], TEXTS) == []
    one, other = pair("e", "x", ("A", "B")), pair("f", "x", ("A", "B"))
    assert chosen([one, other], [], {"e": "", "f": "", "x": "words"}) == [one]


def test_who_has_not_claimed_a_project_is_not_asked_and_takes_nobodys_room():
    pairs = [pair("seed", f"p{at}", ("SEED", f"C{at}"), asked=[f"C{at}"]) for at in range(20)]
    assert len(chosen(pairs, [], texts(*pairs), most=8)) == 20
