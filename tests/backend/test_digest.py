"""The week's letters over a real SMTP server: to whom, what, and never twice."""

import asyncio
import json

import aiosmtplib
import pytest
from neo4j.exceptions import ServiceUnavailable

from backend import digest
from backend.checks import examined_letters
from backend.digest import checked_week, this_week
from backend.mistakes import Mistake
from backend.running import in_words
from backend.schema.asking import reply
from graph import deliveries, registers
from tests.sites import running
from tests.world import AWARD, BILAL, MEALS, VIEWERS, built, person, project, uid


async def sent(site, week="2026-W48"):
    return await digest.run(site.product, site.post, week)


def addressees(site):
    return sorted(str(message["To"]) for _, message in site.mailbox.letters())


async def states(graph, week="2026-W48"):
    async def all_states(tx):
        result = await tx.run("MATCH (d:Delivery {week: $week}) RETURN d.state AS state", week=week)
        return [record["state"] async for record in result]

    return sorted(await graph.read(all_states))


async def moved(site, email):
    """Give Bilal this address, which no import would take."""
    row = person(BILAL, "Bilal", "BRA")
    row["properties"] |= {"email": email, "emailKey": email}
    await site.product.graph.write(registers.people, rows=[row], now=site.product.now)


async def arrived(site, letters):
    async with asyncio.timeout(20):
        while len(site.mailbox.letters()) < letters:  # noqa: ASYNC110 - mail comes in from outside
            await asyncio.sleep(0.02)


async def test_a_letter_says_what_waits_with_its_reasons(site):
    await sent(site)
    found = {str(message["To"]): message for _, message in site.mailbox.letters()}
    ada = found["Ada <ada@ash.example>"]
    text = ada.get_body(("plain",)).get_content()
    html = ada.get_body(("html",)).get_content()
    assert "Brackley" in str(ada["Subject"]) + text
    assert "meals" in text
    assert f"{site.address}/proposals/" in text
    assert "invented" in text
    assert "invented" in html
    assert html.count("Compare and answer") >= 1


async def test_running_it_twice_sends_nothing_twice(site):
    first = await sent(site)
    again = await sent(site)
    assert first.sent == len(site.mailbox.letters()) > 0
    assert (again.planned, again.sent) == (0, 0)
    assert again.summary() == {"week": "2026-W48", "planned": 0, "sent": 0, "uncertain": 0}


async def test_who_had_a_later_letter_gets_none_of_an_earlier_week(site):
    assert (await sent(site, "2026-W48")).sent > 0
    had = addressees(site)
    assert (await sent(site, "2026-W47")).sent == 0
    assert addressees(site) == had


async def test_two_runs_at_once_send_each_letter_once(site):
    await asyncio.gather(*(sent(site) for _ in range(4)))
    found = addressees(site)
    assert len(found) == len(set(found)) > 0


async def test_nobody_who_stopped_the_letters_gets_one(site):
    stop = "mutation { chooseLetters(letters: NONE) { errors { field } } }"
    await reply(site.product, VIEWERS["ada"], stop)
    await sent(site)
    assert "Ada <ada@ash.example>" not in addressees(site)


async def test_a_wish_to_stop_counts_even_after_the_letter_was_planned(site):
    await site.product.graph.write(deliveries.plan, week="2026-W48", now=site.product.now)
    await reply(
        site.product,
        VIEWERS["ada"],
        "mutation { chooseLetters(letters: NONE) { errors { field } } }",
    )
    await sent(site)
    assert "Ada <ada@ash.example>" not in addressees(site)


async def test_nothing_to_say_is_no_letter(site):
    async def forget(tx):
        await tx.run("MATCH (:Practitioner)-[c:CARES_ABOUT]->() DELETE c")
        await tx.run("MATCH (p:Proposal) DETACH DELETE p")
        await tx.run("MATCH (:Project)-[m:MATCHES]->(:Project) DELETE m")

    await site.product.graph.write(forget)
    tally = await sent(site)
    assert (tally.sent, site.mailbox.letters()) == (0, [])
    assert set(await states(site.product.graph)) == {"EMPTY"}


async def test_what_was_news_last_week_is_none_this_week(site, clock):
    """Oona looks after no project, so her letter is what is new in her services."""
    first = await sent(site, "2026-W48")
    assert any("Oona" in one["to"] or "oona" in one["to"] for one in first.letters)
    clock.now = clock.now.replace(month=12, day=1)
    again = await sent(site, "2026-W49")
    assert not any("oona" in one["to"] for one in again.letters)
    await site.product.graph.write(
        registers.projects,
        rows=[project(uid("project", 77), "Meals anew", MEALS, "council-DUN")],
        now="2026-12-02T09:00:00.000Z",
    )
    clock.now = clock.now.replace(day=8)
    third = await sent(site, "2026-W50")
    (letter,) = [one for one in third.letters if "oona" in one["to"]]
    assert "Meals anew" in letter["subject"]


async def test_the_message_id_of_a_letter_is_the_same_at_every_try(site):
    await sent(site)
    one = dict(site.mailbox.letters())[1]
    name = str(one["To"]).split()[0]
    assert one["Message-ID"].endswith("@127.0.0.1>")
    letter = digest.Written(f"digest-2026-W48-{name}", name, "a@b.example", "s", "t", "h")
    first = site.post.message(letter, at=site.product.clock())
    assert first["Message-ID"] == site.post.message(letter, at=site.product.clock())["Message-ID"]


async def test_a_send_that_was_cut_short_is_marked_and_not_repeated(site, clock):
    graph = site.product.graph
    await graph.write(deliveries.plan, week="2026-W48", now=site.product.now)
    claimed = await graph.write(
        deliveries.claim,
        week="2026-W48",
        kinds=["digest"],
        me="dead",
        until=site.product.now,
        most=1,
    )
    await graph.write(
        deliveries.mark, id=claimed[0]["id"], me="dead", state="SENDING", now=site.product.now
    )
    clock.now = clock.now.replace(hour=13)
    tally = await sent(site)
    assert tally.uncertain == 1
    assert [row["id"] for row in await graph.read(deliveries.unsettled)] == [claimed[0]["id"]]
    assert len(addressees(site)) == tally.sent


async def test_a_claim_of_a_dead_worker_runs_out_and_the_letter_goes(site, clock):
    graph = site.product.graph
    await graph.write(deliveries.plan, week="2026-W48", now=site.product.now)
    await graph.write(
        deliveries.claim,
        week="2026-W48",
        kinds=["digest"],
        me="dead",
        until=site.product.now,
        most=100,
    )
    assert (await sent(site)).sent == 0
    clock.now = clock.now.replace(hour=13)
    assert (await sent(site)).sent > 0


async def test_a_refused_address_does_not_stop_the_others(site, monkeypatch):
    original = aiosmtplib.SMTP.send_message

    async def picky(self, message, *args, **kwargs):
        if "ada@" in str(message["To"]):
            raise aiosmtplib.SMTPRecipientsRefused(
                [aiosmtplib.SMTPRecipientRefused(550, "no", "ada")]
            )
        return await original(self, message, *args, **kwargs)

    monkeypatch.setattr(aiosmtplib.SMTP, "send_message", picky)
    tally = await sent(site)
    assert tally.refused == 1
    assert tally.sent > 0


async def test_an_address_that_no_letter_can_go_to_fails_alone(site, capsys):
    await moved(site, "bilal.@bra.example")
    for sent_now in (True, False):
        tally = await sent(site)
        assert tally.failed == 1
        assert bool(tally.sent) is sent_now
    assert "Ada <ada@ash.example>" in addressees(site)
    assert "1 could not be written: ./tandem check lists them." in in_words(tally)
    await examined_letters(site.product.graph)
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"WRONG letter: digest-2026-W48-{BILAL}: it could not be written")


async def test_a_letter_that_failed_goes_once_its_cause_is_mended(site):
    await moved(site, "bilal.@bra.example")
    await sent(site)
    await moved(site, "bilal@bra.example")
    assert (await sent(site)).sent == 1
    assert addressees(site).count("Bilal <bilal@bra.example>") == 1
    assert await site.product.graph.read(deliveries.unsettled) == []


async def test_a_letter_that_cannot_be_rendered_fails_alone(site, monkeypatch):
    original = digest.Letters.written

    async def broken(self, name, *, to, variables):
        if to == BILAL:
            raise digest.LetterError("no answer")
        return await original(self, name, to=to, variables=variables)

    monkeypatch.setattr(digest.Letters, "written", broken)
    shown = await digest.previewed(site.product, site.address)
    tally = await sent(site)
    assert tally.failed == 1
    assert len(shown) == tally.sent > 0


async def test_a_graph_that_goes_away_fails_no_letter(site, monkeypatch):
    async def away(*args, **kwargs):
        raise ServiceUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(digest.Letters, "written", away)
        with pytest.raises(ServiceUnavailable):
            await sent(site)
    assert set(await states(site.product.graph)) == {"PLANNED"}
    assert (await sent(site)).sent > 0


async def test_a_letter_that_the_server_puts_off_waits_for_the_next_run(site, monkeypatch):
    async def busy(self, message, *args, **kwargs):
        raise aiosmtplib.SMTPRecipientsRefused(
            [aiosmtplib.SMTPRecipientRefused(451, "4.7.1 Greylisted", "x")]
        )

    with monkeypatch.context() as busy_server:
        busy_server.setattr(aiosmtplib.SMTP, "send_message", busy)
        tally = await sent(site)
    assert (tally.sent, tally.refused, tally.uncertain) == (0, 0, 0)
    assert tally.waiting == (await states(site.product.graph)).count("PLANNED") > 0
    assert f"{tally.waiting} put off by the mail server" in in_words(tally)
    assert (await sent(site)).sent == tally.waiting


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (aiosmtplib.SMTPDataError(554, "spam"), "REFUSED"),
        (aiosmtplib.SMTPSenderRefused(452, "full", "t@t.example"), "PLANNED"),
        (aiosmtplib.SMTPServerDisconnected("gone"), "UNCERTAIN"),
        (aiosmtplib.SMTPReadTimeoutError("slow"), "UNCERTAIN"),
        (aiosmtplib.SMTPResponseException(-1, "no reply at all"), "UNCERTAIN"),
        (aiosmtplib.SMTPNotSupported("SMTPUTF8"), "FAILED"),
    ],
)
def test_only_a_permanent_refusal_is_one(problem, state):
    assert digest.outcome(problem) == state


async def test_a_connection_that_breaks_leaves_the_rest_for_a_run_at_once(site, monkeypatch):
    async def cut(self, message, *args, **kwargs):
        self.close()
        raise aiosmtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr(aiosmtplib.SMTP, "send_message", cut)
        broken.setattr(digest, "connected", once(digest.connected))
        with pytest.raises(Mistake, match="Nothing is lost"):
            await sent(site)
    found = await states(site.product.graph)
    assert found.count("UNCERTAIN") == 1
    assert set(found) <= {"UNCERTAIN", "PLANNED", "EMPTY"}
    await sent(site)
    assert set(await states(site.product.graph)) <= {"UNCERTAIN", "SENT", "EMPTY"}


def once(connected):
    """Connect as before, until a connection is lost."""
    came = []

    async def refused(server, post):
        if came and not server.is_connected:
            raise Mistake("Nothing is lost")
        came.append(post)
        await connected(server, post)

    return refused


async def test_a_letter_of_a_week_that_is_over_is_given_up(site, clock):
    graph = site.product.graph
    planned = await graph.write(deliveries.plan, week="2026-W48", now=site.product.now)
    clock.now = clock.now.replace(month=12, day=1)
    tally = await sent(site, "2026-W49")
    assert tally.sent > 0
    assert await states(graph) == ["EXPIRED"] * planned
    assert len(addressees(site)) == len(set(addressees(site)))


async def test_a_run_for_a_week_to_come_gives_up_nothing_of_this_one(site):
    graph = site.product.graph
    planned = await graph.write(deliveries.plan, week="2026-W48", now=site.product.now)
    await sent(site, "2026-W49")
    assert await states(graph) == ["PLANNED"] * planned


ANSWER = """mutation ($id: ID!, $email: String!) { answerProposal(id: $id, answer: INTERESTED,
  contactName: "Somebody", contactEmail: $email) { errors { message } } }"""


async def introduced(product):
    """Let the councils of Ada and Bilal say yes to each other."""
    found = await reply(product, VIEWERS["ada"], "{ proposals { nodes { id theirs { id } } } }")
    both = next(
        one["id"] for one in found["data"]["proposals"]["nodes"] if one["theirs"]["id"] == AWARD
    )
    for who, email in (("ada", "a@ash.example"), ("bilal", "b@bra.example")):
        done = await reply(product, VIEWERS[who], ANSWER, {"id": both, "email": email})
        assert done["data"]["answerProposal"]["errors"] == []


async def test_an_introduction_is_posted_as_soon_as_both_said_yes(site):
    await introduced(site.product)
    await arrived(site, letters=2)
    texts = [message.get_body(("plain",)).get_content() for _, message in site.mailbox.letters()]
    assert all("a@ash.example" in text and "b@bra.example" in text for text in texts)


async def test_an_introduction_that_an_earlier_process_left_is_posted_at_the_start(
    graph, clock, tmp_path
):
    product = await built(graph, clock)
    await introduced(product)
    product.introduced.clear()
    async with running(product, tmp_path) as site:
        await arrived(site, letters=2)


async def test_line_breaks_in_a_name_cannot_make_a_header(site):
    letter = digest.Written(
        "k", "Eve\r\nBcc: all@evil.example", "e@b.example", "Hello\r\nX: y", "t", "h"
    )
    raw = bytes(site.post.message(letter, at=site.product.clock()))
    assert b"\r\nBcc:" not in raw
    assert b"\r\nX: y" not in raw


@pytest.mark.parametrize(
    "week", ["2026-W60", "2026-W00", "W48", "next", "2026-48", "2025-W53", "2026-W٤٨"]
)
def test_a_wrong_week_is_named(week):
    with pytest.raises(Mistake, match=week):
        checked_week(week, latest="2026-W48")


def test_a_week_that_is_too_far_ahead_has_no_letters():
    assert checked_week("2026-W48", latest="2026-W48") == "2026-W48"
    assert checked_week("2025-W52", latest="2026-W01") == "2025-W52"
    with pytest.raises(Mistake, match="2026-W49 is too far ahead"):
        checked_week("2026-W49", latest="2026-W48")


def test_the_last_days_of_december_belong_to_the_right_week(clock):
    class Nothing:
        pass

    product = Nothing()
    product.clock = clock
    clock.now = clock.now.replace(year=2027, month=1, day=1)
    assert this_week(product) == "2026-W53"
    assert checked_week("2026-W53", latest=this_week(product)) == "2026-W53"


async def test_a_mail_server_that_is_away_loses_nothing(graph, clock, tmp_path):
    product = await built(graph, clock)
    async with running(product, tmp_path) as site:
        away = digest.Post("127.0.0.1", 1, "Tandem <t@t.example>", site.address)
        with pytest.raises(Mistake, match="Nothing is lost"):
            await digest.run(product, away, "2026-W48")
        assert (await sent(site)).sent > 0
        assert json.dumps(site.mailbox.letters()[0][0])
