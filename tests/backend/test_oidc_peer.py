"""Sign-in against a provider that is not ours: panva's oidc-provider, certified, in Node.

The conformance peer of the demo's own provider: code flow, PKCE S256, state, nonce and
client_secret_basic, and everything that a broken or a wrong provider might answer.
"""

import shutil
import subprocess
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from backend.sign_in import Provider
from backend.suite import NODE, node_tools
from tests.conftest import lacking, wipe
from tests.sites import running
from tests.world import ADA, built

CLIENT, SECRET = "tandem", "a secret of the test, long enough for HS256"
OLDEST_NODE = 20
ADA_THERE = {"sub": "a-71", "name": "A.", "email": "ada@ash.example", "email_verified": True}


class Peer:
    """The provider in its process; `settle` says whom it signs in and how it misbehaves."""

    def __init__(self, issuer):
        self.issuer = issuer
        self.client = {}

    async def settle(self, account=ADA_THERE, **how):
        async with httpx2.AsyncClient() as client:
            body = {"client": self.client, "account": account, **how}
            (await client.post(f"{self.issuer}/control", json=body)).raise_for_status()


def node_version():
    if shutil.which("node") is None:
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.lstrip("v").split(".")[0])


@pytest.fixture(scope="module")
def one_peer():
    if node_version() < OLDEST_NODE or not node_tools():
        lacking("the OpenID Connect peer", f"it needs Node {OLDEST_NODE} or newer, with npm")
    process = subprocess.Popen(
        ["node", "provider.mjs"], cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Peer(process.stdout.readline().strip())
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@pytest.fixture
async def site_with(embedded_graph, clock, tmp_path, one_peer):
    """Makes a real site, not a demo, whose only way to sign in is the peer."""
    await embedded_graph.write(wipe)
    product = await built(embedded_graph, clock, demo=False)

    def made(secret):
        way = Provider("peer", "the peer", one_peer.issuer, CLIENT, secret)
        return running(product, tmp_path, providers=[way])

    return made


@pytest.fixture
async def site(site_with):
    async with site_with(SECRET) as found:
        yield found


@pytest.fixture
def peer_of(one_peer):
    """Introduces a site to the peer."""

    async def introduced(site, secret):
        one_peer.client = {
            "client_id": CLIENT,
            "client_secret": secret,
            "redirect_uris": [f"{site.address}/sign-in/peer/callback"],
            "token_endpoint_auth_method": "client_secret_basic",
        }
        await one_peer.settle()
        return one_peer

    return introduced


@pytest.fixture
async def peer(site, peer_of):
    return await peer_of(site, SECRET)


async def sign_in(site):
    """Go through the sign-in in a new browser; return the last page and who one is then."""
    async with site.browser() as browser:
        page = await browser.get("/sign-in/peer")
        return page, await name(browser)


async def name(browser):
    answer = await browser.post("/graphql", json={"query": "{ me { name } }"})
    me = answer.json()["data"]["me"]
    return me and me["name"]


def path(page):
    return page.url.path


def changed(address, **query):
    parts = urlsplit(address)
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | query)).geturl()


async def next_address(browser, address):
    """Follow one redirect by hand, as somebody between the two might."""
    return (await browser.get(address, follow_redirects=False)).headers["location"]


async def callback_of(browser):
    """Walk through the peer to the address that brings the code back, and stop before it."""
    address = "/sign-in/peer"
    while "/sign-in/peer/callback" not in address:
        address = str(browser.base_url.join(address)) if address.startswith("/sign") else address
        found = await next_address(browser, address)
        address = str(httpx2.URL(address).join(found))
    return address


async def refused(site, status=400):
    page, who = await sign_in(site)
    assert page.status_code == status
    assert who is None
    return page.text


async def test_a_person_with_a_verified_address_arrives_at_their_work(site, peer):
    page, who = await sign_in(site)
    assert page.status_code == 200
    assert path(page) == "/my-work"
    assert who == "Ada"


async def test_the_first_time_asks_what_matters_to_the_person(site, peer, embedded_graph):
    async def unwelcomed(tx):
        await tx.run("MATCH (p:Practitioner {id: $id}) SET p.welcomedAt = null", id=ADA)

    await embedded_graph.write(unwelcomed)
    page, _ = await sign_in(site)
    assert path(page) == "/welcome"


async def test_the_way_on_is_kept_through_the_peer(site, peer):
    async with site.browser() as browser:
        assert path(await browser.get("/sign-in/peer?next=/account")) == "/account"


async def test_an_address_in_the_id_token_serves_as_well(site, peer):
    await peer.settle(email_at="id_token")
    assert (await sign_in(site))[1] == "Ada"


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # there are providers that still say so
@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256", "Ed25519", "EdDSA"])
async def test_every_signature_that_we_list_is_taken(site, peer, alg):
    await peer.settle(alg=alg)
    assert (await sign_in(site))[1] == "Ada"


async def test_keys_that_the_peer_renews_are_fetched_again(site, peer):
    assert (await sign_in(site))[1] == "Ada"
    await peer.settle(renew=1)
    assert (await sign_in(site))[1] == "Ada"


async def test_what_is_known_afterwards_is_the_subject_and_not_the_address(site, peer):
    assert (await sign_in(site))[1] == "Ada"
    for email in ("bilal@bra.example", "new@ash.example"):
        await peer.settle({**ADA_THERE, "email": email})
        assert (await sign_in(site))[1] == "Ada"
    await peer.settle({**ADA_THERE, "sub": "b-12", "email": "bilal@bra.example"})
    assert (await sign_in(site))[1] == "Bilal"


async def test_somebody_whom_nobody_added_is_told_whom_to_ask(site, peer):
    await peer.settle({**ADA_THERE, "sub": "n-1", "email": "nobody@nowhere.example"})
    assert "the helpers" in await refused(site, 403)


@pytest.mark.parametrize("verified", [False, None, "false", 0, "no"])
async def test_an_address_that_is_not_verified_links_nobody(site, peer, verified):
    account = {**ADA_THERE, "email_verified": verified}
    for where in ("id_token", "userinfo"):
        await peer.settle(account, email_at=where)
        assert "the helpers" in await refused(site, 403)
    await peer.settle()
    assert (await sign_in(site))[1] == "Ada"


async def test_details_of_another_subject_are_refused(site, peer):
    await peer.settle({**ADA_THERE, "sub": "m-9"}, details_of="a-71")
    await refused(site)


@pytest.mark.parametrize("name", ["nonce", "code_challenge", "state"])
async def test_what_was_changed_on_the_way_to_the_peer_is_refused(site, peer, name):
    async with site.browser() as browser:
        address = await next_address(browser, "/sign-in/peer")
        assert dict(parse_qsl(urlsplit(address).query))["code_challenge_method"] == "S256"
        forged = "f" * 43
        page = await browser.get(changed(address, **{name: forged}))
        assert path(page) == "/sign-in/peer/callback"
        assert page.status_code == 400
        assert (await browser.get("/my-work")).url.path == "/sign-in"


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "forged"), ("code", "forged"), ("iss", "https://evil.example"), ("state", "")],
)
async def test_a_callback_that_was_changed_is_refused(site, peer, name, value):
    async with site.browser() as browser:
        address = await callback_of(browser)
        assert (await browser.get(changed(address, **{name: value}))).status_code == 400
        assert (await browser.get("/my-work")).url.path == "/sign-in"


async def test_a_callback_works_once_and_in_its_own_browser(site, peer):
    async with site.browser() as browser, site.browser() as other:
        address = await callback_of(browser)
        assert (await other.get(address)).status_code == 400
        assert path(await browser.get(address)) == "/my-work"
        browser.cookies.delete("tandem")
        assert (await browser.get(address)).status_code == 400


@pytest.mark.parametrize(
    "bend",
    ["none", "secret", "stranger", "audience", "issuer", "expired", "nonceless", "missing"],
)
async def test_an_id_token_that_proves_nothing_is_refused(site, peer, bend):
    await peer.settle(bend=bend)
    await refused(site)
    await peer.settle()
    assert (await sign_in(site))[1] == "Ada"


async def test_a_peer_that_signs_with_the_shared_secret_alone_is_refused(site, peer):
    await peer.settle(alg="HS256")
    await refused(site)


async def test_a_peer_whose_discovery_names_another_issuer_is_refused(site, peer):
    await peer.settle(issuer=peer.issuer.replace("127.0.0.1", "localhost"))
    assert "the peer cannot be reached" in await refused(site, 503)


async def test_a_person_who_says_no_at_the_peer_is_told_how_to_start_again(site, peer):
    await peer.settle(None)
    assert "Start again from this site" in await refused(site)


@pytest.mark.parametrize("secret", [SECRET, "a+b %41:/&=?~"])
async def test_a_secret_is_told_as_the_standard_writes_it(secret, site_with, peer_of):
    async with site_with(secret) as site:
        await peer_of(site, secret)
        assert (await sign_in(site))[1] == "Ada"


async def test_a_wrong_secret_signs_nobody_in(site_with, peer_of):
    async with site_with("a wrong secret") as site:
        await peer_of(site, SECRET)
        await refused(site)
