"""Making and revoking API tokens; the secret leaves here once and is kept nowhere."""

import secrets
from typing import Any

from backend.product import Product, Viewer
from backend.schema.refusals import not_there, not_yours
from backend.schema.touched import Arguments, Mistake, Touched, in_one_line, is_made_by_client
from backend.sessions import hashed
from graph import tokens
from graph.times import later
from graph.tokens import MOST_LIVE, Made

LONGEST_NAME = 60
LONGEST_DAYS = 366
DAY = 86_400


def new_secret() -> str:
    return f"tandem_{secrets.token_urlsafe(32)}"


def mistakes_of(id: str, name: str, days: int) -> list[Mistake]:
    found = []
    if not is_made_by_client(id, "token-"):
        found.append(Mistake("id", "Send an id of your own: token- and a random UUID."))
    if not name:
        found.append(Mistake("name", "Say what the token is for."))
    elif len(name) > LONGEST_NAME:
        found.append(Mistake("name", f"Shorten the name to {LONGEST_NAME} characters or fewer."))
    if not 1 <= days <= LONGEST_DAYS:
        found.append(Mistake("days", "Let it end after 1 to 366 days: a year at most."))
    return found


def token_of(arguments: Arguments, *, secret: str, name: str, now: str) -> dict[str, Any]:
    return {
        "id": arguments["id"],
        "hash": hashed(secret),
        "name": name,
        "scope": arguments["scope"],
        "endsAt": later(now, arguments["days"] * DAY),
    }


async def make_token(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    if viewer.is_token:
        raise not_yours("A token makes no tokens: sign in and make one on /account/tokens.")
    name = in_one_line(arguments["name"])
    mistakes = mistakes_of(arguments["id"], name, arguments["days"])
    if mistakes:
        return Touched(None, tuple(mistakes))
    secret, now = new_secret(), product.now
    made = await product.graph.write(
        tokens.make,
        person=viewer.id,
        council=viewer.council,
        token=token_of(arguments, secret=secret, name=name, now=now),
        now=now,
        who=viewer.id,
        rule="oneself",
    )
    return outcome(made, arguments["id"], secret)


def outcome(made: Made, id: str, secret: str) -> Touched:
    """What to say of a token that was made, or was not."""
    match made:
        case Made.NOW:
            return Touched(id, said={"secret": secret})
        case Made.BEFORE:
            message = (
                "This token is made already, and its secret was shown then: it is shown only once."
                " If you did not keep it, revoke this token and make another."
            )
            return Touched(id, (Mistake("id", message),))
        case Made.TOO_MANY:
            message = f"You have {MOST_LIVE} tokens already. Revoke one that you do not need."
            return Touched(None, (Mistake("name", message),))
        case Made.NOT_YOURS:
            raise not_yours("That id belongs to another token: load the form again and send it.")


async def revoke_token(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    there = await product.graph.write(
        tokens.revoke,
        id=arguments["id"],
        person=viewer.id,
        council=viewer.council,
        now=product.now,
        who=viewer.id,
        rule="oneself",
    )
    if not there:
        raise not_there("token of yours")
    return Touched(arguments["id"])
