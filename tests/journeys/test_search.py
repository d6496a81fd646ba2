"""A few words in the header find everything, spelt well or not; and where there is nothing, two ways on."""

import pytest
from playwright.async_api import expect

from graph import registers
from tests.journeys.test_access import faults
from tests.world import ADA, ENROL, HIDDEN, NOW, project, service, uid

pytestmark = [
    pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True),
    pytest.mark.usefixtures("bins"),
]
BINS = uid("project", 70)


@pytest.fixture
async def bins(site) -> None:
    """A project about bins, whose service alone has the word waste in it, and more than fit a page."""
    graph = site.product.graph
    await graph.write(registers.services, rows=[service(7, "Household waste collection")], now=NOW)
    row = project(BINS, "Missed bins", "Crews log on a tablet what was not out.", "council-DUN")
    more = [
        project(uid("project", 80 + at), f"Permit desk {at}", "Counter staff.", "council-DUN")
        for at in range(8)
    ]
    rows = [{**row, "service": "service-7"}, *({**one, "service": None} for one in more)]
    await graph.write(registers.projects, rows=rows, now=NOW)


async def searches(visitor, text):
    box = visitor.page.get_by_role("search").get_by_role("searchbox")
    await box.fill(text)
    await box.press("Enter")
    await visitor.stands_at("Search")


def group(visitor, name):
    return visitor.page.get_by_role("region", name=name)


async def test_the_header_searches_everything(visit):
    stranger = await visit()
    await stranger.goes_to("/councils")
    await searches(stranger, "waste")
    assert stranger.page.url.endswith("/search?text=waste")
    await stranger.reads("Household waste collection", within=group(stranger, "Services"))
    await stranger.reads("Missed bins", within=group(stranger, "Projects"))
    await stranger.reads("Bin day reminders", within=group(stranger, "Projects"))
    marks = group(stranger, "Projects").locator("mark")
    assert {one.lower() for one in await marks.all_text_contents()} == {"waste"}
    assert await faults(stranger) == []


async def test_a_slip_a_beginning_and_a_code_are_enough(visit):
    stranger = await visit(java_script_enabled=False)
    await stranger.goes_to("/")
    await searches(stranger, "parkng permits")
    await stranger.reads("Parking permits without paper", within=group(stranger, "Projects"))
    await searches(stranger, "free sch")
    await stranger.reads("Free school meals", within=group(stranger, "Services"))
    await searches(stranger, "ASH")
    await stranger.page.get_by_role("main").get_by_role("link", name="Ashby Council").click()
    await stranger.stands_at("Ashby Council")


async def test_links_lead_to_one_kind_and_back(visit):
    ada = await visit()
    await ada.signs_in("Ada")
    await searches(ada, "permit")
    kinds = ada.page.get_by_role("navigation", name="Kinds of what was found")
    await expect(kinds.get_by_role("link", name="Everything")).to_have_attribute("aria-current", "true")  # fmt: skip
    await ada.reads("Projects (9)", within=kinds)
    await expect(group(ada, "Projects").get_by_role("listitem")).to_have_count(6)
    await ada.follows("Show more projects")
    await expect(group(ada, "Projects").get_by_role("listitem")).to_have_count(9)
    await expect(kinds.get_by_role("link", name="Projects")).to_have_attribute("aria-current", "true")  # fmt: skip
    assert await faults(ada) == []
    await ada.follows("Everything")
    await expect(group(ada, "Projects").get_by_role("listitem")).to_have_count(6)


async def test_people_and_hidden_projects_are_found_by_those_who_may_see_them(visit):
    ada, cerys, stranger = await visit(), await visit(), await visit()
    await ada.signs_in("Ada")
    await cerys.signs_in("Cerys")
    for visitor in (ada, stranger):
        await visitor.goes_to("/search?text=zebra+budget")
        await visitor.reads("None of those words is here")
        await visitor.does_not_read("Hidden")
    await cerys.goes_to("/search?text=zebra+budget")
    await expect(cerys.page.locator(f"a[href='/projects/{HIDDEN}']")).to_be_visible()
    await stranger.goes_to("/search?text=service+designer")
    await stranger.reads("once you have signed in")
    await expect(group(stranger, "People")).to_have_count(0)
    await ada.goes_to("/search?text=ashby+designer")
    await expect(group(ada, "People").locator(f"a[href='/people/{ADA}']")).to_be_visible()
    assert await faults(ada) == []


async def test_where_nothing_is_found_there_are_two_ways_on(visit):
    stranger = await visit(java_script_enabled=False)
    await stranger.goes_to("/search?text=xylophone+%3Cquux%3E")
    await stranger.reads("None of those words is here")
    await expect(stranger.page.get_by_role("main").get_by_role("link", name="Explore the network")).to_be_visible()  # fmt: skip
    await stranger.presses("Describe it as a project")
    await expect(stranger.page.get_by_role("textbox", name="planning")).to_have_value("xylophone <quux>")  # fmt: skip
    await stranger.goes_to("/search")
    await stranger.reads("The beginning of a word is enough")
    await stranger.goes_to("/search?text=meals&kinds=SKILL")
    await stranger.reads("None of this kind has those words")
    await stranger.follows("Show everything that was found")
    await expect(stranger.page.locator(f"a[href='/projects/{ENROL}']")).to_be_visible()


@pytest.mark.parametrize("path", ["/search", "/search?text=xylophone", "/search?text=meals"])
async def test_every_state_is_fit_for_everybody(visit, path):
    stranger = await visit()
    await stranger.goes_to(path)
    assert await faults(stranger) == []
