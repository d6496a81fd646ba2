"""Explore on both engines: all that is declared is answered, and groups lead to what they count."""

import csv
import io
import re
from urllib.parse import parse_qsl, quote, urlencode

import pytest

from backend.allowances import Allowances, Spent
from backend.product import NOBODY
from backend.schema.asking import reply
from frontend.explore import answers, pages
from frontend.explore.asked import read
from frontend.explore.documents import question
from frontend.explore.kinds import (
    NONE,
    SOME,
    YES,
    AnyOf,
    AnyPlace,
    AtLeast,
    Day,
    Has,
    Named,
    Number,
    OnePlace,
    Truth,
    Words,
)
from frontend.explore.nouns import NOUNS
from frontend.explore.ready import READY
from graph import registers
from tests.sites import field, signed_in
from tests.world import ADA, BILAL, MEALS, NOW, VIEWERS, built, council, project, skill, uid


def values(filter):  # noqa: PLR0911 - a kind each
    """Something to ask by every filter, not known included."""
    match filter:
        case AnyOf(values=known, unsaid=unsaid):
            return [[known[0]], [*known[:2], *([NONE] if unsaid else [])]]
        case AnyPlace(unsaid=unsaid):
            return [["North"], *([[NONE]] if unsaid else [])]
        case AtLeast(values=known):
            return [[known[1]]]
        case Named(noun=noun, relation=relation):
            return [["research"], [f"{noun}-4"], *([[NONE]] if relation else [])]
        case Words() | OnePlace():
            return [["meals"]]
        case Day():
            return [["2027-01-01"]]
        case Number():
            return [["10"]]
        case Truth():
            return [[YES]]
        case Has():
            return [[SOME], [NONE]]
    raise TypeError(filter)


@pytest.fixture
async def product(graph, clock):
    """The small world, with a partnership of which neither tier nor region is known."""
    made = await built(graph, clock)
    joint = council("JNT", "Joint") | {"kind": "PARTNERSHIP", "tier": None, "region": None}
    await graph.write(registers.councils, rows=[joint], now=NOW)
    shared = project(uid("project", 50), "Meals of many", MEALS, "council-JNT", phase="LIVE")
    design = skill("design", "Design") | {"families": ["Design", "Data"]}
    await graph.write(registers.skills, rows=[design], now=NOW)
    shared |= {"partners": ["council-ASH"], "service": None}
    await graph.write(registers.projects, rows=[shared], now=NOW)
    return made


def asked(product, address):
    found = read(parse_qsl(address), today=product.today)
    assert found.mistakes == ()
    return found


async def answer(product, address, viewer=VIEWERS["ada"], **how):
    wanted = question(asked(product, address), **how)
    found = await reply(product, viewer, wanted.document, wanted.variables)
    assert "errors" not in found, (address, found["errors"])
    return found["data"]


@pytest.mark.parametrize("noun", NOUNS.values(), ids=[*NOUNS])
async def test_all_that_is_declared_is_answered(product, noun):
    every = [("what", noun.name), *(("column", one.name) for one in noun.columns)]
    for viewer in (VIEWERS["ada"], NOBODY):
        await answer(product, urlencode(every), viewer, first=100)
    whole = []
    for name, known in noun.filters.items():
        for texts in values(known):
            said = [(name, text) for text in texts]
            await answer(product, urlencode([("what", noun.name), *said]))
        whole += said
    await answer(product, urlencode([*every, *whole]), first=100)
    for order in noun.orders:
        for turned in ([], [("turned", YES)]):
            await answer(product, urlencode([("what", noun.name), ("order", order.name), *turned]))


@pytest.mark.parametrize("noun", NOUNS.values(), ids=[*NOUNS])
async def test_a_group_leads_to_as_many_as_it_counts(product, noun):
    met = 0
    for facet in noun.facets:
        address = urlencode([("what", noun.name), ("by", facet.name)])
        data = await answer(product, address)
        for group in answers.groups(asked(product, address), facet, data):
            alone = await answer(product, group.address)
            assert alone[noun.name]["totalCount"] == group.count, (facet.name, group.value)
            met += 1
    assert met >= len(noun.facets)


@pytest.mark.parametrize("noun", NOUNS.values(), ids=[*NOUNS])
async def test_a_split_adds_up(product, noun):
    for split in noun.splits:
        for facet in noun.facets:
            if facet is split:
                continue
            address = f"what={noun.name}&by={facet.name}&split={split.name}"
            data = await answer(product, address)
            found = answers.groups(asked(product, address), facet, data)
            assert all(sum(group.parts) == group.count for group in found), address
            assert found


async def test_no_project_like_that_is_not_no_project(product):
    async def names(address):
        data = await answer(product, f"what=councils&{address}")
        return {one["name"].split()[0] for one in data["councils"]["nodes"]}

    # Cosby's only project is Cosby's own affair
    assert await names("projects=none") == {"Cosby"}
    assert await names("projects=some&about=meals") == await names("about=meals")
    assert await names("about=meals") == {"Ashby", "Brackley", "Dunsby", "Joint"}
    assert await names("projects=none&about=meals") == {"Cosby"}
    assert await names("projects=none&about=parking") == {"Ashby", "Brackley", "Cosby", "Joint"}


async def test_the_pairs_of_a_network_are_councils_of_the_answer(product):
    address = "what=projects&text=meals&show=network"
    pairs = answers.pairs(asked(product, address), await answer(product, address))
    joined = {frozenset((one.one.text, one.other.text)): one for one in pairs}
    assert joined[frozenset(("Ashby", "Brackley"))].matches >= 1
    together = answers.pairs(asked(product, "what=councils&show=network"), await answer(product, "what=councils&show=network"))  # fmt: skip
    assert any(one.partners for one in together)
    fewer = answers.pairs(asked(product, f"{address}&council=Cosby"), await answer(product, f"{address}&council=Cosby"))  # fmt: skip
    assert fewer == []


async def test_ready_questions_are_answered_for_everybody(site):
    async with site.browser() as browser:
        for _text, address in READY:
            assert (await browser.get(f"/explore?{address}")).status_code == 200
        await signed_in(site, browser, ADA)
        for _text, address in READY:
            assert (await browser.get(f"/explore?{address}")).status_code == 200


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


async def test_a_file_has_every_page_once_and_the_page_says_the_same(site, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 3)
    async with site.browser() as browser:
        for who, total in ((None, 9), (ADA, 9)):
            if who:
                await signed_in(site, browser, who)
            file = await browser.get("/explore.csv?what=projects&column=title&order=PHASE")
            _head, *rows = rows_of(file)
            assert len({row[-1] for row in rows}) == len(rows) == total
            assert file.headers["tandem-total"] == file.headers["tandem-given"] == str(total)
            said = (
                await browser.get("/explore.json?what=projects&column=title&order=PHASE")
            ).json()
            assert [one["title"] for one in said["rows"]] == [row[0] for row in rows]
            page = await browser.get("/explore?what=projects")
            assert f"{total} projects" in page.text


async def test_a_file_stops_at_its_limit_and_says_so(site, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    monkeypatch.setattr(pages, "MOST_ROWS_FOR_NOBODY", 4)
    async with site.browser() as browser:
        file = await browser.get("/explore.csv?what=projects")
        assert len(rows_of(file)) == 5
        assert (file.headers["tandem-total"], file.headers["tandem-given"]) == ("9", "4")
        page = await browser.get("/explore?what=projects")
        assert "Downloads have the first 4 rows." in page.text


async def test_a_download_draws_on_the_allowance_and_a_page_does_not(site, monkeypatch):
    monkeypatch.setattr(Allowances, "spend", spent)
    async with site.browser() as browser:
        for kind in ("csv", "json"):
            file = await browser.get(f"/explore.{kind}?what=projects")
            assert (file.status_code, file.headers["retry-after"]) == (429, "60")
            assert "a lot in a short time" in file.text
        assert (await browser.get("/explore?what=projects")).status_code == 200


def spent(*_, **__):
    raise Spent(30)


async def test_what_the_page_shows_is_what_it_asked(site):
    address = "what=projects&phase=BETA&service=service-4"
    async with site.browser() as browser:
        said = (await browser.get(f"/explore.json?{address}")).json()
        body = {"query": said["question"]["graphql"], "variables": said["question"]["variables"]}
        again = (await browser.post("/graphql", json=body)).json()
        assert again["data"]["projects"]["nodes"] == said["rows"]
        assert said["question"]["address"].endswith(f"/explore?{address}")
        page = (await browser.get(f"/explore?{address}")).text
    assert f"/graphiql?query={quote('query Explore(')}" in page
    assert "Free school meals" in page


async def test_a_page_of_another_question_is_refused(site, monkeypatch):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        said = await browser.post("/graphql", json={"query": "{ projects(first: 2) { pageInfo { endCursor } } }"})  # fmt: skip
        cursor = said.json()["data"]["projects"]["pageInfo"]["endCursor"]
        assert (await browser.get(f"/explore?what=projects&after={cursor}")).status_code == 200
        for address in (f"what=projects&phase=BETA&after={cursor}", f"what=councils&after={cursor}", "what=projects&after=zzz"):  # fmt: skip
            page = await browser.get(f"/explore?{address}")
            assert page.status_code == 400
            assert "is a page of another question" in page.text


async def test_strangers_are_told_that_people_are_for_those_who_sign_in(site):
    async with site.browser() as browser:
        page = await browser.get("/explore?what=people&skill=research")
        assert "People are shown to those who sign in" in page.text
        assert "Ada" not in page.text
        assert rows_of(await browser.get("/explore.csv?what=people"))[1:] == []


async def test_what_is_hidden_is_in_no_file_count_or_group(site):
    async with site.browser() as browser:
        for who in (None, BILAL):
            if who:
                await signed_in(site, browser, who)
            for address in ("what=projects", "what=projects&by=council", "what=councils&about=zebra", "what=projects&text=zebra"):  # fmt: skip
                for kind in ("", ".csv", ".json"):
                    found = await browser.get(f"/explore{kind}?{address}")
                    assert "Hidden" not in found.text
            council = await browser.get("/explore.json?what=councils&about=zebra")
            assert council.json()["total"] == 0


async def test_a_question_is_saved_shared_opened_and_taken_away(site):
    address = "what=projects&phase=BETA&by=region&show=chart"
    async with site.browser() as ada, site.browser() as bilal:
        await signed_in(site, ada, ADA)
        await signed_in(site, bilal, BILAL)
        page = await ada.get(f"/questions/new?address={quote(address)}")
        form = {name: field(page.text, name) for name in ("csrf", "id", "address")}
        assert form["address"] == address
        wrong = await ada.post("/questions/new", data={**form, "do": "SaveQuestion", "sharedWith": "NOBODY", "name": ""})  # fmt: skip
        assert (wrong.status_code, "Give the question a name" in wrong.text) == (422, True)
        done = {**form, "do": "SaveQuestion", "sharedWith": "NETWORK", "name": "Beta by region"}
        for _ in range(2):
            saved = await ada.post("/questions/new", data=done)
            assert "Saved." in saved.text
        assert saved.text.count("Beta by region</a>") == 1
        shared = await bilal.get("/questions")
        assert "Beta by region" in shared.text
        (link,) = re.findall(r'href="(/explore\?[^"]*)">Beta by region', shared.text)
        assert (await bilal.get(link.replace("&amp;", "&"))).status_code == 200
        read_only = await bilal.get(f"/questions/{form['id']}")
        assert "Take it away" not in read_only.text
        own = await ada.get(f"/questions/{form['id']}")
        ended = await ada.post(f"/questions/{form['id']}", data={"csrf": field(own.text, "csrf"), "do": "EndQuestion"})  # fmt: skip
        assert "Taken away." in ended.text
        assert "Beta by region" not in (await bilal.get("/questions")).text
        assert (await bilal.get(f"/questions/{form['id']}")).status_code == 404
