"""Coverage and the programme, as those read them who may see more or less of the network."""

import html
import re
from datetime import timedelta

import pytest

from graph import projects
from tests.sites import signed_in
from tests.world import ADA, ASHBY, CERYS, ENROL


def words(page):
    """What a page says, in one line."""
    text = re.sub(r"<(script|style|select).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


@pytest.fixture
async def page(site):
    """Read an address as somebody, or as nobody."""

    async def read(address, person=None):
        async with site.browser() as browser:
            if person:
                await signed_in(site, browser, person)
            answer = await browser.get(address)
            assert answer.status_code == 200, answer.text
            return words(answer.text)

    return read


@pytest.fixture
async def manager(site):
    async def promote(tx):
        await tx.run("MATCH (p:Practitioner {id: $id}) SET p.role = 'PROGRAMME_MANAGER'", id=ADA)

    await site.product.graph.write(promote)
    return ADA


async def test_a_council_is_silent_for_those_who_may_not_see_its_project(page):
    stranger = await page("/coverage")
    assert "Councils 4 Councils that lead no project 1 25 in 100" in stranger
    assert "1 council that leads no project Council Region or nation Tier Cosby Council" in stranger
    cerys = await page("/coverage", CERYS)
    assert "Councils 4 Councils that lead no project 0 0 in 100" in cerys
    assert "Each of them leads a project." in cerys


async def test_services_without_a_project_are_listed(page):
    found = await page("/coverage")
    assert "1 service that nobody has a project about" in found
    assert "Parking Every kind of council Not known" in found
    assert "Services that they provide 2" in found


async def test_a_region_that_is_nowhere_has_nothing(page):
    found = await page("/coverage?region=Atlantis")
    assert "Councils 0" in found
    assert "Each of them leads a project." in found


async def test_only_programme_managers_are_led_to_their_programme(page, manager):
    assert "My programme" in await page("/councils", manager)
    assert "My programme" not in await page("/councils", CERYS)


async def test_the_programme_says_what_moved_and_what_went_stale(site, page, clock, manager):
    clock.now += timedelta(days=70)
    first = await page("/programme", manager)
    assert "Projects 9 0 added since 2 January 2027" in first
    assert "Nothing that you may see." in first
    assert "2 projects were last confirmed more than 60 days ago" in first
    await site.product.graph.write(
        projects.change,
        id=ENROL,
        version=2,
        person=ADA,
        council=ASHBY,
        properties={"phase": "LIVE", "title": "Free school meals enrolment", "sortName": "free"},
        service="service-4",
        now=site.product.now,
    )
    then = await page("/programme", manager)
    assert "1 project: 0 added" in then
    assert "1 in another phase" in then
    assert "went from beta to live 2 February 2027" in then.casefold().replace(
        "february", "February"
    )


async def test_proposals_are_counted_as_far_as_ones_own_council_sees_them(page, manager):
    assert re.search(r"Waits for your answer [1-9]", await page("/programme", manager))
    found = await page("/programme", CERYS)
    assert "None yet: a proposal comes once a project of Cosby" in found


async def test_a_programme_needs_somebody_and_a_real_day(site, page):
    async with site.browser() as browser:
        answer = await browser.get("/programme", follow_redirects=False)
        assert answer.headers["location"] == "/sign-in?next=/programme"
        await signed_in(site, browser, ADA)
        assert (await browser.get("/programme?since=yesterday")).status_code == 400
