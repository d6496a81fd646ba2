"""The first page answers whatever is typed, beside it and at once, and keeps none of it."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)

TYPED = "Motorists tell us where potholes are, on a map of reports already logged"


async def everything(tx) -> str:
    """Every property of the graph, as text."""
    result = await tx.run("MATCH (n) RETURN properties(n) AS kept")
    return str([record["kept"] async for record in result])


async def test_what_is_typed_is_answered_beside_it_and_kept_nowhere(visit, site):
    asked = []
    stranger = await visit()
    await stranger.goes_to("/")
    await stranger.reads("Free school meals enrolment")
    stranger.page.on("request", lambda request: asked.append(request.url))
    await stranger.page.get_by_label("What is your council planning?").fill(TYPED)
    await expect(stranger.page.get_by_role("status")).to_contain_text("like this")
    await stranger.reads("Pothole reports on a map")
    await stranger.does_not_read("Free school meals enrolment")

    assert asked == [f"{site.address}/similar"]
    assert stranger.page.url == f"{site.address}/"
    assert await stranger.page.context.storage_state() == {"cookies": [], "origins": []}
    assert "Motorists" not in await site.product.graph.read(everything)


async def test_nothing_close_enough_is_said_and_heard(visit):
    stranger = await visit()
    await stranger.goes_to("/")
    await stranger.page.get_by_label("What is your council planning?").fill("xylophone")
    await stranger.reads("Nothing close enough yet")
    await expect(stranger.page.get_by_role("status")).to_have_text(
        "No project is close enough to this"
    )


async def test_without_javascript_a_button_asks(visit, site):
    stranger = await visit(java_script_enabled=False)
    await stranger.goes_to("/")
    await stranger.page.get_by_label("What is your council planning?").fill(TYPED)
    await stranger.presses("Find projects like it")
    await stranger.reads("Pothole reports on a map")
    await expect(stranger.page.get_by_role("textbox", name="planning")).to_have_value(TYPED)
    assert stranger.page.url == f"{site.address}/"
