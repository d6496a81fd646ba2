"""Letters: two parts that say the same, one filled button, nothing that acts by itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from frontend import Answer, Letter, LetterError, Letters, Question
from tests.frontend import sample

BASE = "https://tandem.example"


async def written(name: str, resolver: object, root: object = None, **variables: str) -> Letter:
    async def ask_as(question: Question, _person: str) -> Answer:
        return await sample.answer(question, resolver, root)

    letters = Letters(ask_as, base_url=f"{BASE}/", demo=True)
    return await letters.written(name, to="practitioner-1", variables=variables)


def links(html: str) -> set[str]:
    class Reader(HTMLParser):
        found: set[str] = set()  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                self.found.add(dict(attrs).get("href") or "")

    reader = Reader()
    reader.found = set()
    reader.feed(html)
    return reader.found


def follower(projects: int) -> object:
    """Somebody with so many projects of their own, and nothing that waits for them."""

    def resolver(source: object, info, **arguments: object) -> object:
        path = [str(key) for key in info.path.as_list()]
        if path[:2] == ["proposals", "nodes"]:
            return []
        if path == ["me", "projects", "totalCount"]:
            return projects
        if path == ["proposals", "totalCount"]:
            return 0
        return sample.full(source, info, **arguments)

    return resolver


LETTERS = [("digest", {}), ("introduction", {"proposal": "proposal-1"})]


@pytest.mark.parametrize(("name", "variables"), LETTERS)
async def test_both_parts_open_the_same_pages(name: str, variables: dict[str, str]) -> None:
    letter = await written(name, sample.full, **variables)
    assert links(letter.html)
    for link in links(letter.html):
        assert link.startswith(f"{BASE}/")
        assert link in letter.text


@pytest.mark.parametrize(("name", "variables"), LETTERS)
async def test_one_button_is_filled(name: str, variables: dict[str, str]) -> None:
    letter = await written(name, sample.full, **variables)
    assert len(re.findall(r'class="[^"]*\bfilled\b', letter.html)) == 1


@pytest.mark.parametrize(("name", "variables"), LETTERS)
async def test_a_letter_fetches_nothing_but_the_mark(name: str, variables: dict[str, str]) -> None:
    html = (await written(name, sample.full, **variables)).html
    assert "<form" not in html
    assert "<script" not in html
    assert all(f"{BASE}/assets/mark-" in src for src in re.findall(r'src="([^"]*)"', html))
    assert "@import" not in html
    assert "fonts." not in html


@pytest.mark.parametrize(("name", "variables"), LETTERS)
async def test_what_people_wrote_is_escaped_in_html_alone(
    name: str, variables: dict[str, str]
) -> None:
    letter = await written(name, sample.full, **variables)
    assert "Words & <b>" in letter.text
    assert "<b>" not in letter.html


@pytest.mark.parametrize(("name", "variables"), LETTERS)
async def test_every_part_of_the_source_reaches_the_letter(
    name: str, variables: dict[str, str]
) -> None:
    html = (await written(name, sample.full, **variables)).html
    assert 'lang="en"' in html
    assert "<mj-" not in html
    assert "prefers-color-scheme" in html
    assert "invented" in html
    assert "\n" not in (await written(name, sample.full, **variables)).subject


async def test_nothing_to_say_is_no_letter() -> None:
    letter = await written("digest", sample.empty)
    assert letter.is_empty
    assert letter.subject == ""


async def test_somebody_without_a_project_hears_what_is_new_in_their_services() -> None:
    letter = await written("digest", follower(projects=0), since="2026-11-16T00:00:00.000Z")
    assert letter.subject.startswith("In your services, ")
    assert f"{BASE}/projects/thing-1" in letter.text


async def test_somebody_with_projects_hears_of_matches_alone() -> None:
    assert (await written("digest", follower(projects=1), since="2026")).is_empty


async def test_old_news_is_not_news() -> None:
    letter = await written("digest", follower(projects=0), since="2026-11-20T00:00:00.000Z")
    assert letter.is_empty


async def test_a_refused_answer_is_no_letter() -> None:
    async def ask_as(_question: Question, _person: str) -> Answer:
        return Answer(None, ({"message": "No such person"},))

    letters = Letters(ask_as, base_url=BASE, demo=False)
    with pytest.raises(LetterError, match="No such person"):
        await letters.written("digest", to="practitioner-0", variables={})
