"""The bare loop, for scale: driver, the same compiled statement, orjson; no HTTP, no GraphQL.

Runs as a process of its own: each line on its standard input is a number of seconds, each line on
its standard output a load's figures.
"""

import asyncio
import sys
import time

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, Query

from backend.product import Viewer
from backend.schema.documents import coerced, operation, selections
from graph.reading import compiled
from tests.benchmarks.nested import world
from tests.benchmarks.nested.load import CONNECTIONS, Load, gathered
from tests.benchmarks.nested.questions import OURS


def statement() -> Query:
    wanted = operation(OURS, None)
    text, parameters = compiled(selections(wanted, coerced(wanted, {}))[0])
    STATED.update(parameters)
    return Query(text)  # type: ignore[arg-type]


STATED: dict[str, object] = {}
ASKING = Viewer(world.readers()[0]["id"], "council-000", "PRACTITIONER")


async def asked(driver: AsyncDriver, query: Query) -> bytes:
    async with driver.session(default_access_mode=READ_ACCESS) as session:
        record = await (await session.run(query, {**STATED, **ASKING.parameters})).single(
            strict=True
        )
    return orjson.dumps(record["answer"])


async def loaded(driver: AsyncDriver, query: Query, seconds: float) -> Load:
    until, before = time.perf_counter() + seconds, time.process_time()

    async def worker() -> list[float]:
        took = []
        while (begun := time.perf_counter()) < until:
            await asked(driver, query)
            took.append(time.perf_counter() - begun)
        return took

    took, elapsed = await gathered([worker() for _ in range(CONNECTIONS)])
    return Load.of(took, elapsed, time.process_time() - before)


async def main(address: str) -> None:
    query = statement()
    async with AsyncGraphDatabase.driver(address) as driver:
        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            print((await loaded(driver, query, float(line))).as_json(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
