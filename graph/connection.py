"""One door to either engine: sessions, retries, time limits and bookmarks stay behind it.

A transaction function is the unit of retry: `await graph.write(projects.add, project=…)`.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Concatenate, LiteralString, ParamSpec, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncTransaction,
    Query,
)
from neo4j.api import AsyncBookmarkManager
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import Refused, Unreachable

P = ParamSpec("P")
R = TypeVar("R")

READ_SECONDS = 10.0  # as long as the embedded engine's own limit, which no driver can set
READ_TRIES = 3
CONSTRAINT_TRIES = 8  # eight writers of one chain on a busy machine have needed six
TIMED_OUT = "TransactionTimedOut"

Transaction = AsyncManagedTransaction | AsyncTransaction


class Graph:
    """A driver with its database; safe to share between tasks, since each call has a session."""

    def __init__(self, driver: AsyncDriver, database: str | None, uri: str) -> None:
        self._driver = driver
        self._database = database
        self._bookmarks: AsyncBookmarkManager = AsyncGraphDatabase.bookmark_manager()
        self.uri = uri

    @classmethod
    def connect(cls, uri: str, *, user: str, password: str, database: str | None) -> Self:
        """Make the driver; nothing is sent yet.

        Raises:
            Unreachable: the address is not a Bolt address.
        """
        try:
            driver = AsyncGraphDatabase.driver(
                uri,
                auth=(user, password) if password else None,
                initial_retry_delay=0.02,
                max_transaction_retry_time=20,
                connection_timeout=5,
                connection_acquisition_timeout=10,
                notifications_min_severity="OFF",
                user_agent="tandem",
            )
        except (ConfigurationError, ValueError) as problem:
            message = (
                f"TANDEM_NEO4J_URI is not an address of a graph: {uri!r}. Write bolt://host:7687."
            )
            raise Unreachable(message) from problem
        return cls(driver, database, uri)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._driver.close()

    async def answers(self) -> bool:
        """Tell whether the engine is there now."""
        try:
            await self.check()
        except (Unreachable, Refused):
            return False
        return True

    async def check(self) -> str:
        """Return what the server calls itself.

        Raises:
            Unreachable: nothing answers there.
            Refused: the name or password is wrong.
        """
        try:
            return await self._greeting()
        except AuthError as problem:
            message = f"The graph at {self.uri} refused the name or password: set TANDEM_NEO4J_USER and TANDEM_NEO4J_PASSWORD."
            raise Refused(message) from problem
        # The driver makes a ValueError of a name that no host has.
        except (ServiceUnavailable, DriverError, OSError, Neo4jError, ValueError) as problem:
            message = (
                f"No graph answers at {self.uri}: check TANDEM_NEO4J_URI and that the server runs."
            )
            raise Unreachable(message) from problem

    async def _greeting(self) -> str:
        async with self._driver.session(database=self._database) as session:
            summary = await (await session.run("RETURN 1 AS one")).consume()
            return str(summary.server.agent)

    async def read(
        self,
        work: Callable[Concatenate[Transaction, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a read; a few tries and no more, since somebody waits for the page.

        The driver's own retries go on for as long as a write deserves.
        """
        for attempt in range(READ_TRIES):
            try:
                return await self._looked_up(work, *args, **kwargs)
            except (DriverError, Neo4jError) as problem:
                if attempt == READ_TRIES - 1 or not problem.is_retryable():
                    raise
                await asyncio.sleep(pause(attempt))
        raise AssertionError

    async def _looked_up(
        self,
        work: Callable[Concatenate[Transaction, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        async with (
            self._driver.session(
                database=self._database,
                default_access_mode=READ_ACCESS,
                bookmark_manager=self._bookmarks,
            ) as session,
            await session.begin_transaction(timeout=READ_SECONDS) as tx,
        ):
            return await work(tx, *args, **kwargs)

    async def write(
        self,
        work: Callable[Concatenate[Transaction, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a write; a lost MERGE race (the embedded engine's ConstraintError) is run again."""
        for attempt in range(CONSTRAINT_TRIES):
            try:
                return await self._written(work, *args, **kwargs)
            except ConstraintError:
                if attempt == CONSTRAINT_TRIES - 1:
                    raise
                await asyncio.sleep(pause(attempt))
        raise AssertionError

    async def _written(
        self,
        work: Callable[Concatenate[Transaction, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        async with self._driver.session(
            database=self._database, bookmark_manager=self._bookmarks
        ) as session:
            return await session.execute_write(work, *args, **kwargs)

    async def schema(self, statement: LiteralString) -> None:
        """Run one schema statement by itself: no engine takes schema and data together."""
        async with self._driver.session(
            database=self._database, bookmark_manager=self._bookmarks
        ) as session:
            result: AsyncResult = await session.run(Query(statement))
            await result.consume()


def pause(attempt: int) -> float:
    """Seconds before the next try, longer each time and never the same for two."""
    return float(random.uniform(0.01, 0.06) * 2**attempt)  # noqa: S311 - nobody is kept out by it


def is_away(problem: Exception) -> bool:
    """Tell whether the engine could not be reached, or was lost on the way."""
    return isinstance(problem, ServiceUnavailable | SessionExpired)


def is_time_out(problem: Exception) -> bool:
    """Tell whether the engine gave a statement up because it took too long."""
    return isinstance(problem, ClientError | Neo4jError) and TIMED_OUT in str(problem.code)
