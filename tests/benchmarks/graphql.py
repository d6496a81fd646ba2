"""The nested read, 100 councils × 5 projects × 3 skills, against `@neo4j/graphql` on Apollo Server.

Both answer the same page of the same Neo4j over HTTP, in interleaved rounds, each from a process
of its own; CPU is the server's, an operation. `--rounds N`, `--seconds S` of each side a round;
with `--json` the last line has the ratios and the figures.
"""

import argparse
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORES = 2


def clear_path() -> None:
    """Put the repository in the place of this folder, where this file would hide `graphql`."""
    others = [entry for entry in sys.path if Path(entry or ".").resolve() not in {HERE, ROOT}]
    sys.path[:] = [str(ROOT), *others]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tandem bench graphql", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each side (5)")
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="seconds of each side a round (4)"
    )
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    if sys.platform != "linux":
        print("tandem: this benchmark reads CPU from Linux's /proc: run it there.", file=sys.stderr)
        return 2
    clear_path()
    from tests.benchmarks.nested import rounds

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    rounds.stop_on_a_signal()
    try:
        reported = rounds.report(rounds.measured(max(1, wanted.rounds), wanted.seconds))
    except rounds.NotHere as lack:
        print(f"tandem: {lack}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print(rounds.table(reported))
    if wanted.json:
        print(json.dumps(reported))
    return 0


if __name__ == "__main__":
    sys.exit(main())
