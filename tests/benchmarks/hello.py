"""The smallest question, `{ __typename }`, against graphql-yoga on Node: what a server itself costs.

Each answers from a process of its own over four connections, in interleaved rounds; CPU is the
server's, an operation. With `--json` the last line has the ratios and the figures.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORES = 2


def clear_path() -> None:
    """Put the repository in the place of this folder, where files would hide packages."""
    others = [entry for entry in sys.path if Path(entry or ".").resolve() not in {HERE, ROOT}]
    sys.path[:] = [str(ROOT), *others]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tandem bench hello", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side (5)")
    parser.add_argument("--seconds", type=float, default=3.0, help="seconds a round (3)")
    wanted = parser.parse_args()
    clear_path()
    from tests.benchmarks.nested import processes, rounds
    from tests.benchmarks.nested.load import Asker

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    rounds.stop_on_a_signal()
    try:
        processes.fetched_peer()
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tandem-bench-")))
            ours, address = stack.enter_context(processes.our_server("", folder))
            peer, peer_address = stack.enter_context(processes.hello_peer())
            we = rounds.Site(ours.pid, Asker(address, "{ __typename }", {}, path="/graphql"))
            they = rounds.Site(peer.pid, Asker(peer_address, "{ hello }", {}))
            asyncio.run(we.asker.reply())
            asyncio.run(they.asker.reply())
            for site in (we, they):
                site.measure(wanted.seconds)
            pairs = [
                (we.measure(wanted.seconds), they.measure(wanted.seconds))
                for _ in range(wanted.rounds)
            ]
    except processes.NotHere as lack:
        print(f"tandem: {lack}", file=sys.stderr)
        return 2
    ratios = {
        "hello_cpu": round(statistics.median(peer.cpu / ours.cpu for ours, peer in pairs), 2),
        "hello_rps": round(statistics.median(ours.rps / peer.rps for ours, peer in pairs), 2),
    }
    figures = {
        name: {
            figure: round(statistics.median(getattr(pair[at], figure) for pair in pairs), 3)
            for figure in ("cpu", "rps", "p50")
        }
        for at, name in enumerate(("ours", "peer"))
    }
    for name, of in figures.items():
        print(f"{name:6} {of['cpu']:8.3f} ms CPU  {of['rps']:9.1f} a second  {of['p50']:6.2f} ms")
    print(f"Peer's CPU / ours: {ratios['hello_cpu']}.")
    if wanted.json:
        print(json.dumps({"ratios": ratios, **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
