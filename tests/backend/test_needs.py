"""What a project looks for: said by its own council, kept unless it says otherwise."""

import pytest

from graph import registers
from tests.world import ENROL, NOW, built, data, skill, uid

READ = """query ($id: ID!) { project(id: $id) {
  version title summary needs(first: 10) { nodes { level skill { id } } }
  peopleWhoCouldHelp { nodes { person { name } } } } }"""
CHANGE = """mutation ($id: ID!, $version: Int!, $title: String!, $summary: String!, $needs: [NeedInput!]) {
  changeProject(id: $id, version: $version, title: $title, summary: $summary, phase: BETA, needs: $needs) {
    errors { field message } } }"""
ADD = """mutation ($id: ID!, $needs: [NeedInput!]) {
  addProject(id: $id, title: "Meals on wheels", summary: "Cooks and drivers bring meals to those who cannot.",
             phase: IDEA, needs: $needs) { project { needs(first: 5) { nodes { level skill { id } } } }
    errors { field message } } }"""
RESEARCH, DESIGN = "skill-user-research", "skill-service-design"


@pytest.fixture
async def product(graph, clock):
    product = await built(graph, clock)
    rows = [skill("service-design", "Service design"), *(skill(f"s{at}", f"S{at}") for at in range(6))]  # fmt: skip
    await graph.write(registers.skills, rows=rows, now=NOW)
    return product


async def read(product):
    return (await data(product, "ada", READ, id=ENROL))["project"]


def named(found):
    return {one["skill"]["id"]: one["level"] for one in found["needs"]["nodes"]}


async def changed(product, **needs):
    was = await read(product)
    given = {name: was[name] for name in ("version", "title", "summary")}
    done = await data(product, "ada", CHANGE, id=ENROL, **given, **needs)
    return done["changeProject"]["errors"]


async def test_a_council_says_what_its_project_looks_for_and_takes_it_back(product):
    assert named(await read(product)) == {RESEARCH: "WORKING"}
    needs = [{"skill": DESIGN, "level": "EXPERT"}, {"skill": None, "level": "WORKING"}, {"skill": RESEARCH}]  # fmt: skip
    assert await changed(product, needs=needs) == []
    assert named(await read(product)) == {DESIGN: "EXPERT", RESEARCH: "PRACTITIONER"}
    assert await changed(product) == []
    assert named(await read(product)) == {DESIGN: "EXPERT", RESEARCH: "PRACTITIONER"}
    assert await changed(product, needs=[]) == []
    assert named(await read(product)) == {}


async def test_a_new_project_finds_people_by_what_it_looks_for(product):
    mine = uid("project", 99)
    done = await data(product, "bilal", ADD, id=mine, needs=[{"skill": RESEARCH, "level": "EXPERT"}])  # fmt: skip
    assert done["addProject"]["errors"] == []
    assert named(done["addProject"]["project"]) == {RESEARCH: "EXPERT"}
    found = (await data(product, "bilal", READ, id=mine))["project"]
    assert "Ada" in [one["person"]["name"] for one in found["peopleWhoCouldHelp"]["nodes"]]


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ([{"skill": "skill-nobody-has"}], "Choose skills from the list"),
        ([{"skill": "service-4"}], "Choose skills from the list"),
        ([{"skill": f"skill-s{at}"} for at in range(6)], "no more than 5"),
    ],
)
async def test_a_wrong_need_is_named_and_nothing_is_changed(product, needs, said):
    (mistake,) = await changed(product, needs=needs)
    assert mistake["field"] == "needs"
    assert said in mistake["message"]
    assert named(await read(product)) == {RESEARCH: "WORKING"}
