"""Several processes on one graph: matches follow the projects, and nothing hidden stays in an index."""

from dataclasses import replace

import pytest

from backend.finding import Finding
from backend.index import Index, full_run
from backend.indexes import rows_of, with_row
from backend.product import NOBODY
from backend.schema.asking import reply
from backend.supply import choose
from graph import matches, projects, registers
from tests.world import (
    ADA,
    ASHBY,
    AWARD,
    BRACKLEY,
    ENROL,
    MEALS,
    NOW,
    VIEWERS,
    built,
    council,
    data,
    person,
    service,
    skill,
    uid,
)

DRONES = "Zebra crossings inspected by drones and thermal imaging of tarmac every spring."
ADD = """mutation ($id: ID!, $summary: String!, $audience: Audience) {
  addProject(id: $id, title: "Drones", summary: $summary, phase: DISCOVERY, audience: $audience) {
    project { id } errors { field message } } }"""
CHANGE = """mutation ($id: ID!, $version: Int!, $summary: String!, $audience: Audience) {
  changeProject(id: $id, version: $version, title: "Drones", summary: $summary, phase: DISCOVERY,
    audience: $audience) { project { version } errors { field message } } }"""
ALIKE = """query ($id: ID!) { project(id: $id) { matches(first: 20, weaker: true) { nodes {
  score project { id } terms { ours theirs } } } } }"""


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def second(product):
    """Another site on the same graph."""
    other = replace(product, index=Index())
    await other.index.load(other)
    return other


async def alike(product, who, project):
    found = await data(product, who, ALIKE, id=project)
    return {one["project"]["id"]: one for one in found["project"]["matches"]["nodes"]}


class Died(Exception):
    pass


@pytest.fixture
def dying(monkeypatch):
    """A process that dies after its commit, before it has matched."""

    async def die(*_):
        raise Died

    monkeypatch.setattr(Index, "refresh", die)
    return monkeypatch


async def test_what_one_site_changed_the_other_matches_with_what_it_has_not_seen(product):
    other = await second(product)
    one, two = uid("project", 51), uid("project", 52)
    new = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"]
    one, two = (f"project-{each}" for each in new)
    await data(product, "ada", ADD, id=one, summary=DRONES)
    await data(product, "bilal", ADD, id=two, summary=DRONES)
    assert two in await alike(product, "ada", one)
    await data(other, "bilal", CHANGE, id=two, version=1, summary=DRONES + " Repairs follow.")
    assert two in await alike(product, "ada", one)


async def test_a_full_run_keeps_what_was_added_while_it_reckoned(product):
    rows = await product.graph.read(projects.texts)
    seen = [{"id": row["id"], "version": row["version"]} for row in rows]
    new = "project-11111111-1111-4111-8111-111111111111"
    await data(product, "cerys", ADD, id=new, summary=MEALS)
    before = await alike(product, "cerys", new)
    assert before
    await full_run(product, [], seen)
    assert await alike(product, "cerys", new) == before
    assert AWARD not in await alike(product, "ada", ENROL)


async def test_what_a_dead_process_did_not_match_the_next_one_does(product, dying):
    new = "project-11111111-1111-4111-8111-111111111111"
    with pytest.raises(Died):
        await reply(product, VIEWERS["cerys"], ADD, {"id": new, "summary": MEALS})
    dying.undo()
    assert await alike(product, "cerys", new) == {}
    other = await second(product)
    assert {ENROL, AWARD} <= set(await alike(other, "cerys", new))


async def test_a_running_site_matches_what_an_import_brought(product):
    await product.index.load(product)
    row = {
        "id": uid("project", 60),
        "lead": "council-DUN",
        "partners": [],
        "service": None,
        "properties": {"title": "Meals", "summary": MEALS, "phase": "LIVE", "audience": "PUBLIC"}
        | {"sortName": "meals", "searchText": "meals"},
    }
    await product.graph.write(registers.projects, rows=[row], now=NOW)
    await product.index.follow(product)
    assert ENROL in await alike(product, "ada", row["id"])


async def test_words_that_were_taken_back_are_read_by_nobody(product, dying):
    secret = "Nothing of what stood here before is meant to be read any more."
    before = (await alike(product, "ada", ENROL))[AWARD]
    assert any("census" in term["theirs"] for term in before["terms"])
    with pytest.raises(Died):
        await reply(
            product, VIEWERS["bilal"], CHANGE, {"id": AWARD, "version": 2, "summary": secret}
        )
    assert AWARD not in await alike(product, "ada", ENROL)


async def test_an_older_reckoning_does_not_overwrite_a_newer_one(product):
    rows = await product.graph.read(projects.texts, id=AWARD)
    held = with_row(product.index.held, rows[0])
    old = {
        "rows": rows_of(held, rows[0]),
        "version": rows[0]["version"],
        "telling": {},
        "run": "old",
        "now": NOW,
        "choose": choose,
    }
    new = "Enrol pupils for free school meals, told anew and shorter."
    await data(product, "bilal", CHANGE, id=AWARD, version=2, summary=new)
    stated = await alike(product, "ada", ENROL)
    assert await product.graph.write(matches.replace_of, project=AWARD, **old) is None
    assert await alike(product, "ada", ENROL) == stated
    other = {"rows": [row for row in old["rows"] if ENROL in (row["a"], row["b"])], "run": "old"}
    await product.graph.write(
        matches.replace_of, project=ENROL, version=2, telling={}, now=NOW, choose=choose, **other
    )
    assert AWARD not in await alike(product, "ada", ENROL)


@pytest.mark.parametrize("audience", ["COUNCIL", "NETWORK"])
async def test_a_narrowed_project_leaves_the_indexes_of_every_site(product, audience):
    other = await second(product)
    await data(product, "bilal", CHANGE, id=AWARD, version=2, summary=MEALS, audience=audience)
    await other.index.follow(other)
    for site in (product, other):
        assert (AWARD in site.index.held.network) is (audience == "NETWORK")
        assert AWARD not in site.index.held.public
    ask = "{ similarTo(text: %s, first: 20) { score project { id } terms { word share } } }"
    question = ask.replace("%s", f'"{MEALS}"')
    for viewer in (NOBODY, VIEWERS["ada"]):
        assert await reply(product, viewer, question) == await reply(other, viewer, question)


async def test_a_private_project_reads_its_reasons_from_its_own_side(product):
    for number in (1, 9):
        new = f"project-{number}1111111-1111-4111-8111-111111111111"
        text = f"Children get meals by opting out, {MEALS}"
        await data(product, "cerys", ADD, id=new, summary=text, audience="COUNCIL")
        for one in (await alike(product, "cerys", new)).values():
            assert all(term["ours"].lower() in f"drones\n{text}".lower() for term in one["terms"])


async def test_who_moved_takes_no_project_along(product):
    new = "project-11111111-1111-4111-8111-111111111111"
    await data(product, "ada", ADD, id=new, summary=DRONES, audience="COUNCIL")
    moved = person(ADA, "Ada", "BRA")
    await product.graph.write(registers.people, rows=[moved], now=NOW)
    ada = replace(VIEWERS["ada"], council=BRACKLEY)
    again = await reply(product, ada, ADD, {"id": new, "summary": DRONES, "audience": "COUNCIL"})
    assert again["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    publish = {"id": new, "version": 1, "summary": DRONES, "audience": "PUBLIC"}
    refused = await reply(product, ada, CHANGE, publish)
    assert refused["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    lead = await reply(
        product, replace(VIEWERS["ada"]), '{ project(id: "%s") { lead { id } } }' % new
    )
    assert lead["data"]["project"]["lead"]["id"] == ASHBY


async def test_the_same_form_in_other_words_is_told_and_changes_nothing(product):
    new = "project-11111111-1111-4111-8111-111111111111"
    await data(product, "ada", ADD, id=new, summary=DRONES)
    again = await data(product, "ada", ADD, id=new, summary=DRONES + " And more.")
    assert [one["field"] for one in again["addProject"]["errors"]] == ["id"]


async def test_a_proposal_between_projects_of_one_council_is_nobodys(product):
    ask = "{ proposals { nodes { id theirs { id } } } }"
    assert AWARD in str(await data(product, "ada", ask))

    async def lead_both(tx):
        await tx.run(
            "MATCH (p:Project {id: $id})<-[old:LEADS]-(), (c:Council {id: $council})"
            " DELETE old MERGE (c)-[:LEADS]->(p) SET p.leadId = $council",
            id=AWARD,
            council=ASHBY,
        )

    await product.graph.write(lead_both)
    assert AWARD not in str(await data(product, "ada", ask))


REGISTERED = {
    "councils": (council("ASH", "Ashby") | {"tier": "COUNTY"}, "COUNTY"),
    "services": (service(4, "Meals at school"), "Meals at school"),
    "skills": (skill("user-research", "Asking people"), "Asking people"),
    "people": (person(ADA, "Ada Newname", "ASH"), "Ada Newname"),
}


def told(site):
    """What a site holds of what REGISTERED changes."""
    one, shelf = site.index.held.network.document(ENROL), site.index.finding.held.placed
    return {
        "councils": one.tier,
        "services": one.service_name,
        "skills": shelf["skill-user-research"].entry.title,
        "people": shelf[ADA].entry.title,
    }


@pytest.mark.parametrize("what", REGISTERED)
async def test_a_register_that_changes_while_a_site_starts_is_taken_in(product, monkeypatch, what):
    row, new = REGISTERED[what]
    real = Finding.load

    async def read_and_then_changed(self, product):
        await real(self, product)
        await product.graph.write(getattr(registers, what), rows=[row], now=NOW)

    with monkeypatch.context() as patch:
        patch.setattr(Finding, "load", read_and_then_changed)
        other = await second(product)
    assert told(other)[what] != new
    await other.index.follow(other)
    assert told(other)[what] == new


async def taken_away(tx):
    await tx.run(
        "MATCH (p:Project {id: $id}) SET p.removedAt = $now, p.changedAt = $now", id=AWARD, now=NOW
    )


async def test_what_is_removed_while_its_row_is_read_does_not_come_back(product, monkeypatch):
    real = projects.texts

    async def read_and_then_removed(tx, **asked):
        rows = await real(tx, **asked)
        await product.graph.write(taken_away)
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(projects, "texts", read_and_then_removed)
        await product.index.refresh(product, ENROL)
    assert ENROL in product.index.held.network
    assert AWARD not in product.index.held.network
    assert AWARD not in product.index.held.versions
