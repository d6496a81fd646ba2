"""The site map: every page that a document and a template make, and the files they load."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from frontend import assets, explore
from frontend.asking import Ask, FrameOf
from frontend.boards import month_ago
from frontend.documents import document
from frontend.language import _
from frontend.page import Page, endpoint

PROJECT_QUESTIONS = {
    "title": _("Say what the project is called"),
    "summary": _("Say what problem the project deals with"),
    "phase": _("Choose the phase it is in"),
}
PAGES = (
    Page("/", "first", asks_by_post=True),
    Page("/similar", "similar", asks_by_post=True),
    Page("/search", "search"),
    Page("/my-work", "my_work", signed_in=True),
    Page(
        "/welcome",
        "welcome",
        after={"ChooseServices": "/my-work?done=welcomed"},
        signed_in=True,
        asks_by_post=True,
    ),
    Page("/councils", "councils"),
    Page("/councils/{id}", "council", subject="council"),
    Page("/map", "map"),
    Page("/projects", "projects"),
    Page(
        "/projects/new",
        "new_project",
        after={"AddProject": "/projects/{id}?done=added"},
        signed_in=True,
        missing=PROJECT_QUESTIONS,
    ),
    Page("/projects/{id}", "project", subject="project"),
    Page(
        "/projects/{id}/change",
        "change_project",
        after={"KeepChanges": "/projects/{id}?done=changed"},
        signed_in=True,
        subject="project",
        missing=PROJECT_QUESTIONS,
    ),
    Page(
        "/projects/{id}/ask",
        "ask_about",
        after={"Ask": "/projects/{id}?done=asked"},
        signed_in=True,
        subject="project",
        missing={"wish": _("Choose what should happen")},
    ),
    Page("/proposals", "proposals", signed_in=True),
    Page(
        "/proposals/{id}",
        "proposal",
        after={"Answer": "/proposals/{id}?done=answered"},
        signed_in=True,
        subject="proposal",
        missing={"answer": _("Choose an answer")},
    ),
    Page("/people", "people", signed_in=True),
    Page("/people/{id}", "person", signed_in=True, subject="person"),
    Page("/skills", "skills"),
    Page("/skills/{id}", "skill", subject="skill"),
    Page("/services", "services"),
    Page("/services/{id}", "service", subject="service"),
    Page(
        "/account",
        "account",
        after={"ChooseLetters": "/account?done=letters"},
        signed_in=True,
        missing={"letters": _("Choose when you want the letter")},
    ),
    Page(
        "/account/tokens",
        "tokens",
        after={"RevokeToken": "/account/tokens?done=revoked"},
        shown=frozenset({"MakeToken"}),
        signed_in=True,
        missing={"name": _("Say what the token is for"), "days": _("Choose when it ends")},
    ),
    Page(
        "/requests",
        "requests",
        after={"SettleRequest": "/requests?done=settled"},
        signed_in=True,
    ),
    Page("/questions", "questions", signed_in=True),
    Page(
        "/questions/new",
        "new_question",
        after={"SaveQuestion": "/questions?done=saved"},
        signed_in=True,
        missing={"name": _("Give the question a name"), "sharedWith": _("Choose who may read it")},
    ),
    Page(
        "/questions/{id}",
        "question",
        after={
            "ChangeQuestion": "/questions?done=changed",
            "EndQuestion": "/questions?done=ended",
        },
        signed_in=True,
        subject="question",
        missing={"name": _("Give the question a name")},
    ),
    Page("/coverage", "coverage"),
    Page("/programme", "programme", signed_in=True, unsaid={"since": month_ago}),
    Page("/how-matching-works", "how_matching_works", asks_by_post=True),
    Page("/how-to-ask", "how_to_ask"),
    Page("/graphiql", "graphiql", signed_in=True),
    Page("/privacy", "privacy"),
    Page("/accessibility", "accessibility"),
)


class _ForEver(StaticFiles):
    """Files whose names change with their content, so that no browser asks twice."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def site(ask: Ask, frame_of: FrameOf) -> list[BaseRoute]:
    """Every page of the site and its files; `ask` answers their questions."""
    assets.built()
    files = Mount("/assets", _ForEver(directory=assets.BUILT), name="assets")
    pages = (_route(page, ask, frame_of) for page in PAGES)
    return [files, *pages, *explore.routes(ask, frame_of)]


def _route(page: Page, ask: Ask, frame_of: FrameOf) -> Route:
    takes_post = page.asks_by_post or bool(document("pages", page.name).mutations)
    methods = ["GET", "POST"] if takes_post else ["GET"]
    return Route(page.path, endpoint(page, ask, frame_of), methods=methods, name=page.name)
