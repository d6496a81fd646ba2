"""What a browser sends, read as the variables that a document declares."""

from __future__ import annotations

import pytest
from starlette.datastructures import MultiDict

from frontend.documents import Operation, Variable
from frontend.fields import NotUnderstood, read


def variables(kind: str, *texts: str, is_list: bool = False, is_required: bool = False) -> object:
    operation = Operation("Any", (Variable("it", kind, is_list, is_required),))
    return read(operation, MultiDict([("it", text) for text in texts])).variables.get("it")


def test_each_kind_is_read_as_itself() -> None:
    assert variables("Int", " 20 ") == 20
    assert variables("Float", "0.5") == 0.5
    assert variables("Boolean", "on") is True
    assert variables("Boolean", "false") is False
    assert variables("Phase", "BETA") == "BETA"
    assert variables("ID", "a", "b", "", is_list=True) == ["a", "b"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Int", "two"),
        ("Int", "2.5"),
        ("Int", "9999999999"),
        ("Float", "nan"),
        ("Boolean", "perhaps"),
    ],
)
def test_a_value_of_another_kind_is_one_plain_sentence(kind: str, text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^“it” .*\.$"):
        variables(kind, text)


def test_blank_is_an_answer_only_where_one_is_required() -> None:
    assert variables("String", " ") is None
    assert variables("String", " ", is_required=True) == ""
    assert variables("Int", "") is None


def test_the_last_of_two_values_counts() -> None:
    assert variables("String", "first", "last") == "last"


def test_line_ends_are_the_same_from_every_browser() -> None:
    assert variables("String", "one\r\ntwo") == "one\ntwo"


def test_what_is_required_and_left_out_is_named() -> None:
    operation = Operation("Any", (Variable("phase", "Phase", is_list=False, is_required=True),))
    assert read(operation, MultiDict([("other", "x")])).missing == ("phase",)


def test_what_is_not_declared_is_ignored() -> None:
    assert read(Operation("Any", ()), MultiDict([("admin", "true")])).variables == {}
