"""Questions that people keep: theirs alone to change, read by those they are shared with, recorded."""

import asyncio

import pytest

from backend.product import NOBODY, Viewer
from backend.schema.asking import reply
from graph import audits, registers
from tests.world import ADA, BRACKLEY, NOW, VIEWERS, built, person, uid

SAVE = """mutation ($id: ID!, $name: String!, $address: String!, $sharedWith: SharedWith!) {
  saveQuestion(id: $id, name: $name, address: $address, sharedWith: $sharedWith) {
    question { id name address sharedWith isMine keeper { name } } errors { field message } } }"""
CHANGE = """mutation ($id: ID!, $name: String!, $sharedWith: SharedWith!) {
  changeQuestion(id: $id, name: $name, sharedWith: $sharedWith) {
    question { name sharedWith } errors { field message } } }"""
END = "mutation ($id: ID!) { endQuestion(id: $id) { question { id } errors { field } } }"
LIST = "{ questions { totalCount nodes { name isMine } } }"
FIRST, SECOND = (f"question-{n * 8}-1111-4111-8111-111111111111" for n in "12")
ALAN = Viewer(uid("practitioner", 8), "council-ASH", "PRACTITIONER")
ASKED = {"name": "What is quiet", "address": "what=projects&freshness=QUIET"}


@pytest.fixture
async def product(graph, clock):
    made = await built(graph, clock)
    await graph.write(registers.people, rows=[person(ALAN.id, "Alan", "ASH")], now=NOW)
    return made


def viewer_of(who):
    return {"alan": ALAN, "nobody": NOBODY}.get(who) or VIEWERS[who]


async def said(product, who, document, **variables):
    return await reply(product, viewer_of(who), document, variables)


async def data(product, who, document, **variables):
    found = await said(product, who, document, **variables)
    assert "errors" not in found, found["errors"]
    return found["data"]


async def saved(product, who="ada", id=FIRST, shared="NOBODY", **more):
    found = await data(product, who, SAVE, **{**ASKED, "id": id, "sharedWith": shared, **more})
    return found["saveQuestion"]


async def read_by(product, id=FIRST):
    """Who finds the question, in the list and by its id: the two agree."""
    found = set()
    for who in ("ada", "alan", "bilal", "cerys", "oona", "nobody"):
        listed = (await data(product, who, LIST))["questions"]["totalCount"]
        one = await data(product, who, '{ question(id: "%s") { id } node(id: "%s") { id } }' % (id, id))  # fmt: skip
        assert bool(listed) == bool(one["question"]) == bool(one["node"]), who
        found |= {who} if listed else set()
    return found


async def chain(graph):
    return [one["what"] for one in await graph.read(audits.chain, key="council-ASH")]


async def test_a_question_is_kept_once(product, graph):
    one, other = await asyncio.gather(saved(product), saved(product))
    assert one == other == {
        "question": {"id": FIRST, **ASKED, "sharedWith": "NOBODY", "isMine": True, "keeper": {"name": "Ada"}},
        "errors": [],
    }  # fmt: skip
    assert await chain(graph) == ["question.save"]
    again = await saved(product, name="Another name")
    assert [one["field"] for one in again["errors"]] == ["id"]
    assert (await data(product, "ada", LIST))["questions"]["totalCount"] == 1


@pytest.mark.parametrize(
    ("shared", "readers"),
    [
        ("NOBODY", {"ada"}),
        ("COUNCIL", {"ada", "alan"}),
        ("NETWORK", {"ada", "alan", "bilal", "cerys", "oona"}),
    ],
)
async def test_a_question_is_read_by_those_it_is_shared_with(product, shared, readers):
    await saved(product, shared=shared)
    assert await read_by(product) == readers


async def test_sharing_is_changed_and_taken_back(product, graph):
    await saved(product)
    for shared in ("NETWORK", "NETWORK", "COUNCIL", "NOBODY"):
        found = await data(product, "ada", CHANGE, id=FIRST, name="Quiet ones", sharedWith=shared)
        assert found["changeQuestion"]["question"] == {"name": "Quiet ones", "sharedWith": shared}
    assert await read_by(product) == {"ada"}
    assert await chain(graph) == [
        "question.save",
        "question.change.network",
        "question.change.council",
        "question.change.nobody",
    ]


async def test_a_question_ends_and_nothing_is_deleted(product, graph):
    await saved(product, shared="NETWORK")
    for _ in range(2):
        found = await data(product, "ada", END, id=FIRST)
        assert found["endQuestion"] == {"question": None, "errors": []}
    assert await read_by(product) == set()
    assert await chain(graph) == ["question.save", "question.end"]
    late = await said(product, "ada", CHANGE, id=FIRST, name="Back", sharedWith="NETWORK")
    assert late["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    again = await saved(product, shared="NETWORK")
    assert [one["field"] for one in again["errors"]] == ["id"]

    async def kept(tx):
        result = await tx.run("MATCH (q:Question) RETURN q.name AS name, q.endedAt AS ended")
        return (await result.single()).data()

    assert await graph.read(kept) == {"name": ASKED["name"], "ended": product.now}


@pytest.mark.parametrize("who", ["alan", "bilal", "oona"])
async def test_nobody_else_changes_a_question(product, graph, who):
    await saved(product, shared="NETWORK")
    before = await chain(graph)
    for document in (CHANGE, END):
        found = await said(product, who, document, id=FIRST, name="Mine now", sharedWith="NOBODY")
        absent = await said(product, who, document, id=SECOND, name="Mine now", sharedWith="NOBODY")
        assert found["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert found == absent
    taken = await said(product, who, SAVE, **ASKED, id=FIRST, sharedWith="NOBODY")
    assert taken["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await data(product, "ada", LIST))["questions"]["nodes"] == [{"name": ASKED["name"], "isMine": True}]  # fmt: skip
    assert await chain(graph) == before
    assert await graph.read(audits.broken) == []


async def test_nobody_signed_in_keeps_nothing(product):
    for document in (SAVE, CHANGE, END):
        found = await said(product, "nobody", document, **ASKED, id=FIRST, sharedWith="NETWORK")
        assert found["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_what_was_shared_with_a_council_stays_there_when_its_keeper_moves(product, graph):
    await saved(product, shared="COUNCIL")
    await graph.write(registers.people, rows=[person(ADA, "Ada", "BRA")], now=NOW)
    moved = Viewer(ADA, BRACKLEY, "PRACTITIONER")
    assert (await reply(product, moved, LIST))["data"]["questions"]["totalCount"] == 1
    assert (await data(product, "alan", LIST))["questions"]["totalCount"] == 1
    assert (await data(product, "bilal", LIST))["questions"]["totalCount"] == 0
    await reply(product, moved, CHANGE, {"id": FIRST, "name": "Moved", "sharedWith": "COUNCIL"})
    assert (await data(product, "alan", LIST))["questions"]["totalCount"] == 0
    assert (await data(product, "bilal", LIST))["questions"]["totalCount"] == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " \u202e\x00 "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"address": "what=bananas"}, "address"),
        ({"address": ""}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "what=projects&text=" + "x" * 2000}, "address"),
        ({"id": "question-1"}, "id"),
        ({"id": FIRST.upper()}, "id"),
    ],
)
async def test_a_mistake_is_told_and_nothing_is_kept(product, graph, changed, field):
    found = await saved(product, **changed)
    assert [one["field"] for one in found["errors"]] == [field]
    assert (await data(product, "ada", LIST))["questions"]["totalCount"] == 0
    assert await chain(graph) == []


async def test_a_name_is_text_like_any_other(product):
    name = "Robert\u2019); MATCH (n) DETACH DELETE n // <b>\u202e"
    found = await saved(product, name=name)
    assert found["question"]["name"] == name.removesuffix("\u202e")
    found = await data(
        product, "ada", '{ questions(filter: {text: "detach robert"}) { totalCount } }'
    )
    assert found["questions"]["totalCount"] == 1


async def test_an_address_is_kept_in_its_shortest_form(product):
    long = "/explore?was=projects&what=projects&text=&phase=BETA&phase=ALPHA&after=x&show=table"
    found = await saved(product, address=long)
    assert found["question"]["address"] == "what=projects&phase=ALPHA&phase=BETA"
