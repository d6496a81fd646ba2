"""Three answers add a project, and the next page has what is like it."""

import pytest
from playwright.async_api import expect

from tests.world import AWARD, SCHOOL

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
    await cerys.stands_at("You and 2 other councils")
    await cerys.reads("Your answer for Cosby")


async def test_what_a_draft_is_like_is_shown_before_anything_is_kept(visit):
    cerys = await visit(java_script_enabled=False)
    await cerys.signs_in("Cerys")
    await cerys.goes_to("/projects/new")
    await cerys.page.get_by_label("What is it called?").fill("School meals")
    await cerys.page.get_by_label("What problem does it deal with").fill(SCHOOL)
    await cerys.page.get_by_label("Discovery").check()
    await cerys.presses("Suggest from what I wrote")
    await cerys.reads("Free school meals enrolment")
    await cerys.reads("3 similar projects have it")
    await expect(cerys.page.get_by_label("What problem does it deal with")).to_have_value(SCHOOL)
    await expect(cerys.page.get_by_label("Discovery")).to_be_checked()
    await cerys.page.get_by_label("Free school meals", exact=True).check()
    await cerys.presses("Add the project")
    await cerys.stands_at("School meals")
    await cerys.reads("LGSL 4")


async def test_a_draft_that_is_too_long_to_compare_is_told_so_and_not_lost(visit):
    cerys = await visit()
    await cerys.signs_in("Cerys")
    await cerys.goes_to("/projects/new")
    summary = cerys.page.get_by_label("What problem does it deal with")
    await summary.fill("Meals for " * 1001)
    await cerys.presses("Suggest from what I wrote")
    await cerys.reads("Shorten the text to 10,000 characters: it has 10,009.")
    await cerys.page.go_back()
    await expect(summary).to_have_value("Meals for " * 1001)


async def test_a_project_says_which_skills_it_looks_for_and_finds_people(visit):
    bilal = await visit()
    await bilal.signs_in("Bilal")
    await bilal.goes_to(f"/projects/{AWARD}/change")
    await bilal.page.get_by_label("Skill 1", exact=True).select_option(label="User research")
    await bilal.page.get_by_label("Level of skill 1").select_option(label="Expert")
    await bilal.presses("Keep the changes")
    await bilal.reads("Skills this project needs")
    await bilal.reads("expert level; expert is needed")
    await bilal.goes_to(f"/projects/{AWARD}/change")
    await bilal.page.get_by_label("Skill 1", exact=True).select_option(label="none")
    await bilal.presses("Keep the changes")
    await bilal.does_not_read("Skills this project needs")
    await bilal.reads("Say which, and see who could help")
