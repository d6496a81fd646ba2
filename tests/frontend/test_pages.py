"""Every page and document, against the schema and the inspector."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import parse, validate
from jinja2 import meta, nodes
from starlette.testclient import TestClient

import frontend
from frontend.documents import HERE, document
from frontend.routes import PAGES
from frontend.templates import TEMPLATES
from tests.frontend import sample
from tests.frontend.conftest import NONCE, SiteOf, frame
from tests.frontend.inspector import faults, read

DOCUMENTS = [
    (f, p.stem) for f in ("pages", "letters") for p in sorted((HERE / f).glob("*.graphql"))
]
WHOLE = [page for page in PAGES if page.name != "similar"]
MACHINE = {
    *("frame", "here", "kept", "mistakes", "made", "done", "current", "me", "waiting"),
    *TEMPLATES.globals,
}
BY_HAND = {
    "sign_in": {"ways", "message"},
    "personas": {"groups", "action", "hidden"},
    "mailbox": {"letters"},
    "mail": {"letter"},
    "letter": {"people", "person", "letter", "preview"},
}
# Pages whose document and template are put together by code of their own.
BY_CODE = {"explore": {"form", "ready", "result"}}
BACKEND = ("/schema.graphql", "/sign-in", "/sign-out", "/letter", "/mailbox", "/assets/")


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_a_document_is_valid_for_the_schema(folder: str, name: str) -> None:
    assert validate(sample.SCHEMA, parse(document(folder, name).text)) == []


def test_every_document_and_template_belongs_to_a_page() -> None:
    names = {page.name for page in PAGES}
    by_code = set(BY_CODE)
    assert {p.stem for p in (HERE / "pages").glob("*.graphql")} == names | by_code
    assert {p.stem for p in (HERE / "pages").glob("*.html")} == names | by_code | set(BY_HAND)


def test_every_button_leads_somewhere() -> None:
    for page in PAGES:
        leads = {*page.after, *page.shown}
        assert leads == set(document("pages", page.name).mutations), page.name


@pytest.mark.parametrize("path", sorted(HERE.glob("pages/*.html")), ids=lambda p: p.stem)
def test_a_template_uses_only_what_it_is_given(path: Path) -> None:
    name = path.stem
    template = TEMPLATES.parse(path.read_text(encoding="utf-8"))
    # a block sees what its template imports and sets, which the finder does not know
    own = {n for each in template.find_all(nodes.FromImport) for n in each.names}
    own |= {each.target.name for each in template.find_all(nodes.Assign)}
    given = BY_HAND.get(name) or BY_CODE.get(name) or _roots(name)
    assert meta.find_undeclared_variables(template) - own - MACHINE <= given


def _roots(name: str) -> set[str]:
    definitions = parse(document("pages", name).text).definitions
    query = next(d for d in definitions if getattr(d, "operation", None) is not None)
    fields = [s for s in query.selection_set.selections if hasattr(s, "alias")]
    return {(s.alias or s.name).value for s in fields}


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.name)
@pytest.mark.parametrize("resolver", [sample.full, sample.empty], ids=["full", "empty"])
def test_a_page_has_no_faults(site: SiteOf, page: frontend.page.Page, resolver: object) -> None:
    response = site(resolver).get(page.path.replace("{id}", "thing-1"))
    assert response.status_code == 200, response.text[-2000:]
    assert faults(response.text, nonce=NONCE) == []


@pytest.mark.parametrize("page", [p for p in WHOLE if not p.signed_in], ids=lambda page: page.name)
def test_a_public_page_has_no_faults_for_strangers(site: SiteOf, page: frontend.page.Page) -> None:
    client = site(signed_in=False, root={"me": None})
    response = client.get(page.path.replace("{id}", "thing-1"))
    assert response.status_code == 200
    assert faults(response.text, nonce=NONCE) == []


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.name)
def test_every_link_within_the_site_opens_a_page(site: SiteOf, page: frontend.page.Page) -> None:
    client = site()
    response = client.get(page.path.replace("{id}", "thing-1"))
    for link in read(response.text, NONCE).links:
        path = link.split("?")[0].split("#")[0]
        if path.startswith("/") and not path.startswith(BACKEND):
            assert any(route.path_regex.match(path) for route in _routes(client)), link


def _routes(client: TestClient) -> list[object]:
    return [route for route in client.app.routes if route.name != "assets"]


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_a_page_that_the_backend_fills_has_no_faults(name: str) -> None:
    for values in (FILLED[name], {}):
        if name == "mail" and not values:
            continue
        response = frontend.rendered(_Request(), frame(signed_in=False), f"{name}.html", values)
        assert faults(bytes(response.body).decode(), nonce=NONCE) == []


class _Request:
    class url:  # noqa: N801
        path = "/somewhere"

    class query_params:  # noqa: N801
        @staticmethod
        def multi_items() -> list[tuple[str, str]]:
            return []

        @staticmethod
        def get(_name: str, default: str) -> str:
            return default


LETTER = {
    "number": 1,
    "to": "ada@devon.example",
    "subject": "You & they",
    "sentAt": "2026-11-23T09:00:00.000Z",
    "headers": [("Message-ID", "<1@tandem.example>")],
    "text": "Words",
    "has_html": True,
    "is_empty": False,
}
ADA = {
    "id": "practitioner-1",
    "name": "Ada",
    "jobTitle": "Designer",
    "council": "Devon",
    "line": "",
}
FILLED = {
    "sign_in": {"ways": [{"label": "Sign in", "href": "/sign-in/demo", "hint": "No password"}]},
    "personas": {
        "groups": [{"title": "Officers", "people": [ADA]}],
        "action": "/demo",
        "hidden": {"state": "1"},
    },
    "mailbox": {"letters": [LETTER]},
    "mail": {"letter": LETTER},
    "letter": {
        "people": [ADA],
        "person": "practitioner-1",
        "letter": LETTER,
        "preview": "/letter/html",
    },
}
