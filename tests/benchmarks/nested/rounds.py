"""Rounds: ours, the peer's, the bare loop, and again, so that a noisy machine is noisy to all."""

import asyncio
import contextlib
import json
import secrets
import signal
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests import neo4j_server
from tests.benchmarks.nested import processes, world
from tests.benchmarks.nested.load import Asker, Load
from tests.benchmarks.nested.processes import NotHere, cpu_seconds
from tests.benchmarks.nested.questions import OURS, THEIRS, of_ours, of_theirs

WARM_UP_SECONDS = 4.0
FIGURES = ("cpu", "engine_cpu", "rps", "p50")
Measure = Callable[[float], Load]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, and the question that it is asked."""

    pid: int
    asker: Asker

    def measure(self, seconds: float) -> Load:
        before = cpu_seconds(self.pid)
        took, elapsed = asyncio.run(self.asker.asks(seconds))
        return Load.of(took, elapsed, cpu_seconds(self.pid) - before)


@dataclass(frozen=True, slots=True)
class Bare:
    process: subprocess.Popen[str]

    def measure(self, seconds: float) -> Load:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(seconds, file=self.process.stdin, flush=True)
        return Load(**json.loads(self.process.stdout.readline()))


def with_engine(measure: Measure, engine: int, seconds: float) -> Load:
    """Measure a side, and beside it what the engine's process spent on each operation."""
    before = cpu_seconds(engine)
    load = measure(seconds)
    spent = cpu_seconds(engine) - before
    return replace(load, engine_cpu=1000 * spent / load.operations)


@contextlib.contextmanager
def sides() -> Iterator[tuple[dict[str, Measure], int]]:
    """Everything that is measured, running on one filled Neo4j; and that Neo4j's process."""
    token = f"tandem_{secrets.token_urlsafe(32)}"
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tandem-bench-")))
        neo4j = stack.enter_context(neo4j_server.neo4j(folder / "neo4j"))
        asyncio.run(world.written(neo4j, token))
        ours, our_address = stack.enter_context(processes.our_server(neo4j, folder / "data"))
        peer, peer_address = stack.enter_context(processes.peer_server(neo4j))
        bare, _ = stack.enter_context(processes.bare_loop(neo4j))
        we = Asker(our_address, OURS, {"Authorization": f"Bearer {token}"})
        they = Asker(peer_address, THEIRS, {})
        agree(we, they)
        yield (
            {
                "ours": Site(ours.pid, we).measure,
                "peer": Site(peer.pid, they).measure,
                "bare": Bare(bare).measure,
            },
            processes.child_named("java"),
        )


def agree(we: Asker, they: Asker) -> None:
    """See that both sides answer the same, whole page.

    Raises:
        RuntimeError: they do not.
    """
    mine, theirs = of_ours(asyncio.run(we.reply())), of_theirs(asyncio.run(they.reply()))
    needs = [need for council in mine for one in council["projects"] for need in one["needs"]]
    if mine != theirs or len(needs) != 100 * 5 * 3:
        message = f"The two replies differ: {len(needs)} skills in ours, first {mine[:1]} and {theirs[:1]}"
        raise RuntimeError(message)


def measured(rounds: int, seconds: float) -> dict[str, list[Load]]:
    """Run the rounds.

    Raises:
        NotHere: this machine lacks a part.
    """
    if why := neo4j_server.lacks():
        message = f"Nothing was measured: {why}."
        raise NotHere(message)
    processes.fetched_peer()
    with sides() as (measures, engine):
        for measure in measures.values():
            measure(WARM_UP_SECONDS)
        found: dict[str, list[Load]] = {name: [] for name in measures}
        for _ in range(rounds):
            for name, measure in measures.items():
                found[name].append(with_engine(measure, engine, seconds))
    return found


def report(found: dict[str, list[Load]]) -> dict[str, Any]:
    """Medians of the rounds; the ratios are medians of each round's own ratio."""
    pairs = list(zip(found["ours"], found["peer"], strict=True))
    ratios = {
        "nested_cpu": statistics.median(peer.cpu / ours.cpu for ours, peer in pairs),
        "nested_rps": statistics.median(ours.rps / peer.rps for ours, peer in pairs),
    }
    return {
        "ratios": {name: round(ratio, 2) for name, ratio in ratios.items()},
        **{name: medians(loads) for name, loads in found.items()},
        "rounds": len(pairs),
    }


def medians(loads: list[Load]) -> dict[str, float]:
    return {
        name: round(statistics.median(getattr(load, name) for load in loads), 2) for name in FIGURES
    }


def table(reported: dict[str, Any]) -> str:
    titles = {
        "ours": "Tandem",
        "peer": "@neo4j/graphql on Apollo",
        "bare": "driver and orjson only",
    }
    head = f"{'':26}{'CPU ms':>9}{'engine ms':>11}{'req/s':>8}{'p50 ms':>8}"
    lines = [
        f"{title:26}{of['cpu']:9.2f}{of['engine_cpu']:11.2f}{of['rps']:8.1f}{of['p50']:8.1f}"
        for name, title in titles.items()
        for of in [reported[name]]
    ]
    ratios = reported["ratios"]
    said = f"Peer's CPU / ours: {ratios['nested_cpu']}. Our requests a second / the peer's: {ratios['nested_rps']}."
    return "\n".join([head, *lines, said])


def stop_on_a_signal() -> None:
    """SIGTERM ends the benchmark as Ctrl-C does: through every `finally`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
