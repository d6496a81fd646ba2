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
