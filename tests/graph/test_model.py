"""The model decides what is served: nothing without a meaning, nobody without a rule."""

import pytest

import graph.model
from backend.schema import schema, shapes, unbound
from graph.meanings import Many, Order, Property, Type
from graph.model import TYPES
from graph.reading import NotDeclared, TooDear, compiled
from graph.roots import ROOTS
from graph.selections import Selection


def asked(field, *children, type="Thing", **arguments):
    return Selection(field, field, type, arguments, list(children))


def page_of(*fields):
    nodes = asked("nodes", *(asked(name) for name in fields))
    return asked("things", nodes, first=5)


def test_a_field_without_a_declared_meaning_is_not_served():
    things = {"Thing": Type("Thing", "true", {"id": Property()}, {"ID": Order("this.id")})}
    roots = {"things": Many("(far:Thing)", "Thing", hops=0)}
    compiled(page_of("id"), types=things, roots=roots)
    with pytest.raises(NotDeclared, match="secret"):
        compiled(page_of("id", "secret"), types=things, roots=roots)


def test_a_label_without_a_visibility_rule_is_not_matched():
    things = {"Thing": Type("Thing", None, {"id": Property()})}
    with pytest.raises(NotDeclared, match="visibility"):
        compiled(
            page_of("id"), types=things, roots={"things": Many("(far:Thing)", "Thing", hops=0)}
        )


def test_a_root_field_without_a_meaning_is_not_served():
    with pytest.raises(NotDeclared, match="nothing"):
        compiled(asked("nothing"))


def test_shape_and_meaning_are_bound_by_name(monkeypatch):
    built = schema()
    assert unbound(built) == []
    planted = {
        **TYPES,
        "Council": Type("Council", "true", {**TYPES["Council"].fields, "mayor": Property()}),
    }
    monkeypatch.setattr("backend.schema.TYPES", planted)
    assert unbound(built) == ["Council.mayor"]


def test_every_type_has_a_rule():
    assert all(one.visible for one in TYPES.values())
    assert set(shapes(schema())["Query"]) == set(ROOTS)


def test_names_of_a_request_never_stand_in_the_statement():
    nodes = Selection(
        "evil`key", "nodes", "Council", {}, [Selection("x}) DETACH DELETE n //", "name", "String")]
    )
    text, parameters = compiled(
        Selection(
            "a",
            "councils",
            "CouncilConnection",
            {"first": 3, "filter": {"text": "evil", "name": {"contains": "evil"}}},
            [nodes],
        )
    )
    assert "evil" not in text
    assert "DELETE" not in text
    assert {"evil"} <= {one for one in parameters.values() if isinstance(one, str)}
    assert ["evil"] in parameters.values()


def test_the_same_question_makes_the_same_text():
    one = compiled(asked("councils", asked("nodes", asked("id")), first=3, filter={"text": "a"}))
    other = compiled(
        asked("councils", asked("nodes", asked("id")), first=9, filter={"text": "b c"})
    )
    assert one[0] == other[0]


def test_no_map_projection_and_every_list_has_an_order_and_a_limit():
    matches = asked("matches", asked("nodes", asked("score")), first=2)
    text, _ = compiled(asked("projects", asked("nodes", asked("id"), matches), first=2))
    assert "{." not in text
    assert text.count("COLLECT {") == text.count(" ORDER BY ") == text.count(" LIMIT $")


def test_forty_lists_are_allowed_and_one_more_is_not():
    def document(count):
        lists = [
            Selection(
                f"a{at}", "needs", "NeedConnection", {"first": 1}, [asked("nodes", asked("level"))]
            )
            for at in range(count)
        ]
        return asked("projects", asked("nodes", *lists), first=2)

    compiled(document(39))
    with pytest.raises(TooDear):
        compiled(document(40))


def test_the_model_is_said_once():
    assert graph.model.TYPES is TYPES
