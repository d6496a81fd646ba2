"""The GraphQL editor as the visitor's browser has it: its answers, its policy and its keyboard.

A visitor fails the test on anything that the page's policy refuses and on any request elsewhere.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import expect

from tests.journeys.test_access import DESK, PHONE

pytestmark = pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)

NAMES = "/graphiql?query=query+Names+%7B+councils+%7B+nodes+%7B+name+%7D+%7D+%7D"
AT_EDITOR = "document.activeElement.matches('.graphiql-query-editor .graphiql-editor')"
IN_EDITOR = "document.activeElement.closest('.graphiql-query-editor .monaco-editor') !== null"
IN_PAGE = "document.activeElement.closest('#graphiql') === null"
MOST_STOPS = 40


async def opens(visit, path: str):
    ada = await visit()
    await ada.signs_in("Ada")
    asked = []
    ada.page.on("request", lambda one: asked.append(one.url.removeprefix(ada.address)))
    await ada.goes_to(path)
    await expect(ada.page.locator(".graphiql-query-editor .view-lines")).not_to_be_empty()
    return ada, asked


async def tabs_until(page, script: str) -> None:
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        if await page.evaluate(script):
            return
    raise AssertionError(script)


async def test_the_address_fills_the_editor_and_the_keyboard_runs_it(visit):
    ada, asked = await opens(visit, NAMES)
    await expect(ada.page.locator(".graphiql-query-editor .view-lines")).to_contain_text("Names")
    await ada.page.wait_for_load_state("networkidle")
    assert "/graphql" not in asked
    await tabs_until(ada.page, AT_EDITOR)
    await ada.page.keyboard.press("Enter")
    assert await ada.page.evaluate(IN_EDITOR)
    await ada.page.keyboard.press("Control+Enter")
    await expect(ada.page.locator(".graphiql-response .view-lines")).to_contain_text(
        "Ashby Council"
    )
    assert asked.count("/graphql") == 1
    await tabs_until(ada.page, IN_PAGE)


async def test_a_button_runs_what_is_typed_and_nothing_of_it_is_kept(visit):
    ada, asked = await opens(visit, "/graphiql")
    await ada.page.locator(".graphiql-query-editor .view-lines").click()
    await ada.page.keyboard.press("Control+A")
    await ada.page.keyboard.press("Delete")
    await ada.page.keyboard.type("{ me { name } }")
    run = ada.page.get_by_role("button", name="Execute query")
    await tabs_until(ada.page, "document.activeElement.className.includes('execute-button')")
    await expect(run).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.locator(".graphiql-response .view-lines")).to_contain_text("Ada")
    assert asked.count("/graphql") == 1
    kept = await ada.page.context.storage_state()
    assert kept["origins"] == []
    assert await ada.page.evaluate("sessionStorage.length") == 0


async def test_the_page_is_for_everybody(visit):
    ada, _ = await opens(visit, "/graphiql")
    await ada.page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        await ada.page.set_viewport_size(size)
        seen = await ada.page.evaluate("axe.run({resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in seen["violations"]] == []
        assert await ada.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


async def test_without_javascript_it_says_what_to_do_instead(visit):
    ada = await visit(java_script_enabled=False)
    await ada.signs_in("Ada")
    await ada.goes_to("/graphiql")
    await ada.reads("The editor needs JavaScript")
    link = ada.page.get_by_role("link", name="what there is to ask for")
    schema = await ada.page.request.get(await link.get_attribute("href"))
    assert schema.headers["content-type"] == "text/plain; charset=utf-8"
    assert "type Query" in await schema.text()


async def test_the_editor_is_for_people_who_have_signed_in(visit):
    stranger = await visit()
    await stranger.goes_to(NAMES)
    await stranger.stands_at("Sign in")
    assert "next=/graphiql%3Fquery%3D" in stranger.page.url


async def test_no_other_page_may_do_what_the_editor_may(site):
    async with site.browser() as browser:
        policies = {
            path: (await browser.get(path)).headers["content-security-policy"]
            for path in ("/graphiql/", "/", "/how-to-ask", "/schema.graphql", "/sign-in")
        }
        own = await browser.get("/graphiql", follow_redirects=False)
    assert not [path for path, policy in policies.items() if "unsafe" in policy]
    policy = own.headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline'; " in policy
    assert policy.endswith("; worker-src 'self'")
    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe-eval" not in policy
