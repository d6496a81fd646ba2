"""What a question may cost: counted over the whole document, before anything runs."""

import asyncio
import re

import pytest

from backend.product import NOBODY
from backend.schema.asking import reply
from backend.schema.costs import cost
from backend.schema.documents import coerced, operation, selections
from backend.schema.plans import plan
from frontend.documents import HERE, document
from tests.world import VIEWERS, built

COUNTS = "a{0}: councils(first: 1) {{ totalCount nodes {{ projects {{ totalCount }} people {{ totalCount }} }} }}"
WIDE = "{ councils(first: 100) { nodes { projects(first: 100) { nodes { service { projects(first: 100) { nodes { lead { id } } } } } } } } }"
PROMISED = "{ councils(first: 100) { nodes { projects(first: 5) { nodes { matches(first: 3) { nodes { score } } } } } } }"
SQUARE = "{ councils(first: 20) { totalCount nodes { projects(first: 40) { totalCount nodes { title partners { totalCount } needs { totalCount } } } } } }"


def cost_of(text):
    wanted = operation(text, None)
    return cost(selections(wanted, coerced(wanted, {})))


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def refusal(product, viewer, text):
    found = await reply(product, viewer, text)
    assert "data" not in found
    assert found["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    return found["errors"][0]["message"]


def test_lists_inside_lists_multiply():
    assert cost_of(PROMISED).points == 1 + 100 * (1 + 1 + 5 * (1 + 1 + 3))
    assert cost_of(PROMISED).lists == 3


def test_a_list_that_is_only_counted_brings_nothing_but_its_number():
    assert cost_of(SQUARE).points == 2 + 20 * (1 + 2 + 40 * (1 + 2 + 2))


def test_a_row_counts_once_as_node_and_edge_and_one_step_more_counts_one():
    both = "{ projects(first: 10) { nodes { id } edges { node { lead { id } } } pageInfo { hasNextPage } } }"
    assert cost_of(both).points == 1 + 10 * (1 + 1)


def test_the_compared_text_is_a_list_too():
    assert cost_of('{ similarTo(text: "x", first: 7) { project { id } } }').points == 50 + 1 + 14


async def test_forty_lists_a_document_are_served_and_one_more_is_not(product):
    forty = " ".join(COUNTS.format(at) for at in range(13)) + " projects { totalCount }"
    found = await reply(product, NOBODY, f"{{ {forty} }}")
    assert len(found["data"]) == 14
    said = await refusal(product, NOBODY, f"{{ {forty} skills {{ totalCount }} }}")
    assert said == "Ask for at most 40 lists at once, not 41."


async def test_relationships_of_a_filter_count_as_lists(product):
    parts = ", ".join("{projects: {some: {lead: {exists: true}}}}" for _ in range(20))
    text = f"{{ councils(filter: {{or: [{parts}]}}) {{ totalCount }} }}"
    assert cost_of(text).lists == 1 + 20 * 2
    assert "40 lists" in await refusal(product, NOBODY, text)


def alike(count):
    inside = '{title: {contains: "zz"}}'
    for _ in range(count):
        inside = f"{{matches: {{some: {{project: {inside}}}}}}}"
    return f"{{ projects(filter: {inside}) {{ totalCount }} }}"


def test_a_relationship_of_a_filter_multiplies_what_lies_beyond_it():
    """Three steps from match to match took the demo's engine five seconds, for two points."""
    assert [cost_of(alike(count)).points for count in (0, 1, 2)] == [2, 2 + 15, 2 + 15 + 225]
    to_one = "{ projects(filter: {lead: {some: {projects: {exists: true}}}}) { totalCount } }"
    assert cost_of(to_one).points == 2 + 1 + 15
    both = "{ projects(filter: {or: [{lead: {exists: true}}, {not: {needs: {none: {}}}}]}) { totalCount } }"
    assert cost_of(both).points == 2 + 1 + 15


async def test_a_filter_that_looks_through_too_much_is_refused(product):
    assert "errors" not in await reply(product, VIEWERS["ada"], alike(3))
    said = await refusal(product, VIEWERS["ada"], alike(4))
    assert "Follow fewer relationships" in said


SAME_WORDS = "query ($t: String) {{ projects(filter: {{or: [{0}]}}) {{ totalCount }} }}"
SAME_VALUES = "query ($t: [String!]) {{ projects(filter: {{or: [{0}]}}) {{ totalCount }} }}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (SAME_WORDS.format("{text: $t}"), "a " * 61),
        (SAME_WORDS.format(", ".join(["{text: $t}"] * 20)), "a b c"),
        (SAME_VALUES.format("{title: {in: $t}}"), ["a"] * 501),
        (SAME_VALUES.format(", ".join(["{title: {in: $t}}"] * 20)), ["a"] * 26),
    ],
)
async def test_words_and_values_of_a_filter_count_however_they_come(product, text, value):
    """One variable of 30 kB in thirty conditions took an engine down for two points."""
    found = await reply(product, NOBODY, text, {"t": value})
    assert found["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT", found
    few = value[:2] if isinstance(value, list) else "a"
    assert "errors" not in await reply(product, NOBODY, text, {"t": few})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ".join(f"a{at}: me {{ id }}" for at in range(16)), "15 aliases"),
        (
            " ".join("...on Query @skip(if: false) { me { id } }" for _ in range(51)),
            "50 directives",
        ),
        (
            "councils(first: 1) { nodes "
            + "{ projects(first: 1) { nodes { lead " * 5
            + "{ id }"
            + " } } }" * 5
            + " }",
            "8 relationships",
        ),
    ],
)
async def test_what_is_counted_is_refused_before_anything_runs(product, text, said):
    assert said in await refusal(product, NOBODY, f"{{ {text} }}")


@pytest.mark.parametrize("text", [PROMISED, SQUARE])
async def test_what_was_promised_is_served_to_everybody(product, text):
    for viewer in (NOBODY, VIEWERS["ada"]):
        assert "errors" not in await reply(product, viewer, text)


async def test_too_dear_a_question_is_refused_and_the_message_says_what_to_lower(product):
    for viewer in (NOBODY, VIEWERS["ada"]):
        said = await refusal(product, viewer, WIDE)
        way = "councils(first: 100) > projects(first: 100) > projects(first: 100)"
        assert said.endswith(f"Lower `first` in {way}.")


async def test_a_change_that_reads_too_much_back_is_refused_before_it_is_made(product):
    deep = "projects(first: 100) { nodes { lead { projects(first: 100) { nodes { lead { projects(first: 100) { nodes { id } } } } } } } }"
    change = f"mutation {{ chooseLetters(letters: NONE) {{ person {{ council {{ {deep} }} }} }} }}"
    assert "points" in await refusal(product, VIEWERS["ada"], change)
    foreign = 'mutation { chooseLetters(letters: NONE) { person { projects(after: "x") { nodes { id } } } } }'
    assert "cursor" in await refusal(product, VIEWERS["ada"], foreign)
    found = await reply(product, VIEWERS["ada"], "{ me { letters } }")
    assert found["data"]["me"]["letters"] == "WEEKLY"


@pytest.mark.parametrize(("who", "at_once"), [(NOBODY, 2), (VIEWERS["ada"], 6)])
async def test_of_dear_questions_nobody_has_two_places(product, monkeypatch, who, at_once):
    running, most = 0, 0
    together = asyncio.Barrier(at_once)

    async def slow(*_):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await together.wait()
        running -= 1
        return [{"total": 0, "rows": []}]

    monkeypatch.setattr("backend.schema.asking.read", slow)
    await asyncio.gather(*(reply(product, who, SQUARE) for _ in range(6)))
    assert most == at_once


PAGES = [*sorted((HERE / "pages").glob("*.graphql"))]


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_no_page_asks_for_more_than_anybody_may(path):
    page = document("pages", path.stem)
    needed = [one for one in page.query.variables if one.is_required and one.default is None]
    given = {one.name: [] if one.is_list else "2026-11-01" for one in needed}
    plan(operation(page.text, page.query.name), page.text, given).cost.check()


def test_the_question_of_the_page_that_explains_asking_may_be_asked_by_anybody():
    page = (HERE / "pages" / "how_to_ask.html").read_text(encoding="utf-8")
    brokering = re.search(r"query Brokering.*?(?=</code>)", page, re.DOTALL)[0]
    plan(operation(brokering, None), brokering, {}).cost.check()
