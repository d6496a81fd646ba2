"""The page Explore and its two downloads: an address is read, asked, and answered in its own words."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from frontend.asking import Answer, Ask, Frame, FrameOf, Question
from frontend.documents import document
from frontend.explore import answers, exports, form
from frontend.explore.asked import NETWORK, Asked, Choices, foreign_page, read
from frontend.explore.documents import key_of, question, split_values
from frontend.explore.ready import READY
from frontend.language import _
from frontend.page import Refused, data_of, error_page, rendered
from frontend.phrases import sentence
from frontend.selected import selected
from frontend.templates import Mistake

PAGE = 100
MOST_ROWS = 5_000
MOST_ROWS_FOR_NOBODY = 1_000
DOWNLOADS = ("/explore.json", "/explore.csv")
WAIT = {"Retry-After": "60"}
PASSING = {429, 503}
PLACES = ("region", "nation", "type")


class Mistaken(Exception):
    """The question cannot be asked as it stands; the mistakes say what to put right."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(one.message for one in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with its question, what its form offers, and the frame around it."""

    request: Request
    frame: Frame
    asked: Asked
    choices: Choices
    names: Mapping[str, str]
    around: Mapping[str, Any]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return self.asked.mistakes


Show = Callable[[Visit, Ask], Awaitable[Response]]
Refuse = Callable[[Request, Frame, int, str], Response]


def routes(ask: Ask, frame_of: FrameOf) -> list[BaseRoute]:
    paths = ("/explore", *DOWNLOADS, "/explore.graphql")
    ways: list[tuple[Show, Refuse]] = [
        (shown, error_page),
        (as_json, json_error),
        (as_csv, text_error),
        (in_editor, error_page),
    ]
    return [
        Route(path, partial(respond, show, refuse, ask, frame_of), name=path.strip("/"))
        for path, (show, refuse) in zip(paths, ways, strict=True)
    ]


async def respond(
    show: Show, refuse: Refuse, ask: Ask, frame_of: FrameOf, request: Request
) -> Response:
    frame = frame_of(request)
    try:
        return await show(await visit(request, frame, ask), ask)
    except Refused as refusal:
        refused = refuse(request, frame, refusal.status, str(refusal))
        refused.headers.update(WAIT if refusal.status in PASSING else {})
        return refused
    except Mistaken as mistaken:
        return refuse(request, frame, 400, str(mistaken))


def json_error(_request: Request, _frame: Frame, status: int, message: str) -> Response:
    return JSONResponse({"errors": [{"message": message}]}, status)


def text_error(_request: Request, _frame: Frame, status: int, message: str) -> Response:
    return PlainTextResponse(f"{message}\n", status)


async def visit(request: Request, frame: Frame, ask: Ask) -> Visit:
    """Read the address, and check it against what the graph knows."""
    pairs = request.query_params.multi_items()
    things = identities(read(pairs, today=frame.today))
    found = document("pages", "explore")
    variables = {
        **things,
        **{f"of{name.capitalize()}": True for name in things},
    }
    around = data_of(await ask(Question(found.text, found.query.name, variables), request))
    choices = choices_of(around)
    asked = read(pairs, today=frame.today, choices=choices)
    names = {name: around[name]["name"] for name in things if around[name]}
    lost = tuple(unknown(name, things[name]) for name in things if name not in names)
    return Visit(
        request, frame, replace(asked, mistakes=asked.mistakes + lost), choices, names, around
    )


def identities(asked: Asked) -> dict[str, str]:
    """The ids of the things that the question is about, by their filters."""
    return {one.filter.name: one.identity for one in asked.held if one.identity}


def unknown(name: str, identity: str) -> Mistake:
    message = _("There is no “%(id)s”. Write a word of its name instead")
    return Mistake(name, message % {"id": identity[:40]})


def choices_of(around: Mapping[str, Any]) -> Choices:
    places = around["places"]["facets"]
    found = {name: values(places[name]) for name in PLACES}
    return {**found, "family": values(around["families"]["facets"]["family"])}


def values(groups: list[Mapping[str, Any]]) -> list[str]:
    return sorted(one["value"] for one in groups if one["value"] is not None)


async def answer_of(visit: Visit, ask: Ask, wanted: Question) -> dict[str, Any]:
    """Ask; a cursor of another question is a mistake of the address.

    Raises:
        Mistaken: the page that was asked for is not one of this question.
    """
    answer = await ask(wanted, visit.request)
    if is_bad_input(answer):
        raise Mistaken((foreign_page() if visit.asked.after else too_much(),))
    return data_of(answer)


def too_much() -> Mistake:
    return Mistake(
        "what", _("That is too much for one question. Take a condition or the split away")
    )


def is_bad_input(answer: Answer) -> bool:
    return any(one.get("extensions", {}).get("code") == "BAD_USER_INPUT" for one in answer.errors)


# The page.


async def shown(visit: Visit, ask: Ask) -> Response:
    asked = visit.asked
    if asked.mistakes:
        return page(visit, {}, mistakes=asked.mistakes)
    if "was" in asked.texts:
        # what a form sends with every field has a shorter address, fit to be kept and shared
        return RedirectResponse(f"/explore?{asked.address}", 303)
    wanted = question(asked)
    try:
        data = await answer_of(visit, ask, wanted)
    except Mistaken as mistaken:
        return page(visit, {}, mistakes=mistaken.mistakes)
    return page(visit, found(visit, wanted, data))


def page(visit: Visit, result: Mapping[str, Any], mistakes: tuple[Mistake, ...] = ()) -> Response:
    frame = {name: selected(visit.around[name]) for name in ("me", "waiting")}
    values = {**frame, "form": form_of(visit), "ready": ready(), "result": result}
    status = 400 if mistakes else 200
    values["mistakes"] = mistakes
    return rendered(visit.request, visit.frame, "explore.html", values, status=status)


def ready() -> list[tuple[str, str]]:
    return [(_(text), address) for text, address in READY]


def form_of(visit: Visit) -> dict[str, Any]:
    asked = visit.asked
    return {
        "what": asked.noun.name,
        "groups": form.groups(asked, visit.choices, visit.names),
        "nouns": form.nouns(asked),
        "facets": form.facets(asked),
        "splits": form.splits(asked),
        "views": form.views(asked),
        "columns": form.columns(asked),
        "orders": form.orders(asked),
        "turned": asked.turned,
        "is_arranged": bool({"column", "order", "turned"} & set(asked.texts)),
        "left_out": asked.left_out,
    }


def found(visit: Visit, wanted: Question, data: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with all that its page says about it."""
    asked = visit.asked
    total = data[asked.noun.name]["totalCount"]
    return {
        "view": asked.show,
        "total": total,
        "counted": answers.counted(asked, total),
        "noun": _(asked.noun.label),
        "needs_sign_in": asked.noun.signed_in and not visit.frame.signed_in,
        "conditions": form.conditions(asked, visit.choices, visit.names),
        "address": asked.address,
        "everything": form.all_of(asked),
        "is_cut": answers.is_cut(asked, data),
        "most_rows": most_rows(visit.frame),
        "graphql": wanted.document,
        "variables": json.dumps(wanted.variables, indent=2, ensure_ascii=False),
        "graphiql": graphiql(wanted),
        **answered(visit, wanted, data),
    }


def answered(visit: Visit, wanted: Question, data: Mapping[str, Any]) -> dict[str, Any]:
    """What fills the table: pairs, groups or rows."""
    asked = visit.asked
    if asked.show == NETWORK:
        pairs = answers.pairs(asked, data)
        return {
            "pairs": pairs[: answers.MOST_PAIRS],
            "pair_count": len(pairs),
            "map": answers.map_address(wanted.variables),
        }
    if asked.by:
        return {
            "by": sentence(_(asked.by.label)),
            "groups": answers.groups(asked, asked.by, data),
            "split": _(asked.split.label) if asked.split else "",
            "split_columns": answers.split_columns(asked, asked.by, data),
        }
    return {
        "columns": asked.columns,
        "rows": answers.rows(asked, data),
        "page_info": data[asked.noun.name]["pageInfo"],
    }


def graphiql(wanted: Question) -> str:
    values = json.dumps(wanted.variables, ensure_ascii=False)
    return f"/graphiql?query={quote(wanted.document)}&variables={quote(values)}"


async def in_editor(visit: Visit, _ask: Ask) -> Response:
    """Lead on to the GraphQL editor with the question in it, or to the page that says what is wrong."""
    asked = visit.asked
    if asked.mistakes:
        return page(visit, {}, mistakes=asked.mistakes)
    return RedirectResponse(graphiql(question(asked)), 303)


# Taken away.


def most_rows(frame: Frame) -> int:
    return MOST_ROWS if frame.signed_in else MOST_ROWS_FOR_NOBODY


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer with every page of it, as far as it may be taken away."""

    asked: Asked
    question: Question
    total: int
    data: Mapping[str, Any]
    nodes: list[Mapping[str, Any]]


async def whole(visit: Visit, ask: Ask) -> Whole:
    """Walk the pages of an answer.

    Raises:
        Mistaken: the address cannot be asked.
    """
    asked = replace(visit.asked, after="")
    if asked.mistakes or asked.left_out:
        raise Mistaken(asked.mistakes + tuple(left_out(name) for name in asked.left_out))
    wanted = question(asked, first=PAGE)
    first = data = await answer_of(visit, ask, wanted)
    part = data[asked.noun.name]
    nodes = list(part.get("nodes", ()))
    for _page in range(1, most_rows(visit.frame) // PAGE):
        if not has_more(part):
            break
        after = part["pageInfo"]["endCursor"]
        data = await answer_of(visit, ask, question(replace(asked, after=after), first=PAGE))
        part = data[asked.noun.name]
        nodes += part["nodes"]
    return Whole(asked, wanted, first[asked.noun.name]["totalCount"], first, nodes)


def left_out(name: str) -> Mistake:
    return Mistake(name, _("Nothing can be asked by “%(name)s”: leave it out") % {"name": name})


def has_more(part: Mapping[str, Any]) -> bool:
    return bool(part.get("pageInfo", {}).get("hasNextPage"))


def taken(visit: Visit, suffix: str, total: int, given: int) -> dict[str, str]:
    """The headers of a file: its name, whose it is, and how much of the answer it holds."""
    name = f"tandem-{visit.asked.noun.name}-{visit.frame.today.isoformat()}.{suffix}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store" if visit.frame.signed_in else "no-cache",
        "Tandem-Total": str(total),
        "Tandem-Given": str(given),
    }


async def as_csv(visit: Visit, ask: Ask) -> Response:
    answer = await whole(visit, ask)
    head, rows = table(visit, answer)
    headers = taken(visit, "csv", answer.total, len(rows))
    media = "text/csv; charset=utf-8; header=present"
    return Response(exports.csv_of(head, rows), headers={**headers, "Content-Type": media})


def table(visit: Visit, answer: Whole) -> tuple[list[str], list[list[str]]]:
    """What a file's table has: the columns of the page, and the address of each thing."""
    asked = answer.asked
    if asked.show == NETWORK:
        head = [_("Council"), _("Council"), _("Projects together"), _("Projects alike")]
        pairs = answers.pairs(asked, answer.data)
        return head, [
            [one.one.text, one.other.text, str(one.partners), str(one.matches)] for one in pairs
        ]
    if asked.by:
        groups = answers.groups(asked, asked.by, answer.data)
        columns = answers.split_columns(asked, asked.by, answer.data)
        own = [column.label for column in columns]
        head = [sentence(_(asked.by.label)), *own, sentence(_(asked.noun.label))]
        return head, [[one.label, *map(str, one.parts), str(one.count)] for one in groups]
    head = [*(_(column.label) for column in asked.columns), _("Address")]
    base = visit.frame.base_url.rstrip("/")
    return head, [
        [
            *(answers.plain(column, node) for column in asked.columns),
            f"{base}/{asked.noun.name}/{node['id']}",
        ]
        for node in answer.nodes
    ]


async def as_json(visit: Visit, ask: Ask) -> Response:
    answer = await whole(visit, ask)
    asked = answer.asked
    content: dict[str, Any] = {"total": answer.total}
    if asked.show == NETWORK:
        content["network"] = answer.data["network"]
    if asked.by:
        content["groups"] = answer.data[asked.noun.name]["facets"][asked.by.name]
        content |= {"split": parts} if (parts := split_of(answer)) else {}
    elif asked.show != NETWORK:
        content["rows"] = answer.nodes
    given = len(content.get("groups", answer.nodes))
    about = {
        "address": f"{visit.frame.base_url.rstrip('/')}/explore?{asked.address}",
        "askedOn": visit.frame.today.isoformat(),
        "graphql": answer.question.document,
        "variables": dict(answer.question.variables),
    }
    headers = taken(visit, "json", answer.total, given)
    return JSONResponse({"question": about, **content}, headers=headers)


def split_of(answer: Whole) -> dict[str, Any]:
    """The groups of each value of a split."""
    by = answer.asked.by
    found = {value: answer.data[key_of(value)] for value in split_values(answer.asked)}
    return {value: part["facets"][by.name] for value, part in found.items()} if by else {}
