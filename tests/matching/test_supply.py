"""Which matches are proposed: the strongest, to nobody too many, and of copies one."""

import random
from collections import Counter
from itertools import combinations

from matching.supply import Offer, Pair, Side, Standing, chosen

TEXTS = {
    "meals": "Free school meals enrolment from benefits and census data for pupils",
    "meals again": "Free school meals enrolment from benefits and census data for all pupils",
    "bins": "Missed bins reported on a map and seen by the crews",
}


def pair(a, b, bodies, probability=0.9, *, score=0.7, asked=None, is_new=True):
    one, other = (
        Side(end, body, body in (asked or bodies)) for end, body in zip((a, b), bodies, strict=True)
    )
    return Pair(one, other, probability, score, is_new)


def standing(a, b, bodies, waiting):
    one = pair(a, b, bodies)
    return Standing((one.a, one.b), None, frozenset(waiting), {})


def clique(names, *, probability=0.9, company="C"):
    """Projects of as many councils, every two of them alike."""
    return [
        pair(a, b, (f"{company}{a}", f"{company}{b}"), probability)
        for a, b in combinations(names, 2)
    ]


def texts(*pairs):
    ends = [(one.a, one.b) if isinstance(one, Pair) else one.sides for one in pairs]
    return {side.project: f"{side.project} of its own" for sides in ends for side in sides} | TEXTS


def names(offer):
    return [side.project for side in offer.sides]


def put(one):
    return Offer((one.a, one.b))


def stands(offer, waiting=(), near=0.9):
    return Standing(
        offer.sides, offer.around, frozenset(waiting), dict.fromkeys(names(offer), near)
    )


def known(pairs):
    """The same pairs when they have been proposed."""
    return [Pair(one.a, one.b, one.probability, one.score, is_new=False) for one in pairs]


def test_the_strongest_come_first_and_nobody_has_more_than_there_is_room_for():
    pairs = [
        pair(f"hub{at}", f"p{at}", ("HUB", f"C{at}"), probability=0.7 + at / 100)
        for at in range(20)
    ]
    found = chosen(pairs, [], texts(*pairs), most=8)
    assert [names(one)[1] for one in found] == [f"p{at}" for at in range(19, 11, -1)]


def test_the_cap_holds_both_ways_and_nobody_is_passed_over_for_a_weaker_pair():
    chance = random.Random(5)
    pairs = [
        pair(f"a{at}", f"b{at}", chance.sample("ABCDEFG", 2), chance.random()) for at in range(200)
    ]
    found = chosen(pairs, [], texts(*pairs), most=5)
    kept = [one for one in pairs if put(one) in found]
    waiting = Counter(side.body for one in found for side in one.sides)
    assert len(kept) == len(found)
    assert max(waiting.values()) == 5
    for one in {*pairs} - {*kept}:
        better = [each for each in kept if each.probability >= one.probability]
        full = Counter(side.body for each in better for side in (each.a, each.b))
        assert full[one.a.body] == 5 or full[one.b.body] == 5


def test_the_order_of_candidates_changes_nothing():
    chance = random.Random(6)
    ends = {f"p{at}": f"C{chance.randrange(20)}" for at in range(40)}
    pairs = [
        pair(a, b, (ends[a], ends[b]), chance.choice([0.8, 0.9]))
        for a, b in combinations(ends, 2)
        if chance.random() < 0.2
    ]
    mixed = chance.sample(pairs, len(pairs))
    found = chosen(pairs, [], texts(*pairs))
    assert any(len(one.sides) > 2 for one in found)
    assert found == chosen(mixed, [], texts(*pairs))


def test_what_waits_takes_room_and_an_answer_makes_some():
    new = pair("x", "y", ("A", "B"))
    full = [standing(f"a{at}", f"c{at}", ("A", f"C{at}"), {"A"}) for at in range(8)]
    known = texts(new, *full)
    assert chosen([new], full, known) == []
    answered = [standing("a0", "c0", ("A", "C0"), {"C0"}), *full[1:]]
    assert chosen([new], answered, known) == [put(new)]


def test_of_two_copies_of_one_council_the_better_is_proposed():
    one = pair("meals", "bins", ("A", "B"), probability=0.8)
    other = pair("bins", "meals again", ("B", "A"), probability=0.9)
    assert chosen([one, other], [], TEXTS) == [put(other)]
    before = standing("meals again", "bins", ("A", "B"), ())
    assert chosen([one], [before], TEXTS) == []


def test_copies_in_two_councils_are_two():
    one, other = pair("meals", "bins", ("A", "B")), pair("meals again", "bins", ("C", "B"))
    (found,) = chosen([one, other], [], TEXTS)
    assert {*names(found)} == {"meals", "meals again", "bins"}


def test_two_projects_that_differ_are_no_copies():
    one, other = pair("meals", "x", ("A", "B")), pair("bins", "x", ("A", "B"))
    assert len(chosen([one, other], [], texts(one, other))) == 2


def test_a_body_is_not_introduced_to_itself_and_texts_of_nothing_harm_nobody():
    assert chosen([pair("meals", "bins", ("A", "A"))], [], TEXTS) == []
    one, other = pair("e", "x", ("A", "B")), pair("f", "x", ("A", "B"))
    assert chosen([one, other], [], {"e": "", "f": "", "x": "words"}) == [put(one)]


def test_who_has_not_claimed_a_project_is_not_asked_and_takes_nobodys_room():
    pairs = [pair(f"seed{at}", f"p{at}", ("SEED", f"C{at}"), asked=[f"C{at}"]) for at in range(20)]
    assert len(chosen(pairs, [], texts(*pairs), most=8)) == 20


def test_many_councils_on_one_piece_of_work_are_asked_once():
    pairs = clique("abcdefg")
    (found,) = chosen(pairs, [], texts(*pairs))
    assert {*names(found)} == {*"abcdefg"}
    assert found.around is None


def test_a_proposal_has_at_most_eight_councils_and_nobody_is_left_out():
    pairs = clique("abcdefghijklmnopqrst")
    found = chosen(pairs, [], texts(*pairs))
    assert max(len(one.sides) for one in found) == 8
    assert {name for one in found for name in names(one)} == {*"abcdefghijklmnopqrst"}
    times = Counter(name for one in found for name in names(one))
    assert max(times.values()) == 1


def test_in_a_group_every_two_are_alike():
    chance = random.Random(7)
    for _ in range(50):
        ends = {f"p{at}": f"C{chance.randrange(12)}" for at in range(25)}
        pairs = [
            pair(a, b, (ends[a], ends[b]), chance.choice([0.8, 0.85, 0.9]))
            for a, b in combinations(ends, 2)
            if chance.random() < 0.4
        ]
        alike = {frozenset((one.a.project, one.b.project)) for one in pairs}
        met = []
        for one in chosen(pairs, [], texts(*pairs)):
            assert len({side.body for side in one.sides}) == len(one.sides) <= 8
            together = [
                frozenset(two)
                for two in combinations(names(one), 2)
                if one.around is None or one.around in two
            ]
            assert {*together} <= alike
            met += together
        assert len(met) == len({*met})  # no two are put together twice


def test_who_comes_later_is_put_before_all_of_them_at_once_and_nobody_meets_twice():
    before = clique("abc")
    (group,) = chosen(before, [], texts(*before))
    later = [one for one in clique("abcd") if "d" in (one.a.project, one.b.project)]
    pairs = [*known(before), *later]
    (found,) = chosen(pairs, [stands(group)], texts(*pairs))
    assert found.around == "d"
    assert names(found)[0] == "d"
    assert {*names(found)} == {*"abcd"}
    pairs = known(pairs)
    assert chosen(pairs, [stands(group), stands(found)], texts(*pairs)) == []


def test_a_third_is_put_before_a_pair_at_once():
    old = pair("a", "b", ("A", "B"))
    pairs = [*known([old]), pair("a", "c", ("A", "C")), pair("b", "c", ("B", "C"))]
    (found,) = chosen(pairs, [stands(put(old))], texts(*pairs))
    assert (found.around, {*names(found)}) == ("c", {"a", "b", "c"})


def test_two_that_have_company_are_not_put_together():
    one, other = clique("abc"), clique("xyz")
    bridge = pair("a", "x", ("Ca", "Cx"), probability=0.76)
    pairs = [*one, *other, bridge]
    found = chosen(pairs, [], texts(*pairs))
    assert [sorted(names(each)) for each in found] == [["a", "b", "c"], ["x", "y", "z"]]


def test_two_that_have_company_are_put_together_if_one_has_none_as_near():
    one, other = clique("abc", probability=0.8), clique("xyz", probability=0.95)
    old = [*known(one), *known(other)]
    first, second = chosen([*one, *other], [], texts(*one, *other))
    groups = [stands(first, near=0.95), stands(second, near=0.8)]
    for near, asked_now in ((0.9, [("a", "x")]), (0.8, []), (0.95, [("a", "x")])):
        bridge = pair("a", "x", ("Ca", "Cx"), probability=near)
        found = chosen([*old, bridge], groups, texts(*old))
        assert [tuple(sorted(names(each))) for each in found] == asked_now
    apart = [stands(first, near=0.0), stands(second, near=0.0)]
    assert len(chosen([bridge], apart, texts(*old))) == 1


def test_who_has_no_room_is_not_of_the_group():
    pairs = clique("abcd")
    full = [standing(f"a{at}", f"c{at}", ("Ca", f"X{at}"), {"Ca"}) for at in range(8)]
    (found,) = chosen(pairs, full, texts(*pairs, *full))
    assert sorted(names(found)) == ["b", "c", "d"]


def test_one_answer_of_a_group_takes_the_room_of_one():
    pairs = clique("abcdefgh")
    (group,) = chosen(pairs, [], texts(*pairs))
    waits = [stands(group, [side.body for side in group.sides])]
    pairs += [pair("other", "y", ("Ca", "Y"))]
    assert len(chosen([pairs[-1]], waits, texts(*pairs), most=2)) == 1
    assert chosen([pairs[-1]], waits, texts(*pairs), most=1) == []


def test_copies_of_one_council_are_one_in_a_group_too():
    pairs = [
        pair("meals", "x", ("A", "X"), 0.9),
        pair("meals", "y", ("A", "Y"), 0.9),
        pair("x", "y", ("X", "Y"), 0.9),
        pair("meals again", "x", ("A", "X"), 0.8),
        pair("meals again", "y", ("A", "Y"), 0.8),
    ]
    (found,) = chosen(pairs, [], texts(*pairs))
    assert {*names(found)} == {"meals", "x", "y"}


def test_who_can_answer_is_put_apart_from_who_cannot_yet():
    able, silent = "abc", "xyz"
    pairs = [
        pair(a, b, (f"C{a}", f"C{b}"), asked=[f"C{one}" for one in able])
        for a, b in combinations(able + silent, 2)
    ]
    group, *around = chosen(pairs, [], texts(*pairs))
    assert {*names(group)} == {*able}
    assert [(one.around, names(one)[0], {*names(one)[1:]}) for one in around] == [
        (one, one, {*silent}) for one in able
    ]


def test_one_that_cannot_answer_yet_is_put_before_all_that_it_is_like_at_once():
    able = "abc"
    pairs = [
        pair(a, b, (f"C{a}", f"C{b}"), asked=[f"C{one}" for one in able])
        for a, b in combinations(able + "x", 2)
    ]
    group, later = chosen(pairs, [], texts(*pairs))
    assert {*names(group)} == {*able}
    assert (later.around, {*names(later)}) == ("x", {*able, "x"})


def test_who_cannot_answer_is_no_company():
    """p was put before two that nobody has claimed; q comes, is like them all, and can answer."""

    def between(a, b, able, probability):
        return pair(a, b, (f"C{a}", f"C{b}"), probability, asked=[f"C{one}" for one in able])

    seeds = [between("p", one, "p", 0.8) for one in "xy"]
    (first,) = chosen(seeds, [], texts(*seeds))
    new = [between("p", "q", "pq", 0.99), *(between("q", one, "q", 0.8) for one in "xy")]
    pairs = [*known(seeds), *new]
    found = chosen(pairs, [stands(first)], texts(*pairs))
    assert any({*names(one)} == {"p", "q"} for one in found)
