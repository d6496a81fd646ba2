"""The main job with a keyboard alone, and where the keyboard is can always be seen."""

import pytest
from playwright.async_api import Locator, Page, expect

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)

MOST_STOPS = 60
# GOV.UK's focus colour, on the part itself or on what a radio or checkbox draws in its label.
SEEN = """() => {
  const here = document.activeElement;
  const drawn = [[here, null], [here.nextElementSibling, "::before"]].filter(([part]) => part);
  const styles = drawn.map(([part, pseudo]) => getComputedStyle(part, pseudo));
  return styles.some((style) =>
    [style.outline, style.boxShadow, style.backgroundColor].join().includes("255, 221, 0"));
}"""


async def tabs_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it is there; every stop on the way can be seen."""
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        assert await page.evaluate(SEEN), await page.evaluate("document.activeElement.outerHTML")
        if await wanted.evaluate("(part) => part === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


async def test_the_first_stop_skips_to_the_content(visit):
    stranger = await visit()
    await stranger.goes_to("/")
    skip = stranger.page.get_by_role("link", name="Skip to main content")
    await tabs_to(stranger.page, skip)
    await expect(skip).to_be_in_viewport()
    await stranger.page.keyboard.press("Enter")
    await expect(stranger.page.get_by_role("main")).to_be_focused()
    await stranger.page.keyboard.press("Tab")
    await expect(stranger.page.get_by_label("What is your council planning?")).to_be_focused()


async def test_from_sign_in_to_an_answer(visit, newcomers):
    ada = await visit()
    page, main = ada.page, ada.page.get_by_role("main")

    async def enter(kind: str, name: str) -> None:
        await tabs_to(page, main.get_by_role(kind, name=name).first)
        await page.keyboard.press("Enter")

    await ada.goes_to("/")
    await enter("link", "As a council officer")
    await ada.stands_at("Sign in")
    await enter("button", "Sign in with")
    await ada.stands_at("Choose who to be")
    await enter("button", "Sign in as Ada")
    await ada.stands_at("Which three services matter most to you?")
    await tabs_to(page, page.get_by_label("Free school meals"))
    await page.keyboard.press("Space")
    await enter("button", "Keep these")
    await ada.stands_at("My work")
    await enter("link", "Brackley:")
    await ada.stands_at("You and Brackley")
    await tabs_to(page, page.get_by_label("Interested", exact=True))
    await page.keyboard.press("Space")
    await tabs_to(page, page.get_by_label("Contact to share: email"))
    await page.keyboard.type("ada.work@ash.example")
    await page.keyboard.press("Enter")
    await ada.reads("Your answer is kept.")
    await ada.reads("Brackley reads that you would like to talk.")
