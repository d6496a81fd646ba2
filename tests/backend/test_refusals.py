"""What a browser gets for an address or a form that no page of ours has sent."""

import pytest

from tests.sites import field, signed_in
from tests.world import ADA, MEALS, OONA, SEED

PLAIN = "cannot use part of the address or form"


@pytest.mark.parametrize(
    "address", ["/projects?phase=BOGUS", "/councils?tier=BOGUS", "/proposals?status=BOGUS"]
)
async def test_a_filter_that_there_is_not_is_a_400(site, address):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        page = await browser.get(address)
    assert page.status_code == 400
    assert PLAIN in page.text
    assert "BOGUS" not in page.text.split("<main")[1]


@pytest.mark.parametrize("name", ["phase", "audience"])
async def test_a_choice_that_there_is_not_is_a_400(site, name):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        form = await browser.get("/projects/new")
        data = {
            "do": "AddProject",
            "csrf": field(form.text, "csrf"),
            "id": field(form.text, "id"),
            "title": "Meals",
            "summary": MEALS,
            "phase": "BETA",
            name: "BOGUS",
        }
        page = await browser.post("/projects/new", data=data)
    assert page.status_code == 400
    assert PLAIN in page.text


async def test_a_request_that_was_settled_already_is_told_in_its_own_words(site):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        page = await browser.get(f"/projects/{SEED}/ask")
        data = {"do": "Ask", "wish": "REMOVE", "note": "It ended."}
        data |= {name: field(page.text, name) for name in ("csrf", "request")}
        assert (await browser.post(f"/projects/{SEED}/ask", data=data)).status_code == 200
    async with site.browser() as browser:
        await signed_in(site, browser, OONA)
        page = await browser.get("/requests")
        data = {"do": "SettleRequest", "verdict": "DECLINE"}
        data |= {name: field(page.text, name) for name in ("csrf", "request")}
        assert (await browser.post("/requests", data=data)).status_code == 200
        again = await browser.post("/requests", data=data)
    assert again.status_code == 400
    assert "already settled" in again.text
