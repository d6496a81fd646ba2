"""Mutations: each checks what a person wrote, runs one write function, and says what it touched."""

import re
from dataclasses import dataclass
from typing import Any

from backend import introducing
from backend.addresses import is_address
from backend.product import Product, Viewer
from backend.schema.dates import first_day, last_day
from backend.schema.keeping import change_question, end_question, save_question
from backend.schema.refusals import (
    BAD_USER_INPUT,
    not_there,
    not_yours,
    refusal,
    sign_in_first,
)
from backend.schema.token_writes import make_token, revoke_token
from backend.schema.touched import Arguments, Mistake, Touched, Write, is_made_by_client, tidy
from graph import people, projects, proposals, registers, requests
from graph.projects import Added
from graph.proposals import Outcome, Reply
from graph.requests import Asked, Settled

LONGEST_TITLE = 120
LONGEST_TEXT = 5_000
SHORTEST_TEXT = 20
LONGEST_REASON = 500
MOST_SERVICES = 3
MOST_NEEDS = 5
LONGEST_NAME = 120
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])(-01)?")


async def written(product: Product, viewer: Viewer, field: str, arguments: Arguments) -> Touched:
    """Run one mutation.

    Raises:
        GraphQLError: nobody is signed in, or it is not theirs to do.
    """
    if not viewer.is_signed_in:
        raise sign_in_first()
    if not viewer.may_write:
        raise not_yours("This token may only read.")
    return await WRITES[field](product, viewer, arguments)


def project_mistakes(title: str, summary: str) -> list[Mistake]:
    found = []
    if not title:
        found.append(Mistake("title", "Say what the project is called."))
    elif len(title) > LONGEST_TITLE:
        found.append(Mistake("title", f"Shorten the name to {LONGEST_TITLE} characters or fewer."))
    if not summary:
        found.append(Mistake("summary", "Say what problem the project deals with."))
    elif len(summary) < SHORTEST_TEXT:
        found.append(
            Mistake("summary", "Say a little more: a sentence or two finds better matches.")
        )
    elif len(summary) > LONGEST_TEXT:
        length = f"{len(summary):,}"
        found.append(
            Mistake("summary", f"Shorten this to {LONGEST_TEXT:,} characters: it has {length}.")
        )
    return found


def windows(arguments: Arguments) -> tuple[dict[str, str | None], list[Mistake]]:
    """The dates that were given, each null if it is not known, and what is wrong with them."""
    found: dict[str, str | None] = {}
    mistakes = []
    for name, read in (("startedOn", first_day), ("endsOn", last_day)):
        text = tidy(arguments.get(name))
        try:
            found[name] = read(text) if text else None
        except ValueError:
            message = "Write a month or a date, such as March 2027, or leave this blank."
            mistakes.append(Mistake(name, message))
    start, end = found.get("startedOn"), found.get("endsOn")
    if start and end and end < start:
        mistakes.append(Mistake("endsOn", "The end is before the start: correct one of the two."))
    return found, mistakes


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of a project, checked, as it is stored."""

    properties: dict[str, Any]
    mistakes: list[Mistake]

    @classmethod
    def of(cls, arguments: Arguments) -> "Described":
        title, summary = tidy(arguments["title"]), tidy(arguments["summary"])
        dates, wrong_dates = windows(arguments)
        properties = {
            "title": title,
            "summary": summary,
            "phase": arguments["phase"],
            "sortName": title.casefold(),
            "searchText": f"{title} {summary}".casefold(),
            **dates,
        }
        # A change that does not speak of the audience must not widen it.
        if arguments.get("audience"):
            properties["audience"] = arguments["audience"]
        return cls(properties, project_mistakes(title, summary) + wrong_dates)


async def unknown_services(product: Product, ids: list[str]) -> list[str]:
    """Those of the ids that no service has."""
    absent = await product.graph.read(registers.missing, ids=ids)
    return [one for one in ids if one in absent or not one.startswith("service-")]


async def service_mistakes(product: Product, arguments: Arguments) -> list[Mistake]:
    service = arguments.get("service")
    if service is None or not await unknown_services(product, [service]):
        return []
    return [Mistake("service", "Choose a service from the list, or leave this blank.")]


def needs_of(arguments: Arguments) -> dict[str, str] | None:
    """The skills that a project looks for, each at a level; None if nothing is said of them."""
    given = arguments.get("needs")
    if given is None:
        return None
    return {one["skill"]: one.get("level") or "PRACTITIONER" for one in given if one.get("skill")}


async def needs_mistakes(product: Product, needs: dict[str, str] | None) -> list[Mistake]:
    if not needs:
        return []
    if len(needs) > MOST_NEEDS:
        return [
            Mistake("needs", f"Name no more than {MOST_NEEDS} skills: those that you lack most.")
        ]
    absent = await product.graph.read(registers.missing, ids=[*needs])
    if absent or any(not one.startswith("skill-") for one in needs):
        return [Mistake("needs", "Choose skills from the list, or leave this blank.")]
    return []


async def mistakes_in(
    product: Product, described: Described, arguments: Arguments
) -> list[Mistake]:
    """What is wrong with what a person says of a project, and with what they choose for it."""
    chosen = await service_mistakes(product, arguments)
    return described.mistakes + chosen + await needs_mistakes(product, needs_of(arguments))


async def add_project(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    described = Described.of(arguments)
    mistakes = await mistakes_in(product, described, arguments)
    identity = arguments["id"]
    if not is_made_by_client(identity, "project-"):
        mistakes.append(Mistake("id", "Send an id of your own: project- and a random UUID."))
    if mistakes:
        return Touched(None, tuple(mistakes))
    added = await product.graph.write(
        projects.add,
        id=identity,
        person=viewer.id,
        council=viewer.council,
        properties={"audience": "NETWORK", **described.properties},
        service=arguments.get("service"),
        needs=needs_of(arguments),
        now=product.now,
    )
    if added is Added.NOT_YOURS:
        raise not_yours("That id belongs to another project: reload the form and send it again.")
    if added is Added.OTHER_WORDS:
        message = "You have added this project already, in other words. Open it to change it."
        return Touched(None, (Mistake("id", message),))
    await product.index.refresh(product, identity)
    return Touched(identity)


async def change_project(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    described = Described.of(arguments)
    mistakes = await mistakes_in(product, described, arguments)
    if mistakes:
        return Touched(arguments["id"], tuple(mistakes))
    fresh = await product.graph.write(
        projects.change,
        id=arguments["id"],
        version=arguments["version"],
        person=viewer.id,
        council=viewer.council,
        properties=described.properties,
        service=arguments.get("service"),
        needs=needs_of(arguments),
        now=product.now,
    )
    if fresh is None:
        raise not_there("project of your council")
    if not fresh:
        message = (
            "Somebody changed this project while you were writing. Compare the two and send again."
        )
        return Touched(arguments["id"], (Mistake("version", message),))
    await product.index.refresh(product, arguments["id"])
    await introducing.catch_up(product, arguments["id"])
    return Touched(arguments["id"])


async def choose_services(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    chosen = list(dict.fromkeys(arguments["services"]))
    if not chosen:
        return Touched(viewer.id, (Mistake("services", "Choose at least one service."),))
    if len(chosen) > MOST_SERVICES:
        return Touched(viewer.id, (Mistake("services", "Choose no more than three services."),))
    if await unknown_services(product, chosen):
        return Touched(viewer.id, (Mistake("services", "Choose services from the list."),))
    await product.graph.write(
        people.choose_services,
        person=viewer.id,
        council=viewer.council,
        services=chosen,
        now=product.now,
    )
    await product.index.finding.follow(product)
    return Touched(viewer.id)


async def choose_letters(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    await product.graph.write(
        people.choose_letters,
        person=viewer.id,
        council=viewer.council,
        letters=arguments["letters"],
        now=product.now,
    )
    return Touched(viewer.id)


def contact_mistakes(name: str, email: str) -> list[Mistake]:
    found = []
    if not name:
        found.append(Mistake("contactName", "Say whom the other council should ask for."))
    elif len(name) > LONGEST_NAME:
        message = f"Shorten the name to {LONGEST_NAME} characters or fewer."
        found.append(Mistake("contactName", message))
    if not is_address(email):
        message = "Give the email address to share, such as name@council.gov.uk."
        found.append(Mistake("contactEmail", message))
    return found


def answer_mistakes(arguments: Arguments, today: str) -> list[Mistake]:
    found = []
    if arguments["answer"] == "INTERESTED":
        name, email = (tidy(arguments.get(key)) for key in ("contactName", "contactEmail"))
        found += contact_mistakes(name, email)
        if len(tidy(arguments.get("message"))) > LONGEST_REASON:
            found.append(Mistake("message", "Shorten the message to 500 characters or fewer."))
    if arguments["answer"] == "NOT_NOW":
        until = arguments.get("until") or ""
        if not MONTH.fullmatch(until):
            found.append(Mistake("until", "Choose the month in which to ask you again."))
        elif until[:7] <= today[:7]:
            found.append(Mistake("until", "Choose a month after this one."))
    if len(tidy(arguments.get("reason"))) > LONGEST_REASON:
        found.append(Mistake("reason", "Shorten the reason to 500 characters or fewer."))
    return found


def reply_of(arguments: Arguments) -> Reply:
    """What was answered, without what belongs to another answer: a form sends that along."""
    said = arguments["answer"]
    yes, later, no = said == "INTERESTED", said == "NOT_NOW", said == "NOT_FOR_US"
    return Reply(
        answer=said,
        reason=tidy(arguments.get("reason")) or None,
        until=f"{arguments['until'][:7]}-01" if later else None,
        only_if_agree=yes and bool(arguments.get("onlyIfAgree")),
        contact_name=tidy(arguments.get("contactName")) if yes else None,
        contact_email=tidy(arguments.get("contactEmail")) if yes else None,
        other_work=no and bool(arguments.get("otherWork")),
        message=(tidy(arguments.get("message")) or None) if yes else None,
    )


WORDS = {"INTERESTED": "interested", "NOT_FOR_US": "not for us", "NOT_NOW": "not now"}


async def answer_proposal(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    mistakes = answer_mistakes(arguments, product.today.isoformat())
    if mistakes:
        return Touched(arguments["id"], tuple(mistakes))
    answered = await product.graph.write(
        proposals.answer,
        proposal=arguments["id"],
        person=viewer.id,
        council=viewer.council,
        reply=reply_of(arguments),
        now=product.now,
    )
    if answered.outcome is Outcome.NOT_YOURS:
        raise not_there("proposal")
    if answered.outcome is Outcome.TAKEN:
        said = WORDS[answered.earlier or "INTERESTED"]
        message = f"Your council has already answered: {said}. That answer is kept."
        return Touched(arguments["id"], (Mistake("answer", message),))
    if answered.outcome is Outcome.INTRODUCED:
        product.introduced.set()
    return Touched(arguments["id"])


async def ask_about_project(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    note = tidy(arguments.get("note"))
    mistakes = []
    if not is_made_by_client(arguments["id"], "request-"):
        mistakes.append(Mistake("id", "Send an id of your own: request- and a random UUID."))
    if arguments["wish"] == "CORRECT" and not note:
        mistakes.append(Mistake("note", "Say what is wrong, and what is right."))
    if len(note) > LONGEST_TEXT:
        mistakes.append(Mistake("note", f"Shorten this to {LONGEST_TEXT:,} characters or fewer."))
    if mistakes:
        return Touched(None, tuple(mistakes))
    asked = await product.graph.write(
        requests.ask,
        id=arguments["id"],
        person=viewer.id,
        council=viewer.council,
        project=arguments["project"],
        wish=arguments["wish"],
        note=note or None,
        now=product.now,
    )
    if asked is Asked.NO_PROJECT:
        raise not_there("project that its council has not confirmed")
    if asked is Asked.NOT_THEIRS:
        message = "Only the council that leads a project can claim it. Choose Correct or Remove."
        return Touched(None, (Mistake("wish", message),))
    if asked is Asked.USED_ID:
        message = "This form was sent before with something else in it: load it again."
        return Touched(None, (Mistake("id", message),))
    return Touched(arguments["id"])


async def settle_request(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    if viewer.role != "OPERATOR":
        raise not_yours("Only an operator settles requests.")
    settled, project = await product.graph.write(
        requests.settle,
        id=arguments["id"],
        operator=viewer.id,
        verdict=arguments["verdict"],
        now=product.now,
    )
    if settled is Settled.OVERTAKEN:
        message = (
            "The project is no longer as it was asked about: its council has confirmed it, or the"
            " person has moved. Decline the request."
        )
        return Touched(arguments["id"], (Mistake("verdict", message),))
    if project is None:
        raise refusal(BAD_USER_INPUT, "That request is already settled, or there is none.")
    await product.index.refresh(product, project)
    await introducing.catch_up(product, project)
    return Touched(arguments["id"])


WRITES: dict[str, Write] = {
    "addProject": add_project,
    "changeProject": change_project,
    "chooseServices": choose_services,
    "chooseLetters": choose_letters,
    "answerProposal": answer_proposal,
    "askAboutProject": ask_about_project,
    "settleRequest": settle_request,
    "saveQuestion": save_question,
    "changeQuestion": change_question,
    "endQuestion": end_question,
    "makeToken": make_token,
    "revokeToken": revoke_token,
}
