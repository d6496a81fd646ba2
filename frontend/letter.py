"""The letter machine: a document, asked as its reader, and three templates make one letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import mjml

from frontend.asking import Answer, AskAs, Question
from frontend.documents import Document, document
from frontend.parties import strongest_first
from frontend.selected import selected
from frontend.templates import TEMPLATES

MOST_ITEMS = 5


class LetterError(RuntimeError):
    """A letter could not be written; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, both its parts saying the same; empty when there is nothing to say."""

    subject: str
    text: str
    html: str
    is_empty: bool


NOTHING = Letter("", "", "", is_empty=True)


class Letters:
    """Writes letters; what each may say is decided by who is asked as."""

    def __init__(self, ask_as: AskAs, *, base_url: str, demo: bool) -> None:
        self._ask_as = ask_as
        self._shared = {"base_url": base_url.rstrip("/"), "demo": demo}

    async def written(self, name: str, *, to: str, variables: Mapping[str, object]) -> Letter:
        """The letter `name` for this person; variables that its document lacks reach templates."""
        conversation = document("letters", name)
        answer = await self._ask_as(_question(conversation, variables), to)
        values = {**self._shared, "since": "", "joined": "", **variables, **_values(name, answer)}
        subject = " ".join(_part(f"{name}.subject.txt", values).split())
        if not subject:
            return NOTHING
        values["subject"] = subject
        text = _part(f"{name}.text.txt", values).strip() + "\n"
        return Letter(subject, text, _html(_part(f"{name}.mjml", values)), is_empty=False)


def _question(conversation: Document, variables: Mapping[str, object]) -> Question:
    declared = {variable.name for variable in conversation.query.variables}
    wanted = {key: value for key, value in variables.items() if key in declared}
    return Question(conversation.text, conversation.query.name, wanted)


def _values(name: str, answer: Answer) -> dict[str, Any]:
    if answer.errors or answer.data is None:
        reasons = "; ".join(str(error.get("message")) for error in answer.errors)
        message = f"the letter {name} has no answer: {reasons or 'no data'}"
        raise LetterError(message)
    return {key: selected(value) for key, value in answer.data.items()}


def _part(name: str, values: Mapping[str, Any]) -> str:
    return TEMPLATES.get_template(f"letters/{name}").render(values)


def _html(source: str) -> str:
    # no web fonts: a letter fetches nothing but the mark. An unknown tag is dropped without a word,
    # so tests read what comes out
    return str(mjml.mjml2html(source, disable_comments=True, fonts={}))


class News(NamedTuple):
    """A project that is new in a service that somebody follows."""

    service: Any
    project: Any


def _news(services: Sequence[Any], since: str) -> list[News]:
    """What was added to these services after an instant, newest first, each once; at most five."""
    found = {
        project.id: News(service, project)
        for service in services
        for project in service.projects.nodes
        if project.addedAt > since
    }
    newest = sorted(found.values(), key=lambda news: news.project.addedAt, reverse=True)
    return newest[:MOST_ITEMS]


def _foremost(proposals: Sequence[Any]) -> list[Any]:
    """Those that a letter tells of: the strongest, at most five."""
    return strongest_first(proposals)[:MOST_ITEMS]


TEMPLATES.filters |= {"foremost": _foremost, "news": _news}
