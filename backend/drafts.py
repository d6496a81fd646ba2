"""Texts that somebody types: scored two at once, each once a request, and forgotten with it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from backend.indexes import draft
from matching import Match, Matcher, Weighed

P = ParamSpec("P")
R = TypeVar("R")

# Scoring takes a processor for its while: whoever comes third waits, no longer than any question may.
AT_ONCE = asyncio.Semaphore(2)


async def in_turn(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Work beside the loop, when there is a place.

    The place is free again when the work ends: nothing stops a thread whose asker has gone.
    """
    await AT_ONCE.acquire()
    working = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    working.add_done_callback(lambda _: AT_ONCE.release())
    return await asyncio.shield(working)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The texts of one request, and the one index that scores them all.

    What a council itself has is no find for its own people.
    """

    matcher: Matcher
    council: str = "draft"
    _found: dict[str, list[Match]] = field(default_factory=dict)
    _tops: dict[str, int] = field(default_factory=dict)

    async def nearest(self, text: str, top: int) -> list[Match]:
        """The projects most like a text, best first: the first of what was found of it before."""
        if self._tops.get(text, 0) < top:
            self._found[text] = await in_turn(self.matcher.similar, draft(text, self.council), top)
            self._tops[text] = top
        return self._found[text][:top]

    async def weighed(self, text: str) -> Weighed:
        return await in_turn(self.matcher.weighed, draft(text))
