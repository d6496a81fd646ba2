"""What becomes of matches in the graph: runs that die half-way, room for proposals, successors."""

from functools import partial

import pytest

from backend import index
from backend.supply import choose
from graph import proposals, registers
from tests.oracle.dump import dumped
from tests.world import (
    ADA,
    ASHBY,
    AWARD,
    COSBY,
    ENROL,
    MEALS,
    NOW,
    SCHOOL,
    built,
    claim,
    council,
    project,
    uid,
)

NO = proposals.Reply("NOT_FOR_US", "No.", None, only_if_agree=True, contact_name=None, contact_email=None)  # fmt: skip


class Killed(Exception):
    pass


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def told(graph):
    """Matches by their ends, proposals and answers, as the graph has them."""
    dump = await dumped(graph)
    pairs = {(one.start.id, one.end.id): one.properties for one in dump.links["MATCHES"]}
    plain = {ends: {**said, "run": ""} for ends, said in pairs.items()}
    return plain, {one.id for one in dump.all("Proposal")}, {one.id for one in dump.all("Answer")}


def dies_after(monkeypatch, graph, writes):
    """The process is killed before its next write."""
    real, left = graph.write, [writes]

    async def write(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return await real(*args, **kwargs)

    monkeypatch.setattr(graph, "write", write)


async def copies(product, number, *, lead="council-DUN", audience="PUBLIC", text=MEALS, first=100):
    """Projects like those of the world, and each unlike the others of its council."""
    rows = [
        project(
            uid("project", first + at),
            f"Meals {at}",
            f"{text} " + " ".join(f"word{at}x{each}" for each in range(4)) * 4,
            lead,
            audience=audience,
        )
        for at in range(number)
    ]
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    return [row["id"] for row in rows]


async def test_a_run_that_is_killed_leaves_nothing_half_and_the_next_one_redoes_it(product, monkeypatch):  # fmt: skip
    graph = product.graph
    dump = await dumped(graph)
    (mine,) = [one.id for one in dump.all("Proposal") if {ENROL, AWARD} == {end.id for end in dump.out(one, "ABOUT")}]  # fmt: skip
    await graph.write(proposals.answer, proposal=mine, person=ADA, council=ASHBY, reply=NO, now=NOW)
    await copies(product, 3, lead=COSBY)
    monkeypatch.setattr(index, "BATCH", 2)
    matches, proposed, answers = await told(graph)
    for writes in (1, 7, 9, 12, 15, 20):
        with monkeypatch.context() as patch:
            dies_after(patch, graph, writes)
            with pytest.raises(Killed):
                await product.index.state(product)
        half = await told(graph)
        assert half[1:] == (proposed, answers)
        assert matches.keys() <= half[0].keys()
    await product.index.state(product)
    again = await told(graph)
    assert again[2] == answers
    assert proposed <= again[1]
    monkeypatch.undo()
    await product.index.state(product)
    assert await told(graph) == again


async def test_what_no_longer_holds_goes_with_a_run_that_ends(product):
    def gone(tx):
        return tx.run(
            "MATCH (a:Project {id: $a}), (b:Project {id: $b}) MERGE (a)-[m:MATCHES]->(b) SET m.run = 'old'",
            a=min(ENROL, uid("project", 10)),
            b=max(ENROL, uid("project", 10)),
        )

    before = await told(product.graph)
    await product.graph.write(gone)
    assert (await told(product.graph))[0].keys() > before[0].keys()
    await product.index.state(product)
    assert await told(product.graph) == before


async def test_an_older_run_says_no_more_once_a_newer_one_compared_the_same(product):
    from graph import matches, projects

    rows = await product.graph.read(projects.texts)
    compared = [{"id": row["id"], "version": row["version"]} for row in rows]
    before = await told(product.graph)
    await product.graph.write(matches.begin, compared=compared, run="old", now=NOW)
    await product.index.state(product)
    a, b = sorted((ENROL, uid("project", 11)))
    versions = {row["id"]: row["version"] for row in rows}
    late = {"a": a, "b": b, "aVersion": versions[a], "bVersion": versions[b], "properties": {"id": "x"}}  # fmt: skip
    await product.graph.write(matches.state_some, rows=[late], run="old", now=NOW)
    assert await product.graph.write(matches.matched, compared=compared, run="old", now=NOW) == 0
    assert await product.graph.write(matches.drop, run="old", most=100, now=NOW) == 0
    assert await told(product.graph) == before


async def waiting_for(product, home):
    """The proposals about a council's projects that it has not answered."""
    dump = await dumped(product.graph)
    about = [one for one in dump.all("Proposal") if any(end.leadId == home for end in dump.out(one, "ABOUT"))]  # fmt: skip
    answered = {
        one.id
        for by in dump.all("Council")
        if by.id == home
        for said in dump.out(by, "GAVE")
        for one in dump.out(said, "TO")
    }
    return [one.id for one in about if one.id not in answered]


async def crowded(product):
    """Many councils, each with a project like Ada's."""
    codes = [f"C{at:02}" for at in range(14)]
    homes = [council(code, f"Town {code}") for code in codes]
    await product.graph.write(registers.councils, rows=homes, now=NOW)
    rows = [
        project(uid("project", 200 + at), f"Meals of {code}", f"{MEALS} Area {code} {at}.", f"council-{code}")
        for at, code in enumerate(codes)
    ]  # fmt: skip
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    await product.index.state(product)


async def test_a_council_is_not_flooded_and_an_answer_makes_room(product, monkeypatch):
    monkeypatch.setattr(index, "choose", partial(choose, most=3))
    await crowded(product)
    first = await waiting_for(product, ASHBY)
    assert len(first) == 3
    assert await product.index.propose(product) == 0
    await product.graph.write(
        proposals.answer, proposal=first[0], person=ADA, council=ASHBY, reply=NO, now=NOW
    )
    assert await product.index.propose(product) == 1
    after = await waiting_for(product, ASHBY)
    assert len(after) == 3
    assert first[0] not in after
    assert await product.index.propose(product) == 0


async def test_a_hidden_project_takes_nobodys_room(product, monkeypatch):
    await copies(product, 12, lead=COSBY, audience="COUNCIL")
    await copies(product, 12, lead="council-DUN", first=200)
    found = []

    def seen(pairs, standing, texts):
        found.extend([one for row in pairs for one in (row["a"], row["b"])])
        found.extend([one for row in standing for one in row["projects"]])
        return choose(pairs, standing, texts)

    monkeypatch.setattr(index, "choose", seen)
    await product.index.state(product)
    assert {ENROL, AWARD, uid("project", 200)} <= {*found}
    assert not {uid("project", 100 + at) for at in range(12)} & {*found}


async def test_partners_and_successors_are_not_introduced_to_each_other(product):
    homes = [
        council("ASH", "Ashby") | {"successorId": "council-MID"},
        council("MID", "Middle") | {"successorId": "council-NEW"},
        council("NEW", "New"),
    ]
    await product.graph.write(registers.councils, rows=homes, now=NOW)
    same = project(uid("project", 300), "Meals of the new council", SCHOOL, "council-NEW")
    joint = project(uid("project", 301), "Meals with a partner", SCHOOL, "council-DUN")
    joint["partners"] = [ASHBY]
    await product.graph.write(registers.projects, rows=[same, joint], now=NOW)
    await product.index.state(product)
    dump = await dumped(product.graph)
    about = [{end.id for end in dump.out(one, "ABOUT")} for one in dump.all("Proposal")]
    assert {ENROL, AWARD} in about
    assert {ENROL, same["id"]} not in about
    assert {ENROL, joint["id"]} not in about
    assert {AWARD, same["id"]} not in about  # a copy of Ada's, and her council's as well


async def test_of_a_councils_two_copies_one_is_proposed(product):
    rows = [
        project(uid("project", 400 + at), "Meals for all pupils", MEALS, "council-COS")
        for at in (0, 1)
    ]
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    claims = [claim(row["id"], uid("practitioner", 3)) for row in rows]
    await product.graph.write(registers.claims, rows=claims, now=NOW)
    await product.index.state(product)
    dump = await dumped(product.graph)
    twins = {row["id"] for row in rows}
    with_ada = [one for one in dump.all("Proposal") if {end.id for end in dump.out(one, "ABOUT")} & twins and ENROL in {end.id for end in dump.out(one, "ABOUT")}]  # fmt: skip
    assert len(with_ada) == 1
