"""No word reaches a reader without passing gettext, so that Welsh can follow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from frontend.documents import HERE
from frontend.templates import TEMPLATES

NAMES = {"Tandem", "LGSL", "x"}  # names, which stay as they are in every language
ASIDE = re.compile(r"<(pre|script|style|mj-style|title)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;|(?<=\x00)/[\w/-]+")  # and the paths of links
FILES = sorted(
    path
    for folder in ("layouts", "components", "pages", "letters")
    for path in (HERE / folder).iterdir()
    if path.suffix in {".html", ".mjml", ".txt"}
)


def bare_words(source: str) -> set[str]:
    pieces = [each.data for each in TEMPLATES.parse(source).find_all(nodes.TemplateData)]
    text = ENTITY.sub(" ", TAG.sub(" ", ASIDE.sub(" ", "\x00".join(pieces))))
    return set(re.findall(r"[^\W\d_]+", text)) - NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_a_template_is_marked(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == set()


def test_a_bare_word_would_be_found() -> None:
    assert bare_words('<p class="x">Bare {{ name }}</p>{% trans %}marked{% endtrans %}') == {"Bare"}
