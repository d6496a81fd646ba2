"""Replies: the order that was asked for, and nulls where the schema promises a value."""

import pytest

from backend.schema.documents import coerced, operation, selections
from backend.schema.replies import Missing, root_writer


def written(document, raw):
    wanted = operation(document, None)
    (asked,) = selections(wanted, coerced(wanted, {}))
    errors = []
    return root_writer(asked)(raw, errors), errors


def test_keys_stand_in_the_order_of_the_question():
    document = '{ project(id: "x") { __typename b: title a: id __typename } }'
    found, errors = written(document, {"f2": "project-1", "f1": "Meals"})
    assert [*found.items()] == [("__typename", "Project"), ("b", "Meals"), ("a", "project-1")]
    assert errors == []


def test_a_null_that_may_be_is_null():
    found, errors = written('{ project(id: "x") { openness service { id } } }', {"f0": None})
    assert (found, errors) == ({"openness": None, "service": None}, [])


def test_a_null_that_may_not_be_takes_the_nearest_that_may_with_it():
    document = '{ project(id: "x") { id lead { name } } }'
    found, errors = written(document, {"f0": "p", "f1": {"f0": None}})
    assert found is None
    assert errors == [
        {
            "message": "Cannot return null for non-nullable field name.",
            "path": ["project", "lead", "name"],
        }
    ]


def test_a_null_in_a_list_is_told_with_its_place():
    document = '{ project(id: "x") { matches { nodes { proposal { id } timing } } } }'
    rows = [{"f0": {"f0": "q"}, "f1": "t"}, {"f0": {"f0": None}, "f1": "t"}]
    found, errors = written(document, {"f0": {"rows": rows}})
    assert found["matches"]["nodes"] == [
        {"proposal": {"id": "q"}, "timing": "t"},
        {"proposal": None, "timing": "t"},
    ]
    assert errors[0]["path"] == ["project", "matches", "nodes", 1, "proposal", "id"]


def test_where_nothing_may_be_null_the_whole_answer_is():
    with pytest.raises(Missing) as caught:
        written("{ edition { today } }", {"f0": None})
    assert caught.value.formatted["path"] == ["edition", "today"]
