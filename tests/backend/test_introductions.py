"""Who is introduced to whom when projects are hidden, open again, or change hands meanwhile."""

import uuid

import pytest

from backend import digest, introducing, supply
from graph import audits, proposals, registers
from graph.migrate import FOLDER, statements
from graph.supply import standing_of
from tests.backend.test_groups import about, answered, late, letters, seen  # noqa: F401
from tests.oracle.dump import dumped
from tests.sites import signed_in
from tests.world import (
    ADA,
    ASHBY,
    BILAL,
    BRACKLEY,
    CERYS,
    COSBY,
    NOW,
    TREES,
    built,
    claim,
    council,
    data,
    tree_project,
    uid,
    with_group,
)

CHANGE = """mutation ($id: ID!, $version: Int!, $title: String!, $summary: String!, $audience: Audience) {
  changeProject(id: $id, version: $version, title: $title, summary: $summary, phase: BETA,
                audience: $audience) { errors { field message } } }"""
PROJECT = "query ($id: ID!) { project(id: $id) { version title summary } }"
LIST = """query ($filter: ProposalFilter) { proposals(first: 20, filter: $filter) {
  nodes { id theirs { id } others { project { id } } } } }"""


@pytest.fixture
async def product(graph, clock):
    return await with_group(await built(graph, clock))


@pytest.fixture
async def group(product, graph):
    return await about(graph, {*TREES.values()})


async def opened_to(product, who, project, audience):
    """Somebody of a council opens or closes its project, with the form that everybody has."""
    was = (await data(product, who, PROJECT, id=project))["project"]
    done = await data(product, who, CHANGE, id=project, audience=audience, **was)
    assert done["changeProject"]["errors"] == []


async def led_by(graph, council, *ids):
    async def moved(tx):
        await tx.run(
            """
            UNWIND $ids AS id MATCH (p:Project {id: id})<-[old:LEADS]-(:Council) DELETE old
            WITH p MATCH (c:Council {id: $council}) SET p.leadId = $council MERGE (c)-[:LEADS]->(p)
            """,
            ids=ids,
            council=council,
        )

    await graph.write(moved)


def met(found):
    return {one["email"] for one in found["contacts"] if not one["isOurs"]}


async def test_a_yes_given_while_the_others_project_was_hidden_is_met_when_it_is_open(product, graph, group):  # fmt: skip
    await answered(product, "ada", group)
    await opened_to(product, "ada", TREES[ASHBY], "COUNCIL")
    assert (await answered(product, "bilal", group))["status"] == "ANSWERED"
    assert await letters(graph) == []
    product.introduced.clear()
    await opened_to(product, "ada", TREES[ASHBY], "NETWORK")
    assert product.introduced.is_set()
    assert await letters(graph) == [(ADA, ""), (BILAL, "")]
    assert met(await seen(product, "ada", group)) == {"bilal@x.example"}
    assert await introducing.catch_up(product) == 0


async def test_who_comes_back_to_two_that_have_met_joins_them_and_all_are_told(product, graph, group):  # fmt: skip
    await answered(product, "ada", group, onlyIfAgree=True, message="Only for those who agree.")
    await opened_to(product, "ada", TREES[ASHBY], "COUNCIL")
    await answered(product, "bilal", group)
    await answered(product, "cerys", group)
    assert met(await seen(product, "bilal", group)) == {"cerys@x.example"}
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")
    unmet = await seen(product, "bilal", group)
    assert met(unmet) == {"cerys@x.example"}
    assert "Only for those" not in str(unmet)
    assert await introducing.catch_up(product) == 3
    assert met(await seen(product, "bilal", group)) == {"ada@x.example", "cerys@x.example"}
    assert "Only for those" in str(await seen(product, "bilal", group))
    assert await letters(graph) == [
        (ADA, ""),
        (BILAL, ""),
        (BILAL, ASHBY),
        (CERYS, ""),
        (CERYS, ASHBY),
    ]


async def test_when_the_only_other_yes_leaves_nobody_is_introduced_any_more(product, group):
    await answered(product, "ada", group)
    await answered(product, "bilal", group)
    await opened_to(product, "bilal", TREES[BRACKLEY], "COUNCIL")
    found = await seen(product, "ada", group)
    assert (found["status"], found["introducedAt"], found["contacts"]) == ("ANSWERED", None, [])


async def test_what_are_to_be_one_council_are_not_introduced(product, graph, group):
    await answered(product, "ada", group)
    rows = [council("ASH", "Ashby") | {"successorId": BRACKLEY}]
    await graph.write(registers.councils, rows=rows, now=NOW)
    assert (await answered(product, "bilal", group))["status"] == "ANSWERED"
    assert await letters(graph) == []
    assert (await answered(product, "cerys", group))["status"] == "INTRODUCED"


async def test_no_letter_tells_of_one_more_yes_that_has_left(product, group):
    for who in ("ada", "bilal", "cerys"):
        await answered(product, who, group)
    owed = {"kind": "introduction", "person": ADA, "proposal": group, "joined": COSBY}
    written = digest.letters_of(product, "https://tandem.example")
    assert "Cosby has said yes too" in (await digest.written(product, written, owed)).subject
    await opened_to(product, "cerys", TREES[COSBY], "COUNCIL")
    assert (await digest.written(product, written, owed)).is_empty
    first = await digest.written(product, written, owed | {"joined": None})
    assert first.subject == "You and Brackley both said yes"


async def test_a_proposal_between_two_projects_of_one_council_waits_for_nobody(product, graph):
    await led_by(graph, ASHBY, TREES[BRACKLEY], TREES[COSBY])
    pairs = [{"aBody": ASHBY, "bBody": COSBY}]
    rows = await graph.write(standing_of, pairs, NOW)
    (found,) = [supply.standing_of(row) for row in rows if TREES[ASHBY] in row["projects"]]
    assert found.waiting == frozenset()


async def test_who_has_come_to_lead_two_of_a_group_sees_each_other_side_once(product, graph, group):
    await led_by(graph, ASHBY, TREES[BRACKLEY])
    found = await seen(product, "ada", group)
    assert found["ours"]["id"] == TREES[ASHBY]
    assert [one["project"]["id"] for one in found["others"]] == [TREES[COSBY]]
    assert [one["match"]["project"]["id"] for one in found["others"]] == [TREES[COSBY]]


async def listed(product, who, said):
    return (await data(product, who, LIST, filter=said))["proposals"]["nodes"]


async def test_a_filter_on_theirs_asks_all_the_others(product, group):
    (shown,) = [one for one in await listed(product, "ada", None) if one["id"] == group]
    first, last = (one["project"]["id"] for one in shown["others"])
    assert shown["theirs"]["id"] == first
    for one in (first, last):
        named = {"id": {"equals": one}}
        assert await listed(product, "ada", {"theirs": {"some": named}}) == [shown]
        assert await listed(product, "ada", {"others": {"some": {"project": named}}}) == [shown]
    ours = {"id": {"equals": TREES[ASHBY]}}
    assert await listed(product, "ada", {"others": {"some": {"project": ours}}}) == []


async def test_a_proposal_around_a_newcomer_looks_like_any_other(product, graph):
    """Each of those it is put before may not read that it was put before others, in any field."""
    newcomer = uid("project", 80)
    await graph.write(registers.projects, rows=[tree_project(newcomer, "council-DUN")], now=NOW)
    await graph.write(registers.claims, rows=[claim(newcomer, CERYS)], now=NOW)
    await product.index.refresh(product, newcomer)
    dump = await dumped(graph)
    made = dump.all("Proposal")
    assert any(one.aroundId == newcomer for one in made)
    assert {uuid.UUID(one.id.removeprefix("proposal-")).version for one in made} == {4}
    assert {name for one in made for name in one.properties} == {"id", "proposedAt", "aroundId"}


async def test_each_line_of_a_message_stands_inside_its_letter(site):
    product = await with_group(site.product)
    group = await about(product.graph, {*TREES.values()})
    await answered(product, "ada", group, message="Hello.\n\n----\n\n2. Proposal · certain\nx")
    await digest.run(product, site.post, "2026-W48")
    texts = [message.get_body(("plain",)).get_content() for _, message in site.mailbox.letters()]
    (found,) = [text for text in texts if "Cerys" in text and "Hello." in text]
    lines = found.splitlines()
    assert "    2. Proposal · certain" in lines
    assert "2. Proposal · certain" not in lines


async def test_a_second_sweep_beside_the_first_plans_nothing_twice(product, graph, group):
    await answered(product, "ada", group)
    await opened_to(product, "ada", TREES[ASHBY], "COUNCIL")
    await answered(product, "bilal", group)
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")
    first = await graph.write(proposals.catch_up, proposal=group, now=NOW)
    again = await graph.write(proposals.catch_up, proposal=group, now=NOW)
    assert (len(first.deliveries), len(again.deliveries)) == (2, 0)


async def raw_audience(graph, project, audience):
    """The project is closed or opened, and whatever follows such a change has not run yet."""

    async def changed(tx):
        await tx.run(
            "MATCH (p:Project {id: $id}) SET p.audience = $audience", id=project, audience=audience
        )

    await graph.write(changed)


async def entries(graph, home, what="proposal.introduce"):
    return [one for one in await graph.read(audits.chain, key=home) if one["what"] == what]


async def known(graph):
    dump = await dumped(graph)
    return {one.id: sorted(one.introducedTo or []) for one in dump.all("Answer")}


async def migrated(graph):
    for statement in statements((FOLDER / "0009_introductions.cypher").read_text()):
        await graph.schema(statement)


async def strip(graph):
    async def stripped(tx):
        await tx.run("MATCH (a:Answer) REMOVE a.introducedTo")

    await graph.write(stripped)


async def test_migration_of_a_group_and_of_one_around(product, graph, group, late):  # noqa: F811
    for who in ("ada", "bilal"):
        await answered(product, who, group)
    for who in ("ada", "bilal", "dora"):
        await answered(product, who, late)
    before = await known(graph)
    planned = await letters(graph)
    await strip(graph)
    await migrated(graph)
    assert await known(graph) == before
    assert await introducing.catch_up(product) == 0
    assert await letters(graph) == planned


async def test_a_letter_that_was_planned_by_the_release_before_is_not_lost(product, graph, group):
    """That release put the council whose yes introduced as `joined` on every letter, its own too."""
    await answered(product, "ada", group)
    await answered(product, "bilal", group)

    async def as_before(tx):
        await tx.run("MATCH (d:Delivery {kind: 'introduction'}) SET d.joined = $it", it=BRACKLEY)

    await graph.write(as_before)
    await strip(graph)
    await migrated(graph)
    dump = await dumped(graph)
    assert [one.joined for one in dump.all("Delivery")] == [None, None]


async def test_a_letter_that_met_a_hidden_project_goes_out_when_it_is_open_again(site):
    product = await with_group(site.product)
    graph = product.graph
    group = await about(graph, {*TREES.values()})
    await answered(product, "ada", group)
    await raw_audience(graph, TREES[ASHBY], "COUNCIL")
    await answered(product, "bilal", group)
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")
    done = await graph.write(proposals.catch_up, proposal=group, now=NOW)
    assert len(done.deliveries) == 2
    await raw_audience(graph, TREES[ASHBY], "COUNCIL")  # before the post has gone
    await digest.introductions(product, site.post)
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")
    await introducing.catch_up(product)
    await digest.run(product, site.post, "2026-W48")
    assert met(await seen(product, "bilal", group)) == {"ada@x.example"}
    subjects = [message["subject"] for _, message in site.mailbox.letters()]
    assert "You and Ashby both said yes" in subjects, subjects


async def test_who_had_no_part_in_an_introduction_is_not_named_in_its_audit(product, graph, late):  # noqa: F811
    """Around a newcomer: Ashby may not learn that Brackley is asked."""
    await answered(product, "ada", late)
    await raw_audience(graph, TREES[ASHBY], "COUNCIL")
    await answered(product, "dora", late)
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")  # open, and not swept yet
    await answered(product, "bilal", late)
    assert await entries(graph, ASHBY) == []
    await introducing.catch_up(product)
    assert [one["who"] for one in await entries(graph, ASHBY)] == ["match"]


async def test_a_refusal_introduces_nobody(product, graph, late):  # noqa: F811
    """The time of a letter tells of no refusal."""
    await answered(product, "ada", late)
    await raw_audience(graph, TREES[ASHBY], "COUNCIL")
    await answered(product, "dora", late)
    await raw_audience(graph, TREES[ASHBY], "PUBLIC")
    product.introduced.clear()
    await answered(product, "bilal", late, "NOT_FOR_US")
    assert await letters(graph) == []
    assert not product.introduced.is_set()


async def page(site, who, path):
    async with site.browser() as browser:
        await signed_in(site, browser, who)
        found = await browser.get(path)
        return found.status_code, " ".join(found.text.split())


async def test_no_page_says_that_those_to_be_one_council_are_introduced(site):
    product = await with_group(site.product)
    group = await about(product.graph, {*TREES.values()})
    rows = [council("ASH", "Ashby") | {"successorId": BRACKLEY}]
    await product.graph.write(registers.councils, rows=rows, now=NOW)
    for who in ("ada", "bilal", "cerys"):
        await answered(product, who, group)
    assert met(await seen(product, "ada", group)) == {"cerys@x.example"}
    status, text = await page(site, ADA, f"/proposals/{group}")
    assert status == 200
    assert "Introduced: you and Cosby both said yes" in text
    assert "Introduced: you and Brackley both said yes" not in text


async def test_a_council_that_leads_two_of_the_others_is_named_once(site):
    product = await with_group(site.product)
    group = await about(product.graph, {*TREES.values()})
    await led_by(product.graph, BRACKLEY, TREES[COSBY])
    await answered(product, "bilal", group)
    status, text = await page(site, ADA, f"/proposals/{group}")
    assert status == 200
    assert "Brackley and Brackley" not in text, "page"
    machine = digest.letters_of(product, "https://tandem.example")
    letter = await digest.this_weeks(product, machine, ADA)
    assert "Brackley and Brackley" not in letter.text, "letter"
