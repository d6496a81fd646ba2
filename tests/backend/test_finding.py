"""What a few words find follows the graph, in this process and in others, and hides what is hidden."""

import random
from dataclasses import replace

import pytest

from backend.finding import NETWORK, PUBLIC, Library, of_project
from backend.index import Index
from backend.product import NOBODY
from backend.schema.asking import reply
from graph import projects, registers, requests
from matching import Wish
from tests.world import (
    ADA,
    ASHBY,
    AWARD,
    BRACKLEY,
    COSBY,
    ENROL,
    HIDDEN,
    MEALS,
    NOW,
    SECRET,
    SEED,
    VIEWERS,
    built,
    council,
    person,
    project,
    service,
    skill,
    uid,
)

NEW = "project-11111111-1111-4111-8111-111111111111"
ADD = """mutation ($id: ID!, $title: String!, $audience: Audience) {
  addProject(id: $id, title: $title, summary: "Told in a sentence or two.", phase: DISCOVERY,
    audience: $audience) { project { id } errors { field message } } }"""
CHOOSE = 'mutation { chooseServices(services: ["service-5"]) { errors { message } } }'


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def second(product):
    other = replace(product, index=Index())
    await other.index.load(other)
    return other


async def found(product, who, text, **wish):
    viewer = NOBODY if who == "nobody" else VIEWERS[who]
    return await product.index.finding.found(product, viewer, text, Wish(top=100, **wish))


async def ids(product, who, text, **wish):
    return {hit.id for hit in (await found(product, who, text, **wish)).hits}


async def add(product, who, title, **more):
    said = await reply(product, VIEWERS[who], ADD, {"id": NEW, "title": title, **more})
    assert said["data"]["addProject"]["errors"] == []


async def test_everything_is_found_by_what_is_said_of_it(product):
    assert "council-ASH" in await ids(product, "nobody", "ash")
    assert "service-5" in await ids(product, "nobody", "parkng")
    assert "skill-user-research" in await ids(product, "nobody", "user research")
    assert {ENROL, AWARD, SEED} < await ids(product, "nobody", "free school meals")
    assert ENROL in await ids(product, "ada", "meals ashby"), "by the name of its council"
    assert ADA in await ids(product, "ada", "service designer")
    assert ADA in await ids(product, "ada", "user research"), "by a skill"


async def test_people_are_found_by_those_who_have_signed_in(product):
    assert await ids(product, "nobody", "ada") == set()
    assert (await found(product, "nobody", "service designer")).counts.get("PERSON", 0) == 0
    assert ADA in await ids(product, "bilal", "ada")


async def test_a_filter_leaves_out_what_lacks_the_attribute(product):
    everything = await ids(product, "ada", "ashby")
    assert {"council-ASH", ENROL, ADA} <= everything
    assert await ids(product, "ada", "ashby", facts={"phase": ["BETA"]}) == {ENROL}
    assert await ids(product, "ada", "ashby", facts={"council": [ASHBY]}) == everything
    assert await ids(product, "ada", "ashby", facts={"council": [BRACKLEY]}) == set()
    assert await ids(product, "ada", "parking", facts={"tier": ["ALL"]}) == {"service-5"}


async def test_what_this_site_wrote_is_found_before_the_reply(product):
    assert await ids(product, "ada", "zeppelins") == set()
    await add(product, "ada", "Zeppelins on masts")
    assert await ids(product, "bilal", "zeppelins") == {NEW}
    assert await ids(product, "nobody", "zeppelins") == set()


async def test_the_services_that_somebody_chose_are_facts_at_once(product):
    wish = {"facts": {"service": ["service-5"]}}
    assert ADA not in await ids(product, "ada", "ada", **wish)
    await reply(product, VIEWERS["ada"], CHOOSE)
    assert ADA in await ids(product, "ada", "ada", **wish)


async def test_another_site_follows_the_feed_of_every_kind(product):
    other = await second(product)
    await add(product, "ada", "Zeppelins on masts")
    graph, moved = product.graph, person(ADA, "Adalind", "BRA")
    await graph.write(registers.councils, rows=[council("ASH", "Ashminster")], now=NOW)
    await graph.write(registers.services, rows=[service(6, "Gondola permits")], now=NOW)
    await graph.write(registers.skills, rows=[skill("juggling", "Juggling")], now=NOW)
    await graph.write(registers.people, rows=[moved], now=NOW)
    assert await ids(other, "bilal", "gondola") == set()
    await other.index.follow(other)
    assert await ids(other, "bilal", "zeppelins") == {NEW}
    assert await ids(other, "bilal", "gondola") == {"service-6"}
    assert await ids(other, "bilal", "juggling") == {"skill-juggling"}
    assert await ids(other, "bilal", "adalind brackley") == {ADA}
    assert {"council-ASH", ENROL} <= await ids(other, "bilal", "ashminster"), "and what it leads"
    assert await ids(other, "bilal", "ashby") == set()


async def test_what_was_removed_is_found_no_more(product):
    other = await second(product)
    await ids(product, "ada", "award")
    asked = {"id": uid("request", 1), "person": ADA, "council": ASHBY, "project": SEED}
    await product.graph.write(requests.ask, wish="REMOVE", note=None, now=NOW, **asked)
    settle = 'mutation { settleRequest(id: "%s", verdict: GRANT) { errors { message } } }'
    await reply(product, VIEWERS["oona"], settle % asked["id"])
    assert SEED not in await ids(product, "ada", "school meals award")
    await other.index.follow(other)
    assert SEED not in await ids(other, "ada", "school meals award")


async def test_what_follows_in_small_steps_is_what_is_read_at_once(product):
    other = await second(product)
    draw = random.Random(4)
    for step in range(12):
        rows = [
            project(
                uid("project", 50 + draw.randrange(5)),
                draw.choice(["Zebra meals", "Meals", "Gondolas"]),
                draw.choice([MEALS, SECRET, "Short."]),
                draw.choice([ASHBY, COSBY]),
                audience=draw.choice(["PUBLIC", "NETWORK", "PARTNERS", "COUNCIL"]),
            )
        ]
        rows[0]["partners"] = draw.choice([[], [BRACKLEY]])
        await product.graph.write(registers.projects, rows=rows, now=NOW)
        if step % 3 == 0:
            await other.index.follow(other)
    await other.index.follow(other)
    fresh = await second(product)
    assert other.index.finding.held.placed == fresh.index.finding.held.placed
    for who in ("nobody", *VIEWERS):
        for text in ("zebra meals", "gondla", "telecare s"):
            assert await found(other, who, text) == await found(fresh, who, text)


# What only a few may see.

TEXTS = ("meals", "zebra", "zebr", "zebrra budget", "telecare merger", "hidden", "s", "school meals zebra")  # fmt: skip


async def said(product, who):
    return [await found(product, who, text) for text in TEXTS]


async def test_a_narrow_project_is_found_by_its_own_people_alone(product):
    assert HIDDEN in await ids(product, "cerys", "telecare merger")
    assert HIDDEN in await ids(product, "cerys", "zebrra budget"), "mistyped"
    for who in ("nobody", "ada", "bilal"):
        assert HIDDEN not in await ids(product, who, "hidden telecare merger zebra")
        assert (await found(product, who, "zebra")).total == 0


@pytest.mark.parametrize("audience", ["COUNCIL", "PARTNERS"])
async def test_what_is_hidden_changes_nothing_that_others_find(product, audience):
    others = ("nobody", "ada", "bilal")
    before = {who: await said(product, who) for who in others}
    own = await said(product, "cerys")
    rows = [
        project(
            uid("project", 40 + at), f"Zebra school meals {at}", SECRET, COSBY, audience=audience
        )
        for at in range(3)
    ]
    rows[0]["partners"] = [BRACKLEY]
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    sees = {"ada", "nobody"} | ({"bilal"} if audience == "COUNCIL" else set())
    for site in (product, await second(product)):
        await site.index.follow(site)
        assert {who: await said(site, who) for who in sees} == {who: before[who] for who in sees}
        assert await said(site, "cerys") != own
        assert (await said(site, "bilal") != before["bilal"]) is ("bilal" not in sees)
    gone = [{**row, "properties": {**row["properties"], "removedAt": NOW}} for row in rows]
    await product.graph.write(registers.projects, rows=gone, now=NOW)
    await product.index.follow(product)
    assert {who: await said(product, who) for who in others} == before
    assert await said(product, "cerys") == own


async def test_a_narrowed_project_leaves_the_shelves_of_every_site(product):
    other = await second(product)
    for site in (product, other):
        assert AWARD in await ids(site, "nobody", "automatic meals")
    rows = [project(AWARD, "Automatic free school meals", MEALS, BRACKLEY, audience="COUNCIL")]
    await product.graph.write(unconfirmed, id=AWARD)
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    for site in (product, other):
        await site.index.follow(site)
        assert AWARD not in await ids(site, "ada", "automatic meals")
        assert AWARD in await ids(site, "bilal", "automatic meals")
        assert AWARD not in site.index.finding.held.shelves[PUBLIC]
        assert AWARD not in site.index.finding.held.shelves[NETWORK]


async def unconfirmed(tx, *, id):
    await tx.run("MATCH (p:Project {id: $id}) REMOVE p.confirmedAt", id=id)


def test_an_audience_that_nobody_has_heard_of_is_the_narrowest():
    row = {"id": "p", "title": "t", "summary": "s", "phase": "BETA", "lead": "council-A"}
    row |= {
        "region": None,
        "tier": None,
        "service": None,
        "council": "A",
        "partners": ["council-B"],
    }
    library = Library().changed([of_project({**row, "audience": "MOON"})], (), NOW)
    assert set(library.shelves) == {"council-A"}


async def test_the_matcher_and_the_finder_hold_the_same_projects(product):
    await product.index.load(product)
    held = product.index.finding.held
    kinds = {one.entry.kind for one in held.placed.values()}
    assert kinds == {"PROJECT", "COUNCIL", "SERVICE", "SKILL", "PERSON"}
    entries = held.shelves[NETWORK].entries
    wide = {one.id for one in entries if one.kind == "PROJECT"}
    assert wide == set(product.index.held.network.ids)
    assert len(await product.graph.read(projects.texts)) > len(wide)
