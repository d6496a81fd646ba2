"""The week's letters: planned once, claimed, rendered, sent and marked; safe to run at any moment.

Over SMTP nobody can know whether a letter went out when the connection breaks after its last byte.
Such a letter is marked uncertain and shown to an operator; it is never sent again by itself.
"""

import datetime as dt
import logging
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiosmtplib

from backend.mail import Post, Written
from backend.mistakes import Mistake
from backend.product import LONDON, Product, Viewer
from backend.schema.asking import reply
from frontend import Answer, Letter, Letters, Question
from graph import deliveries, people
from graph.times import later

log = logging.getLogger(__name__)

WEEK = re.compile(r"(\d{4})-W(\d\d)")
LEASE_SECONDS = 120
AT_ONCE = 20


def this_week(product: Product) -> str:
    year, week, _ = product.clock().astimezone(LONDON).isocalendar()
    return f"{year}-W{week:02}"


def checked_week(text: str) -> str:
    """Check an ISO week such as 2026-W48.

    Raises:
        Mistake: there is no such week.
    """
    found = WEEK.fullmatch(text)
    year, week = (int(found[1]), int(found[2])) if found else (0, 0)
    try:
        dt.date.fromisocalendar(year, week, 1)
    except ValueError as problem:
        message = f"There is no week {text}: write a year and a week of it, such as 2026-W48."
        raise Mistake(message) from problem
    return text


@dataclass(slots=True)
class Tally:
    """What one run did."""

    week: str
    planned: int = 0
    sent: int = 0
    uncertain: int = 0
    empty: int = 0
    refused: int = 0
    letters: list[dict[str, str]] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        return {
            "week": self.week,
            "planned": self.planned,
            "sent": self.sent,
            "uncertain": self.uncertain,
        }


def letters_of(product: Product, base_url: str) -> Letters:
    """The letter machine, asking as the person a letter is for."""

    async def ask_as(question: Question, person: str) -> Answer:
        row = await product.graph.read(people.viewer, id=person)
        if row is None:
            return Answer(None, ({"message": "There is no such person."},))
        found = await reply(
            product, Viewer.of(row), question.document, question.variables, question.operation
        )
        return Answer(found["data"], tuple(found.get("errors", ())))

    return Letters(ask_as, base_url=base_url, demo=product.demo)


async def written(product: Product, letters: Letters, delivery: dict[str, Any]) -> Letter:
    """Write one letter; what is new is new since this person's last weekly letter."""
    variables = {"proposal": delivery["proposal"]} if delivery["proposal"] else {}
    if delivery["kind"] == "digest":
        person = delivery["person"]
        variables["since"] = await product.graph.read(deliveries.last_sent, person=person)
    return await letters.written(delivery["kind"], to=delivery["person"], variables=variables)


async def this_weeks(product: Product, letters: Letters, person: str) -> Letter:
    """The letter that a person would get now."""
    delivery = {"kind": "digest", "person": person, "proposal": None}
    return await written(product, letters, delivery)


@dataclass(slots=True)
class Round:
    """One run of the digest: who claims, what for, and through which post."""

    product: Product
    letters: Letters
    post: Post
    week: str
    kinds: tuple[str, ...] = ("digest", "introduction")
    me: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def claimed(self) -> list[dict[str, Any]]:
        until = later(self.product.now, LEASE_SECONDS)
        return await self.product.graph.write(
            deliveries.claim,
            week=self.week,
            kinds=list(self.kinds),
            me=self.me,
            until=until,
            most=AT_ONCE,
        )

    async def mark(self, delivery: str, state: str, subject: str | None = None) -> bool:
        return await self.product.graph.write(
            deliveries.mark,
            id=delivery,
            me=self.me,
            state=state,
            now=self.product.now,
            subject=subject,
        )

    async def written(self, delivery: dict[str, Any]) -> Written | None:
        """Write the letter as its reader may see things now; None if there is nothing to say."""
        person = await self.product.graph.read(people.viewer, id=delivery["person"])
        if person is None or (delivery["kind"] == "digest" and person["letters"] != "WEEKLY"):
            return None
        letter = await written(self.product, self.letters, delivery)
        if letter.is_empty:
            return None
        return Written(
            delivery["id"],
            person["name"],
            person["email"],
            letter.subject,
            letter.text,
            letter.html,
        )

    async def run(self, tally: Tally) -> None:
        """Send everything that is planned, a batch at a time, over one connection."""
        server = self.post.connection()
        try:
            while batch := await self.claimed():
                for delivery in batch:
                    await self.deliver(server, delivery, tally)
        finally:
            if server.is_connected:
                await quietly_closed(server)

    async def deliver(
        self, server: aiosmtplib.SMTP, delivery: dict[str, Any], tally: Tally
    ) -> None:
        letter = await self.written(delivery)
        if letter is None:
            tally.empty += 1
            await self.mark(delivery["id"], "EMPTY")
            return
        await connected(server, self.post)
        if not await self.mark(delivery["id"], "SENDING", letter.subject):
            return
        state = await sent(server, self.post, letter, self.product)
        await self.mark(delivery["id"], state, letter.subject)
        count(tally, state, letter)


def count(tally: Tally, state: str, letter: Written) -> None:
    tally.sent += state == "SENT"
    tally.uncertain += state == "UNCERTAIN"
    tally.refused += state == "REFUSED"
    tally.letters.append({"to": letter.to_address, "subject": letter.subject, "state": state})


async def connected(server: aiosmtplib.SMTP, post: Post) -> None:
    """Connect if need be.

    Raises:
        Mistake: the mail server cannot be reached; what is planned stays planned.
    """
    if server.is_connected:
        return
    try:
        await server.connect()
    except (aiosmtplib.SMTPException, OSError) as problem:
        message = (
            f"The mail server {post.host}:{post.port} cannot be used: check TANDEM_SMTP_HOST and"
            " the settings beside it. Nothing is lost: run this again."
        )
        raise Mistake(message) from problem


async def sent(server: aiosmtplib.SMTP, post: Post, letter: Written, product: Product) -> str:
    """Send one letter and say how it ended: SENT, REFUSED or UNCERTAIN."""
    try:
        await server.send_message(post.message(letter, at=product.clock()))
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException):
        log.warning("a letter was refused", extra={"delivery": letter.key})
        return "REFUSED"
    except (aiosmtplib.SMTPException, OSError):
        log.warning("the outcome of a letter is unknown", extra={"delivery": letter.key})
        return "UNCERTAIN"
    return "SENT"


async def quietly_closed(server: aiosmtplib.SMTP) -> None:
    try:
        await server.quit()
    except (aiosmtplib.SMTPException, OSError):
        log.info("the mail server hung up first")


async def run(product: Product, post: Post, week: str) -> Tally:
    """Plan and send a week's letters, and whatever else waits to be sent."""
    tally = Tally(week)
    tally.uncertain += await product.graph.write(deliveries.tidy, now=product.now)
    tally.planned = await product.graph.write(deliveries.plan, week=week, now=product.now)
    await Round(product, letters_of(product, post.base_url), post, week).run(tally)
    return tally


async def introductions(product: Product, post: Post) -> Tally:
    """Send the introduction letters that wait."""
    tally = Tally(this_week(product))
    letters = letters_of(product, post.base_url)
    await Round(product, letters, post, tally.week, kinds=("introduction",)).run(tally)
    return tally


async def previewed(product: Product, base_url: str) -> list[dict[str, str]]:
    """Write everybody's letter and send none of them."""
    letters = letters_of(product, base_url)
    found = []
    for row in await product.graph.read(deliveries.readers):
        letter = await this_weeks(product, letters, row["id"])
        if not letter.is_empty:
            found.append({"to": row["email"], "subject": letter.subject})
    return found
