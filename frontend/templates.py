"""The Jinja environment of pages and letters: its filters, and what every template may call."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    pass_context,
    select_autoescape,
)
from jinja2.runtime import Context
from starlette.datastructures import MultiDict

from frontend import assets, boards, dates, examples, network, parties, phrases, words
from frontend.language import TRANSLATIONS

HERE = Path(__file__).resolve().parent
GOVUK = "govuk_frontend_jinja"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a person can put right in one field of a form."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Here:
    """The address of this page, and the same page with something changed."""

    path: str
    asked: Sequence[tuple[str, str]] = ()

    def has(self, name: str) -> bool:
        """Whether the address says anything under this name."""
        return any(key == name and value for key, value in self.asked)

    def but(self, **changes: str | None) -> str:
        """This address with these names set, or dropped where the value is None."""
        kept = [(k, v) for k, v in self.asked if k not in changes and k != "done"]
        fresh = [(k, v) for k, v in changes.items() if v is not None]
        query = urlencode([*kept, *fresh])
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class Kept:
    """What the person typed or chose, by field; what was there before where they did not."""

    sent: MultiDict
    is_posted: bool

    def __call__(self, name: str, before: object = "") -> str:
        if name in self.sent:
            return str(self.sent[name])
        return "" if before is None else str(before)

    def all(self, name: str, before: Sequence[object] = ()) -> list[str]:
        """Every choice under one name; no choice at all is an answer once the form was sent."""
        if self.is_posted or name in self.sent:
            return [str(value) for value in self.sent.getlist(name)]
        return [str(value) for value in before]


@pass_context
def _mistake_in(context: Context, name: str) -> Mapping[str, str] | None:
    """The GOV.UK macros' errorMessage for one field."""
    for mistake in context.get("mistakes", ()):
        if mistake.field == name:
            return {"text": mistake.message}
    return None


def _as_links(mistakes: Sequence[Mistake]) -> list[Mapping[str, str]]:
    """The GOV.UK error summary's errorList: each mistake leads to its field."""
    return [{"text": each.message, "href": f"#{each.field}"} for each in mistakes]


def _as_choices(values: Sequence[str], words_of: str, hints: str = "") -> list[dict[str, Any]]:
    """Enum values as the items of the GOV.UK macros, each with its words and a hint."""
    chosen = [
        {"value": each, "text": phrases.sentence(words.FILTERS[words_of](each))} for each in values
    ]
    if not hints:
        return chosen
    return [
        {**item, "hint": {"text": phrases.sentence(words.FILTERS[hints](item["value"]))}}
        for item in chosen
    ]


def _worded(values: Sequence[str], words_of: str) -> list[tuple[str, str]]:
    """Enum values with their words, as the options of a filter."""
    return [(item["value"], item["text"]) for item in _as_choices(values, words_of)]


def _as_options(people: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """People as the options of a filter: a name and where they work."""
    return [(each["id"], f"{each['name']}, {each['council']}") for each in people]


def _as_named(things: Sequence[Any]) -> list[dict[str, Any]]:
    """Things with an id and a name as items, each once."""
    named = {thing.id: thing.name for thing in things}
    return [{"value": each, "text": named[each]} for each in named]


def _asked_by(pairs: Sequence[tuple[str, str]], more: Mapping[str, str]) -> str:
    """The query of an address: these pairs, and those of the others that say anything."""
    return urlencode([*pairs, *((name, value) for name, value in more.items() if value)])


def _named(groups: Sequence[Any]) -> list[tuple[str, str]]:
    """Groups of a list as the options of a filter, by name."""
    known = [(group.value, group.label) for group in groups if group.value]
    return sorted(known, key=lambda each: each[1].casefold())


def _asset(name: str) -> str:
    return f"/assets/{assets.built()[name]}"


def _new_id(noun: str) -> str:
    """An id made before the form is sent, so that sending it twice makes one thing."""
    return f"{noun}-{uuid4()}"


_ITEMS = {
    "as_links": _as_links,
    "as_choices": _as_choices,
    "asked_by": _asked_by,
    "as_named": _as_named,
    "as_options": _as_options,
    "named": _named,
    "worded": _worded,
}


def _unsaid(value: object) -> object:
    """What nobody said is shown as nothing."""
    return "" if value is None else value


def _lines_of_letters(name: str) -> str | None:
    """The sentences that a letter's parts share, once more under a name that escapes them.

    A macro is escaped as its own file is, not as the file that calls it.
    """
    if name != "letters/lines.mjml":
        return None
    return (HERE / "letters" / "lines.txt").read_text(encoding="utf-8")


def _loader() -> ChoiceLoader:
    govuk = PrefixLoader({GOVUK: PackageLoader(GOVUK)})
    return ChoiceLoader([FileSystemLoader(HERE), govuk, FunctionLoader(_lines_of_letters)])


def _environment() -> Environment:
    environment = Environment(
        # the GOV.UK macros read absent parameters, which stricter kinds of undefined refuse
        undefined=ChainableUndefined,
        finalize=_unsaid,
        loader=_loader(),
        autoescape=select_autoescape(["html", "mjml"]),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_function"] = json.dumps
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        TRANSLATIONS, newstyle=True
    )
    environment.filters |= {
        **words.FILTERS,
        **dates.FILTERS,
        **phrases.FILTERS,
        **parties.FILTERS,
        **network.FILTERS,
        **boards.FILTERS,
        **_ITEMS,
    }
    environment.globals |= _globals()
    return environment


def _globals() -> dict[str, Any]:
    return {
        "asset": _asset,
        "new_id": _new_id,
        "mistake_in": _mistake_in,
        "examples": examples.EXAMPLES,
    }


TEMPLATES = _environment()
