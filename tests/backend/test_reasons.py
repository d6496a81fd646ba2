"""The reasons of a match as they are told: they make up the score, and say nothing that is hidden."""

import pytest

from graph import registers
from tests.world import (
    AWARD,
    BRACKLEY,
    ENROL,
    MEALS,
    NOW,
    SCHOOL,
    SEED,
    built,
    council,
    data,
    project,
    uid,
)

REASONS = """score rest restPercent lift liftPercent theme area through { id title audience }
  terms { word share percent width ours theirs } differences project { id }"""
ALIKE = f"""query ($id: ID!) {{ project(id: $id) {{
  matches(first: 20, weaker: true) {{ nodes {{ {REASONS} }} }} }} }}"""
TYPED = f"query ($text: String!) {{ similarTo(text: $text, first: 10) {{ {REASONS} }} }}"
MEALS_AGAIN = "Free school meals for pupils, from benefits and the school census, with an opt out."


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def alike(product, who, id):
    found = await data(product, who, ALIKE, id=id)
    return {one["project"]["id"]: one for one in found["project"]["matches"]["nodes"]}


async def typed(product, who, text=MEALS_AGAIN):
    return (await data(product, who, TYPED, text=text))["similarTo"]


def adds_up(match):
    score = match["rest"] + match["lift"] + sum(term["share"] for term in match["terms"])
    parts = [match["restPercent"], match["liftPercent"], *(t["percent"] for t in match["terms"])]
    return abs(score - match["score"]) < 1e-9 and sum(parts) == 100


async def show(product, id, lead, audience, summary=SCHOOL):
    row = project(id, "Meals in the shadows", summary, lead, audience=audience)
    await product.graph.write(registers.projects, rows=[row], now=NOW)
    await product.index.refresh(product, id)


async def test_the_score_is_the_sum_of_its_reasons(product):
    stated = [*(await alike(product, "ada", ENROL)).values(), *await typed(product, "ada")]
    assert len(stated) > 3
    assert all(adds_up(match) for match in stated)
    assert any(match["liftPercent"] for match in stated)


async def test_a_match_says_what_both_are_about_and_what_brings_them_near(product):
    match = (await alike(product, "ada", ENROL))[AWARD]
    assert match["theme"] == "Free school meals"
    assert match["through"]["id"] == SEED
    assert (await typed(product, "nobody"))[0]["through"]["audience"] == "PUBLIC"


async def test_what_is_shared_with_nobody_brings_nothing_near(product):
    before = [await alike(product, "ada", ENROL), await typed(product, "ada")]
    shadows = uid("project", 70)
    for audience in ("COUNCIL", "PARTNERS"):
        await show(product, shadows, BRACKLEY, audience)
        assert [await alike(product, "ada", ENROL), await typed(product, "ada")] == before
    own = await alike(product, "bilal", shadows)
    assert own
    assert all(match["through"]["id"] != shadows for match in own.values() if match["through"])


async def test_who_is_not_signed_in_reads_public_words_alone(product):
    before = await typed(product, "nobody")
    await show(product, uid("project", 71), BRACKLEY, "NETWORK", MEALS)
    assert await typed(product, "nobody") == before
    assert await typed(product, "ada") != before


async def test_what_has_been_withdrawn_since_is_named_to_nobody_else(product):
    assert (await alike(product, "ada", ENROL))[AWARD]["through"]["id"] == SEED
    hide = "MATCH (p:Project {id: $id}) SET p.audience = 'COUNCIL'"

    async def withdraw(tx):
        await (await tx.run(hide, id=SEED)).consume()

    await product.graph.write(withdraw)
    assert (await alike(product, "ada", ENROL))[AWARD]["through"] is None


async def test_what_was_stated_before_lift_was_known_is_told_without_it(product):
    async def forget(tx):
        await tx.run(
            "MATCH (:Project {id: $id})-[m:MATCHES]-(:Project)"
            " SET m.lift = null, m.liftPercent = null, m.theme = null, m.throughId = null,"
            " m.rest = null",
            id=ENROL,
        )

    await product.graph.write(forget)
    match = (await alike(product, "ada", ENROL))[AWARD]
    assert (match["lift"], match["liftPercent"]) == (0, 0)
    assert (match["theme"], match["through"]) == (None, None)


async def test_a_county_and_its_district_are_told_that_they_share_an_area(product, graph):
    assert (await alike(product, "ada", ENROL))[AWARD]["area"] == ""
    homes = [
        council("ASH", "Ashby") | {"tier": "COUNTY"},
        council("BRA", "Brackley") | {"tier": "DISTRICT", "county": "Ashby Council"},
    ]
    await graph.write(registers.councils, rows=homes, now=NOW)
    await product.index.load(product)
    await product.index.state(product)
    for who, here, there in (("ada", ENROL, AWARD), ("bilal", AWARD, ENROL)):
        assert "the area of Ashby Council" in (await alike(product, who, here))[there]["area"]
