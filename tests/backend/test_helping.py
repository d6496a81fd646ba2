"""Who could help a project: needs against skills with levels, with reasons."""

import pytest

from backend.product import NOBODY
from backend.schema.asking import reply
from graph import registers
from tests.world import ADA, AWARD, BILAL, ENROL, NOW, VIEWERS, built, person, skill, uid

HELP = """query ($id: ID!) { project(id: $id) { peopleWhoCouldHelp(first: 10) { totalCount nodes {
  needsMet sameService person { id } skills { level neededLevel isEnough skill { slug } } } } } }"""
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
