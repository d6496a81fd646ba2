"""The page machine: a document and a template answer a request; there is no other view code.

A GET, or a POST without a button's name, asks the document's query. A POST whose button is named
`do` runs that mutation: a mistake renders the page again with every answer kept, success leads on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from secrets import compare_digest
from typing import Any
from urllib.parse import quote

from starlette.datastructures import MultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from frontend.asking import Answer, Ask, Frame, FrameOf, Question
from frontend.documents import Document, Operation, document
from frontend.fields import NotUnderstood, Read, read
from frontend.language import _
from frontend.selected import selected
from frontend.templates import TEMPLATES, Here, Kept, Mistake

STATUSES = {
    "NOT_FOUND": 404,
    "FORBIDDEN": 403,
    "BAD_USER_INPUT": 400,
    "TOO_BUSY": 503,
    "TOO_MANY_REQUESTS": 429,
}
TOO_LONG = _("That is more than this form can carry. Shorten it and send it again.")
SENTENCES = {
    400: _("This page cannot use part of the address or form that was sent."),
    403: _("You may not see or do this."),
    404: _("There is nothing at this address, or it is not shared with you."),
    413: TOO_LONG,
    429: _("That was a lot in a short time. Wait a minute, then try again."),
    500: _("Something went wrong at our end. It has been noted; please try again later."),
    503: _("Tandem is busy. Wait a moment, then try again."),
}
STALE_FORM = _("This form was open too long. Go back, load the page again and send it once more.")
UNKNOWN_BUTTON = _("This page has no such button. Go back, load the page again and try once more.")
ANSWER_THIS = _("Answer this question")


@dataclass(frozen=True, slots=True)
class Page:
    """An address, the document and template that answer it, and where its buttons lead.

    What a button in `shown` brings is shown here and now, since it can be read only once. `unsaid`
    says what a variable is, today, where the address does not say it.
    """

    path: str
    name: str
    after: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    unsaid: Mapping[str, Callable[[date], str]] = field(default_factory=dict)
    signed_in: bool = False
    subject: str | None = None
    asks_by_post: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to one page, with all that its browser sent."""

    page: Page
    document: Document
    request: Request
    frame: Frame
    address: MultiDict
    form: MultiDict

    @property
    def sent(self) -> MultiDict:
        return MultiDict([*self.address.multi_items(), *self.form.multi_items()])


class Refused(Exception):
    """The request ends in an error page with this status and sentence."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(message or SENTENCES[status])
        self.status = status


class SignInFirst(Exception):
    """Only for people who have signed in."""


def endpoint(page: Page, ask: Ask, frame_of: FrameOf) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls for this page."""
    conversation = document("pages", page.name)

    async def respond(request: Request) -> Response:
        frame = frame_of(request)
        try:
            visit = await _visit(page, conversation, request, frame)
            pressed = visit.form.get("do")
            return await (_shown(visit, ask) if pressed is None else _done(visit, pressed, ask))
        except SignInFirst:
            return RedirectResponse(f"/sign-in?next={_next(request)}", 303)
        except (Refused, NotUnderstood) as refusal:
            return error_page(request, frame, getattr(refusal, "status", 400), str(refusal))

    return respond


async def _visit(page: Page, conversation: Document, request: Request, frame: Frame) -> Visit:
    if page.signed_in and not frame.signed_in:
        raise SignInFirst
    path = [(name, str(value)) for name, value in request.path_params.items()]
    # the path is last, so that ?id= cannot stand in for it
    address = MultiDict([*_asked(page, request, frame), *path])
    form = await _form(request) if request.method == "POST" else MultiDict()
    return Visit(page, conversation, request, frame, address, form)


def _asked(page: Page, request: Request, frame: Frame) -> list[tuple[str, str]]:
    """What the address says, and what the page says where the address does not."""
    said = request.query_params.multi_items()
    spoken = {name for name, value in said if value.strip()}
    known = [(name, find(frame.today)) for name, find in page.unsaid.items() if name not in spoken]
    return [*(pair for pair in said if pair[0] not in dict(known)), *known]


async def _form(request: Request) -> MultiDict:
    try:
        form = await request.form(max_files=0)
    except HTTPException:
        raise Refused(400, TOO_LONG) from None
    named = request.path_params
    return MultiDict(
        [(k, v) for k, v in form.multi_items() if isinstance(v, str) and k not in named]
    )


def _next(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}", safe="/")


async def _shown(visit: Visit, ask: Ask) -> Response:
    return await _rendered(visit, ask, read(visit.document.query, visit.sent), (), 200)


async def _done(visit: Visit, pressed: str, ask: Ask) -> Response:
    mutation = _mutation(visit, pressed)
    wanted = read(_ticked(mutation), visit.sent)
    mistakes = _left_out(visit.page, mutation, wanted)
    payload: dict[str, Any] = {}
    if not mistakes:
        payload = await _payload(visit, ask, mutation, wanted)
        mistakes = tuple(_mistake(**each) for each in payload.get("errors") or ())
    again = read(visit.document.query, visit.sent)
    if mistakes:
        return await _rendered(visit, ask, again, mistakes, 422)
    if pressed in visit.page.shown:
        return await _rendered(visit, ask, again, (), 200, made=payload)
    return RedirectResponse(_after(visit.page, pressed, wanted, payload), 303)


def _mistake(field: str, message: str) -> Mistake:
    """A mistake as error summaries have them: without the full stop of the API's sentence."""
    return Mistake(field, message.removesuffix("."))


def _mutation(visit: Visit, pressed: str) -> Operation:
    if not compare_digest(visit.form.get("csrf", "").encode(), visit.frame.csrf.encode()):
        raise Refused(403, STALE_FORM)
    try:
        return visit.document.mutations[pressed]
    except KeyError:
        raise Refused(400, UNKNOWN_BUTTON) from None


def _ticked(mutation: Operation) -> Operation:
    """A box that is not ticked is not sent at all: in a form that means no."""
    known = tuple(
        replace(each, default=False) if each.kind == "Boolean" and each.default is None else each
        for each in mutation.variables
    )
    return replace(mutation, variables=known)


def _left_out(page: Page, mutation: Operation, wanted: Read) -> tuple[Mistake, ...]:
    """All that was left blank and must not be, in the order of the questions, told at once."""
    blank = {name for name in page.missing if wanted.variables.get(name) in {None, ""}}
    names = [each.name for each in mutation.variables if each.name in {*blank, *wanted.missing}]
    return tuple(Mistake(name, page.missing.get(name) or ANSWER_THIS) for name in names)


async def _payload(visit: Visit, ask: Ask, mutation: Operation, wanted: Read) -> dict[str, Any]:
    question = Question(visit.document.text, mutation.name, wanted.variables)
    payload: dict[str, Any] = data_of(await ask(question, visit.request))["result"]
    return payload


def data_of(answer: Answer) -> dict[str, Any]:
    for error in answer.errors:
        code = error.get("extensions", {}).get("code")
        if code == "UNAUTHENTICATED":
            raise SignInFirst
        status = STATUSES.get(code, 500)
        # only sentences that our own fields wrote are fit to be read; they name where they arose
        is_ours = code in STATUSES and error.get("path")
        raise Refused(status, error["message"] if is_ours else "")
    if answer.data is None:
        raise Refused(500)
    return answer.data


def _after(page: Page, pressed: str, wanted: Read, payload: Mapping[str, Any]) -> str:
    things = [value for value in payload.values() if isinstance(value, Mapping)]
    names = {**wanted.variables, **(things[0] if things else {})}
    return page.after[pressed].format_map({k: quote(str(v), safe="") for k, v in names.items()})


async def _rendered(
    visit: Visit,
    ask: Ask,
    wanted: Read,
    mistakes: tuple[Mistake, ...],
    status: int,
    *,
    made: Mapping[str, Any] | None = None,
) -> Response:
    if wanted.missing:
        raise Refused(400, _("The address lacks “%(name)s”.") % {"name": wanted.missing[0]})
    question = Question(visit.document.text, visit.document.query.name, wanted.variables)
    data = data_of(await ask(question, visit.request))
    if visit.page.subject and data.get(visit.page.subject) is None:
        raise Refused(404)
    values = {name: selected(value) for name, value in data.items()}
    answers = _answers(visit, wanted)
    return rendered(
        visit.request,
        visit.frame,
        f"pages/{visit.page.name}.html",
        {**values, "kept": answers, "mistakes": mistakes, "made": selected(made)},
        status=status,
    )


def _answers(visit: Visit, wanted: Read) -> Kept:
    """What the person chose or typed, for the fields of a page that is shown again."""
    defaults = [(name, str(value)) for name, value in wanted.variables.items()]
    posted = "do" in visit.form
    sent = visit.form if posted else visit.sent
    missing = [(name, value) for name, value in defaults if not posted and name not in sent]
    return Kept(MultiDict([*missing, *sent.multi_items()]), is_posted=posted)


def rendered(
    request: Request,
    frame: Frame,
    template: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> Response:
    """A template in the site's frame; for pages that a document and a template cannot be."""
    name = template if "/" in template else f"pages/{template}"
    html = TEMPLATES.get_template(name).render(
        {
            "frame": frame,
            "here": Here(request.url.path, request.query_params.multi_items()),
            "kept": Kept(MultiDict(), is_posted=False),
            "mistakes": (),
            "made": None,
            "done": request.query_params.get("done", ""),
            **values,
        }
    )
    cache = "no-store" if frame.signed_in else "no-cache"
    return HTMLResponse(html, status, {"Cache-Control": cache})


def error_page(request: Request, frame: Frame, status: int, message: str = "") -> Response:
    """A page that says in one sentence what went wrong and what to do."""
    said = message or SENTENCES.get(status, SENTENCES[500])
    values = {"status": status, "message": said}
    return rendered(request, frame, "layouts/error.html", values, status=status)
