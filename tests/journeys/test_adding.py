"""Three answers add a project, and the next page has what is like it."""

import pytest
from playwright.async_api import expect

from tests.world import SCHOOL

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)


async def test_a_new_project_has_its_matches_on_the_next_page(visit):
    cerys = await visit()
    await cerys.signs_in("Cerys")
    await cerys.page.get_by_role("link", name="Add a project").first.click()
    await cerys.page.get_by_label("What is it called?").fill("School meals for everyone owed them")
    await cerys.page.get_by_label("What problem does it deal with").fill(SCHOOL)
    await cerys.presses("Add the project")
    await cerys.reads("There is 1 thing to put right")
    await expect(cerys.page.get_by_label("What problem does it deal with")).to_have_value(SCHOOL)

    await cerys.page.get_by_label("Discovery").check()
    await cerys.presses("Add the project")
    await cerys.stands_at("School meals for everyone owed them")
    await cerys.reads("Your project is on Tandem.")
    await cerys.follows("Free school meals enrolment")
    await cerys.stands_at("Free school meals enrolment")
    await cerys.page.go_back()
    await cerys.page.get_by_role("button", name="Compare and answer with Ashby").click()
    await cerys.stands_at("You and Ashby")
    await cerys.reads("Your answer for Cosby")
