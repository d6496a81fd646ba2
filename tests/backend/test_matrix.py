"""Every field, every role, every audience: who sees it has been decided, and so it is.

`matrix.tsv` has a decision a field. The nouns themselves are decided below: for each kind of
subject, which of eight viewers see it. Every field of every subject is then read by every viewer.
"""

from pathlib import Path

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_non_null_type

from backend.product import NOBODY, Viewer
from backend.schema import schema, shapes
from backend.schema.asking import reply
from graph import questions, registers, requests, tokens
from tests.world import (
    ADA,
    ASHBY,
    BILAL,
    BRACKLEY,
    CERYS,
    COSBY,
    MEALS,
    NOW,
    OONA,
    SEED,
    built,
    claim,
    person,
    project,
    uid,
)

FILE = Path(__file__).with_name("matrix.tsv")
WRAPPERS = ("Connection", "Edge", "Facets", "Payload")
DECISIONS = {"node", "members", "viewer", "signed-in", "self", "own council", "introduced", "asker or operator", "as shared", "operator", "everybody"}  # fmt: skip
DUNSBY = "council-DUN"
CARL, LENA, MARY, OLGA = (uid("practitioner", number) for number in (11, 12, 13, 14))

VIEWERS = {
    "nobody": NOBODY,
    "own practitioner": Viewer(CERYS, COSBY, "PRACTITIONER"),
    "own lead": Viewer(CARL, COSBY, "COUNCIL_LEAD"),
    "partner": Viewer(ADA, ASHBY, "PRACTITIONER"),
    "other practitioner": Viewer(BILAL, BRACKLEY, "PRACTITIONER"),
    "other lead": Viewer(LENA, BRACKLEY, "COUNCIL_LEAD"),
    "manager": Viewer(MARY, DUNSBY, "PROGRAMME_MANAGER"),
    "operator": Viewer(OLGA, DUNSBY, "OPERATOR"),
}
EVERYBODY = set(VIEWERS)
SIGNED_IN = EVERYBODY - {"nobody"}
OURS = {"own practitioner", "own lead"}

# Each subject: its noun, its id, who sees it, and who of these is the one whose own it is.
NARROW, PARTNERED, NETWORKED, PUBLIC = (uid("project", number) for number in (41, 42, 43, 44))
MINE, COUNCILS, NETWORKS = (uid("question", number) for number in (1, 2, 3))
ASKED, TOKEN = uid("request", 1), uid("token", 1)
SUBJECTS = {
    "project of a council": ("Project", NARROW, OURS),
    "project of partners": ("Project", PARTNERED, OURS | {"partner"}),
    "project of the network": ("Project", NETWORKED, SIGNED_IN),
    "public project": ("Project", PUBLIC, EVERYBODY),
    "council": ("Council", COSBY, EVERYBODY),
    "service": ("Service", "service-4", EVERYBODY),
    "skill": ("Skill", "skill-user-research", EVERYBODY),
    "person": ("Practitioner", CERYS, SIGNED_IN),
    "request": ("Request", ASKED, {"partner", "operator"}),
    "question of a person": ("Question", MINE, {"own practitioner"}),
    "question of a council": ("Question", COUNCILS, OURS),
    "question of the network": ("Question", NETWORKS, SIGNED_IN),
    "token": ("Token", TOKEN, {"own practitioner"}),
}


def decided():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


DECIDED = decided()


def test_every_field_is_decided_and_nothing_else():
    told = {
        f"{name}.{field}"
        for name, fields in shapes(schema()).items()
        if not name.endswith(WRAPPERS)
        for field in fields
    }
    assert told == set(DECIDED), f"undecided: {told - set(DECIDED)}; gone: {set(DECIDED) - told}"
    assert set(DECIDED.values()) <= DECISIONS


@pytest.fixture
async def product(graph, clock):
    product = await built(graph, clock)
    people = [
        person(CARL, "Carl", "COS", "COUNCIL_LEAD"),
        person(LENA, "Lena", "BRA", "COUNCIL_LEAD"),
        person(MARY, "Mary", "DUN", "PROGRAMME_MANAGER"),
        person(OLGA, "Olga", "DUN", "OPERATOR"),
    ]
    await graph.write(registers.people, rows=people, now=NOW)
    audiences = {NARROW: "COUNCIL", PARTNERED: "PARTNERS", NETWORKED: "NETWORK", PUBLIC: "PUBLIC"}
    rows = [project(one, "Meals", MEALS, COSBY, audience=who) for one, who in audiences.items()]
    rows[1]["partners"] = [ASHBY]
    await graph.write(registers.projects, rows=rows, now=NOW)
    await graph.write(registers.claims, rows=[claim(one, CERYS) for one in audiences], now=NOW)
    await graph.write(requests.ask, id=ASKED, person=ADA, council=ASHBY, project=SEED, wish="REMOVE", note=None, now=NOW)  # fmt: skip
    for one, who in ((MINE, "ME"), (COUNCILS, "COUNCIL"), (NETWORKS, "NETWORK")):
        kept = {"id": one, "name": "A question", "address": "what=projects", "shared_with": who}
        await graph.write(questions.save, **kept, keeper=questions.Keeper(CERYS, COSBY), now=NOW)
    token = {"id": TOKEN, "hash": "x", "name": "T", "scope": "READ", "endsAt": "2099-01-01T00:00:00.000Z"}  # fmt: skip
    await graph.write(tokens.make, person=CERYS, council=COSBY, token=token, now=NOW, who=CERYS, rule="oneself")  # fmt: skip
    await product.index.state(product)
    return product


def part(name, field):
    """How a field is asked for here: values as they are, lists by ids or levels, links by name."""
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return name
    if not isinstance(kind, GraphQLObjectType) or any(
        is_non_null_type(one.type) and one.default_value is None for one in field.args.values()
    ):
        return f"{name} {{ __typename }}"
    if kind.name.endswith("Connection"):
        node = get_named_type(kind.fields["nodes"].type)
        own = next(
            one for one in ("id", "level", "__typename") if one in {*node.fields, "__typename"}
        )
        return f"{name}(first: 50) {{ totalCount nodes {{ {own} }} }}"
    return f"{name} {{ {'id' if 'id' in kind.fields else '__typename'} }}"


def document(noun):
    parts = " ".join(part(*one) for one in schema().type_map[noun].fields.items())
    return f"query ($id: ID!) {{ node(id: $id) {{ ... on {noun} {{ {parts} }} }} }}"


def is_nothing(value):
    return value is None or value == {"totalCount": 0, "nodes": []}


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_every_viewer_sees_of_every_field_what_was_decided(product, subject):
    noun, identity, seen_by = SUBJECTS[subject]
    own = "own practitioner" if "own practitioner" in seen_by else min(seen_by)
    text = document(noun)

    async def told(who):
        found = await reply(product, VIEWERS[who], text, {"id": identity})
        assert "errors" not in found, found
        return found["data"]["node"]

    whole = await told(own)
    for who in VIEWERS:
        node = await told(who)
        assert (node is not None) == (who in seen_by), f"{subject} to {who}"
        for field, value in (node or {}).items():
            where = f"{noun}.{field} of {subject} to {who}"
            match DECIDED[f"{noun}.{field}"]:
                case "node":
                    assert value == whole[field], where
                case "signed-in":
                    assert who != "nobody" or is_nothing(value), where
                case "self":
                    assert value == whole[field] if who == own else is_nothing(value), where
                case "members" | "viewer":
                    assert who in seen_by, where
                case decision:
                    raise AssertionError((where, decision))


async def test_what_is_hidden_is_as_what_is_not_there(product):
    """The reply to an id that is somebody else's is that to an id of nothing, byte for byte."""
    for noun, identity, seen_by in SUBJECTS.values():
        nothing = f"{identity[:-4]}9999"
        for who in EVERYBODY - seen_by:
            one, other = [
                await reply(product, VIEWERS[who], document(noun), {"id": each})
                for each in (identity, nothing)
            ]
            assert one == other


SIDES = """{ proposals { totalCount nodes { id status theirs { id } ours { id } ourAnswer { answer }
  contacts { email } match { score } } } }"""


async def test_a_proposal_is_its_two_councils_own_affair(product):
    seen = {}
    for who, viewer in VIEWERS.items():
        found = (await reply(product, viewer, SIDES))["data"]["proposals"]["nodes"]
        seen[who] = {one["id"] for one in found}
        assert all(one["ourAnswer"] is None and one["contacts"] == [] for one in found)
    assert seen["partner"]
    assert seen["other practitioner"] == seen["other lead"]
    assert seen["own practitioner"] == seen["own lead"] != set()
    assert seen["nobody"] == set()
    assert not seen["manager"] - seen["operator"]  # both work for Dunsby, and see no more than it


ROOTS = {
    "people": "people { totalCount }",
    "person": f'person(id: "{CERYS}") {{ id }}',
    "experts": 'experts(skill: "skill-user-research") { totalCount }',
    "me": "me { id }",
    "proposals": "proposals { totalCount }",
    "requests": "requests { totalCount }",
    "questions": "questions { totalCount }",
    "request": f'request(id: "{ASKED}") {{ id }}',
    "question": f'question(id: "{NETWORKS}") {{ id }}',
    "token": f'token(id: "{TOKEN}") {{ id }}',
}


async def test_where_a_question_starts_nobody_gets_nothing_but_what_is_for_everybody(product):
    closed = {
        row.removeprefix("Query.")
        for row, decision in DECIDED.items()
        if row.startswith("Query.") and decision != "everybody"
    }
    assert closed == {*ROOTS, "proposal"}
    found = await reply(product, NOBODY, "{ " + " ".join(ROOTS.values()) + " }")
    assert all(value in (None, {"totalCount": 0}) for value in found["data"].values())


def example(field):
    """Arguments that fit their types, for a change that is refused before it looks at them."""
    words = {"ID": '"x"', "String": '"x"', "Int": "1", "Boolean": "true"}
    given = []
    for name, argument in field.args.items():
        if is_non_null_type(argument.type):
            kind = get_named_type(argument.type)
            value = words.get(kind.name) or next(iter(kind.values))
            given.append(f"{name}: {'[' + value + ']' if '[' in str(argument.type) else value}")
    return f"({', '.join(given)})" if given else ""


@pytest.mark.parametrize("name", sorted(schema().mutation_type.fields))
async def test_nobody_changes_anything_and_a_reading_token_neither(product, name):
    text = f"mutation {{ {name}{example(schema().mutation_type.fields[name])} {{ errors {{ field }} }} }}"
    reader = Viewer(OONA, COSBY, "OPERATOR", may_write=False)
    for viewer, code in ((NOBODY, "UNAUTHENTICATED"), (reader, "FORBIDDEN")):
        found = await reply(product, viewer, text)
        assert found["data"] == {name: None}
        assert found["errors"][0]["extensions"]["code"] == code


async def test_only_an_operator_settles_requests(product):
    assert DECIDED["Mutation.settleRequest"] == "operator"
    text = "mutation ($id: ID!) { settleRequest(id: $id, verdict: DECLINE) { request { id } } }"
    for who in SIGNED_IN - {"operator"}:
        found = await reply(product, VIEWERS[who], text, {"id": ASKED})
        assert found["errors"][0]["extensions"]["code"] == "FORBIDDEN", who
    found = await reply(product, VIEWERS["operator"], text, {"id": ASKED})
    assert found["data"]["settleRequest"]["request"] == {"id": ASKED}
