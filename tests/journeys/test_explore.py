"""Explore in a browser: a question is built, narrowed, saved, shared, opened by another, taken away."""

import csv
import io

import pytest
from playwright.async_api import expect

from tests.journeys.test_keyboard import tabs_to

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_question_is_built_saved_shared_and_opened_by_another(visit, scripts):
    ada, bilal = await visit(java_script_enabled=scripts), await visit(java_script_enabled=scripts)
    await ada.signs_in("Ada")
    await ada.page.get_by_role("link", name="Explore").first.click()
    await ada.stands_at("Explore the network")
    await ada.page.get_by_label("Words", exact=True).fill("meals")
    await ada.page.get_by_label("Beta").check()
    await ada.page.get_by_text("Its council", exact=True).click()
    await ada.page.get_by_label("North", exact=True).check()
    await ada.page.get_by_label("Count by").select_option("council")
    await ada.page.get_by_label("Show as").select_option("chart")
    await ada.presses("Ask")
    await expect(ada.page).to_have_url(
        f"{ada.address}/explore?what=projects&text=meals&phase=BETA&region=North&by=council&show=chart#answer"
    )
    await ada.reads("3 projects, by council")
    await ada.reads("Region or nation: North")
    await ada.reads("council(first: $groups)")
    # what was asked is still in the form
    await expect(ada.page.get_by_label("Beta")).to_be_checked()
    await ada.follows("Ashby")
    await ada.reads("1 project")
    await ada.reads("Council: Ashby")
    await ada.page.go_back()
    await ada.follows("Save it")
    await ada.presses("Save the question")
    await ada.reads("Give the question a name")
    await ada.page.get_by_label("What do you call it?").fill("Meals in beta")
    await ada.page.get_by_label("Everybody who signs in").check()
    await ada.presses("Save the question")
    await ada.reads("Saved.")

    await bilal.signs_in("Bilal")
    await bilal.goes_to("/explore")
    await bilal.follows("Questions that people keep")
    await bilal.reads("Ada, Ashby")
    await bilal.follows("Meals in beta")
    await bilal.reads("3 projects, by council")

    await ada.follows("Rename, share or take away")
    await ada.presses("Take it away")
    await ada.reads("Taken away.")
    await bilal.goes_to("/questions")
    await bilal.does_not_read("Meals in beta")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_enter_in_a_field_asks_and_lands_on_the_answer(visit, scripts):
    stranger = await visit(java_script_enabled=scripts)
    await stranger.goes_to("/explore")
    await stranger.page.get_by_label("Words", exact=True).fill("meals")
    await stranger.page.keyboard.press("Enter")
    await expect(stranger.page).to_have_url(
        f"{stranger.address}/explore?what=projects&text=meals#answer"
    )
    await expect(stranger.page.locator("#answer")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_another_noun_has_other_fields_and_keeps_what_both_have(visit, scripts):
    stranger = await visit(java_script_enabled=scripts)
    await stranger.goes_to("/explore?what=projects&phase=BETA&text=meals&by=phase")
    await stranger.page.get_by_label("Show", exact=True).select_option("councils")
    await stranger.presses("Change what is shown")
    await expect(stranger.page).to_have_url(f"{stranger.address}/explore?what=councils&text=meals&phase=BETA")  # fmt: skip
    await stranger.reads("Nothing fits all of that")
    await expect(stranger.page.get_by_label("Name", exact=True)).to_have_value("meals")
    await expect(stranger.page.get_by_label("At least so many people")).to_have_count(1)
    await stranger.page.get_by_role("link", name="Remove Name").click()
    await stranger.reads("3 councils and partnerships")


async def test_an_answer_is_taken_away_as_a_file(visit):
    stranger = await visit()
    await stranger.goes_to("/explore?what=projects&phase=BETA&column=title&column=phase")
    async with stranger.page.expect_download() as found:
        await stranger.follows("Download CSV")
    file = await found.value
    assert file.suggested_filename == "tandem-projects-2026-11-24.csv"
    text = (await file.path()).read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["Project", "Phase", "Address"]
    assert ["Free school meals enrolment", "Beta"] in [row[:2] for row in rows]
    async with stranger.page.expect_download() as found:
        await stranger.follows("Download JSON")
    assert (await found.value).suggested_filename == "tandem-projects-2026-11-24.json"


async def test_a_mistake_in_an_address_is_told_beside_what_was_filled_in(visit):
    stranger = await visit()
    await stranger.goes_to("/explore?what=projects&text=meals&phase=GAMMA&startsFrom=soon")
    assert (await stranger.page.title()).startswith("Error:")
    await stranger.reads("“GAMMA” is no choice for “Phase”")
    await expect(stranger.page.get_by_label("Words", exact=True)).to_have_value("meals")
    await stranger.follows("“Starts on or after” must be a date")
    await expect(stranger.page.get_by_label("Starts on or after")).to_be_focused()
    await stranger.page.get_by_label("Starts on or after").fill("June 2026")
    await stranger.presses("Ask")
    await stranger.reads("Starts on or after: 1 June 2026")


async def test_a_question_is_asked_with_a_keyboard_alone(visit):
    ada = await visit()
    await ada.signs_in("Ada")
    page, main = ada.page, ada.page.get_by_role("main")
    await ada.goes_to("/explore")
    await tabs_to(page, page.get_by_label("Beta"))
    await page.keyboard.press("Space")
    await tabs_to(page, page.locator("summary", has_text="Its service"))
    await page.keyboard.press("Enter")
    await tabs_to(page, page.get_by_role("textbox", name="Service"))
    await page.keyboard.type("school meals")
    await tabs_to(page, page.get_by_label("Count by"))
    await page.keyboard.type("region")
    await page.keyboard.press("Enter")
    await ada.presses("Ask") if "by=" not in page.url else None
    await ada.reads("by region or nation")
    await tabs_to(page, main.get_by_role("link", name="Save it"))
    await page.keyboard.press("Enter")
    await ada.stands_at("Save a question")
    await tabs_to(page, page.get_by_label("What do you call it?"))
    await page.keyboard.type("By region")
    await page.keyboard.press("Enter")
    await ada.reads("Saved.")


async def test_the_pairs_of_an_answer_lead_to_the_map(visit):
    ada = await visit()
    await ada.signs_in("Ada")
    await ada.goes_to("/explore?what=projects&text=meals&region=North&show=network")
    await ada.reads("pairs of councils")
    link = ada.page.get_by_role("link", name="See them on the map")
    await expect(link).to_have_attribute("href", "/map?region=North")


async def test_no_field_hides_what_its_form_can_do(visit):
    """A field named like a method of its form takes its place, and scripts that read pages stumble."""
    stranger = await visit()
    for what in ("projects", "councils", "people", "services", "skills"):
        await stranger.goes_to(f"/explore?what={what}")
        hidden = await stranger.page.evaluate(
            "[...document.querySelector('main form').elements].map((field) => field.name)"
            ".filter((name) => name && name in HTMLFormElement.prototype)"
        )
        assert hidden == []
