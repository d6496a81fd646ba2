"""The committed SDL is the contract: a change of it is seen, and one that breaks callers is named."""

from graphql import GraphQLEnumType, build_schema, find_breaking_changes, is_input_object_type

from backend.schema import printed, schema


def broken(before, after):
    return [one.description for one in find_breaking_changes(before, after)]


def test_the_committed_schema_is_the_one_that_is_served(repository):
    text = (repository / "backend" / "schema" / "schema.graphql").read_text(encoding="utf-8")
    breaks = broken(build_schema(text), build_schema(printed()))
    assert text == printed(), (
        "The schema has changed. Review it, then: ./tandem schema > backend/schema/schema.graphql."
        f" It breaks callers in: {breaks or 'nothing'}."
    )


def test_a_field_that_goes_is_named():
    before = build_schema("type Query { a: Int b: Int }")
    assert broken(before, build_schema("type Query { a: Int }")) == ["Field Query.b was removed."]


def test_everything_says_what_it_is():
    """Descriptions are the documentation; a name that says it all alone may go without."""
    silent = [
        name
        for name, kind in schema().type_map.items()
        if not name.startswith("__") and not kind.description and not name.endswith("Payload")
    ]
    assert set(silent) <= {"ID", "String", "Int", "Boolean", "Float"}
    for root in (schema().query_type, schema().mutation_type):
        assert all(field.description for name, field in root.fields.items() if name != "edition")


def test_every_noun_may_be_filtered_by_all_that_it_says():
    kinds = schema().type_map
    for noun in ("Council", "Project", "Service", "Skill", "Practitioner"):
        told = {name for name in kinds[noun].fields if name not in {"tokens", "matches"}}
        asked = set(kinds[f"{noun}Filter"].fields)
        assert told <= asked | {"matches"}, told - asked
        assert isinstance(kinds[f"{noun}Order"], GraphQLEnumType)
        assert is_input_object_type(kinds[f"{noun}Filter"])
