"""What the GraphQL specification asks of a reply: errors with their paths, and data that survives."""

import orjson
import pytest
from graphql import get_introspection_query

from backend.product import NOBODY
from backend.schema import schema
from backend.schema.asking import reply
from backend.schema.documents import kept
from tests.world import AWARD, VIEWERS, built

ADA = VIEWERS["ada"]


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def code(product, text, **variables):
    """The code of a refusal that is no data at all."""
    found = await reply(product, ADA, text, variables)
    assert "data" not in found
    (error,) = found["errors"]
    assert "path" not in error
    return error["extensions"]["code"]


@pytest.mark.parametrize(
    "text",
    [
        "{ me {",
        "{ nothing }",
        "query ($first: Int!) { councils(first: $first) { totalCount } }",
        "query One { __typename } query Two { __typename }",
        "{ me { id } __schema { queryType { name } } }",
        '{ projects(after: "x") { nodes { id } } }',
    ],
)
async def test_a_question_that_cannot_be_asked_has_no_data_and_a_code(product, text):
    assert await code(product, text) == "BAD_USER_INPUT"


async def test_a_value_that_does_not_fit_is_the_callers_to_mend(product):
    text = "query ($phase: Phase) { projects(filter: {phase: {equals: $phase}}) { totalCount } }"
    assert await code(product, text, phase="BOGUS") == "BAD_USER_INPUT"


async def test_variables_too_deep_are_refused(product):
    deep = orjson.loads("[" * 300 + "]" * 300)
    assert await code(product, "{ __typename }", x=deep) == "BAD_USER_INPUT"


async def test_a_refused_change_is_null_with_its_path_and_the_others_stand(product):
    found = await reply(
        product,
        ADA,
        """mutation {
          a: chooseLetters(letters: NONE) { person { letters } }
          b: answerProposal(id: "nope", answer: NOT_FOR_US) { errors { field } }
          __typename
          c: chooseLetters(letters: WEEKLY) { person { letters } }
        }""",
    )
    assert found["data"] == {
        "a": {"person": {"letters": "NONE"}},
        "b": None,
        "__typename": "Mutation",
        "c": {"person": {"letters": "WEEKLY"}},
    }
    (error,) = found["errors"]
    assert error["path"] == ["b"]
    assert error["extensions"]["code"] == "NOT_FOUND"


async def test_a_null_inside_a_payload_is_told_with_its_whole_path(product):
    found = await reply(product, ADA, "{ proposals { nodes { id theirs { id } } } }")
    proposal = next(
        one["id"] for one in found["data"]["proposals"]["nodes"] if one["theirs"]["id"] == AWARD
    )

    async def unled(tx):
        await tx.run("MATCH (p:Project {id: $id})<-[lead:LEADS]-() DELETE lead", id=AWARD)

    await product.graph.write(unled)
    found = await reply(
        product,
        ADA,
        """mutation ($id: ID!) { x: answerProposal(id: $id, answer: NOT_FOR_US) {
          proposal { theirs { lead { name } } } errors { field } } }""",
        {"id": proposal},
    )
    assert found["data"] == {"x": {"proposal": None, "errors": []}}
    assert found["errors"][0]["path"] == ["x", "proposal", "theirs", "lead"]


IN_FRAGMENTS = [
    "{ ...F } fragment F on Query { __schema { queryType { name } } }",
    "{ ... on Query { __schema { queryType { name } } } }",
    "{ __typename __schema { queryType { name } } }",
    "{ __schema { queryType { name } } me @include(if: false) { id } }",
]


@pytest.mark.parametrize("text", IN_FRAGMENTS)
async def test_the_schema_is_found_wherever_it_is_asked_for(product, text):
    found = await reply(product, ADA, text)
    assert found["data"]["__schema"] == {"queryType": {"name": "Query"}}
    refused = await reply(product, NOBODY, text)
    assert refused["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_questions_about_the_schema_take_variables(product):
    text = "query ($name: String!) { __type(name: $name) { name } }"
    found = await reply(product, ADA, text, {"name": "Council"})
    assert found == {"data": {"__type": {"name": "Council"}}}


async def test_a_schema_that_is_skipped_is_not_asked_for(product):
    found = await reply(
        product, ADA, "{ __schema @skip(if: true) { queryType { name } } me { id } }"
    )
    assert found == {"data": {"me": {"id": ADA.id}}}


async def test_tools_may_ask_for_the_schema_and_nobody_for_many_of_it(product):
    found = await reply(product, ADA, get_introspection_query())
    assert len(found["data"]["__schema"]["types"]) == len(schema().type_map)
    many = " ".join(f"a{at}: __schema {{ types {{ fields {{ name }} }} }}" for at in range(9))
    assert await code(product, f"{{ {many} }}") == "BAD_USER_INPUT"


async def test_a_document_that_holds_a_compared_text_is_not_kept(product):
    before = kept.cache_info()
    await reply(product, NOBODY, '{ similarTo(text: "a private draft") { score } }')
    assert kept.cache_info() == before
    await reply(
        product, NOBODY, "query ($t: String!) { similarTo(text: $t) { score } }", {"t": "draft"}
    )
    assert kept.cache_info().misses + kept.cache_info().hits > before.misses + before.hits
