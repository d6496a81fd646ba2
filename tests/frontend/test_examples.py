"""The questions that the GraphQL editor begins with."""

from __future__ import annotations

import pytest
from graphql import OperationDefinitionNode, parse, validate

from frontend.examples import EXAMPLES, Example
from tests.frontend import sample


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example_is_a_question_that_the_schema_allows(example: Example) -> None:
    document = parse(example.query)
    assert validate(sample.SCHEMA, document) == []
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name is not None


def test_the_address_fills_the_editor_and_an_example_is_such_an_address(site) -> None:
    page = site().get(EXAMPLES[1].href).text
    assert 'data-query="query Ours {' in page
    assert 'data-query=""' in site().get("/graphiql").text
    assert "&lt;script&gt;" in site().get("/graphiql?query=<script>").text


def test_a_kept_question_opens_in_the_editor_as_graphql(site) -> None:
    page = site().get("/graphiql").text
    assert 'href="/explore.graphql?' in page
    answer = site().get("/explore.graphql?what=projects&phase=ALPHA")
    assert answer.status_code == 303
    filled = site().get(answer.headers["location"]).text
    assert 'data-query="query ' in filled
    assert "ALPHA" in filled
    assert site().get("/explore.graphql?what=projects&phase=ALPHABET").status_code == 400
