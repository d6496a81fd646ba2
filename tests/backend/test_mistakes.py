"""What a person is asked to correct: nothing is cut, guessed or dropped in silence."""

import pytest

from backend.schema.asking import reply
from backend.schema.touched import is_made_by_client
from backend.schema.writes import contact_mistakes
from tests.world import ASHBY, ENROL, MEALS, VIEWERS, built

UUID = "11111111-2222-4333-8444-555555555555"
CHOOSE = """mutation ($services: [ID!]!) { result: chooseServices(services: $services) {
  person { services { nodes { id } } } errors { field message } } }"""
ADD = """mutation ($id: ID!, $service: ID, $summary: String!) {
  result: addProject(id: $id, title: "Meals", summary: $summary, phase: BETA, service: $service) {
    project { service { id } } errors { field } } }"""
CHANGE = """mutation ($id: ID!, $service: ID, $summary: String!, $version: Int!) {
  result: changeProject(
    id: $id, version: $version, title: "Meals", summary: $summary, phase: BETA, service: $service
  ) { project { title service { id } } errors { field } } }"""


@pytest.fixture
async def product(graph, clock):
    return await built(graph, clock)


async def result(product, document, **variables):
    found = await reply(product, VIEWERS["ada"], document, variables)
    assert "errors" not in found
    return found["data"]["result"]


def fields(name="Ada", email="ada@ash.example"):
    return [one.field for one in contact_mistakes(name, email)]


def test_a_contact_is_a_name_and_an_address():
    assert fields() == []
    assert fields(name="", email="") == ["contactName", "contactEmail"]


def test_an_address_is_refused_before_it_would_be_cut():
    assert fields(email="a" * 250 + "@council.gov.uk") == ["contactEmail"]
    assert fields(email="a@" + "." * 50_000 + "@") == ["contactEmail"]


def test_a_name_is_refused_before_it_would_be_cut():
    assert fields(name="A" * 120) == []
    assert fields(name="A" * 121) == ["contactName"]


def test_an_id_has_one_spelling():
    assert is_made_by_client(f"project-{UUID}", "project-")


@pytest.mark.parametrize(
    "made",
    [
        f"{{{UUID}}}",
        f"urn:uuid:{UUID}",
        UUID.replace("-", ""),
        UUID.replace("4333", "1333"),
        UUID.replace("8444", "c444"),
        UUID.replace("5555", "ABCD"),
        f"{UUID}\n",
        "",
    ],
)
def test_an_id_in_another_spelling_is_refused(made):
    assert not is_made_by_client(f"project-{made}", "project-")


def test_an_id_of_another_kind_is_refused():
    assert not is_made_by_client(f"request-{UUID}", "project-")
    assert not is_made_by_client(UUID, "project-")


@pytest.mark.parametrize("unknown", ["nope", "service-999", ASHBY, ENROL])
async def test_services_that_there_are_not_change_nothing(product, unknown):
    found = await result(product, CHOOSE, services=["service-5", unknown])
    assert [one["field"] for one in found["errors"]] == ["services"]
    assert found["person"]["services"]["nodes"] == [{"id": "service-4"}]
    found = await result(product, CHOOSE, services=["service-5"])
    assert found == {"person": {"services": {"nodes": [{"id": "service-5"}]}}, "errors": []}


@pytest.mark.parametrize("unknown", ["", "service-999", ASHBY])
async def test_a_project_is_not_saved_without_the_service_that_was_named(product, unknown):
    found = await result(product, ADD, id=f"project-{UUID}", service=unknown, summary=MEALS)
    assert found == {"project": None, "errors": [{"field": "service"}]}
    found = await result(product, ADD, id=f"project-{UUID}", service="service-5", summary=MEALS)
    assert found == {"project": {"service": {"id": "service-5"}}, "errors": []}


async def test_a_change_does_not_drop_the_service_for_one_that_there_is_not(product):
    document = "query ($id: ID!) { result: project(id: $id) { version } }"
    version = (await result(product, document, id=ENROL))["version"]
    given = {"id": ENROL, "version": version, "summary": MEALS}
    found = await result(product, CHANGE, **given, service="service-999")
    assert found["errors"] == [{"field": "service"}]
    assert found["project"]["service"] == {"id": "service-4"}
    found = await result(product, CHANGE, **given, service="service-5")
    assert found == {"project": {"title": "Meals", "service": {"id": "service-5"}}, "errors": []}
