"""Imports are idempotent: the same row is no change, a corrected one is, and choices stay."""

from backend.schema.asking import reply
from graph import registers
from tests.world import ADA, MEALS, NOW, VIEWERS, built, person, project, uid


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
