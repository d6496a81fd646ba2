"""Filters over texts: what a person types is found, whatever its case."""

import pytest

from backend.product import NOBODY
from backend.schema.asking import reply
from graph import registers
from tests.world import ASHBY, MEALS, NOW, built, project, uid

ASKED = """query ($word: String!) {
  within: projects(filter: {title: {contains: $word}}) { totalCount }
  begins: projects(filter: {title: {startsWith: $word}}) { totalCount } }"""


@pytest.mark.parametrize("word", ["Straße", "straße", "STRAßE 7"])
async def test_a_letter_without_a_capital_is_found(graph, clock, word):
    product = await built(graph, clock)
    rows = [project(uid("project", 70), "Straße 7", MEALS, ASHBY)]
    await graph.write(registers.projects, rows=rows, now=NOW)
    found = await reply(product, NOBODY, ASKED, {"word": word})
    assert found["data"] == {"within": {"totalCount": 1}, "begins": {"totalCount": 1}}


NEITHER = """query ($word: String!) {
  some: skills(filter: {neededBy: {some: {text: $word}}}) { totalCount }
  notSome: skills(filter: {not: {neededBy: {some: {text: $word}}}}) { totalCount }
  notNone: skills(filter: {not: {neededBy: {none: {text: $word}}}}) { totalCount }
  far: skills(filter: {not: {neededBy: {some: {lead: {some: {text: $word}}}}}}) { totalCount } }"""


@pytest.mark.parametrize(("word", "held"), [("meals", True), ("zebras", False)])
async def test_what_is_said_of_words_far_away_is_so_or_it_is_not(graph, clock, word, held):
    product = await built(graph, clock)
    found = (await reply(product, NOBODY, NEITHER, {"word": word}))["data"]
    counts = {name: one["totalCount"] for name, one in found.items()}
    assert counts == {"some": int(held), "notSome": int(not held), "notNone": int(held), "far": 1}
