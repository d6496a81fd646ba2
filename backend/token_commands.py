"""`./tandem token`: makes a token for a person, lists theirs, or revokes one."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from typing import Any

from backend.mistakes import Mistake
from backend.product import Product
from backend.running import joined
from backend.schema.token_writes import mistakes_of, new_secret, token_of
from backend.schema.touched import in_one_line
from backend.settings import Settings
from graph import tokens
from graph.tokens import MOST_LIVE, Made

SCOPES = ("read", "write")
OPERATOR = {"who": "token", "rule": "operator"}


@contextlib.asynccontextmanager
async def holding(settings: Settings, email: str) -> AsyncIterator[tuple[Product, dict[str, Any]]]:
    """Open the product, and find whose tokens these are.

    Raises:
        Mistake: nobody has that address.
    """
    async with joined(settings) as here:
        holder = await here.product.graph.read(tokens.holder, email=email)
        if holder is None:
            message = f"Nobody here has the address {email}: check it, or import people first."
            raise Mistake(message)
        yield here.product, holder


async def make(settings: Settings, *, email: str, days: int, scope: str, name: str) -> None:
    if scope not in SCOPES:
        message = f"There is no scope {scope}: write read or write."
        raise Mistake(message)
    name = in_one_line(name)
    own = f"token-{uuid.uuid4()}"
    wanted = {"id": own, "scope": scope.upper(), "days": days}
    if wrong := mistakes_of(own, name, days):
        raise Mistake(wrong[0].message)
    secret = new_secret()
    async with holding(settings, email) as (product, holder):
        token = token_of(wanted, secret=secret, name=name, now=product.now)
        made = await product.graph.write(
            tokens.make, **holder, token=token, now=product.now, **OPERATOR
        )
    if made is not Made.NOW:
        message = f"{email} has {MOST_LIVE} tokens already: see them with --list, and --revoke one."
        raise Mistake(message)
    print(secret)


async def show(settings: Settings, *, email: str) -> None:
    async with holding(settings, email) as (product, holder):
        found = await product.graph.read(tokens.of_person, person=holder["person"])
        now = product.now
    for one in found:
        print("  ".join((one["id"], one["scope"].lower(), *standing(one, now), one["name"])))
    if not found:
        print(f"{email} has no tokens.")


def standing(token: dict[str, Any], now: str) -> tuple[str, str]:
    """Until when a token opens anything, and when it last did."""
    if token["revokedAt"]:
        until = f"revoked {token['revokedAt'][:10]}"
    else:
        until = f"{'ended' if token['endsAt'] <= now else 'ends'} {token['endsAt'][:10]}"
    return until, f"used {token['usedAt'][:10]}" if token["usedAt"] else "never used"


async def revoke(settings: Settings, *, email: str, id: str) -> None:
    async with holding(settings, email) as (product, holder):
        there = await product.graph.write(
            tokens.revoke, id=id, **holder, now=product.now, **OPERATOR
        )
    if not there:
        message = f"{email} has no token {id}: see theirs with --list."
        raise Mistake(message)
    print(f"{id} is revoked.")
