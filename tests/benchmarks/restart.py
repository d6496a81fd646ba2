"""How soon the index stands after a restart: warm from its file, beside cold from the graph.

N invented projects (10,000) in the embedded engine; what is timed is the load of the matcher's index,
and a tick of the change feed when nothing changed. With `--json` the last line has the ratio (cold ÷
warm) and the seconds. The bound is ours: warm in under 3 s at 10,000.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]

from tests.benchmarks.corpus import corpus  # noqa: E402 - the path comes first
from tests.benchmarks.growth import embedded, named, put  # noqa: E402

OLD = "2026-01-01T00:00:00.000Z"
PROJECTS = """
    UNWIND $rows AS row MATCH (c:Council {id: row.leadId})
    CREATE (p:Project) SET p = row CREATE (c)-[:LEADS]->(p)
"""


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"project-00000000-0000-4000-8000-{at:012}",
            "title": title,
            "summary": summary,
            "phase": "BETA",
            "audience": "PUBLIC",
            "leadId": f"council-{at % 400:06}",
            "partnerIds": [],
            "version": 1,
            "matchedVersion": 1,
            "changedAt": OLD,
        }
        for at, (title, summary) in enumerate(corpus(count).texts(0, count))
    ]


async def loaded(graph: Any, file: Path) -> tuple[Any, float]:
    """A product whose index was just loaded, and the seconds that it took."""
    from backend.finding import Finding
    from backend.index import Index
    from backend.product import Product, system_clock

    class Without(Finding):
        async def load(self, product: Any) -> None:
            """The finder has a benchmark of its own."""

    product = Product(
        graph, Index(home=file, finding=Without()), system_clock, demo=True, contact=""
    )
    begun = time.perf_counter()
    await product.index.load(product)
    return product, time.perf_counter() - begun


async def measured(folder: Path, count: int, rounds: int) -> dict[str, Any]:
    async with embedded(folder / "data") as graph:
        homes = [named("council", at) | {"changedAt": OLD} for at in range(400)]
        await put(graph, "UNWIND $rows AS row CREATE (c:Council) SET c = row", homes)
        await put(graph, PROJECTS, rows(count))
        file = folder / "index.npz"
        _, cold = await loaded(graph, file)
        warm = [await loaded(graph, file) for _ in range(rounds)]
        product = warm[-1][0]
        await product.index.follow(product)
        ticks = []
        for _ in range(50):
            begun = time.perf_counter()
            await product.index.follow(product)
            ticks.append(1000 * (time.perf_counter() - begun))
    seconds = statistics.median(taken for _, taken in warm)
    return {
        "ratios": {"restart": round(cold / seconds, 2)},
        "cold_s": round(cold, 2),
        "warm_s": round(seconds, 2),
        "tick_ms": round(statistics.median(ticks), 2),
        "file_mb": round(file_size(folder), 1),
    }


def file_size(folder: Path) -> float:
    return (folder / "index.npz").stat().st_size / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(prog="tandem bench restart", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--projects", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="warm starts (3)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        found = asyncio.run(measured(Path(folder), wanted.projects, wanted.rounds))
    print(f"cold {found['cold_s']} s, with its file written; warm {found['warm_s']} s; {found['file_mb']} MB.")  # fmt: skip
    print(f"A tick of the feed when nothing changed: {found['tick_ms']} ms.")
    if wanted.json:
        print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
