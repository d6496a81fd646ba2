"""POST /graphql: what it takes, what it refuses, and how far it goes."""

import base64

import orjson
import pytest

from backend.schema.asking import reply
from backend.sessions import hashed
from graph import tokens
from tests.world import ADA, ASHBY, VIEWERS, uid

HEADERS = {"Content-Type": "application/json"}


async def ask(site, query, token=None, **body):
    async with site.browser() as browser:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await browser.post("/graphql", json={"query": query, **body}, headers=headers)


@pytest.fixture
async def token(site):
    await site.product.graph.write(
        tokens.make,
        person=ADA,
        council=ASHBY,
        token={
            "id": uid("token", 1),
            "hash": hashed("secret"),
            "name": "A script",
            "scope": "READ",
            "endsAt": "2099-01-01T00:00:00.000Z",
        },
        now=site.product.now,
        who=ADA,
        rule="oneself",
    )
    return "secret"


@pytest.mark.parametrize("body", ["null", "1", "[]", "[" * 20_000, '{"query": 1}', "{", "", '{"query": "{ me', '{"variables": {}}', '{"query": "{ me { id } }", "variables": []}'])  # fmt: skip
async def test_a_body_that_is_no_question_is_a_400(site, body):
    async with site.browser() as browser:
        answer = await browser.post("/graphql", content=body, headers=HEADERS)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"]


async def test_a_body_that_weighs_too_much_is_a_413(site):
    assert (await ask(site, "{ me { id } }" + " " * 40_000)).status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_is_served(site, method):
    async with site.browser() as browser:
        assert (await browser.request(method, "/graphql")).status_code == 405


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])  # fmt: skip
async def test_what_a_form_can_send_is_refused(site, kind):
    async with site.browser() as browser:
        answer = await browser.post("/graphql", content="{}", headers={"Content-Type": kind})
    assert answer.status_code == 415


async def test_a_token_reads_as_its_person_and_changes_nothing(site, token):
    found = (await ask(site, "{ me { name } }", token)).json()
    assert found["data"]["me"]["name"] == "Ada"
    refused = await ask(
        site, "mutation { chooseLetters(letters: NONE) { errors { field } } }", token
    )
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert refused.json()["errors"][0]["path"] == ["chooseLetters"]


async def test_an_unknown_token_is_refused_and_not_taken_for_nobody(site):
    assert (await ask(site, "{ me { name } }", "unknown")).status_code == 401


async def test_the_promised_query_runs_and_shows_no_matches_to_nobody(site):
    promised = "{ councils(first: 100) { totalCount nodes { code name projects(first: 5) { totalCount nodes { id title matches(first: 3) { totalCount nodes { score probability kind } } } } } } }"
    found = (await ask(site, promised)).json()["data"]["councils"]
    assert found["totalCount"] == 4
    projects = [one for council in found["nodes"] for one in council["projects"]["nodes"]]
    assert projects
    assert all(one["matches"] == {"totalCount": 0, "nodes": []} for one in projects)


def deep(levels):
    """Council, projects, matches, lead, projects … so many relationships deep."""
    text = "name"
    for level in range(levels - 1, 0, -1):
        name = ("projects(first: 2) { nodes", "matches(first: 2) { nodes", "lead")[(level - 1) % 3]
        inner = f"{{ title {text} }}" if name.startswith("projects") else text
        if name.startswith("projects"):
            text = f"projects(first: 2) {{ nodes {{ id {text if text != 'name' else ''} }} }}"
        elif name.startswith("matches"):
            text = f"matches(first: 2) {{ nodes {{ score project {{ id {text if text != 'name' else ''} }} }} }}"
        else:
            text = f"lead {{ name {text if text != 'name' else ''} }}"
        del inner
    return f"{{ councils(first: 2) {{ nodes {{ name {text} }} }} }}"


async def test_eight_relationships_deep_is_served_and_nine_are_refused(site, token):
    # planned first without the API's five seconds, for a cold Neo4j on a busy machine may need more
    await reply(site.product, VIEWERS["ada"], deep(9))
    found = (await ask(site, deep(9), token)).json()
    assert "errors" not in found
    assert found["data"]["councils"]["nodes"]
    refused = (await ask(site, deep(10), token)).json()
    assert refused["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_doubling_fragments_are_cut_short(site):
    fragments = " ".join(
        f"fragment f{at} on Council {{ ...f{at + 1} ...f{at + 1} }}" for at in range(60)
    )
    query = "{ councils { nodes { ...f0 } } } " + fragments + " fragment f60 on Council { id }"
    found = await ask(site, query)
    assert found.status_code == 400


@pytest.mark.parametrize("first", [-1, 0, 101, 10**9])
async def test_a_page_has_between_one_and_a_hundred_items(site, first):
    found = await ask(site, f"{{ councils(first: {first}) {{ totalCount }} }}")
    assert found.status_code == 400
    assert "first" in found.json()["errors"][0]["message"]


async def test_pages_follow_each_other_without_gap_or_repetition(site):
    seen, after = [], None
    while True:
        query = "query ($after: String) { projects(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"
        page = (await ask(site, query, variables={"after": after})).json()["data"]["projects"]
        seen += [one["id"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 9


@pytest.mark.parametrize("how", ["nonsense", "other list", "other filter"])
async def test_a_cursor_of_another_list_is_refused(site, how):
    query = "{ projects(first: 1) { pageInfo { endCursor } } councils(first: 1) { pageInfo { endCursor } } }"
    found = (await ask(site, query)).json()["data"]
    cursor = {
        "nonsense": "not a cursor",
        "other list": found["councils"]["pageInfo"]["endCursor"],
        "other filter": found["projects"]["pageInfo"]["endCursor"],
    }[how]
    query = "query ($after: String) { projects(first: 1, after: $after, filter: {phase: {equals: BETA}}) { nodes { id } } }"
    answer = await ask(site, query, variables={"after": cursor})
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("value", [2**63, -(2**63), True, None, [], {}])
async def test_a_cursor_that_somebody_made_up_is_refused(site, value):
    found = (await ask(site, "{ projects(first: 1) { pageInfo { endCursor } } }")).json()
    mark, *_ = orjson.loads(
        base64.urlsafe_b64decode(found["data"]["projects"]["pageInfo"]["endCursor"])
    )
    after = base64.urlsafe_b64encode(orjson.dumps([mark, value, "project-1"])).decode()
    query = "query ($after: String) { projects(after: $after) { nodes { id } } }"
    answer = await ask(site, query, variables={"after": after})
    assert answer.status_code == 400
    assert "cursor" in answer.json()["errors"][0]["message"]


async def test_variables_that_lie_too_deep_are_a_400(site):
    deep = orjson.loads("[" * 300 + "]" * 300)
    assert (await ask(site, "{ __typename }", variables={"x": deep})).status_code == 400


async def test_aliases_fragments_and_directives_are_honoured(site):
    query = """query ($no: Boolean = false) {
      a: councils(first: 1) { nodes { ...N code @include(if: $no) } x: nodes { code } }
      b: councils(first: 1, filter: {text: "brackley"}) { edges { cursor node { n: name ...N } } }
      __typename }
      fragment N on Council { __typename name }"""
    found = (await ask(site, query)).json()["data"]
    assert found["__typename"] == "Query"
    assert found["a"]["nodes"] == [{"__typename": "Council", "name": "Ashby Council"}]
    assert found["a"]["x"] == [{"code": "ASH"}]
    assert found["b"]["edges"][0]["node"]["n"] == "Brackley Council"


async def test_what_is_typed_never_reaches_the_engine_as_cypher(site):
    for text in (
        "' OR 1=1 //",
        "`}) DETACH DELETE n //",
        "\\u0027",
        "$viewer",
        "}) RETURN n UNION MATCH (n) RETURN n",
    ):
        query = "query ($t: String) { councils(filter: {text: $t}) { totalCount } projects(filter: {text: $t, lead: {some: {id: {equals: $t}}}, service: {some: {id: {equals: $t}}}}) { totalCount } }".replace(
            "$t: String", "$t: String, $i: ID"
        ).replace("{equals: $t}", "{equals: $i}")
        found = (await ask(site, query, variables={"t": text, "i": text})).json()
        assert found["data"] == {"councils": {"totalCount": 0}, "projects": {"totalCount": 0}}
        assert "errors" not in found


async def test_introspection_is_for_people_who_are_signed_in(site, token):
    query = "{ __schema { queryType { name } } }"
    assert (await ask(site, query)).status_code == 401
    assert (await ask(site, query, token)).json()["data"]["__schema"]["queryType"][
        "name"
    ] == "Query"
