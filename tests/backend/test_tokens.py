"""API tokens: shown once, hashed, scoped, ending, and dead at once when they should be."""

import asyncio
import re
from datetime import timedelta

import pytest

from backend.sessions import hashed
from graph import audits, registers
from graph.migrate import FOLDER, statements
from graph.tokens import MOST_LIVE
from tests.sites import field, signed_in
from tests.world import ADA, ASHBY, BILAL, CERYS, NOW, person, uid

MAKE = """mutation Make($id: ID!, $name: String!, $scope: Scope!, $days: Int!) {
  made: makeToken(id: $id, name: $name, scope: $scope, days: $days) {
    secret token { id name scope endsAt isLive } errors { field message } } }"""
REVOKE = """mutation Revoke($id: ID!) {
  revoked: revokeToken(id: $id) { token { id isLive revokedAt } errors { message } } }"""
MINE = "{ me { name tokens { totalCount nodes { id name usedAt isLive } } } }"


def wanted(**more):
    return {"id": uid("token", 1), "name": "Monthly report", "scope": "READ", "days": 30, **more}


@pytest.fixture
async def ada(site):
    """Ada's browser, signed in."""
    async with site.browser() as browser:
        await signed_in(site, browser, ADA)
        yield browser


async def asked(browser, query, token=None, **variables):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = {"query": query, "variables": variables}
    return (await browser.post("/graphql", json=body, headers=headers)).json()


async def made(browser, **more):
    return (await asked(browser, MAKE, **wanted(**more)))["data"]["made"]


@pytest.fixture
async def script(site):
    """A client without cookies, that asks with a token."""
    async with site.browser() as browser:

        async def ask(secret, query=MINE, **variables):
            return await asked(browser, query, secret, **variables)

        yield ask


async def everything(tx):
    result = await tx.run("MATCH (n) RETURN properties(n) AS kept")
    return str([record["kept"] async for record in result])


async def entries(site, chain):
    found = await site.product.graph.read(audits.chain, chain)
    return [(e["who"], e["what"], e["of"], e["rule"]) for e in found if "token" in e["what"]]


async def test_a_secret_is_said_once_and_kept_nowhere(site, ada, script):
    first = await made(ada)
    assert re.fullmatch(r"tandem_[\w-]{43}", first["secret"])
    assert first["token"] == {
        "id": uid("token", 1),
        "name": "Monthly report",
        "scope": "READ",
        "endsAt": "2026-12-24T12:00:00.000Z",
        "isLive": True,
    }
    assert first["secret"] not in await site.product.graph.read(everything)
    again = await made(ada)
    assert again["secret"] is None
    assert again["token"] == first["token"]
    assert "shown only once" in again["errors"][0]["message"]
    found = await script(first["secret"])
    assert found["data"]["me"]["tokens"]["totalCount"] == 1


async def test_two_at_once_with_one_id_make_one_token(site, ada):
    both = await asyncio.gather(made(ada), made(ada))
    assert sorted(one["secret"] is None for one in both) == [False, True]
    assert len(await entries(site, ASHBY)) == 1


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "\u202e"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"days": -1}, "days"),
        ({"id": "token-1"}, "id"),
        ({"id": uid("project", 1)}, "id"),
    ],
)
async def test_what_is_wrong_is_told_and_makes_nothing(ada, more, where):
    found = await made(ada, **more)
    assert [one["field"] for one in found["errors"]] == [where]
    assert found["secret"] is found["token"] is None
    assert (await asked(ada, MINE))["data"]["me"]["tokens"]["totalCount"] == 0


async def test_another_persons_id_is_refused(site, ada):
    await made(ada)
    async with site.browser() as browser:
        await signed_in(site, browser, BILAL)
        answer = await asked(browser, MAKE, **wanted())
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        answer = await asked(browser, REVOKE, id=uid("token", 1))
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_there_is_an_end_to_how_many(ada):
    for number in range(MOST_LIVE):
        assert (await made(ada, id=uid("token", number)))["secret"]
    refused = await made(ada, id=uid("token", 99))
    assert "Revoke one" in refused["errors"][0]["message"]
    await asked(ada, REVOKE, id=uid("token", 0))
    assert (await made(ada, id=uid("token", 99)))["secret"]


async def test_a_token_makes_no_token_whatever_its_scope(ada, script):
    for number, scope in enumerate(("READ", "WRITE")):
        secret = (await made(ada, id=uid("token", number), scope=scope))["secret"]
        answer = await script(secret, MAKE, **wanted(id=uid("token", 9)))
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await asked(ada, MINE))["data"]["me"]["tokens"]["totalCount"] == 2


async def test_a_token_that_may_write_changes_what_its_person_may(ada, script):
    change = "mutation { chooseLetters(letters: NONE) { person { letters } } }"
    reads = (await made(ada))["secret"]
    writes = (await made(ada, id=uid("token", 2), scope="WRITE"))["secret"]
    assert (await script(reads, change))["data"]["chooseLetters"] is None
    assert (await script(writes, change))["data"]["chooseLetters"]["person"]["letters"] == "NONE"


async def test_a_revoked_token_is_dead_at_once_and_revoking_twice_is_once(site, ada, script):
    secret = (await made(ada))["secret"]
    assert (await script(secret))["data"]["me"]
    for _ in range(2):
        done = (await asked(ada, REVOKE, id=uid("token", 1)))["data"]["revoked"]
        assert done["token"] == {"id": uid("token", 1), "isLive": False, "revokedAt": NOW}
    assert (await script(secret))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    token = uid("token", 1)
    assert await entries(site, ASHBY) == [
        (ADA, "token.make", token, "oneself"),
        (ADA, "token.revoke", token, "oneself"),
    ]
    assert await site.product.graph.read(audits.broken) == []


async def test_a_token_ends_on_its_day(clock, ada, script):
    secret = (await made(ada, days=1))["secret"]
    clock.now += timedelta(hours=23, minutes=59)
    assert (await script(secret))["data"]["me"]
    clock.now += timedelta(minutes=1)
    assert (await script(secret))["errors"]


LEAVING = {
    "removed": "MATCH (p:Practitioner {id: $ada}) DETACH DELETE p",
    "left": "MATCH (:Practitioner {id: $ada})-[works:WORKS_FOR]->() DELETE works",
}


@pytest.mark.parametrize("how", LEAVING)
async def test_a_token_dies_with_its_persons_place(site, ada, script, how):
    secret = (await made(ada))["secret"]

    async def leave(tx):
        await tx.run(LEAVING[how], ada=ADA)

    await site.product.graph.write(leave)
    assert (await script(secret))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_token_does_not_move_to_another_council_with_its_person(site, ada, script):
    secret = (await made(ada))["secret"]
    moved = person(ADA, "Ada", "COS")
    await site.product.graph.write(registers.people, rows=[moved], now=NOW)
    assert (await script(secret))["errors"]
    (token,) = (await asked(ada, MINE))["data"]["me"]["tokens"]["nodes"]
    assert token["isLive"] is False
    page = (await ada.get("/account/tokens")).text
    assert "ended when you left that council" in page


async def test_last_use_is_written_at_most_every_five_minutes(clock, ada, script):
    secret = (await made(ada))["secret"]

    async def last_use():
        return (await asked(ada, MINE))["data"]["me"]["tokens"]["nodes"][0]["usedAt"]

    assert await last_use() is None
    await script(secret)
    assert await last_use() == NOW
    clock.now += timedelta(minutes=4)
    await script(secret)
    assert await last_use() == NOW
    clock.now += timedelta(minutes=2)
    await script(secret)
    assert await last_use() == "2026-11-24T12:06:00.000Z"


async def test_nobody_sees_the_tokens_of_others(site, ada):
    await made(ada)
    question = '{ people { nodes { name tokens { totalCount nodes { id } facets { scope { count } } } } } having: people(filter: {tokens: {exists: true}}) { totalCount } token(id: "%s") { id } node(id: "token-1") { id } }'
    async with site.browser() as browser:
        await signed_in(site, browser, CERYS)
        found = (await asked(browser, question % uid("token", 1)))["data"]
    nothing = {"totalCount": 0, "nodes": [], "facets": {"scope": []}}
    assert all(one["tokens"] == nothing for one in found["people"]["nodes"])
    assert found["having"]["totalCount"] == 0
    assert found["token"] is None


async def test_the_page_shows_a_secret_once_and_a_reload_makes_no_second(site, ada, script):
    form = await ada.get("/account/tokens")
    sent = {
        "csrf": field(form.text, "csrf"),
        "id": field(form.text, "id"),
        "name": "Website",
        "scope": "READ",
        "days": "7",
        "do": "MakeToken",
    }
    page = await ada.post("/account/tokens", data=sent)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    (secret,) = set(re.findall(r"tandem_[\w-]{43}", page.text))
    assert (await script(secret))["data"]["me"]["name"] == "Ada"
    reloaded = await ada.post("/account/tokens", data=sent)
    assert reloaded.status_code == 422
    assert "shown only once" in reloaded.text
    assert "tandem_" not in reloaded.text
    assert field(reloaded.text, "id") != sent["id"]
    listed = (await ada.get("/account/tokens")).text
    assert "Website" in listed
    assert "tandem_" not in listed


async def test_a_token_from_before_it_had_a_name_still_opens(site, script):
    """Tokens were known by their hash alone, and had no council."""

    async def as_it_was(tx):
        await tx.run(
            "MATCH (p:Practitioner {id: $ada}) CREATE (t:Token {id: $hash, scope: 'read',"
            " madeAt: $now, endsAt: '2027-01-01T00:00:00.000Z'}) CREATE (t)-[:OF]->(p)",
            ada=ADA,
            hash=hashed("old secret"),
            now=NOW,
        )

    graph = site.product.graph
    await graph.write(as_it_was)
    for _ in range(2):
        for statement in statements((FOLDER / "0005_tokens.cypher").read_text()):
            await graph.schema(statement)
    (token,) = (await script("old secret"))["data"]["me"]["tokens"]["nodes"]
    assert re.fullmatch(r"token-[0-9a-f-]{36}", token["id"])
    assert token["isLive"] is True
