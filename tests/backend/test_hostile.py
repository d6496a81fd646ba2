"""Hostile questions: whatever is sent, a clean answer, little of the machine, and nothing changed.

The corpus of GraphQL goes through the site over HTTP, with a neighbour asking /livez meanwhile; the
corpus of Cypher goes through every string that a question or a change takes, on both engines.
"""

import asyncio
import itertools
import json
import resource
import time

import pytest
from graphql import get_named_type, is_leaf_type, is_non_null_type

from backend.product import NOBODY
from backend.schema import schema
from backend.schema.asking import reply
from tests.oracle.dump import dumped
from tests.world import ENROL, SEED, VIEWERS, built

CPU_SECONDS = 0.1
GROWTH_KB = 10 * 1024
HEADERS = {"Content-Type": "application/json"}


def doubling(count):
    chain = " ".join(f"fragment F{at} on Query {{ ...F{at + 1} ...F{at + 1} }}" for at in range(count))  # fmt: skip
    return f"{{ ...F0 }} {chain} fragment F{count} on Query {{ me {{ id }} }}"


def nested(count):
    return "{ councils { nodes " + "{ projects { nodes { lead " * count + "{ id }" + " } } }" * count + " } }"  # fmt: skip


def filters(count):
    inside = '{name: {equals: "x"}}'
    for _ in range(count):
        inside = f"{{and: [{inside}, {{}}]}}"
    return f"{{ councils(filter: {inside}) {{ totalCount }} }}"


DOCUMENTS = {
    "300 deep": nested(100),
    "3,000 deep": nested(1000)[:32_000],
    "1,000 aliases": "{ " + " ".join(f"a{at}: me {{ id }}" for at in range(1000)) + " }",
    "16 aliases": "{ " + " ".join(f"a{at}: me {{ id }}" for at in range(16)) + " }",
    "5,000 fields": "{ me { " + "id " * 5000 + "} }",
    "900 repeated fields": "{ me { " + "id " * 900 + "} }",
    "100 repeated fields": "{ me { " + "id " * 100 + "} }",
    "repeated fields in fragments": "{ me { " + ("... { " + "id " * 40 + "} ") * 20 + "} }",
    "a circle of fragments": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "a fragment that is not there": "{ ...Nothing }",
    "30 doubling fragments": doubling(30),
    "60 doubling fragments": doubling(60),
    "1,000 directives": "{ me " + "@include(if: true) " * 1000 + "{ id } }",
    "51 directives": "{ " + "... on Query @skip(if: false) { __typename } " * 51 + "}",
    "wide lists": "{ councils(first: 100) { nodes { projects(first: 100) { nodes { needs(first: 100) { nodes { level } } } } } } }",
    "the schema": "{ __schema { types { fields { type { fields { name } } } } } }",
    "the schema inside itself": "{ __schema { types { " + "fields { type { " * 30 + "name" + " } }" * 30 + " } } }",
    "a name that is nearly right": "{ counclis { totalCount } }",
    "first below 1": "{ councils(first: -1) { totalCount } }",
    "first 0": "{ councils(first: 0) { totalCount } }",
    "first too large": "{ councils(first: 1000000000) { totalCount } }",
    "first beyond a whole number": "{ councils(first: 99999999999999999999) { totalCount } }",
    "a filter 60 deep": filters(60),
    "a list of 2,000 conditions": "{ councils(filter: {or: [" + "{}," * 400 + "]}) { totalCount } }",
    "a subscription": "subscription { me { id } }",
    "two operations, unnamed": "query A { me { id } } query B { me { id } }",
    "nothing": "",
    "a NUL": "{ me { \0 } }",
    "an instant that is none": '{ changes(since: "yesterday") { totalCount } }',
    "a node of no noun": '{ node(id: "' + "x" * 5000 + '") { id } }',
    "a foreign cursor": '{ projects(after: "WyJhIiwiYiIsImMiXQ==") { nodes { id } } }',
    "a cursor that is none": '{ projects(after: "%%%") { nodes { id } } }',
}  # fmt: skip
DEEP_VARIABLES = '{"query": "query ($x: String) { councils(filter: {text: $x}) { totalCount } }", "variables": {"x": %s}}'
BODIES = {
    **{name: json.dumps({"query": text}) for name, text in DOCUMENTS.items()},
    "null": "null",
    "a number": "1",
    "a batch of 100": json.dumps([{"query": "{ me { id } }"}] * 100),
    "20,000 deep": "[" * 20_000,
    "variables 10,000 deep": DEEP_VARIABLES % ("[" * 10_000 + "]" * 10_000),
    "variables of a megabyte": DEEP_VARIABLES % json.dumps("x" * 1_000_000),
    "a number too large": '{"query": "query ($n: Int!) { councils(first: $n) { totalCount } }", "variables": {"n": 1e400}}',
    "not a number": '{"query": "{ me { id } }", "variables": {"n": NaN}}',
    "a lone surrogate": '{"query": "{ me { id } }", "variables": {"n": "\\ud800"}}',
    "a filter of variables": json.dumps({"query": "query ($f: ProjectFilter) { projects(filter: $f) { totalCount } }", "variables": {"f": {"not": {"title": 3}}}}),
    "words of 5,000 parts": json.dumps({"query": "query ($t: String) { projects(filter: {text: $t}) { totalCount } }", "variables": {"t": "a " * 5000}}),
}  # fmt: skip


async def a_neighbour(site, waits, over):
    async with site.browser() as browser:
        while not over.is_set():
            begun = time.perf_counter()
            assert (await browser.get("/livez")).status_code == 200
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
async def test_every_hostile_body_gets_a_clean_answer_at_little_cost(site):
    waits, over = [], asyncio.Event()
    neighbour = asyncio.create_task(a_neighbour(site, waits, over))
    async with site.browser() as browser:
        await browser.post("/graphql", content='{"query": "{ me { id } }"}', headers=HEADERS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for name, body in BODIES.items():
            begun = time.process_time()
            answer = await browser.post("/graphql", content=body, headers=HEADERS)
            spent = time.process_time() - begun
            found = answer.json()
            assert answer.status_code < 500, (name, answer.text[:200])
            assert answer.status_code >= 400 or found.get("data"), name
            for error in found.get("errors", []):
                assert error["message"], name
                assert "Traceback" not in error["message"], name
                assert "Did you mean" not in error["message"], name
            # the neighbour and the engine's replies are in it too; three times is a machine that is
            # busy, and whatever else happened to run in this process does not happen twice
            if spent >= 3 * CPU_SECONDS:
                begun = time.process_time()
                await browser.post("/graphql", content=body, headers=HEADERS)
                spent = time.process_time() - begun
            assert spent < 3 * CPU_SECONDS, (name, spent)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    over.set()
    await neighbour
    assert grown < GROWTH_KB * 5
    assert sorted(waits)[int(len(waits) * 0.99)] < 0.5


PARTS = (
    "'", '"', "`", "\\", "\\'", "''", "//", "/*", "*/", ";", "}", "})", "]", ")", "$viewer", "$p0",
    "\\u0027", "\\u0060", "{.id}", "\0",
)  # fmt: skip
CLAUSES = (
    "MATCH (n) DETACH DELETE n", "RETURN 1 UNION MATCH (n) RETURN n", "CALL db.labels()",
    "CALL { MATCH (n) RETURN n }", "LOAD CSV FROM 'http://127.0.0.1:9/x' AS r RETURN r",
    "USE system", "SHOW USERS", "FOREACH (x IN [1] | CREATE (:Evil))", "CALL apoc.cypher.run('x', {})",
    "SET n.audience = 'PUBLIC'",
)  # fmt: skip
PAYLOADS = [f"{part} {clause} //" for part, clause in itertools.product(PARTS, CLAUSES)]


def strings_of_queries():
    """A question for each string or id that a root field takes, filters included."""
    for name, field in schema().query_type.fields.items():
        needed = [
            key for key, one in field.args.items() if is_non_null_type(one.type) and key != "first"
        ]
        for key, one in field.args.items():
            kind = get_named_type(one.type)
            if kind.name in {"String", "ID"} and "[" not in str(one.type):
                given = ", ".join(f"{each}: {word(field, each, kind.name)}" for each in dict.fromkeys([*needed, key]))  # fmt: skip
                shown = " { __typename }" if not is_leaf_type(get_named_type(field.type)) else ""
                yield f"query ($x: {kind.name}!) {{ {name}({given}){shown} }}"
            if key == "filter" and not needed:
                yield from strings_of_filter(name, kind)


def word(field, argument, kind):
    """The payload, where it fits; else something that does."""
    own = get_named_type(field.args[argument].type).name
    return "$x" if own == kind else {"Instant": '"2026-01-01"'}.get(own, '"x"')


def strings_of_filter(root, kind):
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        tests = getattr(inner, "fields", {})
        if name == "text":
            yield f"query ($x: String!) {{ {root}(filter: {{text: $x}}) {{ totalCount }} }}"
        elif inner.name in {"TextFilter", "IdFilter", "ListFilter"}:
            for test in set(tests) - {"isKnown", "in"}:
                of = "ID" if inner.name == "IdFilter" else "String"
                yield f"query ($x: {of}!) {{ {root}(filter: {{{name}: {{{test}: $x}}}}) {{ totalCount }} }}"  # fmt: skip


QUERIES = sorted({*strings_of_queries()})


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


def state(dump):
    return sorted((label, one, str(sorted(node.properties.items()))) for label, nodes in dump.nodes.items() for one, node in nodes.items())  # fmt: skip


async def test_cypher_in_a_question_is_a_word_like_any_other(product):
    """Two hundred payloads; each string input meets a fair share of them, all meet every payload."""
    assert len(PAYLOADS) == 200
    assert len(QUERIES) > 60
    before = state(await dumped(product.graph))
    turns = itertools.cycle(QUERIES)
    for at, payload in enumerate(PAYLOADS):
        for text in itertools.islice(turns, 3):
            viewer = VIEWERS["ada"] if at % 2 else NOBODY
            found = await reply(product, viewer, text, {"x": payload})
            for error in found.get("errors", []):
                assert error["extensions"]["code"] == "BAD_USER_INPUT", (text, payload, found)
                assert "yntax" not in error["message"], (text, payload, found)
    assert state(await dumped(product.graph)) == before


CHANGES = {
    "addProject": 'mutation ($x: String!) { addProject(id: "project-00000000-0000-4000-8000-00000000aaaa", title: $x, summary: $x, phase: IDEA, startedOn: $x) { errors { field } } }',
    "id": 'mutation ($x: ID!) { addProject(id: $x, title: "A title", summary: "A summary that is long enough.", phase: IDEA, service: $x) { errors { field } } }',
    "changeProject": f'mutation ($x: String!) {{ changeProject(id: "{ENROL}", version: 1, title: $x, summary: $x, phase: IDEA, endsOn: $x) {{ errors {{ field }} }} }}',
    "answer": "mutation ($x: ID!) { answerProposal(id: $x, answer: NOT_FOR_US) { errors { field } } }",
    "services": "mutation ($x: [ID!]!) { chooseServices(services: $x) { errors { field } } }",
    "ask": f'mutation ($x: String!) {{ askAboutProject(id: "request-00000000-0000-4000-8000-00000000aaaa", project: "{SEED}", wish: CORRECT, note: $x) {{ errors {{ field }} request {{ note }} }} }}',
    "token": "mutation ($x: ID!) { revokeToken(id: $x) { errors { field } } }",
    "question": 'mutation ($x: String!) { saveQuestion(id: "question-00000000-0000-4000-8000-00000000aaaa", name: $x, address: $x, sharedWith: NOBODY) { errors { field } } }',
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
async def test_cypher_in_a_change_is_a_word_like_any_other(product, name):
    """What is text is kept as it was typed, less what no keyboard writes; what is no id is refused."""
    counts = {label: len(nodes) for label, nodes in (await dumped(product.graph)).nodes.items()}
    for payload in PAYLOADS[::5]:
        found = await reply(product, VIEWERS["ada"], CHANGES[name], {"x": payload})
        for error in found.get("errors", []):
            assert error["extensions"]["code"] in {"BAD_USER_INPUT", "NOT_FOUND", "FORBIDDEN"}
            assert "yntax" not in error["message"], found
    after = {label: len(nodes) for label, nodes in (await dumped(product.graph)).nodes.items()}
    assert "Evil" not in after
    grown = {label for label in after if after[label] > counts.get(label, 0)}
    assert grown <= {"AuditEntry", "Project", "Request", "Question"}, grown
    assert all(after.get(label, 0) >= count for label, count in counts.items())
