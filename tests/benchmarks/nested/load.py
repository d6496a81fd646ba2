"""Load: four connections that ask again and again for a while, over plain HTTP/1.1."""

import asyncio
import dataclasses
import json
import statistics
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

CONNECTIONS = 4
LONGEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What one side did in one round; times are milliseconds, CPU is an operation's."""

    operations: int
    cpu: float
    rps: float
    p50: float
    engine_cpu: float = 0.0

    @classmethod
    def of(cls, took: list[float], elapsed: float, cpu: float) -> "Load":
        return cls(
            operations=len(took),
            cpu=1000 * cpu / len(took),
            rps=len(took) / elapsed,
            p50=1000 * statistics.median(took),
        )

    def as_json(self) -> str:
        return json.dumps(dataclasses.asdict(self))


async def gathered(workers: list[Coroutine[Any, Any, list[float]]]) -> tuple[list[float], float]:
    """Run the workers at once; what each request took, and how long all of it took."""
    begun = time.perf_counter()
    took = list(chain.from_iterable(await asyncio.gather(*workers)))
    return took, time.perf_counter() - begun


class Asker:
    """One question to one server."""

    def __init__(
        self, address: str, document: str, headers: Mapping[str, str], path: str = ""
    ) -> None:
        place = urlsplit(address)
        self.host, self.port = place.hostname, place.port
        path = path or ("/graphql" if "Authorization" in headers else "/")
        body = json.dumps({"query": document}).encode()
        sent = {
            "Host": f"{self.host}:{self.port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **headers,
        }
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {text}" for name, text in sent.items())]
        self.request = "\r\n".join([*lines, "", ""]).encode() + body
        self.size: int | None = None

    async def reply(self) -> dict[str, Any]:
        """Ask once, and keep the size that every later reply must have."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            content = await self.asked(reader, writer)
        finally:
            writer.close()
        self.size = len(content)
        return dict(json.loads(content))

    async def asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        async with asyncio.timeout(LONGEST_SECONDS):
            writer.write(self.request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            _, _, rest = head.partition(b"content-length:")
            content = await reader.readexactly(int(rest.split(b"\r\n")[0]))
        if b" 200 " not in head[:16] or self.size not in {None, len(content)}:
            message = f"A server answered {head[:32]!r} {content[:200]!r}"
            raise RuntimeError(message)
        return content

    async def worker(self, until: float) -> list[float]:
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=2**18)
        took = []
        try:
            while (begun := time.perf_counter()) < until:
                await self.asked(reader, writer)
                took.append(time.perf_counter() - begun)
        finally:
            writer.close()
        return took

    async def asks(self, seconds: float) -> tuple[list[float], float]:
        until = time.perf_counter() + seconds
        return await gathered([self.worker(until) for _ in range(CONNECTIONS)])
