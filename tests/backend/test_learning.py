"""`./tandem match --learn`: only from many councils, only if it is better, and answers stay as they are."""

import re
from dataclasses import replace

import pytest

from backend import learning
from backend.index import SHIPPED, Index
from backend.learning import learnt, likeness
from backend.mistakes import Mistake
from graph import audits, fits, matches, registers
from matching import WORDS
from tests import demos
from tests.matching.test_learning import drawn
from tests.world import ASHBY, AWARD, ENROL, NOW, SEED, built, council, data, project, uid

NEW = "project-11111111-1111-4111-8111-111111111111"
ADD = """mutation ($id: ID!, $summary: String!) {
  addProject(id: $id, title: "Meals", summary: $summary, phase: DISCOVERY) {
    project { id } errors { message } } }"""
ALIKE = "Bus passes for pupils, sent with a letter."
ANSWER = """mutation ($id: ID!) { answerProposal(id: $id, SAID) { errors { message } } }"""


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def answer(tx, *, rows):
    await tx.run(
        """
        UNWIND $rows AS row
        MATCH (a:Project {id: row.a}), (b:Project {id: row.b}), (c:Council {id: row.council})
        CREATE (p:Proposal {id: row.id})
        CREATE (p)-[:ABOUT]->(a) CREATE (p)-[:ABOUT]->(b)
        CREATE (x:Answer {id: row.id + ' answer', answer: row.answer, otherWork: row.otherWork})
        CREATE (c)-[:GAVE]->(x) CREATE (x)-[:TO]->(p)
        """,
        rows=rows,
    )


async def scored(tx, *, rows):
    await tx.run(
        """
        UNWIND $rows AS row MATCH (a:Project {id: row.a}), (b:Project {id: row.b})
        MERGE (a)-[m:MATCHES]->(b)
        SET m.score = row.score, m.words = ['permits', 'parking'], m.run = 'test'
        """,
        rows=rows,
    )


async def asked(graph, councils, *, alike=lambda score: score > 0.85, pairs=150):
    """Invented councils with a project each, and what they say of pairs of theirs."""
    codes = [f"X{at:02}" for at in range(30)]
    await graph.write(registers.councils, rows=[council(c, f"Town {c}") for c in codes], now=NOW)
    rows = [
        project(
            uid("project", 100 + at), f"Work {code}", f"Nothing like {code}.", f"council-{code}"
        )
        for at, code in enumerate(codes)
    ]
    await graph.write(registers.projects, rows=rows, now=NOW)
    told = []
    for at in range(pairs):
        one, other = at % 30, (at + 1 + at // 30) % 30
        score = 0.5 + 0.5 * at / pairs
        a, b = sorted((uid("project", 100 + one), uid("project", 100 + other)))
        told.append(
            {"a": a, "b": b, "score": score, "id": f"told-{at}"}
            | {"council": f"council-{codes[at % councils]}"}
            | {"answer": "INTERESTED" if alike(score) else "NOT_FOR_US"}
            | {"otherWork": not alike(score)}
        )
    await graph.write(answer, rows=told)
    await graph.write(scored, rows=told)
    return told


async def tries(tx):
    result = await tx.run("MATCH (f:Fit) RETURN properties(f) AS fit ORDER BY f.number")
    return [record["fit"] async for record in result]


async def answers(tx):
    result = await tx.run(
        "MATCH (x:Answer)-[:TO]->(p:Proposal) RETURN properties(x) AS x, properties(p) AS p ORDER BY x.id"
    )
    return [record.data() async for record in result]


async def test_nineteen_councils_are_too_few(product):
    await asked(product.graph, 19)
    with pytest.raises(Mistake, match=r"answers from 20 councils .* answers from 19: nothing"):
        await learnt(product, drawn((-9, 14)), dry_run=False)
    assert await product.graph.read(tries) == []


async def test_a_council_and_its_successors_count_once(product):
    await asked(product.graph, 21)
    chain = [("X00", "X01"), ("X01", "X02"), ("X02", None)]
    rows = [
        council(code, f"Town {code}") | {"successorId": by and f"council-{by}"}
        for code, by in chain
    ]
    await product.graph.write(registers.councils, rows=rows, now=NOW)
    with pytest.raises(Mistake, match="answers from 19: nothing"):
        await learnt(product, [], dry_run=False)
    bodies = {one for row in await product.graph.read(fits.answers) for one in row["bodies"]}
    assert len(bodies) == 28


async def test_what_says_nothing_of_likeness_counts_for_no_council(product):
    await asked(product.graph, 30, alike=lambda _: False)
    await product.graph.write(no_money)
    with pytest.raises(Mistake, match="answers from 0"):
        await learnt(product, [], dry_run=False)


async def no_money(tx):
    await tx.run("MATCH (x:Answer) SET x.otherWork = false")


async def about_three(tx):
    await tx.run(
        "MATCH (p:Proposal)-[:ABOUT]->(a:Project), (third:Project {id: $id})"
        " WHERE p.id STARTS WITH 'told-' AND a.id <> third.id MERGE (p)-[:ABOUT]->(third)",
        id=SEED,
    )


async def test_a_proposal_about_more_than_two_projects_teaches_nothing(product):
    await asked(product.graph, 20)
    assert len(await product.graph.read(fits.answers)) == 150
    await product.graph.write(about_three)
    assert await product.graph.read(fits.answers) == []


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("answer: NOT_FOR_US, otherWork: true", False),
        ('answer: NOT_FOR_US, reason: "Not the same work"', None),
        ("answer: NOT_FOR_US, otherWork: null", None),
        (
            'answer: INTERESTED, contactName: "A", contactEmail: "a@b.example", otherWork: true',
            True,
        ),
    ],
)
async def test_what_the_box_says_is_what_is_learnt(product, said, alike):
    (proposal,) = await product.graph.read(proposals_of, a=ENROL, b=AWARD)
    await data(product, "ada", ANSWER.replace("SAID", said), id=proposal)
    (told,) = await product.graph.read(fits.answers)
    assert (told["council"], likeness(told)) == (ASHBY, alike)


async def test_a_better_fit_is_adopted_and_noted_without_a_name(product):
    await asked(product.graph, 20)
    done = await learnt(product, [], dry_run=False)
    assert done["adopted"]
    assert done["councils"] == 20
    assert done["new"]["loss"] < done["old"]["loss"]
    (kept,) = await product.graph.read(tries)
    assert kept["adopted"] is True
    assert (kept["intercept"], kept["slope"], kept["threshold"]) == tuple(product.index.held.network.fit)  # fmt: skip
    assert not re.search("council-|project-|Town|X[0-9]", str(kept) + str(done))
    *_, entry = [
        one
        for one in await product.graph.read(audits.chain, key=audits.NETWORK)
        if one["what"].startswith("fit.")
    ]
    assert (entry["what"], entry["of"], entry["rule"]) == ("fit.adopt", "fit-1", "operator")
    assert await product.graph.read(audits.broken) == []


async def test_a_worse_fit_is_kept_out_and_noted(product):
    await asked(product.graph, 20, pairs=20)
    done = await learnt(product, drawn(WORDS[:2]), dry_run=False)
    assert not done["adopted"]
    assert "matches" not in done
    (kept,) = await product.graph.read(tries)
    assert kept["adopted"] is False
    assert kept["why"] == done["why"]
    assert await product.graph.read(fits.adopted, shipped=SHIPPED) is None
    assert product.index.held.network.fit == WORDS


async def test_a_dry_run_decides_and_writes_nothing(product):
    await asked(product.graph, 20)
    assert (await learnt(product, [], dry_run=True))["adopted"]
    assert await product.graph.read(tries) == []
    assert product.index.held.network.fit == WORDS


async def test_the_same_again_changes_nothing_more(product):
    told = await asked(product.graph, 20)
    first = await learnt(product, [], dry_run=False)
    await product.graph.write(scored, rows=told)  # for its own words say otherwise
    again = await learnt(product, [], dry_run=False)
    assert again["old"]["slope"] == first["new"]["slope"]
    assert not again["adopted"]
    assert [one["adopted"] for one in await product.graph.read(tries)] == [True, False]


@pytest.mark.parametrize("learns", [False, True])
async def test_an_adopted_fit_changes_what_is_proposed_and_nothing_that_was_answered(
    product, learns
):
    (proposal,) = await product.graph.read(proposals_of, a=ENROL, b=AWARD)
    await data(product, "ada", ANSWER.replace("SAID", "answer: NOT_FOR_US"), id=proposal)
    await asked(product.graph, 20, alike=lambda score: score > 0.9, pairs=300)
    if learns:
        before = await product.graph.read(answers)
        assert (await learnt(product, [], dry_run=False))["adopted"]
        assert await product.graph.read(answers) == before
        assert AWARD in await product.graph.read(matches.proposed_with, project=ENROL)
    await data(product, "cerys", ADD, id=NEW, summary=ALIKE)
    assert bool(await product.graph.read(matches.proposed_with, project=NEW)) is not learns


async def test_the_words_tell_both_fits_and_what_came_of_it(product):
    await asked(product.graph, 20)
    tried = learning.in_words(await learnt(product, [], dry_run=True))
    assert "150 pairs answered by 20 councils, 44 of them alike" in tried
    assert "old fit  intercept -5.238, slope 9.956, threshold 0.75, cross-validated loss " in tried
    assert tried.endswith("The new fit would be adopted. Nothing was written.")
    done = learning.in_words(await learnt(product, [], dry_run=False))
    assert re.search(r"The new fit is adopted\. Noted as fit-1\. [0-9]+ matches stated, ", done)


async def proposals_of(tx, *, a, b):
    result = await tx.run(
        "MATCH (:Project {id: $a})<-[:ABOUT]-(p:Proposal)-[:ABOUT]->(:Project {id: $b}) WHERE p.aroundId IS NULL"
        " RETURN p.id AS id",
        a=a,
        b=b,
    )
    return [record["id"] async for record in result]


async def test_another_site_takes_it_up_from_the_feed_and_from_a_start(product, tmp_path):
    other = await site(product, tmp_path / "index.npz")
    told = await asked(product.graph, 20)
    await other.index.follow(other)
    await product.graph.write(scored, rows=told)
    assert other.index.held.network.fit == WORDS
    await learnt(product, [], dry_run=False)
    await other.index.follow(other)
    learnt_fit = product.index.held.network.fit
    assert learnt_fit != WORDS
    assert other.index.held.network.fit == other.index.held.public.fit == learnt_fit
    again = await site(product, tmp_path / "index.npz")
    assert again.index.held.network.fit == learnt_fit


async def site(product, home):
    other = replace(product, index=Index(home=home))
    await other.index.load(other)
    return other


async def test_a_fit_beside_another_release_holds_no_longer(product):
    row = {"adopted": True, "intercept": -9.0, "slope": 14.0, "threshold": 0.9, "shipped": "other"}
    assert await product.graph.write(fits.record, after=None, properties=row, now=NOW) == "fit-1"
    await product.index.load(product)
    assert product.index.held.network.fit == WORDS


async def test_of_two_that_decide_at_once_the_second_is_told(product):
    row = {"adopted": True, "intercept": -9.0, "slope": 14.0, "threshold": 0.9, "shipped": SHIPPED}
    assert await product.graph.write(fits.record, after=None, properties=row, now=NOW) == "fit-1"
    assert await product.graph.write(fits.record, after=None, properties=row, now=NOW) is None
    assert len(await product.graph.read(tries)) == 1


def test_a_pair_that_one_side_calls_other_work_is_one_pair_and_unlike():
    row = {
        "pair": "p",
        "score": 0.8,
        "words": 4,
        "bodies": ["a", "b"],
        "otherWork": False,
    }
    yes = row | {"council": "a", "answer": "INTERESTED"}
    no = row | {"council": "b", "answer": "NOT_FOR_US", "otherWork": True}
    (pair,), councils = learning.answered([yes, no])
    assert pair.alike is False
    assert councils == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--judged", "pairs.tsv"), "go with --learn"),
        (("--dry-run",), "go with --learn"),
        (("--learn", "--judged", "pairs.tsv"), "belong together"),
        (("--learn", "--semantic"), "leave out --semantic"),
        (("--learn", "--judged", "none.tsv", "--file", "none.jsonl"), "none.jsonl"),
    ],
)
def test_what_is_missing_is_named_before_anything_starts(tmp_path, words, said):
    done = demos.command(tmp_path, "match", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
