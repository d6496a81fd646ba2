"""The processes that are measured: started one by one, stopped together, CPU read from Linux."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PEER = ROOT / "tests" / "benchmarks" / "peer"
PATIENCE_SECONDS = 15
TICK = os.sysconf("SC_CLK_TCK")


class NotHere(Exception):
    """What this machine lacks for the benchmark, in one sentence."""


def die_with_me() -> None:
    """Ask Linux to stop a child when this process is gone, however it went."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def child_named(name: str) -> int:
    """Find the one child of this process that runs a program of that name."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return next(int(pid) for pid in mine if Path(f"/proc/{pid}/comm").read_text().strip() == name)


@contextlib.contextmanager
def started(
    command: list[str], sign: str, more: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a program from the repository until the end of the block, from its sign of readiness on.

    Yields the process and what follows the sign on its line.
    """
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(more or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is ours to pass on
        preexec_fn=die_with_me,  # noqa: PLW1509 - nothing else runs here yet
    )
    try:
        yield process, awaited(process, sign)
    finally:
        stopped(process)


def awaited(process: subprocess.Popen[str], sign: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        _, found, rest = line.partition(sign)
        if found:
            return rest.strip()
    message = f"A server did not start: {' '.join(map(str, process.args))}"  # type: ignore[arg-type]
    raise NotHere(message)


def stopped(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def our_server(
    neo4j: str, data: Path
) -> contextlib.AbstractContextManager[tuple[subprocess.Popen[str], str]]:
    """The site as an operator starts it, with nothing set but its Neo4j."""
    subprocess.run([sys.executable, "-m", "frontend.assets"], cwd=ROOT, check=True)
    kept = {
        "TANDEM_NEO4J_URI": neo4j,
        "TANDEM_DATA": str(data),
        "TANDEM_BASE_URL": "",
        "TANDEM_ALLOWANCE": "0",
    }
    command = [sys.executable, "-m", "backend", "serve", "--port", "0"]
    return started(command, "Tandem is ready at ", kept)


def peer_server(neo4j: str) -> contextlib.AbstractContextManager[tuple[subprocess.Popen[str], str]]:
    command = [program("node"), str(PEER / "server.mjs"), neo4j]
    return started(command, "ready at ", {"NODE_ENV": "production"})


def hello_peer() -> contextlib.AbstractContextManager[tuple[subprocess.Popen[str], str]]:
    command = [program("node"), str(PEER / "hello.mjs")]
    return started(command, "ready at ", {"NODE_ENV": "production"})


def bare_loop(neo4j: str) -> contextlib.AbstractContextManager[tuple[subprocess.Popen[str], str]]:
    return started([sys.executable, "-m", "tests.benchmarks.nested.bare", neo4j], "ready")


def program(name: str) -> str:
    """Find a program.

    Raises:
        NotHere: this machine lacks it.
    """
    found = shutil.which(name)
    if found is None:
        message = (
            f"The peer was not measured: {name} is not on this machine; install Node 20 or newer."
        )
        raise NotHere(message)
    return found


def fetched_peer() -> None:
    """Fetch the peer's packages, as locked, if they are not there.

    Raises:
        NotHere: npm is missing, or cannot fetch them.
    """
    fetched = PEER / "node_modules" / ".package-lock.json"
    lock = PEER / "package-lock.json"
    if fetched.exists() and fetched.stat().st_mtime >= lock.stat().st_mtime:
        return
    print("Fetching the peer with npm: about 70 MB, once.", file=sys.stderr)
    if subprocess.run([program("npm"), "ci", "--silent"], cwd=PEER, check=False).returncode:
        message = (
            "The peer was not measured: npm could not fetch it; check the network and try again."
        )
        raise NotHere(message)
