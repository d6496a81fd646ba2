"""A real Neo4j for the suite: started once from its Maven artifacts, on loopback."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from graph.embedded import free_port

HOME = Path(__file__).parent.parent / "infra" / "neo4j"
LIBRARY = HOME / "lib"
OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


def lacks() -> str | None:
    """Say what this machine lacks for a Neo4j of its own, if anything."""
    if shutil.which("java") is None:
        return "Java 17 or newer is not installed"
    if not LIBRARY.exists() and shutil.which("mvn") is None:
        return "Maven is not installed"
    return None


def fetch() -> None:
    """Fetch the artifacts, whole or not at all, if they are not there."""
    if LIBRARY.exists():
        return
    draft = LIBRARY.with_suffix(".part")
    shutil.rmtree(draft, ignore_errors=True)
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={draft}"]
    subprocess.run(command, cwd=HOME, check=True)
    draft.rename(LIBRARY)


def configuration(home: Path, port: int) -> Path:
    file = home / "neo4j.conf"
    file.write_text(
        "server.bolt.enabled=true\n"
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        "server.memory.pagecache.size=128m\n"
        "dbms.usage_report.enabled=false\n"
        "db.transaction.timeout=10s\n"
        "dbms.security.auth_enabled=false\n"
    )
    return file


@contextlib.contextmanager
def neo4j(home: Path) -> Iterator[str]:
    """Run a Neo4j in a folder; yield its address."""
    fetch()
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [
        "java",
        "-Xmx1g",
        "-XX:+UseG1GC",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENS),
        "-Dlog4j2.disable.jmx=true",
        "-cp",
        f"{LIBRARY}/*",
        str(HOME / "Neo4jServer.java"),
        str(home),
        str(configuration(home, port)),
    ]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=os.environ
        )
    assert server.stdout is not None
    assert server.stdin is not None
    try:
        for line in server.stdout:
            if line.strip() == b"ready":
                break
        else:
            message = f"Neo4j did not start: see {home / 'log'}"
            raise RuntimeError(message)
        yield f"bolt://127.0.0.1:{port}"
    finally:
        server.stdin.close()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
        server.stdout.close()
