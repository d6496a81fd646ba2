"""What callers of the API may spend: points a minute each, coming back little by little.

A leaky bucket a caller, in this process's memory: two processes allow twice as much, and a restart
forgets. It keeps one caller from taking the site from the others, no more.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

SECONDS = 60
MOST_CALLERS = 10_000
# Who has not signed in shares an address with others, and may spend a fifth.
ANONYMOUS = 5


class TooMuch(Exception):
    """It is more than a caller ever has at once: to wait is no use."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit}")
        self.limit = limit


class Spent(Exception):
    """There is too little left; `seconds` until there is enough."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Left:
    """What a question cost, of how much a minute, and what is left now."""

    points: int
    limit: int
    left: int

    @property
    def seconds(self) -> int:
        """Until all of it is there again."""
        return ceil((self.limit - self.left) * SECONDS / self.limit)


@dataclass(slots=True)
class Allowances:
    """Every caller's bucket; those that were used longest ago are forgotten first."""

    limit: int
    clock: Callable[[], float] = time.monotonic
    buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def spend(self, caller: str, points: int, *, signed_in: bool) -> Left | None:
        """Take points off a caller; None where nobody is limited.

        Raises:
            Spent: there are too few; nothing was taken.
            TooMuch: there are never as many.
        """
        if not self.limit:
            return None
        limit = self.limit if signed_in else max(1, self.limit // ANONYMOUS)
        if points > limit:
            raise TooMuch(limit)
        now = self.clock()
        spent, at = self.buckets.pop(caller, (0.0, now))
        spent = max(0.0, spent - (now - at) * limit / SECONDS)
        short = spent + points - limit
        self.buckets[caller] = (spent if short > 0 else spent + points, now)
        while len(self.buckets) > MOST_CALLERS:
            self.buckets.popitem(last=False)
        if short > 0:
            raise Spent(ceil(short * SECONDS / limit))
        return Left(points, limit, int(limit - spent - points))
