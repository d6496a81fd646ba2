"""A token as its maker lives it: made, copied once, seen in the list, and revoked."""

import pytest
from playwright.async_api import expect

from tests.journeys.test_access import faults

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)


async def makes_one(visitor, name: str) -> str:
    await visitor.page.get_by_label("What is it for?").fill(name)
    await visitor.presses("Make the token")
    await visitor.stands_at("Your new token")
    return await visitor.page.get_by_label("Copy it now").input_value()


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no script"])
async def test_a_token_is_made_copied_and_revoked(visit, java_script_enabled):
    ada = await visit(java_script_enabled=java_script_enabled)
    await ada.signs_in("Ada")
    await ada.goes_to("/account")
    await ada.follows("API tokens")
    secret = await makes_one(ada, "Monthly report")
    assert secret.startswith("tandem_")
    await ada.presses("I have copied it")
    await ada.reads("Monthly report")
    await ada.does_not_read(secret)
    await ada.presses("Revoke Monthly report")
    await ada.reads("Revoked. It opens nothing from now on.")
    await expect(ada.page.get_by_role("button", name="Revoke")).to_have_count(0)


async def test_every_state_of_the_page_is_for_everybody(visit):
    ada = await visit()
    await ada.signs_in("Ada")
    found = []
    await ada.goes_to("/account/tokens")
    await makes_one(ada, "A name as long as it may be, without any space_in_its_last_w")
    found += await faults(ada)
    await ada.page.reload()
    await ada.reads("shown only once", within=ada.page.get_by_role("alert"))
    found += await faults(ada)
    await makes_one(ada, "Another")
    await ada.goes_to("/account/tokens")
    await ada.presses("Revoke Another")
    await ada.page.get_by_text("Tokens that open nothing any more").first.click()
    found += await faults(ada)
    await ada.presses("Make the token")
    await ada.reads("Say what the token is for", within=ada.page.get_by_role("alert"))
    found += await faults(ada)
    assert found == []
