"""Serving the site: open the graph, bring it up to date, listen, and stop cleanly."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.applications import Starlette

from backend import checkpoints
from backend.app import Parts, created
from backend.index import Index
from backend.mail import Post
from backend.mistakes import Mistake
from backend.opening import Opened, opened
from backend.product import NOBODY, Product, system_clock
from backend.schema.asking import reply
from backend.settings import Settings
from frontend import questions
from graph import Graph, registers
from graph.migrate import migrate
from graph.times import instant

log = logging.getLogger(__name__)


def now() -> str:
    return instant(system_clock())


async def prepared(graph: Graph, *, demo: bool) -> None:
    """Migrate, and keep the demo's graph and a real one apart.

    Raises:
        Mistake: the graph is the other kind.
    """
    await migrate(graph, clock=now)
    stamp = await graph.read(registers.stamp)
    if stamp and stamp["demo"] and not demo:
        message = (
            "This data is the demo's, with invented people: serve another folder with --data,"
            " or run ./tandem demo."
        )
        raise Mistake(message)
    if demo and not stamp and not await graph.read(registers.is_empty):
        message = "This graph has real data in it: the demo needs an empty one. Use --data."
        raise Mistake(message)
    if demo and stamp and not stamp["demo"]:
        message = "This data is a real site's: run the demo in another folder with --data."
        raise Mistake(message)
    await graph.write(registers.stamped, demo=demo, now=now())


def product_of(graph: Graph, settings: Settings, *, demo: bool) -> Product:
    home = settings.data.expanduser() / checkpoints.NAME
    return Product(graph, Index(home=home), system_clock, demo, settings.contact)


def listener(settings: Settings) -> socket.socket:
    """Take the port before anything else is started.

    Raises:
        Mistake: something else has it.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # A reply leaves in two writes, head and body; without this the second waits 40 ms for the
    # browser's word that it has the first. Connections inherit it.
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        taken.bind((settings.host, settings.port))
    except OSError as problem:
        taken.close()
        message = (
            f"Port {settings.port} of {settings.host} cannot be used ({problem.strerror}):"
            " stop what uses it, or choose another with --port."
        )
        raise Mistake(message) from problem
    taken.listen(512)
    return taken


def at_port(settings: Settings, taken: socket.socket) -> Settings:
    """The settings with the port that was really taken."""
    return settings.model_copy(update={"port": taken.getsockname()[1]})


class Server(uvicorn.Server):
    """uvicorn, without its last act: to raise the signal that stopped it once more.

    That would end the process before the engine is closed and the runtime file is gone.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


async def listening(app: Starlette, taken: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal says stop; call `ready` once the first page can be read."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=8
    )
    server = Server(config)

    async def tell() -> None:
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        ready()
        settled_memory()
        await rehearsed(app.state.product)

    telling = asyncio.create_task(tell())
    try:
        await server.serve(sockets=[taken])
    finally:
        telling.cancel()


def settled_memory() -> None:
    """Look for garbage less often: a large reply is thousands of objects, and none of them is any.

    The nested read of the benchmark takes less than half the processor time for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


async def rehearsed(product: Product) -> None:
    """Ask the site's own questions once: a cold Neo4j takes seconds to plan the largest."""
    for question in questions():
        await reply(product, NOBODY, question.document, question.variables, question.operation)


async def serve(settings: Settings) -> None:
    """Run the site until it is told to stop."""
    with contextlib.closing(listener(settings)) as taken:
        settings = at_port(settings, taken)
        async with opened(settings, join=False) as door:
            await prepared(door.graph, demo=False)
            product = product_of(door.graph, settings, demo=False)
            await product.index.load(product)
            app = created(product, Parts(settings, post=Post.of(settings)))
            with published(door, {"base_url": settings.address, "demo": False}):
                await listening(app, taken, lambda: announce(settings))


@contextlib.contextmanager
def published(door: Opened, site: dict[str, object]) -> Iterator[None]:
    """Let other commands join for as long as the site runs."""
    if door.running is None:
        yield
        return
    door.publish(site)
    try:
        yield
    finally:
        door.folder.runtime_file.unlink(missing_ok=True)


def announce(settings: Settings) -> None:
    print(f"Tandem is ready at {settings.address}", flush=True)
