"""Imports are idempotent: the same row is no change, a corrected one is, and choices stay."""

import pytest

from backend.schema.asking import reply
from graph import feed, registers
from graph.successors import Circle
from tests.world import ADA, MEALS, NOW, VIEWERS, built, council, person, project, uid

LATER = "2026-12-01T00:00:00.000Z"


async def test_what_is_imported_again_is_no_change(graph, clock):
    product = await built(graph, clock)
    rows = [project(uid("project", 50), "Seed", MEALS, "council-DUN")]
    assert await graph.write(registers.projects, rows=rows, now=NOW) == 1
    later = "2026-12-01T00:00:00.000Z"
    assert await graph.write(registers.projects, rows=rows, now=later) == 0
    rows[0]["properties"]["title"] = "Seed, corrected"
    assert await graph.write(registers.projects, rows=rows, now=later) == 1
    ask = '{ project(id: "%s") { title version changedAt } }' % rows[0]["id"]
    found = (await reply(product, VIEWERS["ada"], ask))["data"]["project"]
    assert found == {"title": "Seed, corrected", "version": 2, "changedAt": later}


async def test_a_person_who_is_imported_again_is_corrected_and_keeps_their_choices(graph, clock):
    product = await built(graph, clock)
    stop = "mutation { chooseLetters(letters: NONE) { errors { field } } }"
    await reply(product, VIEWERS["ada"], stop)
    moved = person(ADA, "Ada", "BRA", "COUNCIL_LEAD")
    await graph.write(registers.people, rows=[moved], now=NOW)
    ask = "{ me { role letters council { code } skills { totalCount } } }"
    assert (await reply(product, VIEWERS["ada"], ask))["data"]["me"] == {
        "role": "COUNCIL_LEAD",
        "letters": "NONE",
        "council": {"code": "BRA"},
        "skills": {"totalCount": 1},
    }


def succeeded(code, by=None):
    return council(code, f"Town {code}") | {"successorId": f"council-{by}" if by else None}


async def bring(graph, *rows):
    return await graph.write(registers.councils, rows=[succeeded(*row) for row in rows], now=LATER)


async def ends(graph):
    async def found(tx):
        result = await tx.run(
            "MATCH (c:Council) WHERE c.successorId IS NOT NULL"
            " RETURN c.code AS code, c.successorId AS last"
        )
        return {row["code"]: row["last"].removeprefix("council-") async for row in result}

    return await graph.read(found)


@pytest.mark.parametrize(
    "imports",
    [
        [[("A", "B"), ("B", "C"), ("C", "D"), ("D",)]],
        [[("D",)], [("C", "D")], [("B", "C")], [("A", "B")]],
        [[("A", "B")], [("B", "C")], [("C", "D")]],  # D itself may come later
        [[("B", "C"), ("C",)], [("A", "B")], [("C", "D")]],
    ],
)
async def test_every_council_has_the_last_of_its_successors(graph, imports):
    for rows in imports:
        await bring(graph, *rows)
    assert await ends(graph) == {"A": "D", "B": "D", "C": "D"}


async def test_a_chain_that_changes_in_its_middle_changes_for_all_and_is_news(graph):
    await bring(graph, ("A", "B"), ("B", "C"), ("C",), ("D",))
    await graph.write(registers.councils, rows=[succeeded("B", "D")], now="2026-12-02")
    assert await ends(graph) == {"A": "D", "B": "D"}
    marks = await graph.read(feed.marks, since="2026-12-02")
    assert sorted(mark.split()[0] for mark in marks["councils"]) == ["council-A", "council-B"]
    assert await bring(graph, ("A", "B")) == 0
    await bring(graph, ("B",))
    assert await ends(graph) == {"A": "B"}
    await bring(graph, ("A", "C"))
    assert await ends(graph) == {"A": "C"}


async def test_what_was_imported_before_chains_were_followed_is_followed(graph):
    async def as_before(tx):
        await tx.run("MATCH (c:Council) REMOVE c.namedSuccessorId")

    await bring(graph, ("A", "B"))
    await graph.write(as_before)
    await bring(graph, ("B", "C"))
    await bring(graph, ("C", "D"))
    assert await ends(graph) == {"A": "D", "B": "D", "C": "D"}


async def test_a_circle_of_successors_is_refused_whole(graph):
    await bring(graph, ("A", "B"), ("B", "C"))
    with pytest.raises(Circle, match="council-B, council-C, council-B"):
        await bring(graph, ("C", "B"), ("E",))
    assert await ends(graph) == {"A": "C", "B": "C"}
    assert await graph.read(registers.missing, ids=["council-E"]) == ["council-E"]
