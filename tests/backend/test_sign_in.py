"""Sign-in through the demo's provider, and everything that must not get through."""

from urllib.parse import parse_qs, urlsplit

import pytest
from neo4j.exceptions import ServiceUnavailable

from backend.demo_provider import DemoProvider
from backend.mistakes import Mistake
from backend.sign_in import inside
from tests.sites import field, signed_in
from tests.world import ADA, BILAL


async def test_a_person_signs_in_and_out(site):
    async with site.browser() as browser:
        assert "Ada" in (await signed_in(site, browser, ADA)).text
        page = await browser.get("/account")
        out = await browser.post("/sign-out", data={"csrf": field(page.text, "csrf")})
        assert out.status_code == 200
        assert (await browser.get("/my-work")).url.path == "/sign-in"


async def test_the_session_cookie_is_opaque_and_only_for_http(site):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        cookie = next(one for one in browser.cookies.jar if one.name == "tandem")
        assert ADA not in cookie.value
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "lax"


async def test_a_copied_cookie_is_dead_after_signing_out(site):
    async with site.browser() as browser, site.browser() as thief:
        await signed_in(site, browser, ADA)
        page = await browser.get("/account")
        thief.cookies.set("tandem", browser.cookies["tandem"], domain="127.0.0.1")
        assert (await thief.get("/my-work")).url.path == "/my-work"
        await browser.post("/sign-out", data={"csrf": field(page.text, "csrf")})
        assert (await thief.get("/my-work")).url.path == "/sign-in"


@pytest.mark.parametrize("odd", ['prefs={"a":1}', "a b=c", "=", "x", 'y="unclosed'])
async def test_an_odd_cookie_beside_ours_signs_nobody_out(site, odd):
    async with site.browser() as browser, site.browser() as other:
        await signed_in(site, browser, ADA)
        cookies = f"{odd}; tandem={browser.cookies['tandem']}; z=1"
        page = await other.get("/account", headers={"Cookie": cookies})
        assert page.url.path == "/account"


async def test_signing_in_again_ends_the_session_before(site):
    async with site.browser() as browser, site.browser() as thief:
        await signed_in(site, browser, ADA)
        thief.cookies.set("tandem", browser.cookies["tandem"], domain="127.0.0.1")
        assert (await thief.get("/my-work")).url.path == "/my-work"
        await signed_in(site, browser, BILAL)
        assert (await thief.get("/my-work")).url.path == "/sign-in"
        assert (await browser.get("/my-work")).url.path == "/my-work"


async def callback_of(browser, person):
    """Walk to the point where the provider sends the browser back, and return that address."""
    page = await browser.get("/sign-in/demo")
    form = {"csrf": field(page.text, "csrf"), "person": person}
    sent = await browser.post(str(page.url), data=form, follow_redirects=False)
    return sent.headers["location"]


async def test_a_callback_in_another_browser_is_refused(site):
    async with site.browser() as browser, site.browser() as other:
        address = await callback_of(browser, ADA)
        assert (await other.get(address)).status_code == 400


async def test_a_callback_works_once(site):
    async with site.browser() as browser:
        address = await callback_of(browser, ADA)
        assert (await browser.get(address)).url.path == "/my-work"
        assert (await browser.get(address)).status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "forged"), ("code", "forged"), ("iss", "https://evil.example"), ("state", "")],
)
async def test_a_forged_callback_is_refused(site, name, value):
    async with site.browser() as browser:
        address = await callback_of(browser, ADA)
        query = {key: found[0] for key, found in parse_qs(urlsplit(address).query).items()}
        query[name] = value
        answer = await browser.get("/sign-in/demo/callback", params=query)
        assert answer.status_code == 400
        assert (await browser.get("/my-work")).url.path == "/sign-in"


async def test_the_provider_refuses_another_redirect_and_a_missing_proof_key(site):
    async with site.browser() as browser:
        begun = await browser.get("/sign-in/demo", follow_redirects=False)
        address = begun.headers["location"]
        elsewhere = address.replace("callback&", "elsewhere&")
        assert elsewhere != address
        assert (await browser.get(elsewhere)).status_code == 400
        assert (await browser.get(address.replace("S256", "plain"))).status_code == 400


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "//[",
        "http://[",
        "/\t/evil.example",
    ],
)
def test_the_way_on_stays_inside_the_site(wish):
    assert inside(wish) == "/my-work"


@pytest.mark.parametrize("address", ["/sign-in?next=//[", "/sign-in/demo?next=http://["])
async def test_a_wish_that_is_no_address_is_no_wish(site, address):
    async with site.browser() as browser:
        assert (await browser.get(address)).status_code == 200


@pytest.mark.parametrize(
    ("base_url", "demo"),
    [
        ("https://tandem.example", True),
        ("http://my-host:8000", True),
        ("http://127.0.0.1:8000", False),
    ],
)
def test_the_demo_provider_runs_in_the_demo_on_loopback_only(base_url, demo):
    with pytest.raises(Mistake, match=r"^The demo sign-in runs only in \./tandem demo"):
        DemoProvider(base_url, lambda _: None, demo)


async def test_a_change_that_another_site_asked_for_is_refused(site):
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        page = await browser.get("/account")
        data = {"csrf": field(page.text, "csrf")}
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            answer = await browser.post("/sign-out", data=data, headers=headers)
            assert answer.status_code == 403
        assert (await browser.post("/sign-out", data={"csrf": "forged"})).status_code == 403
        assert (await browser.get("/my-work")).url.path == "/my-work"


async def test_another_host_is_sent_to_the_right_one(site):
    async with site.browser() as browser:
        answer = await browser.get(
            "/projects?x=1", headers={"Host": "evil.example"}, follow_redirects=False
        )
        assert answer.headers["location"] == f"{site.address}/projects?x=1"


async def test_a_page_that_failed_has_its_policy_and_tells_nothing(site, monkeypatch):
    async def broken(*_):
        message = "the password is swordfish"
        raise RuntimeError(message)

    monkeypatch.setattr("backend.app.reply", broken)
    async with site.browser() as browser:
        answer = await browser.get("/projects")
    assert answer.status_code == 500
    assert "swordfish" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_every_page_has_its_policy_and_a_nonce_of_its_own(site):
    async with site.browser() as browser:
        seen = set()
        for path in ("/", "/projects", "/nowhere", "/livez"):
            headers = (await browser.get(path)).headers
            assert "unsafe-inline" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            seen.add(headers["content-security-policy"])
        assert len(seen) == 4


async def test_a_body_without_end_is_cut_short(site):
    async def endless():
        for _ in range(200):
            yield b"text=" + b"x" * 65_536

    async with site.browser() as browser:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await browser.post("/similar", content=endless(), headers=kind)
    assert answer.status_code in {400, 413}
    assert "Shorten it" in answer.text


async def test_a_graph_that_is_away_is_told_as_such(site, monkeypatch):
    async def away(*_, **__):
        raise ServiceUnavailable

    monkeypatch.setattr(type(site.product.graph), "read", away)
    async with site.browser() as browser:
        browser.cookies.set("tandem", "any", domain="127.0.0.1")
        page = await browser.get("/projects")
        question = await browser.post("/graphql", json={"query": "{ edition { today } }"})
        assert (page.status_code, question.status_code) == (503, 503)
        assert (await browser.get("/livez")).status_code == 200
    assert "cannot be reached" in question.text
