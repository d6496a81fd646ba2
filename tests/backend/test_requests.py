"""Claim, Correct, Remove: carried out as they were asked, or not at all; both chains tell it."""

import pytest

from backend.checks import examined_record
from backend.schema.asking import reply
from graph import audits, registers
from tests.world import ADA, NOW, SEED, VIEWERS, built, person, project, uid

ASK = """mutation ($id: ID!, $project: ID!, $wish: Wish!) {
  askAboutProject(id: $id, project: $project, wish: $wish) { request { id } errors { field } } }"""
SETTLE = """mutation ($id: ID!) { settleRequest(id: $id, verdict: GRANT) {
  request { verdict } errors { field message } } }"""
FIRST, SECOND = (f"request-{n * 8}-1111-4111-8111-111111111111" for n in "12")
DUNSTAN = uid("practitioner", 7)


@pytest.fixture
async def product(graph, clock):
    made = await built(graph, clock)
    await graph.write(registers.people, rows=[person(DUNSTAN, "Dunstan", "DUN")], now=NOW)
    return made


async def data(product, who, document, **variables):
    viewer = VIEWERS.get(who) or type(VIEWERS["ada"])(DUNSTAN, "council-DUN", "PRACTITIONER")
    found = await reply(product, viewer, document, variables)
    assert "errors" not in found, found["errors"]
    return found["data"]


async def test_a_request_stays_with_the_project_that_it_was_asked_about(product):
    other = uid("project", 10)
    await data(product, "ada", ASK, id=FIRST, project=SEED, wish="REMOVE")
    again = await data(product, "ada", ASK, id=FIRST, project=other, wish="REMOVE")
    assert again["askAboutProject"]["errors"] == [{"field": "id"}]
    await data(product, "oona", SETTLE, id=FIRST)
    there = await data(product, "ada", '{ project(id: "%s") { id } }' % other)
    assert there["project"]
    gone = await data(product, "ada", '{ project(id: "%s") { id } }' % SEED)
    assert gone["project"] is None


async def test_a_project_that_its_council_confirmed_meanwhile_is_not_removed(product, graph):
    await data(product, "ada", ASK, id=FIRST, project=SEED, wish="REMOVE")
    await data(product, "dunstan", ASK, id=SECOND, project=SEED, wish="CLAIM")
    claimed = await data(product, "oona", SETTLE, id=SECOND)
    assert claimed["settleRequest"]["errors"] == []
    removed = await data(product, "oona", SETTLE, id=FIRST)
    assert [one["field"] for one in removed["settleRequest"]["errors"]] == ["verdict"]
    still = await data(product, "ada", '{ project(id: "%s") { isConfirmed } }' % SEED)
    assert still["project"] == {"isConfirmed": True}
    chain = await graph.read(audits.chain, key="council-DUN")
    assert [entry["what"] for entry in chain] == ["request.claim", "request.claim.grant"]


async def test_a_claim_of_somebody_who_moved_is_not_granted(product, graph):
    await data(product, "dunstan", ASK, id=FIRST, project=SEED, wish="CLAIM")
    await graph.write(registers.people, rows=[person(DUNSTAN, "Dunstan", "ASH")], now=NOW)
    found = await data(product, "oona", SETTLE, id=FIRST)
    assert [one["field"] for one in found["settleRequest"]["errors"]] == ["verdict"]


async def test_a_hidden_project_cannot_be_told_from_none(product, graph):
    hidden = project(uid("project", 70), "Hidden seed", "x", "council-DUN", audience="COUNCIL")
    await graph.write(registers.projects, rows=[hidden], now=NOW)
    for wish in ("CLAIM", "REMOVE"):
        said = [
            await reply(product, VIEWERS["ada"], ASK, {"id": FIRST, "project": one, "wish": wish})
            for one in (hidden["id"], uid("project", 71))
        ]
        assert said[0] == said[1]


async def test_a_chain_that_lost_its_end_is_found(product, graph):
    await data(product, "ada", ASK, id=FIRST, project=SEED, wish="REMOVE")
    assert await examined_record(graph)

    async def lose(tx):
        await tx.run("MATCH (e:AuditEntry {key: 'council-ASH'}) DELETE e")

    await graph.write(lose)
    assert await graph.read(audits.broken) == ["council-ASH"]
    assert not await examined_record(graph)


async def test_an_introduction_stands_in_the_chains_of_both(product, graph):
    ask = "{ proposals { nodes { id theirs { lead { code } } } } }"
    found = (await data(product, "ada", ask))["proposals"]["nodes"]
    (proposal,) = [one["id"] for one in found if one["theirs"]["lead"]["code"] == "BRA"]
    answer = """mutation ($id: ID!) { answerProposal(id: $id, answer: INTERESTED, contactName: "A",
      contactEmail: "a@b.example") { errors { field } } }"""
    for who in ("ada", "bilal"):
        await data(product, who, answer, id=proposal)
    for council in ("council-ASH", "council-BRA"):
        entries = await graph.read(audits.chain, key=council)
        assert [one["what"] for one in entries] == ["proposal.answer", "proposal.introduce"]
        assert ADA not in [one["who"] for one in entries if one["what"] == "proposal.introduce"]
    assert await graph.read(audits.broken) == []
