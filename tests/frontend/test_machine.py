"""The page machine: what each kind of request gets."""

from __future__ import annotations

import pytest
from graphql import GraphQLError

from tests.frontend import sample
from tests.frontend.conftest import CSRF, NONCE, SiteOf
from tests.frontend.inspector import faults

PROJECT = {
    "do": "AddProject",
    "csrf": CSRF,
    "id": "project-1",
    "title": "A better bin day",
    "summary": "Residents do not know when bins are emptied.",
    "phase": "ALPHA",
}


def adding(*mistakes: tuple[str, str]) -> dict[str, object]:
    """A root whose addProject keeps what it was given and answers with these mistakes."""
    given: dict[str, object] = {}

    def add_project(_info: object, **arguments: object) -> dict[str, object]:
        given.update(arguments)
        errors = [{"field": field, "message": message} for field, message in mistakes]
        return {"project": None if errors else {"id": arguments["id"]}, "errors": errors}

    return {"addProject": add_project, "given": given}


def full_but(root: dict[str, object]):
    def resolver(source: object, info, **arguments: object) -> object:
        if isinstance(source, dict) and info.field_name in source:
            value = source[info.field_name]
            return value(info, **arguments) if callable(value) else value
        return sample.full(source, info, **arguments)

    return {"resolver": resolver, "root": root}


def refusing(code: str, message: str = "No") -> dict[str, object]:
    def refuse(_info: object, **_arguments: object) -> object:
        raise GraphQLError(message, extensions={"code": code})

    return full_but({"project": refuse})


def test_success_leads_on_to_what_was_made(site: SiteOf) -> None:
    root = adding()
    response = site(**full_but(root)).post("/projects/new", data=PROJECT)
    assert (response.status_code, response.headers["location"]) == (
        303,
        "/projects/project-1?done=added",
    )
    assert root["given"] == {
        "id": "project-1",
        "title": "A better bin day",
        "summary": "Residents do not know when bins are emptied.",
        "phase": "ALPHA",
        "needs": [{}, {}, {}, {}, {}],  # no row was filled
    }


def test_a_mistake_keeps_every_answer(site: SiteOf) -> None:
    client = site(**full_but(adding(("title", "There is one called that"))))
    response = client.post("/projects/new", data=PROJECT)
    assert response.status_code == 422
    assert "<title>Error: Add a project" in response.text
    assert '<a href="#title">There is one called that</a>' in response.text
    assert 'value="A better bin day"' in response.text
    assert "Residents do not know when bins are emptied." in response.text
    assert 'value="ALPHA" checked' in response.text
    assert 'name="id" value="project-1"' in response.text
    assert faults(response.text, nonce=NONCE) == []


def test_all_blank_questions_are_told_at_once(site: SiteOf) -> None:
    blank = {"do": "AddProject", "csrf": CSRF, "id": "project-1", "title": " ", "summary": ""}
    response = site().post("/projects/new", data=blank)
    assert response.status_code == 422
    for name in ("title", "summary", "phase"):
        assert f'href="#{name}"' in response.text


def test_a_form_without_its_token_is_refused(site: SiteOf) -> None:
    root = adding()
    response = site(**full_but(root)).post("/projects/new", data={**PROJECT, "csrf": "other"})
    assert response.status_code == 403
    assert root["given"] == {}


def test_an_unknown_button_is_refused(site: SiteOf) -> None:
    response = site().post("/projects/new", data={**PROJECT, "do": "EraseEverything"})
    assert response.status_code == 400


def test_a_form_cannot_name_another_thing_than_its_address(site: SiteOf) -> None:
    given: dict[str, object] = {}

    def answer_proposal(_info: object, **arguments: object) -> dict[str, object]:
        given.update(arguments)
        return {"proposal": {"id": arguments["id"]}, "errors": []}

    client = site(**full_but({"answerProposal": answer_proposal}))
    data = {"do": "Answer", "csrf": CSRF, "id": "proposal-2", "answer": "NOT_FOR_US"}
    response = client.post("/proposals/proposal-1?id=proposal-3", data=data)
    assert response.headers["location"] == "/proposals/proposal-1?done=answered"
    unticked = {"onlyIfAgree": False, "otherWork": False}
    assert given == {"id": "proposal-1", "answer": "NOT_FOR_US", **unticked}


@pytest.mark.parametrize(
    ("code", "status"),
    [("NOT_FOUND", 404), ("FORBIDDEN", 403), ("BAD_USER_INPUT", 400), ("TOO_BUSY", 503), ("", 500)],
)
def test_a_refusal_becomes_a_page_in_the_look(site: SiteOf, code: str, status: int) -> None:
    response = site(**refusing(code)).get("/projects/project-1")
    assert response.status_code == status
    assert faults(response.text, nonce=NONCE) == []


def test_the_words_of_an_unforeseen_error_are_not_shown(site: SiteOf) -> None:
    response = site(**refusing("", "secret of the engine")).get("/projects/project-1")
    assert "secret of the engine" not in response.text


def test_the_words_of_a_bad_value_are_shown(site: SiteOf) -> None:
    response = site(**refusing("BAD_USER_INPUT", "That place in the list is gone.")).get(
        "/projects/p"
    )
    assert "That place in the list is gone." in response.text


@pytest.mark.parametrize("code", ["FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT", "TOO_BUSY"])
def test_the_words_of_a_refused_change_are_shown(site: SiteOf, code: str) -> None:
    def settle(_info: object, **_arguments: object) -> object:
        raise GraphQLError("That is settled already.", extensions={"code": code})

    data = {"do": "SettleRequest", "csrf": CSRF, "request": "request-1", "verdict": "GRANT"}
    response = site(**full_but({"settleRequest": settle})).post("/requests", data=data)
    assert "That is settled already." in response.text


def test_nothing_at_an_address_is_404(site: SiteOf) -> None:
    assert site(**full_but({"project": None})).get("/projects/project-0").status_code == 404


def test_a_bad_value_in_an_address_is_400(site: SiteOf) -> None:
    for address in ("/projects?phase=LOUD", "/projects?confirmed=perhaps"):
        response = site().get(address)
        assert response.status_code == 400
        assert "Variable" not in response.text


def test_a_stranger_is_asked_to_sign_in_and_brought_back(site: SiteOf) -> None:
    response = site(signed_in=False).get("/people?text=ada&level=EXPERT")
    assert response.status_code == 303
    assert response.headers["location"] == "/sign-in?next=/people%3Ftext%3Dada%26level%3DEXPERT"


def test_a_session_that_ended_meanwhile_is_asked_to_sign_in(site: SiteOf) -> None:
    response = site(**refusing("UNAUTHENTICATED")).get("/projects/project-1")
    assert response.headers["location"] == "/sign-in?next=/projects/project-1"


def test_pages_of_people_who_signed_in_are_not_stored(site: SiteOf) -> None:
    assert site().get("/projects").headers["cache-control"] == "no-store"
    assert site(signed_in=False).get("/projects").headers["cache-control"] == "no-cache"


def test_what_is_typed_on_the_first_page_is_compared_without_an_address(site: SiteOf) -> None:
    asked: list[str] = []

    def similar_to(_info: object, text: str, **_rest: object) -> list[object]:
        asked.append(text)
        return []

    client = site(**full_but({"similarTo": similar_to}))
    page = client.post("/", data={"text": "gully\r\ncleaning", "csrf": CSRF})
    part = client.post("/similar", data={"text": "gully cleaning", "csrf": CSRF})
    assert asked == ["gully\ncleaning", "gully cleaning"]
    assert "cleaning</textarea>" in page.text
    assert "<html" not in part.text
    assert "Nothing close enough" in part.text


def test_the_first_page_holds_an_example(site: SiteOf) -> None:
    assert "free school meals" in site(signed_in=False).get("/").text


def test_too_long_a_paste_is_told_so(site: SiteOf) -> None:
    response = site().post("/similar", data={"text": "a" * 1_100_000})
    assert response.status_code == 400
    assert "Shorten it" in response.text


def test_a_next_page_keeps_the_filters(site: SiteOf) -> None:
    response = site().get("/projects?text=bins&phase=ALPHA")
    assert 'href="/projects?text=bins&amp;phase=ALPHA&amp;after=Words' in response.text


def test_a_choice_stays_while_the_list_below_it_changes(site: SiteOf) -> None:
    def services(_info: object, filter: dict | None = None, **_rest: object) -> object:
        chosen = (filter or {}).get("id", {}).get("in", [])
        return {"nodes": [{"id": each, "name": "Parking permits"} for each in chosen]}

    data = {"text": "bins", "services": "service-9", "csrf": CSRF}
    response = site(**full_but({"services": services})).post("/welcome", data=data)
    assert response.status_code == 200
    assert 'value="service-9" checked' in response.text
    assert "Parking permits" in response.text


def test_a_clash_shows_both_texts(site: SiteOf) -> None:
    def change(_info: object, **_arguments: object) -> dict[str, object]:
        return {"project": None, "errors": [{"field": "version", "message": "Changed meanwhile"}]}

    client = site(
        **full_but({"changeProject": change, "project": {"version": 9, "title": "Theirs"}})
    )
    data = {**PROJECT, "do": "KeepChanges", "version": "3", "title": "Mine"}
    response = client.post("/projects/project-1/change", data=data)
    assert response.status_code == 422
    assert "Theirs" in response.text
    assert 'value="Mine"' in response.text
    assert 'name="version" value="9"' in response.text


def test_files_are_kept_for_ever(site: SiteOf) -> None:
    client = site()
    page = client.get("/")
    start = page.text.index("/assets/site-")
    response = client.get(page.text[start : page.text.index(".css", start) + 4])
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
