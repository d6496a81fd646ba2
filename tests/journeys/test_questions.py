"""The ten questions of programme managers, asked of the API and on the pages, over the real registers."""

import re
from pathlib import Path

import pytest

from tests import demos

FILE = Path(__file__).with_name("questions.md")
MANAGER = "olamide.fairweather@loti.example"
SECTION = re.compile(r"## (\d+)\. ([^\n]*)\n(.*?)(?=\n## |\Z)", re.DOTALL)
# Of these the demo's answer may well be nothing: what is asked for is rare by its nature.
MAY_BE_EMPTY = {"3", "10"}


def sections():
    for number, title, body in SECTION.findall(FILE.read_text(encoding="utf-8")):
        (query,) = re.findall(r"```graphql\n(.*?)```", body, re.DOTALL)
        (page,) = re.findall(r"^On a page: `(.*?)`$", body, re.MULTILINE)
        yield pytest.param(number, query, page, id=f"{number} {title}")


QUESTIONS = [*sections()]


@pytest.fixture(scope="module")
def one_demo(tmp_path_factory):
    with demos.standing(tmp_path_factory.mktemp("questions"), "demo") as one:
        yield one.standing()


@pytest.fixture(scope="module")
def token(one_demo):
    return one_demo.command("token", MANAGER).stdout.strip()


def names(value):
    """Every name or title that an answer has."""
    if isinstance(value, dict):
        own = [text for key, text in value.items() if key in {"name", "title"} and text]
        return own + [name for inner in value.values() for name in names(inner)]
    return [name for inner in value for name in names(inner)] if isinstance(value, list) else []


def test_there_are_ten():
    assert [one.values[0] for one in QUESTIONS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "query", "page"), QUESTIONS)
def test_a_question_is_answered_by_the_api_and_on_a_page(one_demo, token, number, query, page):
    (answer,) = one_demo.ask(query, token).values()
    said = names(answer)
    assert said or answer.get("facets") or number in MAY_BE_EMPTY, answer
    with one_demo.browser() as browser:
        found = browser.get(page, headers={"Authorization": f"Bearer {token}"})
    assert found.status_code == 200, page
    assert "<h1" in found.text
    if number in {"1", "2", "5", "9"}:  # the page lists what the API lists
        assert any(name.split(" Council")[0] in found.text for name in said), (said, page)
