"""The network map as it is drawn: at once, moved about in by hand and by keyboard, or not at all."""

import math
import re
from random import Random

import pytest
from playwright.async_api import expect

from graph import registers
from tests.journeys.test_keyboard import tabs_to
from tests.world import ASHBY, BRACKLEY, NOW, council, project, uid

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)

COUNCILS, PROJECTS = 400, 900
MOST_MILLISECONDS = 1000
DRAWN = re.compile(r"^\d+$")
REGIONS = ("London", "Wales", "Scotland", "North West")


def on_land(number: int) -> dict[str, object]:
    spiral = number * 2.399963
    return {
        "latitude": 53 + 2.6 * math.sin(spiral) * math.sqrt(number / COUNCILS),
        "longitude": -2 + 2.2 * math.cos(spiral) * math.sqrt(number / COUNCILS),
        "region": REGIONS[number % len(REGIONS)],
    }


@pytest.fixture
async def wide(site) -> None:
    """Four hundred councils with nine hundred projects, each of two of them."""
    random = Random(400)
    codes = [f"C{number:03}" for number in range(COUNCILS)]
    homes = [{**council(code, f"Council {code}"), **on_land(at)} for at, code in enumerate(codes)]
    rows = []
    for number in range(PROJECTS):
        lead, partner = (f"council-{code}" for code in random.sample(codes, 2))
        text = f"Work of two councils on thing {number}."
        row = project(uid("project", 1000 + number), f"Thing {number}", text, lead)
        rows.append({**row, "partners": [partner]})
    graph = site.product.graph
    await graph.write(registers.councils, rows=homes, now=NOW)
    await graph.write(registers.projects, rows=rows, now=NOW)


async def picture(visitor) -> bytes:
    return await visitor.page.locator(".tandem-map__canvas").screenshot()


async def opens(visit, path: str = "/map", **manner):
    ada = await visit(viewport={"width": 1280, "height": 1000}, **manner)
    await ada.signs_in("Ada")
    await ada.goes_to(path)
    await expect(ada.page.locator("#map")).to_have_attribute("data-drawn", DRAWN)
    return ada


async def test_four_hundred_councils_are_drawn_within_a_second(visit, wide):
    ada = await opens(visit)
    milliseconds = int(await ada.page.locator("#map").get_attribute("data-drawn"))
    joins = await ada.page.evaluate("JSON.parse(network.textContent).joins.length")
    print(f"{COUNCILS} councils and {joins} joins are drawn in {milliseconds} ms")
    assert milliseconds < MOST_MILLISECONDS
    canvas = ada.page.get_by_role("img", name="Map of councils")
    await expect(canvas).to_have_count(1)
    await expect(canvas).to_be_visible()


async def test_the_keyboard_moves_the_map(visit, wide):
    ada = await opens(visit, reduced_motion="reduce")
    pictures = [await picture(ada)]
    await tabs_to(ada.page, ada.page.get_by_role("button", name="Zoom in"))
    for key in ("Enter", "ArrowLeft", "ArrowUp"):
        await ada.page.keyboard.press(key)
        pictures.append(await picture(ada))
    assert len({*pictures}) == len(pictures)
    await ada.page.get_by_role("button", name="Show all of it").press("Enter")
    assert await picture(ada) != pictures[-1]


async def test_a_row_shows_its_council_and_a_dot_opens_its_page(visit):
    ada = await opens(visit)
    before = await picture(ada)
    row = ada.page.get_by_role("rowheader").get_by_role("link", name="Brackley").first
    await row.focus()
    assert await picture(ada) != before
    await ada.page.get_by_role("link", name="Skip to main content").focus()
    spot = await ada.page.evaluate(
        """(id) => {
          const { ids, x, y, box } = JSON.parse(document.getElementById("network").textContent);
          const at = ids.indexOf(id);
          const place = document.querySelector(".tandem-map__canvas").getBoundingClientRect();
          return [place.left + ((x[at] - box[0]) / box[2]) * place.width,
                  place.top + ((y[at] - box[1]) / box[3]) * place.height];
        }""",
        BRACKLEY,
    )
    await ada.page.mouse.move(*spot)
    await expect(ada.page.locator(".tandem-map__canvas")).to_have_css("cursor", "pointer")
    await ada.page.mouse.down()
    await ada.page.mouse.up()
    await ada.stands_at("Brackley Council")
    assert ada.page.url.endswith(f"/councils/{BRACKLEY}")


async def test_a_filter_asks_for_less_in_an_address_of_its_own(visit, wide):
    ada = await opens(visit)
    await ada.page.get_by_label("Region or nation").select_option("Wales")
    await ada.presses("Draw the map")
    assert "region=Wales" in ada.page.url
    cells = ada.page.locator("tbody td[data-label=Region]")
    assert {*await cells.all_inner_texts()} == {"Wales"}
    await ada.page.get_by_role("columnheader").get_by_role("link", name="Projects").click()
    numbers = [int(n) for n in await ada.page.locator("td[data-label=Projects]").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert "region=Wales" in ada.page.url


@pytest.mark.parametrize("manner", [{"java_script_enabled": False}, {"forced_colors": "active"}], ids=["no script", "own colours"])  # fmt: skip
async def test_where_no_canvas_helps_the_drawing_stays(visit, manner):
    ada = await visit(**manner)
    await ada.signs_in("Ada")
    await ada.goes_to("/map")
    await expect(ada.page.locator(".tandem-map__drawing")).to_be_visible()
    await expect(ada.page.locator(".tandem-map__canvas")).to_have_count(0)
    await expect(ada.page.get_by_role("button", name="Zoom in")).to_be_hidden()
    await ada.page.get_by_role("rowheader").get_by_role("link", name="Ashby").first.click()
    assert ada.page.url.endswith(f"/councils/{ASHBY}")


async def test_strangers_see_what_is_public(visit):
    stranger = await visit()
    await stranger.goes_to("/map")
    await stranger.reads("Projects that are alike are shown to those who sign in")
    await stranger.does_not_read("Cosby")
