"""While somebody writes: likely services and skills, and what of a text counts; nothing is kept."""

import asyncio
import json
import threading

import pytest

from backend import drafts
from backend.drafts import in_turn
from backend.indexes import draft
from backend.likely import likely_services
from backend.product import NOBODY
from backend.schema import documents, plans
from backend.schema.asking import reply
from graph import registers
from matching import Document, Matcher
from tests.world import (
    AWARD,
    BRACKLEY,
    ENROL,
    MEALS,
    NOW,
    SCHOOL,
    built,
    data,
    project,
    service,
    uid,
)

LIKELY = """query ($text: String!, $title: String) {
  likelyServices(text: $text, title: $title) { projects isNamed service { id } }
  likelySkills(text: $text, title: $title) { projects isNamed skill { id } } }"""
WEIGHED = """query ($text: String!) { weighed(text: $text) {
  words { word percent } restCount restPercent strangePercent themes { theme percent }
  leastOutOfHundred } }"""
PUPILS = "Pupils miss out on meals at lunch although their families are on benefits."
TELECARE = "Quietly merging the telecare alarm contracts."


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def services(product, who, text, title=None):
    found = await data(product, who, LIKELY, text=text, title=title)
    return [one["service"]["id"] for one in found["likelyServices"]]


async def test_the_service_and_the_skills_of_similar_work_come_first(product):
    found = await data(product, "ada", LIKELY, text=PUPILS)
    first = found["likelyServices"][0]
    assert first["service"]["id"] == "service-4"
    assert first["projects"] > 1
    assert first["isNamed"]
    assert found["likelySkills"][0]["skill"]["id"] == "skill-user-research"


async def test_a_service_that_the_text_names_is_likely_though_nobody_has_a_project_about_it(
    product,
):
    await product.graph.write(
        registers.services, rows=[service(7, "Allotment plots")], now="2026-11-24T12:00:01.000Z"
    )
    await product.index.follow(product)
    assert (await services(product, "nobody", "Waiting for allotments"))[0] == "service-7"
    assert await services(product, "nobody", "Waiting.", "Allotments")
    assert await services(product, "nobody", "") == []
    assert await services(product, "nobody", "\x00 🐛 <b>") == []


async def test_what_a_text_is_likely_about_follows_from_what_its_writer_may_see(product):
    before = [await data(product, who, LIKELY, text=TELECARE) for who in ("nobody", "ada")]
    row = project(uid("project", 80), "Telecare", TELECARE, BRACKLEY, audience="COUNCIL")
    row["service"] = "service-5"
    await product.graph.write(registers.projects, rows=[row], now=NOW)
    await product.index.refresh(product, row["id"])
    after = [await data(product, who, LIKELY, text=TELECARE) for who in ("nobody", "ada")]
    assert after == before
    row["properties"]["audience"] = "NETWORK"
    await product.graph.write(registers.projects, rows=[row], now="2026-11-24T12:00:01.000Z")
    await product.index.refresh(product, row["id"])
    assert await data(product, "nobody", LIKELY, text=TELECARE) == before[0]


async def test_what_is_similar_is_other_councils_work(product):
    asked = "query ($text: String!) { similarTo(text: $text, first: 10) { project { id } } }"
    found = {
        who: {
            one["project"]["id"]
            for one in (await data(product, who, asked, text=SCHOOL))["similarTo"]
        }
        for who in ("ada", "bilal", "nobody")
    }
    assert AWARD in found["ada"]
    assert ENROL not in found["ada"]
    assert ENROL in found["bilal"]
    assert {ENROL, AWARD} <= found["nobody"]


async def test_what_counts_of_a_text_makes_a_hundred(product):
    for text in (MEALS, PUPILS, "Zzyzx", "", "the and of"):
        told = (await data(product, "nobody", WEIGHED, text=text))["weighed"]
        parts = [told["restPercent"], told["strangePercent"]]
        assert sum([*parts, *(one["percent"] for one in told["words"])]) in (0, 100)
    assert (await data(product, "ada", WEIGHED, text=MEALS))["weighed"]["themes"][0]["theme"] == (
        "Free school meals"
    )


async def test_nothing_of_a_draft_is_kept(product):
    secret = "Zebra allotments by telecare"
    asked = f'{{ likelyServices(text: "{secret}") {{ projects }} weighed(text: "{secret}") {{ restCount }} }}'
    before = documents.kept.cache_info().currsize, plans.kept.cache_info().currsize
    assert "errors" not in await reply(product, NOBODY, asked)
    await data(product, "ada", LIKELY, text=secret)
    assert (documents.kept.cache_info().currsize, plans.kept.cache_info().currsize) == before


def test_what_is_hardly_alike_says_nothing():
    near = Document("a", "x", "Bins", "Missed bin collections reported by text", service="bins")
    far = [
        Document(f"b{at}", "x", f"Parks {at}", f"Trees in parks {at} are reported", service="parks")
        for at in range(4)
    ]
    matcher = Matcher.of([near, *far])
    alike = matcher.similar(draft("Missed bin collections, reported"))
    found = likely_services(matcher, alike, ())
    assert [one.id for one in found] == ["bins"]
    assert json.dumps(found[0].row(1))


PAGE = """query ($text: String!) {
  similarTo(text: $text, first: 5) { score project { id } }
  likelyServices(text: $text) { projects service { id } }
  likelySkills(text: $text) { projects skill { id } } }"""


@pytest.fixture
def scored(monkeypatch):
    """How many of the nearest were looked for, of which text, each time."""
    times, real = [], Matcher.similar

    def similar(self, document, top=10):
        if self.ids[0].startswith("project-"):  # and not of a register
            times.append((document.text, top))
        return real(self, document, top)

    monkeypatch.setattr(Matcher, "similar", similar)
    return times


async def test_a_page_finds_the_nearest_of_its_text_once(product, scored):
    together = await data(product, "ada", PAGE, text=PUPILS)
    assert scored == [(draft(PUPILS).text, 10)]
    alone = await data(product, "ada", PAGE.partition("likelyServices")[0] + "}", text=PUPILS)
    assert scored[1:] == [(draft(PUPILS).text, 5)]
    assert alone["similarTo"] == together["similarTo"]


async def test_texts_of_one_request_are_told_apart(product, scored):
    both = """query ($one: String!, $other: String!) {
      similarTo(text: $one, first: 20) { score } likelySkills(text: $other) { projects } }"""
    await data(product, "ada", both, one=MEALS, other=TELECARE)
    assert sorted(top for _, top in scored) == [10, 20]


async def test_two_texts_are_scored_at_once_and_a_third_waits_until_one_is_done(monkeypatch):
    monkeypatch.setattr(drafts, "AT_ONCE", asyncio.Semaphore(2))
    begun, go_on = threading.Semaphore(0), threading.Event()

    def work(number):
        begun.release()
        assert go_on.wait(10)
        return number

    asked = [asyncio.create_task(in_turn(work, number)) for number in range(4)]
    for _ in range(2):
        assert await asyncio.to_thread(begun.acquire, timeout=10)
    asked[0].cancel()  # its asker is gone, and the thread is not
    await asyncio.sleep(0.05)
    assert not begun.acquire(blocking=False)
    go_on.set()
    assert await asyncio.gather(*asked[1:]) == [1, 2, 3]
    assert asked[0].cancelled()


async def test_what_fails_gives_its_place_back(monkeypatch):
    monkeypatch.setattr(drafts, "AT_ONCE", asyncio.Semaphore(2))
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await in_turn(divmod, 1, 0)


@pytest.mark.parametrize("field", ["similarTo", "likelyServices", "likelySkills", "weighed"])
@pytest.mark.parametrize("name", ["text", "title"])
async def test_a_text_that_is_too_long_is_refused_by_name(product, field, name):
    rest = {"similarTo": "score", "weighed": "restCount"}.get(field, "projects")
    document = f"query ($text: String!, $title: String) {{ a: {field}(text: $text, title: $title) {{ {rest} }} }}"
    given = {"text": "x", "title": "y"}
    assert "errors" not in await reply(product, NOBODY, document, given | {name: "z" * 10_000})
    found = await reply(product, NOBODY, document, given | {name: "z" * 10_001})
    (error,) = found["errors"]
    assert error["message"] == f"Shorten the {name} to 10,000 characters: it has 10,001."
    assert (error["path"], error["extensions"]) == (["a"], {"code": "BAD_USER_INPUT"})
    assert "data" not in found
