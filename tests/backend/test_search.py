"""Search through the API: what is found is read again as whoever asks, and hidden things count nowhere."""

import orjson
import pytest

from backend.product import NOBODY
from backend.schema import documents, plans
from backend.schema.asking import reply
from graph import registers
from tests.world import (  # fmt: skip
    ADA,
    ASHBY,
    AWARD,
    CERYS,
    COSBY,
    ENROL,
    HIDDEN,
    MEALS,
    NOW,
    VIEWERS,
    built,
    claim,
    project,
    uid,
)

SEARCH = """query ($text: String!, $kinds: [SearchKind!], $filter: SearchFilter, $first: Int = 100, $ofEach: Int) {
  search(text: $text, kinds: $kinds, filter: $filter, first: $first, ofEach: $ofEach) {
    totalCount counts { kind count } hits { kind score words
      project { id title lead { shortName projects { totalCount } } } council { id code }
      service { id lgsl } skill { id name } person { id name email council { id } } } } }"""
NOUNS = {"PROJECT": "project", "COUNCIL": "council", "SERVICE": "service", "SKILL": "skill", "PERSON": "person"}  # fmt: skip


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def search(product, who, text, **given):
    viewer = NOBODY if who == "nobody" else VIEWERS[who]
    said = await reply(product, viewer, SEARCH, {"text": text, **given})
    assert "errors" not in said, said["errors"]
    return said["data"]["search"]


def counts(found):
    return {one["kind"]: one["count"] for one in found["counts"]}


def ids(found):
    return [hit[NOUNS[hit["kind"]]]["id"] for hit in found["hits"]]


async def test_hits_of_every_kind_stand_in_one_order_with_one_noun_each(product):
    found = await search(product, "ada", "ash")
    assert {ENROL, "council-ASH", ADA} <= set(ids(found))
    for hit in found["hits"]:
        assert [name for name in NOUNS.values() if hit[name]] == [NOUNS[hit["kind"]]]
        assert hit["words"]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert found["hits"][0]["council"] == {"id": "council-ASH", "code": "ASH"}
    assert scores[0] == 1
    assert found["totalCount"] == len(found["hits"]) == sum(counts(found).values())


async def test_counts_name_every_kind_in_one_order(product):
    found = await search(product, "nobody", "meals", kinds=["SERVICE"])
    assert [one["kind"] for one in found["counts"]] == [*NOUNS]
    assert ids(found) == ["service-4"]
    assert found["totalCount"] == 1
    assert counts(found)["PROJECT"] > 3
    assert counts(await search(product, "nobody", "🎉")) == dict.fromkeys(NOUNS, 0)


async def test_a_typo_a_beginning_and_a_code_are_enough(product):
    assert ids(await search(product, "nobody", "parkng"))[0] == "service-5"
    assert ids(await search(product, "nobody", "free sch", kinds=["SERVICE"])) == ["service-4"]
    assert ids(await search(product, "nobody", "BRA"))[0] == "council-BRA"


async def test_a_filter_and_a_bound_for_each_kind(product):
    wide = await search(product, "ada", "ash", filter={"councils": [ASHBY], "phases": []})
    assert set(ids(wide)) == {ENROL, "council-ASH", ADA}
    narrow = await search(product, "ada", "ash", filter={"phases": ["BETA"], "regions": ["North"]})
    assert ids(narrow) == [ENROL]
    assert ids(await search(product, "ada", "ash", filter={"tiers": ["COUNTY"]})) == []
    assert set(ids(await search(product, "ada", "meals", filter={"services": ["service-5"]}))) == set()  # fmt: skip
    few = await search(product, "ada", "meals", ofEach=1)
    kinds = [hit["kind"] for hit in few["hits"]]
    assert len(kinds) == len(set(kinds)) < few["totalCount"]
    assert len((await search(product, "ada", "meals", first=2))["hits"]) == 2


async def test_nouns_that_are_not_asked_for_are_hits_all_the_same(product):
    ask = '{ __typename search(text: "ash") { __typename totalCount a: hits { __typename kind } hits { council { id } } counts { __typename kind } } }'
    said = (await reply(product, VIEWERS["ada"], ask))["data"]["search"]
    assert [hit["kind"] for hit in said["a"]] == [
        hit["kind"] for hit in (await search(product, "ada", "ash"))["hits"]
    ][:10]
    assert said["hits"][0] == {"council": {"id": "council-ASH"}}
    assert {"council": None} in said["hits"]
    assert said["a"][0]["__typename"] == "SearchHit"
    assert said["counts"][0] == {"__typename": "SearchCount", "kind": "PROJECT"}


async def test_what_may_not_be_seen_by_the_graph_is_no_hit_however_old_the_index_is(product):
    assert ENROL in ids(await search(product, "nobody", "enrolment"))

    async def narrow(tx):
        await tx.run("MATCH (p:Project {id: $id}) SET p.audience = 'COUNCIL'", id=ENROL)

    await product.graph.write(narrow)
    assert ENROL not in ids(await search(product, "nobody", "enrolment"))
    assert ENROL in ids(await search(product, "ada", "enrolment"))


PROJECT = """{ id title audience lead { id isMine people(first: 3) { totalCount nodes { name email } } }
  partners { totalCount } matches(first: 3, weaker: true) { totalCount nodes { score kind project { id } } }
  contacts { nodes { id letters } } needs { nodes { level skill { name } } } viewerMayEdit }"""


async def test_a_noun_of_a_hit_is_read_as_it_is_by_its_id(product):
    for viewer in (NOBODY, *VIEWERS.values()):
        ask = f'{{ search(text: "meals", first: 50) {{ hits {{ project {PROJECT} }} }} }}'
        hits = (await reply(product, viewer, ask))["data"]["search"]["hits"]
        found = [hit["project"] for hit in hits if hit["project"]]
        assert len(found) > 3
        for one in found:
            by_id = await reply(product, viewer, f'{{ project(id: "{one["id"]}") {PROJECT} }}')
            assert by_id == {"data": {"project": one}}


async def test_people_are_nobodys_to_find_who_has_not_signed_in(product):
    assert counts(await search(product, "nobody", "ada"))["PERSON"] == 0
    found = (await search(product, "bilal", "ada", kinds=["PERSON"]))["hits"]
    assert [hit["person"]["id"] for hit in found] == [ADA]
    assert found[0]["person"]["email"] is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ('a: search(text: "x") { totalCount } b: search(text: "y") { totalCount }', "Ask search once"),
        ('search(text: "x", first: 0) { totalCount }', "between 1 and 100"),
        ('search(text: "x", first: 101) { totalCount }', "between 1 and 100"),
        ('search(text: "x", ofEach: 0) { totalCount }', "1 or more"),
        ('search(text: "x", kinds: [LESSON]) { totalCount }', "LESSON"),
        ("search { totalCount }", "text"),
    ],
)  # fmt: skip
async def test_what_cannot_be_searched_is_said(product, asked, message):
    said = await reply(product, VIEWERS["ada"], f"{{ {asked} }}")
    assert message in said["errors"][0]["message"]
    assert said["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("text", ["", "e", "\x00", "<b>&\"'`${}`", "' OR 1=1 //", "ŵ" * 50, "ash " * 1250])  # fmt: skip
async def test_any_text_is_answered(product, text):
    for who in ("nobody", "ada"):
        found = await search(product, who, text, first=5)
        assert found["totalCount"] >= len(found["hits"])


async def test_it_may_stand_beside_other_questions(product):
    ask = """{ me { id } search(text: "ash", first: 1) { hits { council { id } } }
      similarTo(text: "free school meals for pupils", first: 1) { project { id } } }"""
    said = (await reply(product, VIEWERS["ada"], ask))["data"]
    assert said["me"] == {"id": ADA}
    assert said["search"]["hits"] == [{"council": {"id": "council-ASH"}}]
    assert said["similarTo"]


async def test_the_text_is_kept_nowhere(product):
    text = "xylophones of the north"
    await search(product, "ada", text)
    await reply(product, VIEWERS["ada"], f'{{ search(text: "{text}") {{ totalCount }} }}')
    before = documents.kept.cache_info().currsize, plans.kept.cache_info().currsize
    for word in ("violins", "violas"):
        await search(product, "ada", word)
        await reply(product, VIEWERS["ada"], f'{{ search(text: "{word}") {{ totalCount }} }}')
    assert (documents.kept.cache_info().currsize, plans.kept.cache_info().currsize) == before


TEXTS = ("meals", "zebra", "zebr", "zebrra budget", "telecare merger", "school meals zebra", "s")


@pytest.mark.parametrize("audience", ["COUNCIL", "PARTNERS"])
async def test_what_is_hidden_changes_no_byte_of_what_others_find(product, audience):
    others = ("nobody", "ada", "bilal")

    async def replies(*who):
        return orjson.dumps(
            [[await search(product, one, text) for text in TEXTS] for one in who],
        )

    before, own = await replies(*others), await replies("cerys")
    new = [uid("project", 40 + at) for at in range(3)]
    rows = [
        project(one, f"Zebra school meals {one}", MEALS, COSBY, audience=audience) for one in new
    ]
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    await product.graph.write(registers.claims, rows=[claim(one, CERYS) for one in new], now=NOW)
    await product.index.follow(product)
    assert await replies(*others) == before
    assert await replies("cerys") != own
    found = await search(product, "cerys", "zebra")
    assert {*new, HIDDEN} == set(ids(found))
    assert found["totalCount"] == 4

    async def remove(tx):
        await tx.run("MATCH (p:Project) WHERE p.id IN $new SET p.removedAt = $now, p.changedAt = $now", new=new, now=NOW)  # fmt: skip

    await product.graph.write(remove)
    await product.index.follow(product)
    assert await replies(*others) == before
    assert await replies("cerys") == own
    assert AWARD in ids(await search(product, "nobody", "automatic meals"))
