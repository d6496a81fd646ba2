"""What the tests share: both engines, a site on each, and three recurring people.

Every test that takes `graph` or `site` runs on the embedded engine and on Neo4j. A component that
this machine lacks is named in the last lines; under CI=true that fails the run.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from graph import Graph
from graph.embedded import DATABASE, DataFolder, engine, locked
from graph.migrate import migrate
from graph.times import instant
from tests import neo4j_server

# The same examples every time: a run that fails can be run again.
settings.register_profile("tandem", derandomize=True, database=None, deadline=None)
settings.load_profile("tandem")

ENGINES = ("embedded", "neo4j")
LACKING: dict[str, str] = {}
PASSWORDS: dict[str, str] = {}  # of the embedded engines, by address
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Clock:
    """The one clock, in the hands of the test."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def lacking(what: str, why: str) -> None:
    LACKING[what] = why
    pytest.skip(f"{what} was not tested: {why}")


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory) -> Iterator[str]:
    """A Neo4j for the whole run: the one that is named, else one of our own."""
    if named := os.environ.get("TANDEM_TEST_NEO4J_URI"):
        yield named
        return
    if why := neo4j_server.lacks():
        lacking("Neo4j", f"{why}; set TANDEM_TEST_NEO4J_URI or install Java 17 and Maven")
    with neo4j_server.neo4j(tmp_path_factory.mktemp("neo4j")) as address:
        yield address


@pytest.fixture(scope="session")
async def embedded_graph(tmp_path_factory) -> AsyncIterator[Graph]:
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    async with (
        locked(folder),
        engine(folder) as running,
        Graph.connect(
            running.uri, user="root", password=running.password, database=DATABASE
        ) as graph,
    ):
        PASSWORDS[running.uri] = running.password
        await migrate(graph, clock=lambda: instant(NOON))
        yield graph


@pytest.fixture(scope="session")
async def neo4j_graph(neo4j_address) -> AsyncIterator[Graph]:
    async with Graph.connect(
        neo4j_address,
        user=os.environ.get("TANDEM_TEST_NEO4J_USER", "neo4j"),
        password=os.environ.get("TANDEM_TEST_NEO4J_PASSWORD", ""),
        database=None,
    ) as graph:
        await refuse_what_is_not_ours(graph)
        await migrate(graph, clock=lambda: instant(NOON))
        yield graph


async def refuse_what_is_not_ours(graph: Graph) -> None:
    """Tests wipe the graph: one that holds anything but a demo's or a test's data is refused."""

    async def strangers(tx):
        result = await tx.run(
            "MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock"
            " AND NOT EXISTS { (s:Stamp {id: 'tandem'}) WHERE s.demo = true }"
            " RETURN count(n) AS n"
        )
        return (await result.single(strict=True))["n"]

    if await graph.read(strangers):
        pytest.exit("TANDEM_TEST_NEO4J_URI has data that is not a test's: refusing to wipe it.", 2)


async def wipe(tx) -> None:
    await tx.run("MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n")


@pytest.fixture(params=ENGINES)
def engine_graph(request) -> Graph:
    name = "embedded_graph" if request.param == "embedded" else "neo4j_graph"
    return request.getfixturevalue(name)


@pytest.fixture
async def graph(engine_graph) -> Graph:
    """An empty, migrated graph on each engine."""
    await engine_graph.write(wipe)
    return engine_graph


@pytest.fixture
def way_in(graph) -> dict[str, str]:
    """The settings with which another process comes to the graph of this test."""
    if password := PASSWORDS.get(graph.uri):
        named = {"USER": "root", "PASSWORD": password, "DATABASE": DATABASE}
    else:
        given = {name: os.environ.get(f"TANDEM_TEST_NEO4J_{name}") for name in ("USER", "PASSWORD")}
        named = {name: value for name, value in given.items() if value}
    return {f"TANDEM_NEO4J_{name}": value for name, value in {"URI": graph.uri, **named}.items()}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def chromium() -> str:
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if found is None:
        lacking("the browser", "Chromium is not installed")
    return str(found)


def pytest_terminal_summary(terminalreporter) -> None:
    for what, why in LACKING.items():
        terminalreporter.write_line(f"NOT TESTED: {what}: {why}")


def pytest_sessionfinish(session, exitstatus) -> None:
    if LACKING and os.environ.get("CI") == "true" and exitstatus == 0:
        session.exitstatus = 1


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parent.parent


@pytest.fixture
async def site(graph, clock, tmp_path):
    """A demo site over the small world of `tests/world.py`."""
    from tests.sites import running
    from tests.world import built

    async with running(await built(graph, clock), tmp_path) as found:
        yield found
