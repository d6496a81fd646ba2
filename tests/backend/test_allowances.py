"""What callers may spend: counted before anything runs, told, and given back with time."""

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists, tuples

from backend.allowances import Allowances, Spent, TooMuch


class Watch:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


def test_points_come_back_with_time(watch):
    allowances = Allowances(600, watch)
    assert allowances.spend("a", 600, signed_in=True).left == 0
    with pytest.raises(Spent) as refused:
        allowances.spend("a", 10, signed_in=True)
    assert refused.value.seconds == 1
    watch.now = 1.0
    assert allowances.spend("a", 10, signed_in=True).left == 0
    watch.now = 61.0
    assert allowances.spend("a", 0, signed_in=True).left == 600


def test_callers_do_not_share_and_nobody_has_a_fifth(watch):
    allowances = Allowances(600, watch)
    allowances.spend("a", 600, signed_in=True)
    assert allowances.spend("b", 600, signed_in=True).left == 0
    assert allowances.spend("127.0.0.1", 120, signed_in=False).left == 0
    with pytest.raises(Spent):
        allowances.spend("127.0.0.1", 1, signed_in=False)


def test_nobody_is_told_to_wait_for_what_never_comes(watch):
    allowances = Allowances(600, watch)
    for signed_in, points in ((True, 601), (False, 121)):
        with pytest.raises(TooMuch):
            allowances.spend("a", points, signed_in=signed_in)
    assert allowances.spend("a", 600, signed_in=True).left == 0


def test_no_limit_tells_nothing(watch):
    assert Allowances(0, watch).spend("a", 10**9, signed_in=True) is None


def test_callers_of_long_ago_are_forgotten(watch, monkeypatch):
    monkeypatch.setattr("backend.allowances.MOST_CALLERS", 3)
    allowances = Allowances(600, watch)
    for name in "abcd":
        allowances.spend(name, 1, signed_in=True)
    assert [*allowances.buckets] == ["b", "c", "d"]


@given(lists(tuples(floats(0, 100), integers(0, 900)), max_size=30))
def test_nobody_gets_more_than_a_minutes_worth_beyond_what_time_gave(steps):
    watch = Watch()
    allowances, spent = Allowances(600, watch), 0
    for wait, points in steps:
        watch.now += wait
        try:
            left = allowances.spend("a", points, signed_in=True)
        except TooMuch:
            assert points > 600
            continue
        except Spent as problem:
            assert problem.seconds > 0
            continue
        spent += points
        assert 0 <= left.left <= 600
        assert spent <= 600 + watch.now * 10 + 1e-6


async def ask(site, query):
    async with site.browser() as browser:
        return await browser.post("/graphql", json={"query": query})


async def test_a_reply_tells_its_cost_and_what_is_left(site):
    found = await ask(site, "{ councils(first: 5) { nodes { name } } }")
    assert found.json()["extensions"]["cost"] == {"points": 6, "limit": 200_000, "left": 199_994}
    assert found.headers["tandem-cost"] == "6"
    assert found.headers["ratelimit-remaining"] == "199994"


async def test_a_spent_allowance_is_a_429_that_says_when_to_come_back(site, monkeypatch):
    monkeypatch.setattr("backend.allowances.ANONYMOUS", 1_000_000 // 8)
    assert (await ask(site, "{ councils(first: 5) { nodes { name } } }")).status_code == 200
    found = await ask(site, "{ councils(first: 5) { nodes { name } } }")
    assert found.status_code == 429
    (error,) = found.json()["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_REQUESTS"
    assert found.headers["retry-after"] == str(error["extensions"]["retryAfter"])
    assert "Ask again in" in error["message"]
    async with site.browser() as browser:  # pages are not the API's affair
        assert (await browser.get("/councils")).status_code == 200
