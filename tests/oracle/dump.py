"""A whole graph in memory: nodes by id, and relationships by type from either end."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Node:
    label: str
    properties: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.properties.get(name)

    @property
    def id(self) -> str:
        return self.properties["id"]


@dataclass(frozen=True, eq=False)
class Link:
    """A relationship; `near` is the end that it was followed from."""

    start: Node
    end: Node
    properties: dict[str, Any]


@dataclass
class Dump:
    nodes: dict[str, dict[str, Node]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))

    def all(self, label: str) -> list[Node]:
        return [*self.nodes[label].values()]

    def out(self, node: Node, kind: str) -> Iterator[Node]:
        return (link.end for link in self.links[kind] if link.start is node)

    def into(self, node: Node, kind: str) -> Iterator[Node]:
        return (link.start for link in self.links[kind] if link.end is node)

    def either(self, node: Node, kind: str) -> Iterator[tuple[Link, Node]]:
        for link in self.links[kind]:
            if node in (link.start, link.end):
                yield link, link.end if link.start is node else link.start


async def dumped(graph) -> Dump:
    async def everything(tx):
        nodes = await tx.run(
            "MATCH (n) WHERE n.id IS NOT NULL RETURN n.id AS id, labels(n)[0] AS label, properties(n) AS properties"
        )
        rows = [record.data() async for record in nodes]
        links = await tx.run(
            "MATCH (a)-[r]->(b) RETURN a.id AS a, labels(a)[0] AS la, b.id AS b, labels(b)[0] AS lb,"
            " type(r) AS kind, properties(r) AS properties"
        )
        return rows, [record.data() async for record in links]

    rows, links = await graph.read(everything)
    found = Dump()
    for row in rows:
        found.nodes[row["label"]][row["id"]] = Node(row["label"], row["properties"])
    for row in links:
        start, end = found.nodes[row["la"]][row["a"]], found.nodes[row["lb"]][row["b"]]
        found.links[row["kind"]].append(Link(start, end, row["properties"]))
    return found
