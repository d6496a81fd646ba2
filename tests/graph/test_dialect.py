"""The nine rules of the compiled read, each with a question that an engine answers wrongly without it.

The text of a statement is looked at where breaking the rule would show there, and both engines are
asked where it shows in what they answer.
"""

import itertools
import re
from random import Random

import pytest

from backend.product import NOBODY
from backend.schema.asking import reply
from backend.schema.documents import coerced, operation, selections
from backend.schema.plans import plan
from backend.schema.replies import root_writer
from frontend.questions import questions
from graph.reading import compiled
from graph.statements import TooDear
from tests.world import ENROL, VIEWERS, built, project, uid

ADA = VIEWERS["ada"]


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


def statements():
    """Every statement of the site's own pages and letters."""
    for one in questions():
        wanted = operation(one.document, one.operation)
        for text, parameters in plan(wanted, one.document, dict(one.variables)).statements:
            yield one.operation, text, parameters


STATEMENTS = [*statements()]
EVERY_STATEMENT = pytest.mark.parametrize(
    ("text", "parameters"),
    [(text, parameters) for _, text, parameters in STATEMENTS],
    ids=[f"{at}-{name}" for at, (name, _, _) in enumerate(STATEMENTS)],
)


async def data(product, text, viewer=ADA, **variables):
    found = await reply(product, viewer, text, variables)
    assert "errors" not in found, found
    return found["data"]


@EVERY_STATEMENT
def test_1_maps_are_literals(text, parameters):
    assert not re.search(r"\w\{\.", text)


async def test_1_what_a_relationship_says_and_what_it_leads_to_come_together(product):
    found = await data(
        product, "query ($id: ID!) { project(id: $id) { matches { nodes { score project { title lead { name } } } } } }", id=ENROL
    )  # fmt: skip
    for match in found["project"]["matches"]["nodes"]:
        assert match["score"] > 0
        assert match["project"]["lead"]["name"]


@EVERY_STATEMENT
def test_2_rows_are_ordered_before_they_are_returned(text, parameters):
    assert not re.search(r"RETURN \{[^}]*\} ORDER BY", text)
    assert text.count(" ORDER BY ") <= len(re.findall(r"WITH [^{}]* ORDER BY ", text)) + text.count("size DESC")  # fmt: skip


async def test_2_a_list_is_in_the_order_of_what_it_does_not_show(product):
    found = await data(product, "{ projects(first: 100) { nodes { id } } }")
    shown = await data(product, "{ projects(first: 100) { nodes { id title } } }")
    ids = [one["id"] for one in found["projects"]["nodes"]]
    titles = {one["id"]: one["title"].casefold() for one in shown["projects"]["nodes"]}
    assert ids == sorted(ids, key=lambda one: (titles[one], one))
    assert len(ids) > 5


async def test_3_groups_are_made_before_they_are_returned(product):
    rows = [
        project(uid("project", 60 + at), f"Lamps {at}", "Lamps that dim when nobody is about.", "council-DUN", phase=phase)
        for at, phase in enumerate(["ALPHA", "ALPHA", "LIVE"])
    ]  # fmt: skip
    from graph import registers

    await product.graph.write(registers.projects, rows=rows, now=product.now)
    found = await data(product, "{ projects { totalCount facets { phase { value count } council { label count } } } }")  # fmt: skip
    groups = found["projects"]["facets"]["phase"]
    assert [(one["value"], one["count"]) for one in groups] == [("BETA", 9), ("ALPHA", 2), ("LIVE", 1)]  # fmt: skip
    assert sum(one["count"] for one in found["projects"]["facets"]["council"]) == 12


async def test_3_groups_of_a_list_inside_a_list_inside_a_node(product):
    text = """{ me { name council { name projects { totalCount facets { phase { count } }
      nodes { lead { name people { facets { role { value count } } } } } } } } }"""
    mine = (await data(product, text))["me"]["council"]["projects"]
    assert mine["facets"]["phase"] == [{"count": mine["totalCount"]}]
    assert mine["nodes"][0]["lead"]["people"]["facets"]["role"] == [
        {"value": "PRACTITIONER", "count": 1}
    ]


@EVERY_STATEMENT
def test_4_names_are_numbered_and_every_parameter_is_used(text, parameters):
    for name in parameters:
        assert re.fullmatch(r"p\d+", name)
        assert f"${name}" in text
    for name in re.findall(r"\((\w+):", text):
        assert re.fullmatch(
            r"n\d+|c|p|one|two|led|other|by|yes|mine|yours|shared|wanted|far|x", name
        ), name


async def test_4_keys_may_be_any_word(product):
    found = await data(product, "{ all: councils(first: 1) { match: nodes { return: name } } }")
    assert found == {"all": {"match": [{"return": "Ashby Council"}]}}


def shuffled(value, random):
    if isinstance(value, dict):
        keys = random.sample([*value], len(value))
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(one, random) for one in value] if isinstance(value, list) else value


def test_5_keys_may_come_back_in_any_order():
    text = (
        "{ councils { totalCount nodes { b: name a: id projects { nodes { z: title y: id } } } } }"
    )
    wanted = operation(text, None)
    (asked,) = selections(wanted, coerced(wanted, {}))
    raw = {"total": 1, "rows": [{"f0": "B", "f1": "A", "f2": {"rows": [{"f0": "Z", "f1": "Y"}]}}]}  # fmt: skip
    written = {str(root_writer(asked)(shuffled(raw, Random(seed)), [])) for seed in range(20)}
    assert len(written) == 1
    assert written.pop().index("'b': 'B', 'a': 'A'") > 0


@EVERY_STATEMENT
def test_6_every_list_has_an_order_that_ends_with_a_key_and_a_limit(text, parameters):
    for part in re.findall(r" ORDER BY .*? LIMIT", text):
        assert (
            re.search(r"(\w\.id|, label|value) LIMIT$", part)
            or "ends[1]" in part
            or ".rank LIMIT" in part
        ), part
    assert text.count(" ORDER BY ") <= text.count(" LIMIT ")


async def test_6_rows_that_are_alike_come_in_the_order_of_their_ids_page_by_page(product):
    from graph import registers

    rows = [
        project(uid("project", 80 + at), "The same name", "Words that are all the same here.", "council-DUN")
        for at in range(7)
    ]  # fmt: skip
    await product.graph.write(registers.projects, rows=rows, now=product.now)
    text = """query ($after: String, $down: Boolean) { projects(first: 2, after: $after, descending: $down,
      filter: {title: {equals: "The same name"}}) { nodes { id } pageInfo { hasNextPage endCursor } } }"""
    for down in (False, True):
        ids, after = [], None
        for _ in range(4):
            page = (await data(product, text, after=after, down=down))["projects"]
            ids += [one["id"] for one in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
        assert ids == sorted(one["id"] for one in rows)
        assert not page["pageInfo"]["hasNextPage"]


@EVERY_STATEMENT
def test_7_visibility_is_no_bare_pattern(text, parameters):
    for part in re.findall(r"(?:WHERE|AND|OR|NOT) \(\w*(?::\w+[^)]*)?\)\s*[-<]", text):
        raise AssertionError(part)


async def test_7_what_a_subquery_hides_is_hidden_in_a_list_of_lists(product):
    text = "{ proposals { totalCount nodes { id match { project { title } } } } }"
    assert (await data(product, text))["proposals"]["totalCount"] > 0
    assert (await data(product, text, NOBODY))["proposals"] == {"totalCount": 0, "nodes": []}


async def test_8_instants_are_texts_that_compare(product):
    text = "query ($since: Instant!) { changes(since: $since) { totalCount nodes { at } } }"
    every = (await data(product, text, since=product.now))["changes"]
    assert every["totalCount"] > 0
    assert {one["at"] for one in every["nodes"]} == {product.now}
    later = (await data(product, text, since="2026-11-24T12:00:00.001Z"))["changes"]
    assert later["totalCount"] == 0


@EVERY_STATEMENT
def test_8_nothing_temporal_and_no_shortest_path(text, parameters):
    assert not re.search(r"\b(date|datetime|duration|shortestPath|SHORTEST|fulltext)\b\(?", text)


def deep(count):
    text = "id"
    for name in itertools.islice(itertools.cycle(["lead { projects { nodes", "service { projects { nodes"]), count):  # fmt: skip
        text = f"{name} {{ {text} }} }} }}"
    return text


def test_9_eight_relationships_deep_and_no_more():
    wanted = operation(f"{{ projects {{ nodes {{ {deep(4)} }} }} }}", None)
    compiled(selections(wanted, coerced(wanted, {}))[0])
    wanted = operation(f"{{ projects {{ nodes {{ lead {{ projects {{ nodes {{ {deep(4)} }} }} }} }} }} }}", None)  # fmt: skip
    with pytest.raises(TooDear):
        compiled(selections(wanted, coerced(wanted, {}))[0])


def test_9_a_filter_goes_no_deeper_than_a_question():
    inside = '{id: {equals: "x"}}'
    for name in itertools.islice(itertools.cycle(["lead", "projects"]), 9):
        inside = f"{{{name}: {{some: {inside}}}}}"
    wanted = operation(f"{{ projects(filter: {inside}) {{ totalCount }} }}", None)
    with pytest.raises(TooDear):
        compiled(selections(wanted, coerced(wanted, {}))[0])


async def test_every_root_field_is_one_statement(product, monkeypatch):
    """Counted at the driver: fragments, aliases, filters, facets and all."""
    import neo4j

    sent = []
    run = neo4j.AsyncTransaction.run

    async def counted(self, query, *rest, **more):
        sent.append(query)
        return await run(self, query, *rest, **more)

    monkeypatch.setattr(neo4j.AsyncTransaction, "run", counted)
    await data(
        product,
        """query ($yes: Boolean = true) {
          a: projects(first: 2) { totalCount facets { phase { count } } edges { cursor node { ...P } } }
          b: projects(first: 3, filter: {lead: {some: {projects: {exists: true}}}}) { nodes { ...P } }
          councils { nodes { x: projects(first: 1) { nodes { id } } y: projects(first: 2) { nodes { id } } } }
          me { name @include(if: $yes) }
          node(id: "council-ASH") { ... on Council { name } }
          coverage { silent byRegion { label silent } silentCouncils { nodes { name } } }
          network { councils weights }
        } fragment P on Project { title needs { nodes { skill { name } } } }""",
    )
    assert len(sent) == 7
