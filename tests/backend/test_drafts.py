"""While somebody writes: likely services and skills, and what of a text counts; nothing is kept."""

import json

import pytest

from backend.indexes import draft
from backend.likely import likely_services
from backend.product import NOBODY
from backend.schema import documents, plans
from backend.schema.asking import reply
from graph import registers
from matching import Document, Matcher
from tests.world import BRACKLEY, MEALS, NOW, built, data, project, service, uid

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
    found = likely_services(
        Matcher.of([near, *far]), (), draft("Missed bin collections, reported").text
    )
    assert [one.id for one in found] == ["bins"]
    assert json.dumps(found[0].row(1))
