"""The embedded engine: ArcadeDB as a child process, on loopback, one a data folder.

The wheel `arcadedb-embedded` brings its own Java runtime and speaks Bolt, so nothing else is
installed. Its password is random, made once a folder, and readable by its owner only; it travels
by file, since command lines are world-readable.
"""

import asyncio
import contextlib
import fcntl
import importlib.util
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from graph.connection import Graph
from graph.errors import EngineTrouble, FolderInUse

START_SECONDS = 60
DATABASE = "tandem"
STATEMENT_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True)
class Running:
    """What a command needs to join the site that runs on a data folder."""

    uri: str
    password: str
    pid: int
    site: dict[str, Any] = field(default_factory=dict)


class DataFolder:
    """A folder of ours: the engine's files, its password, a lock and the runtime file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    @property
    def runtime_file(self) -> Path:
        return self.path / "runtime.json"

    def lock(self) -> None:
        """Take the folder for this process.

        Raises:
            FolderInUse: another process holds it.
            EngineTrouble: the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = (self.path / "lock").open("a+", encoding="ascii")
        except OSError as problem:
            message = f"The data folder {self.path} cannot be used: {problem.strerror}."
            raise EngineTrouble(message) from problem
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            handle.close()
            raise FolderInUse(self.path) from problem
        self._lock = handle

    def unlock(self) -> None:
        self.runtime_file.unlink(missing_ok=True)
        if self._lock:
            self._lock.close()
            self._lock = None

    def is_locked(self) -> bool:
        """Tell whether some process holds the folder now."""
        if not (self.path / "lock").exists():
            return False
        with (self.path / "lock").open("a+", encoding="ascii") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def publish(self, running: Running) -> None:
        """Tell other commands of this person how to join; the file is its owner's only."""
        write_private(self.runtime_file, json.dumps(asdict(running)))

    def running(self) -> Running | None:
        """Read what runs here now; a file left by a dead process does not count."""
        if not self.is_locked():
            return None
        try:
            return Running(**json.loads(self.runtime_file.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def password(self) -> str:
        file = self.path / "engine.password"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(24))
        return file.read_text()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
    draft.replace(file)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def java_command(folder: DataFolder, bolt: int, http: int) -> list[str]:
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or spec.origin is None:
        message = "The embedded engine is missing: run ./tandem again, or set TANDEM_NEO4J_URI."
        raise EngineTrouble(message)
    site = Path(spec.origin).parent
    options = {
        "server.rootPath": folder.path,
        "server.rootPasswordPath": folder.path / "engine.password",
        "server.mode": "production",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{DATABASE}[root]",
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": http,
        "txWalFlush": 2,
        "command.timeout": STATEMENT_MILLISECONDS,
    }
    return [
        str(site / "jre" / "bin" / "java"),
        "-Xms128m",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=4",
        "-Djava.util.logging.config.file=/dev/null",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        "-cp",
        f"{site / 'jars'}/*",
        "com.arcadedb.server.ArcadeDBServer",
    ]


def guarded(command: list[str], folder: DataFolder) -> subprocess.Popen[bytes]:
    """Start the engine under its guard, in a process group of its own."""
    guard = Path(__file__).with_name("engine_guard.py")
    with (folder.path / "engine.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own command line, nothing of a request in it
            [sys.executable, "-I", "-S", str(guard), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder.path,
            start_new_session=True,
        )


async def ready(graph: Graph, process: subprocess.Popen[bytes], folder: DataFolder) -> None:
    """Wait until the engine answers over Bolt, or say where its own words are."""
    for _ in range(START_SECONDS * 20):
        if process.poll() is not None:
            break
        if await graph.answers():
            return
        await asyncio.sleep(0.05)
    message = f"The embedded engine did not start: see {folder.path / 'engine.log'}."
    raise EngineTrouble(message)


@contextlib.asynccontextmanager
async def engine(folder: DataFolder) -> AsyncIterator[Running]:
    """Run the embedded engine on a folder that this process has locked."""
    password = folder.password()
    bolt, http = free_port(), free_port()
    process = guarded(java_command(folder, bolt, http), folder)
    running = Running(uri=f"bolt://127.0.0.1:{bolt}", password=password, pid=os.getpid())
    try:
        probe = Graph.connect(running.uri, user="root", password=password, database=DATABASE)
        async with probe:
            await ready(probe, process, folder)
        yield running
    finally:
        await stop(process)


async def stop(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe, which is the guard's sign to end the engine, and wait for both."""
    if process.stdin:
        process.stdin.close()
    await asyncio.to_thread(process.wait)


@contextlib.asynccontextmanager
async def locked(folder: DataFolder) -> AsyncIterator[DataFolder]:
    folder.lock()
    try:
        yield folder
    finally:
        folder.unlock()
