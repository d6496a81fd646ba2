"""Tandem's own command line in child processes: commands that end, and a site that stays.

Nothing here sleeps: what stays is awaited by the line that it prints, and its end by the kernel.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

TANDEM = Path(sys.executable).with_name("tandem")
PATIENCE = 90


def environment(home: Path, settings: dict[str, str]) -> dict[str, str]:
    """This machine's environment with a home folder of the test's, and no settings but the test's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "share")} | settings


def command(home: Path, *words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TANDEM, *map(str, words)],
        env=environment(home, settings),
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


@contextlib.contextmanager
def patience(process: subprocess.Popen[str]) -> Iterator[None]:
    """Give up on a process that says nothing: its pipe then ends, and the test with it."""
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass
class Standing:
    """A demo or a site in a process of its own; started when it is first asked for."""

    home: Path
    words: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    said: str = ""

    @property
    def folder(self) -> Path:
        return self.home / "data"

    @property
    def complaints(self) -> str:
        return (self.home / "stderr").read_text()

    @property
    def address(self) -> str:
        return self.said.removeprefix("Tandem is ready at ").strip()

    def standing(self) -> "Standing":
        if self.process is None:
            self.start()
        return self

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "stderr").open("w") as stderr:
            self.process = subprocess.Popen(
                [TANDEM, *self.words, "--port", "0", "--data", str(self.folder)],
                env=environment(self.home, self.settings),
                cwd=self.home,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self.process.stdout
        with patience(self.process):
            self.said = self.process.stdout.readline()
        assert self.said, self.complaints

    def end(self, how: signal.Signals) -> int:
        """Send a signal; return the exit status."""
        process, self.process = self.process, None
        assert process
        process.send_signal(how)
        with patience(process):
            rest, _ = process.communicate()
        assert rest == ""
        return process.returncode

    def command(self, *words: object, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside this site."""
        return command(self.home, *words, "--data", self.folder, **self.settings, **settings)

    def browser(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.address, follow_redirects=True, timeout=30)

    def ask(self, query: str, token: str = "") -> dict:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with self.browser() as browser:
            answer = browser.post("/graphql", json={"query": query}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


@contextlib.contextmanager
def standing(home: Path, *words: str, **settings: str) -> Iterator[Standing]:
    one = Standing(home, words, settings)
    try:
        yield one
    finally:
        if one.process:
            one.end(signal.SIGTERM)


def engines_of(folder: Path) -> list[int]:
    """The process ids of the engines that run on a folder, by their command lines."""
    wanted = f"rootPath={folder}\0".encode()
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            line = file.read_bytes()
            if wanted in line and line.split(b"\0")[0].endswith(b"java"):
                found.append(int(file.parent.name))
    return found


@contextlib.contextmanager
def ends(process: int) -> Iterator[None]:
    """Hold that a process, which is no child of ours, has ended soon after what is done here."""
    watch = os.pidfd_open(process)
    try:
        yield
        ended, _, _ = select.select([watch], [], [], PATIENCE)
        assert ended, f"process {process} still runs"
    finally:
        os.close(watch)
