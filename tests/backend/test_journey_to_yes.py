"""From a project to two yeses, through the one door that pages and scripts use."""

import pytest

from backend.schema.asking import reply
from graph import audits
from tests.world import ADA, AWARD, ENROL, HIDDEN, SEED, VIEWERS, built, data, uid

PROPOSALS = """{ proposals { totalCount nodes {
  id status viewerMayAnswer theyWouldLikeToTalk introducedAt
  ours { id } theirs { id lead { shortName } }
  match { score rest lift liftPercent restPercent terms { word share percent ours theirs } }
  ourAnswer { answer reason } contacts { council name email isOurs } } } }"""

ANSWER = """mutation ($id: ID!, $answer: Reply!, $onlyIfAgree: Boolean, $reason: String, $until: String,
                      $email: String = "ada@ash.example", $otherWork: Boolean) {
  answerProposal(id: $id, answer: $answer, onlyIfAgree: $onlyIfAgree, reason: $reason, until: $until,
                 contactName: "Somebody", contactEmail: $email, otherWork: $otherWork) {
    proposal { status introducedAt contacts { email } } errors { field message } } }"""


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def only_proposal(product, who):
    """The proposal between Ada's and Bilal's projects, as one of them sees it."""
    found = (await data(product, who, PROPOSALS))["proposals"]["nodes"]
    return next(one for one in found if one["theirs"]["id"] in {ENROL, AWARD})


async def answer(product, who, reply_word, **more):
    proposal = await only_proposal(product, who)
    found = await data(product, who, ANSWER, id=proposal["id"], answer=reply_word, **more)
    return found["answerProposal"]


async def test_a_match_comes_with_reasons_that_add_up(product):
    proposal = await only_proposal(product, "ada")
    assert proposal["status"] == "WAITING"
    match = proposal["match"]
    parts = [
        match["restPercent"],
        match["liftPercent"],
        *(one["percent"] for one in match["terms"]),
    ]
    assert sum(parts) == 100
    score = match["rest"] + match["lift"] + sum(term["share"] for term in match["terms"])
    assert abs(score - match["score"]) < 1e-9
    assert "meals" in {term["word"] for term in match["terms"]}
    assert all(term["ours"] and term["theirs"] for term in match["terms"])


async def test_each_side_sees_itself_as_ours(product):
    assert (await only_proposal(product, "ada"))["ours"]["id"] == ENROL
    assert (await only_proposal(product, "bilal"))["ours"]["id"] == AWARD


async def test_a_visible_yes_is_shown_and_a_hidden_one_is_not(product):
    await answer(product, "ada", "INTERESTED", onlyIfAgree=True)
    assert (await only_proposal(product, "bilal"))["theyWouldLikeToTalk"] is False


async def test_the_other_side_reads_that_a_council_would_like_to_talk(product):
    await answer(product, "ada", "INTERESTED")
    assert (await only_proposal(product, "bilal"))["theyWouldLikeToTalk"] is True


@pytest.mark.parametrize("word", ["NOT_FOR_US", "NOT_NOW"])
async def test_a_refusal_changes_no_byte_for_the_other_side(product, word):
    before = await data(product, "bilal", PROPOSALS)
    await answer(product, "ada", word, reason="No money this year", until="2027-03")
    assert await data(product, "bilal", PROPOSALS) == before


async def test_two_yeses_exchange_the_contacts_and_plan_two_letters(product, graph):
    await answer(product, "ada", "INTERESTED")
    done = await answer(product, "bilal", "INTERESTED", email="bilal@bra.example")
    assert done["proposal"]["status"] == "INTRODUCED"
    seen = await only_proposal(product, "ada")
    assert {one["email"] for one in seen["contacts"]} == {"ada@ash.example", "bilal@bra.example"}
    assert await graph.read(letters) == 2


async def letters(tx):
    result = await tx.run("MATCH (d:Delivery {kind: 'introduction'}) RETURN count(d) AS n")
    return (await result.single(strict=True))["n"]


async def test_contacts_stay_unseen_until_both_said_yes(product):
    await answer(product, "ada", "INTERESTED")
    assert (await only_proposal(product, "bilal"))["contacts"] == []


async def test_an_answer_is_stored_once_and_kept(product):
    await answer(product, "ada", "NOT_FOR_US", reason="Done already")
    again = await answer(product, "ada", "INTERESTED")
    assert again["errors"][0]["field"] == "answer"
    kept = await only_proposal(product, "ada")
    assert kept["status"] == "CLOSED"
    assert kept["ourAnswer"] == {"answer": "NOT_FOR_US", "reason": "Done already"}


OUR_ANSWER = "{ proposals { nodes { theirs { id } ourAnswer { answer otherWork } } } }"


async def our_answer(product):
    found = (await data(product, "ada", OUR_ANSWER))["proposals"]["nodes"]
    return next(one["ourAnswer"] for one in found if one["theirs"]["id"] == AWARD)


@pytest.mark.parametrize(
    ("word", "kept"), [("NOT_FOR_US", True), ("NOT_NOW", False), ("INTERESTED", False)]
)
async def test_other_work_is_said_with_not_for_us_and_left_aside_with_the_rest(product, word, kept):
    done = await answer(product, "ada", word, until="2027-03", otherWork=True)
    assert done["errors"] == []
    assert await our_answer(product) == {"answer": word, "otherWork": kept}


async def test_other_work_is_part_of_what_was_said(product, graph):
    for ticked, mistakes in ((True, 0), (True, 0), (False, 1)):
        done = await answer(product, "ada", "NOT_FOR_US", otherWork=ticked)
        assert len(done["errors"]) == mistakes
    assert await our_answer(product) == {"answer": "NOT_FOR_US", "otherWork": True}
    assert len(await graph.read(audits.chain, key="council-ASH")) == 1


async def of_before(tx):
    await tx.run("MATCH (x:Answer) REMOVE x.otherWork")


async def test_an_answer_of_before_the_box_says_nothing_of_it(product, graph):
    await answer(product, "ada", "NOT_FOR_US")
    await graph.write(of_before)
    assert await our_answer(product) == {"answer": "NOT_FOR_US", "otherWork": False}
    assert (await answer(product, "ada", "NOT_FOR_US"))["errors"] == []


async def test_not_now_may_become_a_yes(product):
    await answer(product, "ada", "NOT_NOW", until="2027-03")
    assert (await only_proposal(product, "ada"))["status"] == "RESTING"
    assert (await answer(product, "ada", "INTERESTED"))["errors"] == []


async def test_not_now_comes_back_when_its_month_has_come(product, clock):
    await answer(product, "ada", "NOT_NOW", until="2027-03")
    clock.now = clock.now.replace(year=2027, month=3, day=2)
    assert (await only_proposal(product, "ada"))["status"] == "WAITING"


async def test_every_step_has_its_entry_in_a_whole_chain(product, graph):
    await answer(product, "ada", "INTERESTED")
    entries = await graph.read(audits.chain, key="council-ASH")
    assert [entry["what"] for entry in entries] == ["proposal.answer"]
    assert audits.is_whole(entries)
    assert not audits.is_whole([{**entries[0], "who": "somebody else"}])


async def test_a_form_that_was_sent_twice_is_one_answer_and_one_entry(product, graph):
    first = await answer(product, "ada", "INTERESTED")
    assert await answer(product, "ada", "INTERESTED") == first
    assert len(await graph.read(audits.chain, key="council-ASH")) == 1


async def test_what_was_refused_leaves_no_entry(product, graph):
    await answer(product, "ada", "NOT_FOR_US")
    await answer(product, "ada", "INTERESTED")
    stale = await data(product, "ada", CHANGE, version=1)
    assert stale["changeProject"]["errors"] == [{"field": "version"}]
    entries = await graph.read(audits.chain, key="council-ASH")
    assert [entry["what"] for entry in entries] == ["proposal.answer"]


async def narrowed(tx):
    await tx.run("MATCH (p:Project {id: $id}) SET p.audience = 'COUNCIL'", id=AWARD)


async def test_a_proposal_ends_when_a_side_closes_its_project(product, graph):
    proposal = await only_proposal(product, "ada")
    await graph.write(narrowed)
    for who in ("ada", "bilal"):
        found = await data(product, who, PROPOSALS)
        assert proposal["id"] not in {one["id"] for one in found["proposals"]["nodes"]}
        variables = {"id": proposal["id"], "answer": "INTERESTED"}
        refused = await reply(product, VIEWERS[who], ANSWER, variables)
        assert refused["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_stranger_is_told_that_there_is_no_such_proposal(product):
    proposal = await only_proposal(product, "ada")
    found = await reply(
        product, VIEWERS["cerys"], ANSWER, {"id": proposal["id"], "answer": "INTERESTED"}
    )
    assert found["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_side_that_has_not_claimed_its_project_is_not_asked(product):
    found = await data(product, "ada", PROPOSALS)
    assert any(one["theirs"]["id"] == SEED for one in found["proposals"]["nodes"])
    hidden = await data(product, "cerys", PROPOSALS)
    assert hidden["proposals"]["totalCount"] == 0


ADD = """mutation ($id: ID!, $title: String!, $summary: String!) {
  addProject(id: $id, title: $title, summary: $summary, phase: DISCOVERY) {
    project { id version matches { nodes { score project { id } } } } errors { field message } } }"""


async def test_a_new_project_has_its_matches_at_once(product):
    text = "Enrol pupils for free school meals from benefits and the school census unless families opt out."
    new = "project-11111111-1111-4111-8111-111111111111"
    found = await data(product, "cerys", ADD, id=new, title="Meals", summary=text)
    matched = {one["project"]["id"] for one in found["addProject"]["project"]["matches"]["nodes"]}
    assert {ENROL, AWARD} <= matched
    again = await data(product, "cerys", ADD, id=new, title="Meals", summary=text)
    assert again["addProject"]["project"]["version"] == 1


@pytest.mark.parametrize(
    ("title", "summary", "field"),
    [
        (" ", "A long enough text about school meals.", "title"),
        ("Meals", "", "summary"),
        ("Meals", "x" * 1_000_000, "summary"),
    ],
)
async def test_a_mistake_names_what_to_correct(product, title, summary, field):
    new = "project-11111111-1111-4111-8111-111111111111"
    found = await data(product, "ada", ADD, id=new, title=title, summary=summary)
    assert [one["field"] for one in found["addProject"]["errors"]] == [field]
    assert found["addProject"]["project"] is None


async def stated(tx):
    """Every pair with its score, from the smaller id."""
    result = await tx.run(
        "MATCH (a:Project)-[m:MATCHES]->(b:Project) RETURN a.id AS a, b.id AS b, m.score AS score"
    )
    return {(row["a"], row["b"]): row["score"] async for row in result}


async def test_what_enters_the_list_of_another_is_stated_as_a_full_run_would(product, graph):
    """The last one is like all fourteen before it, so it stands in more than its own ten."""
    for at, word in enumerate([*WORDS, ""]):
        new = f"project-11111111-1111-4111-8111-{at:012}"
        who = ("ada", "bilal")[at % 2] if word else "cerys"
        text = f"Enrol pupils for free school meals {word}"
        await data(product, who, ADD, id=new, title="Meals", summary=text)
    touched = {pair for pair in await graph.read(stated) if new in pair}
    await product.index.state(product)
    assert touched == {pair for pair in await graph.read(stated) if new in pair}
    assert len(touched) > 10


WORDS = "census benefits letters income data school parents uniform transport grants term forms claims homes".split()

CHANGE = f"""mutation ($version: Int!) {{ changeProject(id: "{ENROL}", version: $version, title: "Meals",
    summary: "Enrol pupils for free school meals.", phase: LIVE) {{
      project {{ version }} errors {{ field }} }} }}"""


async def test_two_people_who_change_one_project_do_not_overwrite_each_other(product):
    first = await data(product, "ada", CHANGE, version=2)
    assert first["changeProject"] == {"project": {"version": 3}, "errors": []}
    second = await data(product, "ada", CHANGE, version=2)
    assert second["changeProject"]["errors"] == [{"field": "version"}]


async def test_a_claim_is_settled_by_an_operator_and_by_nobody_else(product):
    ask = 'mutation ($id: ID!) { askAboutProject(id: $id, project: "%s", wish: REMOVE) { request { wish } errors { field } } }' % SEED  # fmt: skip
    request = "request-11111111-1111-4111-8111-111111111111"
    await data(product, "ada", ask, id=request)
    settle = "mutation ($id: ID!) { settleRequest(id: $id, verdict: GRANT) { request { verdict project { id } } } }"  # fmt: skip
    refused = await reply(product, VIEWERS["ada"], settle, {"id": request})
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    done = await data(product, "oona", settle, id=request)
    assert done["settleRequest"]["request"] == {"verdict": "GRANT", "project": None}
    gone = await data(product, "ada", '{ project(id: "%s") { id } }' % SEED)
    assert gone["project"] is None


async def test_only_the_council_that_leads_can_claim(product):
    ask = 'mutation ($id: ID!) { askAboutProject(id: $id, project: "%s", wish: CLAIM) { request { id } errors { field } } }' % SEED  # fmt: skip
    found = await data(product, "ada", ask, id="request-11111111-1111-4111-8111-111111111111")
    assert found["askAboutProject"] == {"request": None, "errors": [{"field": "wish"}]}
    assert (await data(product, "oona", "{ requests { totalCount } }"))["requests"][
        "totalCount"
    ] == 0


async def test_a_hidden_project_is_nowhere(product):
    everything = (
        """{ projects(first: 100) { totalCount nodes { id } }
      council(id: "council-COS") { projects { totalCount nodes { id } } }
      project(id: "%s") { id } services { nodes { projects(first: 100) { totalCount } } }
      similarTo(text: "telecare alarm contracts zebra budget departments", first: 10) { project { id } terms { word } } }"""
        % HIDDEN
    )
    for who in ("ada", "bilal"):
        found = str(await data(product, who, everything))
        assert HIDDEN not in found
        assert "zebra" not in found
    assert HIDDEN in str(await data(product, "cerys", everything))


async def test_who_is_not_signed_in_may_change_nothing(product):
    from backend.product import NOBODY

    found = await reply(
        product, NOBODY, ADD, {"id": uid("project", 99), "title": "x", "summary": "y"}
    )
    assert found["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert (
        await reply(product, NOBODY, "{ me { id } people { totalCount } proposals { totalCount } }")
    )["data"] == {
        "me": None,
        "people": {"totalCount": 0},
        "proposals": {"totalCount": 0},
    }


async def test_an_address_is_shown_to_oneself_only(product):
    found = await data(product, "ada", "{ me { id email } people { nodes { id email } } }")
    assert found["me"] == {"id": ADA, "email": "ada@ash.example"}
    assert [one["email"] for one in found["people"]["nodes"] if one["id"] != ADA] == [None] * 3
