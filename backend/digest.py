"""The week's letters: planned once, claimed, rendered, sent and marked; safe to run at any moment.

Over SMTP nobody can know whether a letter went out when the connection breaks after its last byte.
Such a letter is marked uncertain and shown to an operator; it is never sent again by itself.
A letter that cannot be written fails alone: the others go out, and the next run tries it again.
"""

import datetime as dt
import logging
import re
import uuid
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import aiosmtplib

from backend import introducing
from backend.mail import Post, Written
from backend.mistakes import Mistake
from backend.product import LONDON, Product, Viewer
from backend.schema.asking import reply
from frontend import Answer, Letter, LetterError, Letters, Question
from graph import deliveries, people
from graph.connection import is_away
from graph.times import later

log = logging.getLogger(__name__)

WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)
AHEAD = dt.timedelta(weeks=4)  # a letter for next week may go out now; one for next year is a slip
LEASE_SECONDS = 120
AT_ONCE = 20
TEMPORARY, PERMANENT = range(400, 500), range(500, 600)  # replies of a mail server


def week_of(moment: dt.datetime) -> str:
    year, week, _ = moment.astimezone(LONDON).isocalendar()
    return f"{year:04}-W{week:02}"


def this_week(product: Product) -> str:
    return week_of(product.clock())


def checked_week(text: str, *, latest: str) -> str:
    """Check an ISO week such as 2026-W48, and write it as every other run does.

    Raises:
        Mistake: there is no such week, or it is after the latest.
    """
    found = WEEK.fullmatch(text)
    year, week = (int(found[1]), int(found[2])) if found else (0, 0)
    try:
        dt.date.fromisocalendar(year, week, 1)
    except ValueError as problem:
        message = f"There is no week {text}: write a year and a week of it, such as 2026-W48."
        raise Mistake(message) from problem
    checked = f"{year:04}-W{week:02}"
    if checked > latest:
        message = f"Week {checked} is too far ahead: name one that is not after {latest}."
        raise Mistake(message)
    return checked


@dataclass(slots=True)
class Tally:
    """What one run did."""

    week: str
    planned: int = 0
    sent: int = 0
    uncertain: int = 0
    empty: int = 0
    refused: int = 0
    waiting: int = 0
    failed: int = 0
    letters: list[dict[str, str]] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        return {
            "week": self.week,
            "planned": self.planned,
            "sent": self.sent,
            "uncertain": self.uncertain,
        }

    def add(self, state: str, letter: Written) -> None:
        self.sent += state == "SENT"
        self.uncertain += state == "UNCERTAIN"
        self.refused += state == "REFUSED"
        self.waiting += state == "PLANNED"
        self.failed += state == "FAILED"
        shown = "WAITING" if state == "PLANNED" else state
        self.letters.append({"to": letter.to_address, "subject": letter.subject, "state": shown})


def letters_of(product: Product, base_url: str) -> Letters:
    """The letter machine, asking as the person a letter is for."""

    async def ask_as(question: Question, person: str) -> Answer:
        row = await product.graph.read(people.viewer, id=person)
        if row is None:
            return Answer(None, ({"message": "There is no such person."},))
        found = await reply(
            product, Viewer.of(row), question.document, question.variables, question.operation
        )
        return Answer(found.get("data"), tuple(found.get("errors", ())))

    return Letters(ask_as, base_url=base_url, demo=product.demo)


async def written(product: Product, letters: Letters, delivery: dict[str, Any]) -> Letter:
    """Write one letter; what is new is new since this person's last weekly letter."""
    variables = {name: delivery[name] for name in ("proposal", "joined") if delivery[name]}
    if delivery["kind"] == "digest":
        person = delivery["person"]
        variables["since"] = await product.graph.read(deliveries.last_sent, person=person)
    return await letters.written(delivery["kind"], to=delivery["person"], variables=variables)


async def this_weeks(product: Product, letters: Letters, person: str) -> Letter:
    """The letter that a person would get now."""
    delivery = {"kind": "digest", "person": person, "proposal": None, "joined": None}
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

    async def claimed(self, server: aiosmtplib.SMTP) -> list[dict[str, Any]]:
        """Claim some letters; the connection comes first, so that none is claimed in vain."""
        wanted: dict[str, Any] = {"week": self.week, "kinds": list(self.kinds), "me": self.me}
        if not await self.product.graph.read(deliveries.waiting, **wanted):
            return []
        await connected(server, self.post)
        until = later(self.product.now, LEASE_SECONDS)
        return await self.product.graph.write(deliveries.claim, **wanted, until=until, most=AT_ONCE)

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
            while batch := await self.claimed(server):
                for delivery in batch:
                    await self.deliver(server, delivery, tally)
        finally:
            if server.is_connected:
                await quietly_closed(server)
            await self.product.graph.write(deliveries.put_back, me=self.me)

    async def deliver(
        self, server: aiosmtplib.SMTP, delivery: dict[str, Any], tally: Tally
    ) -> None:
        try:
            ready = await self.made(delivery)
        except Exception as problem:
            if is_away(problem):
                raise
            log.exception("a letter could not be written", extra={"delivery": delivery["id"]})
            tally.failed += await self.mark(delivery["id"], "FAILED")
            return
        if ready is None:
            tally.empty += 1
            await self.mark(delivery["id"], "EMPTY")
            return
        await self.send(server, *ready, tally)

    async def made(self, delivery: dict[str, Any]) -> tuple[Written, EmailMessage] | None:
        letter = await self.written(delivery)
        if letter is None:
            return None
        return letter, self.post.message(letter, at=self.product.clock())

    async def send(
        self, server: aiosmtplib.SMTP, letter: Written, message: EmailMessage, tally: Tally
    ) -> None:
        await connected(server, self.post)
        if not await self.mark(letter.key, "SENDING", letter.subject):
            return
        state = await sent(server, message, letter.key)
        await self.mark(letter.key, state, letter.subject)
        tally.add(state, letter)


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


async def sent(server: aiosmtplib.SMTP, message: EmailMessage, key: str) -> str:
    """Send one letter and say how it ended.

    SENT, REFUSED for good, PLANNED for a later run, FAILED before anything was sent, or UNCERTAIN.
    """
    try:
        await server.send_message(message)
    except (aiosmtplib.SMTPException, OSError, ValueError) as problem:
        state = outcome(problem)
        log.warning("a letter was not sent", extra={"delivery": key, "state": state})
        return state
    return "SENT"


def outcome(problem: Exception) -> str:
    """What a failed send means for its letter."""
    # The client makes these two before it sends anything.
    if isinstance(problem, aiosmtplib.SMTPNotSupported | ValueError):
        return "FAILED"
    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        problem = problem.recipients[0]
    code = problem.code if isinstance(problem, aiosmtplib.SMTPResponseException) else 0
    if code in PERMANENT:
        return "REFUSED"
    return "PLANNED" if code in TEMPORARY else "UNCERTAIN"


async def quietly_closed(server: aiosmtplib.SMTP) -> None:
    try:
        await server.quit()
    except (aiosmtplib.SMTPException, OSError):
        log.info("the mail server hung up first")


async def run(product: Product, post: Post, week: str) -> Tally:
    """Plan and send a week's letters, and whatever else waits to be sent."""
    tally = Tally(week)
    tally.uncertain += await product.graph.write(deliveries.tidy, now=product.now)
    # A run for a week to come takes nothing from the week that is not over.
    oldest = min(week, this_week(product))
    await product.graph.write(deliveries.expire, week=oldest, now=product.now)
    await product.index.propose(product)  # answers of the week have made room
    await introducing.catch_up(product)
    tally.planned = await product.graph.write(deliveries.plan, week=week, now=product.now)
    await Round(product, letters_of(product, post.base_url), post, week).run(tally)
    return tally


async def introductions(product: Product, post: Post) -> Tally:
    """Send the introduction letters that wait."""
    tally = Tally(this_week(product))
    tally.uncertain += await product.graph.write(deliveries.tidy, now=product.now)
    letters = letters_of(product, post.base_url)
    await Round(product, letters, post, tally.week, kinds=("introduction",)).run(tally)
    return tally


async def previewed(product: Product, base_url: str) -> list[dict[str, str]]:
    """Write everybody's letter and send none of them."""
    letters = letters_of(product, base_url)
    found = []
    for row in await product.graph.read(deliveries.readers):
        try:
            letter = await this_weeks(product, letters, row["id"])
        except LetterError:
            log.exception("a letter could not be written", extra={"person": row["id"]})
            continue
        if not letter.is_empty:
            found.append({"to": row["email"], "subject": letter.subject})
    return found
