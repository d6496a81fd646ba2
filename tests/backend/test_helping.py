"""Who could help a project: needs against skills with levels, then profile text, with reasons."""

from pathlib import Path

import pytest

from backend import profiles
from backend.imports import person as imported
from backend.product import NOBODY
from backend.schema.asking import reply
from backend.tables import Place
from graph import projects, registers
from graph.migrate import FOLDER, statements
from tests.world import (
    ADA,
    AWARD,
    BILAL,
    BRACKLEY,
    CERYS,
    ENROL,
    HIDDEN,
    NOW,
    SEED,
    VIEWERS,
    built,
    claim,
    person,
    project,
    skill,
    uid,
    writing_of,
)

HELP = """query ($id: ID!) { project(id: $id) { peopleWhoCouldHelp(first: 10) { totalCount nodes {
  needsMet sameService sharedWords person { id } skills { level neededLevel isEnough skill { slug } } } } } }"""
AWAY = uid("project", 41)
DORA, EVAN, FFION = (uid("practitioner", number) for number in (21, 22, 23))


@pytest.fixture
async def product(graph, clock):
    product = await built(graph, clock)
    rows = [skill("user-research", "User research"), skill("welsh", "Writing in Welsh")]
    await graph.write(registers.skills, rows=rows, now=NOW)
    people = [
        person(one, name, "COS")
        | {"skills": [{"skill": "skill-user-research", "level": level}], "services": services}
        for one, name, level, services in (
            (DORA, "Dora", "AWARENESS", ["service-4"]),
            (EVAN, "Evan", "WORKING", []),
            (FFION, "Ffion", "EXPERT", ["service-4"]),
        )
    ]
    await graph.write(registers.people, rows=people, now=NOW)
    return product


async def listed(product, who, project=AWARD):
    found = await reply(product, VIEWERS.get(who, NOBODY), HELP, {"id": project})
    assert "errors" not in found, found["errors"]
    return found["data"]["project"]["peopleWhoCouldHelp"]


async def test_who_meets_the_needs_comes_first_with_the_reasons(product):
    found = await listed(product, "bilal")
    order = [one["person"]["id"] for one in found["nodes"]]
    assert order == [ADA, FFION, EVAN, DORA]
    assert [one["needsMet"] for one in found["nodes"]] == [1, 1, 1, 0]
    assert found["nodes"][3]["skills"] == [
        {
            "level": "AWARENESS",
            "neededLevel": "WORKING",
            "isEnough": False,
            "skill": {"slug": "user-research"},
        }
    ]
    assert found["totalCount"] == 4


async def test_who_looks_after_it_is_not_listed(product):
    found = [one["person"]["id"] for one in (await listed(product, "ada", ENROL))["nodes"]]
    assert ADA not in found
    assert BILAL not in found


async def test_nobody_is_listed_for_callers_who_are_not_signed_in(product):
    assert await listed(product, "nobody") == {"totalCount": 0, "nodes": []}


GWEN, HARI, IVOR, JOAN, KARL = (uid("practitioner", number) for number in range(31, 36))
WRITES = {
    GWEN: ("Gwen", "Enrols pupils for free meals in Brackley."),
    HARI: ("Hari", "Reads the census."),
    IVOR: ("Ivor", "Keeps eligible pupils fed: letters, meals, automatic awards."),
}


async def told(graph, label, id):
    async def properties(tx):
        result = await tx.run(f"MATCH (n:{label} {{id: $id}}) RETURN properties(n) AS n", id=id)
        return (await result.single(strict=True))["n"]

    return await graph.read(properties)


@pytest.fixture
async def with_writers(product):
    """Three who have no skill that is looked for, of whom two write of what a project is about."""
    rows = [
        writing_of(person(own, name, "COS"), about) | {"services": []}
        for own, (name, about) in WRITES.items()
    ]
    await product.graph.write(registers.people, rows=rows, now=NOW)
    return product


async def words_of(product, project, who="bilal"):
    found = (await listed(product, who, project))["nodes"]
    return {one["person"]["id"]: one["sharedWords"] for one in found}


async def test_who_writes_of_it_comes_after_who_has_the_skills(with_writers):
    found = await listed(with_writers, "bilal")
    order = [one["person"]["id"] for one in found["nodes"]]
    assert order == [ADA, FFION, EVAN, DORA, IVOR, GWEN]
    assert found["totalCount"] == 6
    assert found["nodes"][4]["skills"] == []
    assert not found["nodes"][4]["sameService"]


async def test_shared_words_stand_as_people_wrote_them_the_heaviest_first(with_writers):
    project = await told(with_writers.graph, "Project", AWARD)
    shared = await words_of(with_writers, AWARD)
    for who in (GWEN, IVOR):
        profile = await told(with_writers.graph, "Practitioner", who)
        assert shared[who] == [
            word
            for stem, word in zip(project["tellingStems"], project["tellingWords"], strict=True)
            if stem in profile["profileStems"]
        ]
    assert {"meals", "automatic"} <= {*shared[IVOR]}
    assert "enrolled" in shared[GWEN] or "enrol" in shared[GWEN]
    assert shared[FFION] == []


async def test_one_word_may_be_chance_and_makes_nobody_a_candidate(with_writers):
    assert HARI not in await words_of(with_writers, AWARD)


async def test_more_words_come_first_among_those_who_are_alike_otherwise(with_writers):
    rows = [
        writing_of(person(own, name, "COS"), about)
        | {"skills": [{"skill": "skill-user-research", "level": "EXPERT"}], "services": []}
        for own, name, about in ((JOAN, "Joan", "Pupils."), (KARL, "Karl", "Meals for pupils."))
    ]
    await with_writers.graph.write(registers.people, rows=rows, now=NOW)
    found = await listed(with_writers, "bilal")
    assert [one["person"]["id"] for one in found["nodes"]] == [
        *(ADA, FFION, KARL, JOAN),
        *(EVAN, DORA, IVOR, GWEN),
    ]


async def test_a_project_that_states_no_needs_gets_people_too(with_writers):
    found = await listed(with_writers, "bilal", SEED)
    assert {GWEN, IVOR} <= {one["person"]["id"] for one in found["nodes"]}
    assert all(one["needsMet"] == 0 for one in found["nodes"])


async def test_what_was_not_read_yet_is_shared_with_nobody(with_writers):
    async def forget(tx):
        await tx.run("MATCH (p:Practitioner {id: $id}) REMOVE p.profileStems", id=IVOR)
        await tx.run("MATCH (p:Project {id: $id}) REMOVE p.tellingStems, p.tellingWords", id=SEED)

    await with_writers.graph.write(forget)
    assert IVOR not in await words_of(with_writers, AWARD)
    assert await words_of(with_writers, SEED) == {}
    assert (await listed(with_writers, "bilal", SEED))["totalCount"] == 0
    await with_writers.index.state(with_writers)
    assert IVOR in await words_of(with_writers, AWARD)
    assert {GWEN, IVOR} <= {*await words_of(with_writers, SEED)}


async def test_who_says_nothing_is_read_once(with_writers):
    rows = [person(HARI, "Hari", "COS") | {"services": []}]
    rows[0]["properties"] |= {"jobTitle": None, "about": None, "profileStems": None}
    await with_writers.graph.write(registers.people, rows=rows, now=NOW)
    await profiles.bring_up(with_writers)
    assert (await told(with_writers.graph, "Practitioner", HARI))["profileStems"] == []
    assert HARI not in await words_of(with_writers, AWARD)


async def test_a_project_of_no_service_has_nobodys_service(with_writers):
    row = project(AWAY, "Free school meals", "Automatic awards of meals to pupils.", BRACKLEY)
    await with_writers.graph.write(registers.projects, rows=[row | {"service": None}], now=NOW)
    await with_writers.graph.write(registers.claims, rows=[claim(AWAY, BILAL)], now=NOW)
    await with_writers.index.refresh(with_writers, AWAY)
    found = await listed(with_writers, "bilal", AWAY)
    order = [one["person"]["id"] for one in found["nodes"]]
    assert {*order[:3]} == {ADA, EVAN, FFION}
    assert order[3:] == [IVOR, GWEN, DORA]
    assert not any(one["sameService"] for one in found["nodes"])


async def test_a_new_profile_ranks_by_its_own_words(with_writers):
    place, raw = Place(Path("people.jsonl"), 1), {"id": IVOR, "name": "Ivor", "council": "COS"}
    raw |= {"email": "ivor@cos.example", "role": "PRACTITIONER", "about": "Mends potholes."}
    await with_writers.graph.write(registers.people, rows=[imported(place, raw)], now=NOW)
    assert IVOR not in await words_of(with_writers, AWARD)


async def test_words_that_were_taken_back_are_shown_to_nobody(with_writers):
    """Between a change and its matching nothing stands of the words that were there before."""
    change = {"title": "Free school meals", "summary": "Told anew.", "phase": "BETA"}
    known = {"id": AWARD, "version": 2, "person": BILAL, "council": BRACKLEY, "service": None}
    assert await with_writers.graph.write(projects.change, **known, properties=change, now=NOW)
    assert "tellingWords" not in await told(with_writers.graph, "Project", AWARD)
    assert IVOR not in await words_of(with_writers, AWARD)
    await with_writers.index.refresh(with_writers, AWARD)
    assert "anew" in (await told(with_writers.graph, "Project", AWARD))["tellingWords"]


async def test_a_hidden_project_has_its_own_words_and_leaves_none(with_writers):
    cerys = writing_of(person(GWEN, "Gwen", "COS"), "Telecare contracts and a zebra.")
    await with_writers.graph.write(registers.people, rows=[cerys], now=NOW)
    shared = await words_of(with_writers, HIDDEN, "cerys")
    assert {*shared[GWEN]} == {"telecare", "contracts", "zebra"}
    assert CERYS not in shared
    asked = await reply(with_writers, VIEWERS["bilal"], HELP, {"id": HIDDEN})
    assert asked["data"] == {"project": None}
    for one in (AWARD, ENROL, SEED):
        assert "zebra" not in (await told(with_writers.graph, "Project", one))["tellingStems"]


async def test_a_site_that_starts_after_the_migration_states_the_words(with_writers):
    async def before(tx):
        await tx.run("MATCH (p:Project) REMOVE p.tellingStems, p.tellingWords")
        await tx.run("MATCH (p:Practitioner) REMOVE p.profileStems")

    await with_writers.graph.write(before)
    for statement in statements((FOLDER / "0010_telling_words.cypher").read_text()):
        await with_writers.graph.schema(statement)
    await with_writers.index.load(with_writers)
    assert {GWEN, IVOR} <= {*await words_of(with_writers, AWARD)}


def test_a_rank_is_not_what_somebody_writes_of():
    assert profiles.stems_of("Senior delivery manager", "Manages the school census.") == [
        "census",
        "deliveri",
        "manag",
        "school",
    ]
    assert profiles.stems_of("Head of data", None) == ["data"]
    assert profiles.stems_of(None, None) == []
