"""Whether a read costs what it answers, and not what else is in the graph; and what groups cost.

The nested page (100 councils × 5 projects × 3 skills) is read in a graph of 400 councils and 10,000
projects, and again when there is ten times of both, on both engines. Then, on Neo4j, one facet and
three over 200,000 projects. Everything goes through the compiled read, as somebody signed in.
With `--json` the last line has the ratios (the small graph's time ÷ the large one's) and medians.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EACH = 25  # projects of a council
SMALL, LARGE, LARGEST = 400, 4_000, 8_000
SKILLS, SERVICES = 120, 276
BATCH = 2_000
PAGE = """{ councils(first: 100) { nodes { id name projects(first: 5) { nodes { id title
  needs(first: 3) { nodes { level skill { id name } } } } } } } }"""
FACETS = {
    "one": "{ projects { facets { phase { value count } } } }",
    "three": "{ projects { facets { phase { value count } region { value count } service { value count } } } }",
}
Row = dict[str, Any]


def clear_path() -> None:
    """Put the repository in the place of this folder, where files would hide packages."""
    others = [entry for entry in sys.path if Path(entry or ".").resolve() not in {HERE, ROOT}]
    sys.path[:] = [str(ROOT), *others]


def named(label: str, number: int, width: int = 6) -> Row:
    name = f"{label.capitalize()} {number:0{width}}"
    return {
        "id": f"{label}-{number:0{width}}",
        "name": name,
        "shortName": name,
        "sortName": name.casefold(),
        "searchText": name.casefold(),
    }


def councils(first: int, last: int) -> list[Row]:
    tiers = ("COUNTY", "DISTRICT", "SINGLE_TIER")
    return [
        named("council", at)
        | {
            "kind": "COUNCIL",
            "code": f"{at:06}",
            "region": f"Region {at % 12}",
            "tier": tiers[at % 3],
        }
        for at in range(first, last)
    ]


def projects(first: int, last: int) -> list[Row]:
    """A council's projects, most of them open to the network, with four skills each."""
    random = Random(first)
    audiences = ("PUBLIC", "NETWORK", "NETWORK", "COUNCIL", "PARTNERS")
    return [
        {
            "lead": f"council-{council:06}",
            "service": f"service-{random.randrange(SERVICES):06}",
            "skills": [f"skill-{one:06}" for one in random.sample(range(SKILLS), 4)],
            "properties": {
                "id": f"project-00000000-0000-4000-8000-{council * EACH + at:012}",
                "title": f"Project {at} of {council}",
                "sortName": f"project {at:02} of {council}",
                "searchText": f"project {at} of {council}",
                "summary": "Work that this council does for the people who live there.",
                "phase": random.choice(("IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE")),
                "audience": audiences[0] if at < 5 else random.choice(audiences),
                "leadId": f"council-{council:06}",
                "partnerIds": [],
                "version": 1,
                "addedAt": "2026-01-01T00:00:00.000Z",
                "changedAt": "2026-01-01T00:00:00.000Z",
            },
        }
        for council in range(first, last)
        for at in range(EACH)
    ]


NODES = "UNWIND $rows AS row CREATE (n:{label}) SET n = row"
PROJECTS = """
    UNWIND $rows AS row MATCH (c:Council {id: row.lead}), (s:Service {id: row.service})
    CREATE (p:Project) SET p = row.properties, p.serviceId = row.service
    CREATE (c)-[:LEADS]->(p) CREATE (p)-[:DELIVERS]->(s)
    WITH p, row UNWIND row.skills AS skill MATCH (k:Skill {id: skill})
    CREATE (p)-[:NEEDS {level: 'WORKING'}]->(k)
"""


async def put(graph: Any, statement: str, rows: list[Row]) -> None:
    async def work(tx: Any, some: list[Row]) -> None:
        await (await tx.run(statement, rows=some)).consume()

    for at in range(0, len(rows), BATCH):
        await graph.write(work, rows[at : at + BATCH])


async def registers(graph: Any) -> None:
    skills = [named("skill", at) | {"slug": f"s{at}", "families": []} for at in range(SKILLS)]
    services = [
        named("service", at) | {"lgsl": at, "tier": "ALL", "duty": "DUTY", "current": True}
        for at in range(SERVICES)
    ]
    await put(graph, NODES.format(label="Skill"), skills)
    await put(graph, NODES.format(label="Service"), services)


async def grown(graph: Any, first: int, last: int) -> None:
    for at in range(first, last, 200):
        until = min(at + 200, last)
        await put(graph, NODES.format(label="Council"), councils(at, until))
        await put(graph, PROJECTS, projects(at, until))


async def timed(product: Any, viewer: Any, text: str, times: int) -> float:
    """Milliseconds of the median of several, after two that warm up."""
    from backend.schema.asking import reply

    took = []
    for _ in range(times + 2):
        begun = time.perf_counter()
        found = await reply(product, viewer, text)
        took.append(1000 * (time.perf_counter() - begun))
        if "errors" in found:
            raise RuntimeError(found)
    return statistics.median(took[2:])


async def page_twice(graph: Any, times: int) -> tuple[dict[str, float], Any]:
    """The page in the small graph and in the large one."""
    from backend.index import Index
    from backend.product import Product, Viewer, system_clock

    product = Product(graph, Index(), system_clock, demo=True, contact="")
    viewer = Viewer("practitioner-00000000-0000-4000-8000-000000000001", "council-000001", "PRACTITIONER")  # fmt: skip
    await registers(graph)
    await grown(graph, 0, SMALL)
    small = await timed(product, viewer, PAGE, times)
    await grown(graph, SMALL, LARGE)
    large = await timed(product, viewer, PAGE, times)
    return {"small_ms": round(small, 1), "large_ms": round(large, 1)}, (product, viewer)


@contextlib.asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[Any]:
    from backend.serving import now
    from graph import Graph
    from graph.embedded import DATABASE, DataFolder, engine, locked
    from graph.migrate import migrate

    home = DataFolder(folder)
    async with (
        locked(home),
        engine(home) as running,
        Graph.connect(running.uri, user="root", password=running.password, database=DATABASE) as graph,
    ):  # fmt: skip
        await migrate(graph, clock=now)
        yield graph


@contextlib.asynccontextmanager
async def neo4j(folder: Path) -> AsyncIterator[Any]:
    from backend.serving import now
    from graph import Graph
    from graph.migrate import migrate
    from tests import neo4j_server

    with neo4j_server.neo4j(folder) as address:
        async with Graph.connect(address, user="neo4j", password="", database=None) as graph:
            await migrate(graph, clock=now)
            yield graph


async def measured(folder: Path, times: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    async with neo4j(folder / "neo4j") as graph:
        found["neo4j"], (product, viewer) = await page_twice(graph, times)
        await grown(graph, LARGE, LARGEST)
        for name, text in FACETS.items():
            found[f"facets_{name}_ms"] = round(await timed(product, viewer, text, 7), 1)
    async with embedded(folder / "embedded") as graph:
        found["embedded"], _ = await page_twice(graph, times)
    ratios = {
        engine: round(found[engine]["small_ms"] / found[engine]["large_ms"], 2)
        for engine in ("neo4j", "embedded")
    }
    return {"ratios": ratios, **found}


def main() -> int:
    parser = argparse.ArgumentParser(prog="tandem bench growth", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--times", type=int, default=25, help="reads of each kind (25)")
    wanted = parser.parse_args()
    clear_path()
    from tests import neo4j_server

    if why := neo4j_server.lacks():
        print(f"tandem: nothing was measured: {why}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        found = asyncio.run(measured(Path(folder), wanted.times))
    for engine in ("neo4j", "embedded"):
        print(f"{engine:9} {found[engine]['small_ms']:7.1f} ms in 10,000 projects, {found[engine]['large_ms']:7.1f} in 100,000")  # fmt: skip
    print(f"Facets over 200,000 projects: one {found['facets_one_ms']} ms, three {found['facets_three_ms']} ms.")  # fmt: skip
    if wanted.json:
        print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
