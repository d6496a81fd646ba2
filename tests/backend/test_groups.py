"""Three councils or more on one piece of work: asked once, each told what is its own to know."""

import pytest

from backend.product import Viewer
from graph import audits, registers
from tests.oracle.dump import dumped
from tests.world import (
    ADA,
    ASHBY,
    BILAL,
    BRACKLEY,
    CERYS,
    COSBY,
    NOW,
    TREES,
    VIEWERS,
    built,
    claim,
    council,
    data,
    person,
    tree_project,
    uid,
    with_group,
)

DORA = uid("practitioner", 20)
LATE = uid("project", 80)

SEEN = """query ($id: ID!) { proposal(id: $id) {
  status viewerMayAnswer theyWouldLikeToTalk introducedAt ours { id } theirs { id } match { project { id } }
  others { wouldLikeToTalk message project { id } match { project { id } outOfHundred } }
  ourAnswer { answer } contacts { council email isOurs message } } }"""
WAYS = """query ($id: ID!) { project(id: $id) {
  matches(first: 10) { nodes { project { id } proposal { id } } } } }"""
ANSWER = """mutation ($id: ID!, $answer: Reply!, $onlyIfAgree: Boolean, $until: String, $email: String!,
                      $message: String) {
  answerProposal(id: $id, answer: $answer, onlyIfAgree: $onlyIfAgree, until: $until, message: $message,
                 contactName: "Somebody", contactEmail: $email) {
    proposal { status contacts { email } } errors { field message } } }"""


@pytest.fixture
async def product(graph, clock):
    return await with_group(await built(graph, clock))


@pytest.fixture
async def late(product, graph, monkeypatch):
    """A fourth comes when the three have been asked."""
    monkeypatch.setitem(VIEWERS, "dora", Viewer(DORA, "council-DOR", "PRACTITIONER"))
    await graph.write(registers.councils, rows=[council("DOR", "Dorley")], now=NOW)
    await graph.write(registers.people, rows=[person(DORA, "Dora", "DOR")], now=NOW)
    rows = [tree_project(LATE, "council-DOR")]
    await graph.write(registers.projects, rows=rows, now=NOW)
    await graph.write(registers.claims, rows=[claim(LATE, DORA)], now=NOW)
    await product.index.refresh(product, LATE)
    return await about(graph, {*TREES.values(), LATE})


async def about(graph, projects):
    """The one proposal about just these projects."""
    dump = await dumped(graph)
    (found,) = [
        one.id
        for one in dump.all("Proposal")
        if {end.id for end in dump.out(one, "ABOUT")} == projects
    ]
    return found


@pytest.fixture
async def group(product, graph):
    return await about(graph, {*TREES.values()})


async def seen(product, who, proposal):
    return (await data(product, who, SEEN, id=proposal))["proposal"]


async def answered(product, who, proposal, word="INTERESTED", **more):
    found = await data(
        product, who, ANSWER, id=proposal, answer=word, email=f"{who}@x.example", **more
    )
    assert found["answerProposal"]["errors"] == []
    return found["answerProposal"]["proposal"]


async def letters(graph):
    dump = await dumped(graph)
    return sorted((one.person, one.joined or "") for one in dump.all("Delivery"))


async def test_three_on_one_piece_of_work_are_one_proposal_to_each(product, graph, group):
    for who, home in (("ada", ASHBY), ("bilal", BRACKLEY), ("cerys", COSBY)):
        found = await seen(product, who, group)
        assert found["ours"]["id"] == TREES[home]
        others = {one["project"]["id"] for one in found["others"]}
        assert others == {*TREES.values()} - {TREES[home]}
        assert all(one["match"]["project"]["id"] == one["project"]["id"] for one in found["others"])
    dump = await dumped(graph)
    with_one = [one for one in dump.all("Proposal") if TREES[ASHBY] in {end.id for end in dump.out(one, "ABOUT")}]  # fmt: skip
    assert len(with_one) == 1


async def test_the_second_yes_introduces_and_each_later_one_joins(product, graph, group):
    assert (await answered(product, "ada", group))["status"] == "ANSWERED"
    assert [one["wouldLikeToTalk"] for one in (await seen(product, "cerys", group))["others"]].count(True) == 1  # fmt: skip
    done = await answered(product, "bilal", group)
    assert done["status"] == "INTRODUCED"
    assert {one["email"] for one in done["contacts"]} == {"ada@x.example", "bilal@x.example"}
    outside = await seen(product, "cerys", group)
    assert (outside["status"], outside["contacts"], outside["introducedAt"]) == (
        "WAITING",
        [],
        None,
    )
    assert await letters(graph) == [(ADA, ""), (BILAL, "")]
    done = await answered(product, "cerys", group, onlyIfAgree=True)
    assert len(done["contacts"]) == 3
    assert len((await seen(product, "ada", group))["contacts"]) == 3
    assert await letters(graph) == [
        (ADA, ""),
        (ADA, COSBY),
        (BILAL, ""),
        (BILAL, COSBY),
        (CERYS, ""),
    ]


@pytest.mark.parametrize("word", ["NOT_FOR_US", "NOT_NOW", "INTERESTED"])
async def test_a_refusal_and_a_hidden_yes_change_no_byte_for_any_other_side(product, group, word):
    await answered(product, "ada", group)
    before = [await seen(product, who, group) for who in ("ada", "cerys")]
    manner = {"until": "2027-03"} if word == "NOT_NOW" else {}
    if word == "INTERESTED":  # hidden from who has not said yes; who has is introduced
        await answered(product, "bilal", group, word, onlyIfAgree=True)
        assert await seen(product, "cerys", group) == before[1]
        return
    await answered(product, "bilal", group, word, **manner)
    assert [await seen(product, who, group) for who in ("ada", "cerys")] == before


def messages(found):
    return {one["message"] for one in found["others"]} - {None}


async def test_a_question_goes_where_its_yes_goes_and_nowhere_else(product, group):
    await answered(product, "ada", group, message="How did you find volunteers?")
    await answered(product, "bilal", group, onlyIfAgree=True, message="For those who say yes.")
    assert messages(await seen(product, "cerys", group)) == {"How did you find volunteers?"}
    ada = await seen(product, "ada", group)
    assert messages(ada) == {"For those who say yes."}
    assert {one["message"] for one in ada["contacts"]} == {
        "How did you find volunteers?",
        "For those who say yes.",
    }
    await answered(product, "cerys", group)
    assert len(messages(await seen(product, "cerys", group))) == 2


async def test_a_refusal_sends_no_message(product, group):
    await answered(product, "ada", group, "NOT_FOR_US", message="I ticked another box first.")
    assert messages(await seen(product, "bilal", group)) == set()
    assert "another box" not in str(await seen(product, "ada", group))


async def test_a_message_is_short(product, group):
    given = {"id": group, "answer": "INTERESTED", "email": "ada@x.example", "message": "x" * 501}
    found = await data(product, "ada", ANSWER, **given)
    (mistake,) = found["answerProposal"]["errors"]
    assert mistake["field"] == "message"
    assert "500 characters" in mistake["message"]
    assert (await seen(product, "ada", group))["status"] == "WAITING"


async def test_an_introduction_is_told_in_the_audits_of_those_who_said_yes(product, graph, group):
    await answered(product, "ada", group)
    await answered(product, "bilal", group)
    told = {}
    for home in TREES:
        entries = await graph.read(audits.chain, key=home)
        told[home] = [entry["what"] for entry in entries].count("proposal.introduce")
    assert told == {ASHBY: 1, BRACKLEY: 1, COSBY: 0}


async def test_what_closes_its_project_leaves_the_group_and_the_rest_go_on(product, graph, group):
    await answered(product, "ada", group)
    await answered(product, "bilal", group)

    async def narrowed(tx):
        await tx.run("MATCH (p:Project {id: $id}) SET p.audience = 'COUNCIL'", id=TREES[BRACKLEY])

    await graph.write(narrowed)
    assert await seen(product, "bilal", group) is None
    found = await seen(product, "ada", group)
    assert [one["project"]["id"] for one in found["others"]] == [TREES[COSBY]]
    assert found["contacts"] == []
    assert found["theyWouldLikeToTalk"] is False
    assert len((await answered(product, "cerys", group))["contacts"]) == 2


async def test_who_comes_later_is_asked_once_and_each_of_the_others_about_it_alone(product, late):
    newcomer = await seen(product, "dora", late)
    assert {one["project"]["id"] for one in newcomer["others"]} == {*TREES.values()}
    for who in ("ada", "bilal", "cerys"):
        found = await seen(product, who, late)
        assert [one["project"]["id"] for one in found["others"]] == [LATE]
        assert found["match"]["project"]["id"] == LATE


async def test_those_who_answer_a_newcomer_are_introduced_to_it_and_not_to_each_other(product, graph, late):  # fmt: skip
    assert (await answered(product, "ada", late))["status"] == "ANSWERED"
    assert (await seen(product, "bilal", late))["theyWouldLikeToTalk"] is False
    assert (await answered(product, "bilal", late))["status"] == "ANSWERED"
    assert await letters(graph) == []
    done = await answered(product, "dora", late)
    assert len(done["contacts"]) == 3
    mine = await seen(product, "ada", late)
    assert {one["email"] for one in mine["contacts"]} == {"ada@x.example", "dora@x.example"}
    assert sorted(await letters(graph)) == sorted((one, "") for one in (ADA, BILAL, DORA))
    await answered(product, "cerys", late)
    mine = await seen(product, "ada", late)
    assert {one["email"] for one in mine["contacts"]} == {"ada@x.example", "dora@x.example"}


async def ways(product, who, project):
    """The proposals to which a project's matches lead somebody, by the other project."""
    found = (await data(product, who, WAYS, id=project))["project"]["matches"]["nodes"]
    return {one["project"]["id"]: one["proposal"]["id"] for one in found if one["proposal"]}


async def test_a_project_page_leads_to_the_proposal_that_puts_two_together(product, group, late):
    found = await ways(product, "ada", TREES[ASHBY])
    assert found[TREES[BRACKLEY]] == found[TREES[COSBY]] == group
    assert found[LATE] == late


async def test_who_is_asked_about_a_newcomer_beside_oneself_is_not_told(product, group, late):
    for who, mine in (("ada", ASHBY), ("bilal", BRACKLEY)):
        assert {*await ways(product, who, LATE)} == {TREES[mine]}


async def test_nothing_more_is_proposed_on_a_second_look(product, graph, group, late):
    before = {one.id for one in (await dumped(graph)).all("Proposal")}
    assert await product.index.propose(product) == 0
    await product.index.state(product)
    assert {one.id for one in (await dumped(graph)).all("Proposal")} == before
