"""Opening the graph: a Neo4j by its address, the engine of a running Tandem, or one of our own."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from backend.mistakes import Mistake
from backend.settings import Settings
from graph import Graph
from graph.embedded import DATABASE, DataFolder, Running, engine, locked
from graph.errors import GraphTrouble

SCHEMES = {f"{name}{kind}" for name in ("bolt", "neo4j") for kind in ("", "+s", "+ssc")}


@dataclass(frozen=True, slots=True)
class Opened:
    """The graph, and how others may join it when the engine is ours."""

    graph: Graph
    folder: DataFolder
    running: Running | None
    is_joined: bool = False

    def publish(self, site: dict[str, Any]) -> None:
        """Tell other commands what runs here."""
        uri, password, pid = (
            (self.running.uri, self.running.password, self.running.pid)
            if self.running
            else (self.graph.uri, "", 0)
        )
        self.folder.publish(Running(uri, password, pid, site))


def of_engine(running: Running) -> Graph:
    return Graph.connect(running.uri, user="root", password=running.password, database=DATABASE)


def is_address(uri: str) -> bool:
    """Tell whether a driver could make anything of an address; some make a traceback of it."""
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def of_server(settings: Settings) -> Graph:
    if not is_address(settings.neo4j_uri):
        message = (
            f"TANDEM_NEO4J_URI is not an address of a graph, {settings.neo4j_uri!r}:"
            " write it like bolt://host:7687."
        )
        raise Mistake(message)
    return Graph.connect(
        settings.neo4j_uri,
        user=settings.neo4j_user,
        password=settings.neo4j_password.get_secret_value(),
        database=settings.neo4j_database or None,
    )


@contextlib.asynccontextmanager
async def opened(settings: Settings, *, join: bool) -> AsyncIterator[Opened]:
    """Open the graph that the settings name; with `join`, the one that already runs here.

    Raises:
        Mistake: it cannot be reached, or the folder is in use.
    """
    folder = joinable(settings) if join else DataFolder(settings.data.expanduser())
    try:
        async with contextlib.AsyncExitStack() as stack:
            yield await opened_in(stack, settings, folder, join=join)
    except GraphTrouble as problem:
        raise Mistake(str(problem)) from problem


def joinable(settings: Settings) -> DataFolder:
    """The folder of the settings; where none was named and only the demo runs, the demo's."""
    folder = DataFolder(settings.data.expanduser())
    demo = DataFolder(folder.path / "demo")
    is_default = "data" not in settings.model_fields_set
    return demo if is_default and not folder.running() and demo.running() else folder


async def opened_in(
    stack: contextlib.AsyncExitStack, settings: Settings, folder: DataFolder, *, join: bool
) -> Opened:
    if settings.neo4j_uri:
        graph = await stack.enter_async_context(of_server(settings))
        await graph.check()
        return Opened(graph, folder, folder.running() if join else None, is_joined=join)
    if join and (running := folder.running()):
        graph = await stack.enter_async_context(of_engine(running))
        await graph.check()
        return Opened(graph, folder, running, is_joined=True)
    await stack.enter_async_context(locked(folder))
    running = await stack.enter_async_context(engine(folder))
    graph = await stack.enter_async_context(of_engine(running))
    return Opened(graph, folder, running)
