"""Pages of a board pack on paper: as a browser prints them."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(
    ("path", "most"), [("/coverage", 3), ("/programme", 3), ("/map", 4)], ids=str
)
async def test_a_page_is_printed_with_its_day_and_without_its_forms(visit, path, most):
    ada = await visit()
    await ada.signs_in("Ada")
    await ada.goes_to(path)
    page = ada.page
    await page.emulate_media(media="print")
    await expect(page.get_by_text("Printed on 24 November 2026.")).to_be_visible()
    for role in ("navigation", "search", "button", "combobox"):
        for part in await page.get_by_role(role).all():
            await expect(part).to_be_hidden()
    await expect(page.locator(".tandem-map__canvas")).to_be_hidden()
    assert 1 < pages_of(await page.pdf(prefer_css_page_size=True)) <= most


async def test_a_map_is_printed_as_a_drawing(visit):
    ada = await visit()
    await ada.goes_to("/map")
    await ada.page.emulate_media(media="print")
    await expect(ada.page.locator(".tandem-map__drawing")).to_be_visible()
