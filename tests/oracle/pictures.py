"""Coverage and the network, reckoned from the dump."""

from collections import Counter
from itertools import groupby
from typing import Any

from tests.oracle.dump import Node
from tests.oracle.orders import words


def seen(node: Node, near: Node | None = None) -> Any:
    from tests.oracle.answers import Seen

    return Seen(node, None, near)


def coverage(oracle: Any, region: Any, nation: Any, tier: Any) -> dict[str, Any]:
    wanted = {"region": region, "nation": nation, "tier": tier}

    def is_asked(council: Node) -> bool:
        return all(v is None or council.properties.get(k) == v for k, v in wanted.items())

    councils = [
        one for one in oracle.dump.all("Council") if one.kind == "COUNCIL" and is_asked(one)
    ]
    silent = [one for one in councils if not oracle.led(one)]
    services = [
        one
        for one in oracle.dump.all("Service")
        if one.current and (tier in {None, "SINGLE_TIER"} or one.tier in {"ALL", tier})
    ]

    def is_covered(service: Node) -> bool:
        return any(
            oracle.sees_project(project) and any(map(is_asked, oracle.dump.into(project, "LEADS")))
            for project in oracle.dump.into(service, "DELIVERS")
        )

    missed = [one for one in services if not is_covered(one)]
    return {
        "councils": len(councils),
        "silent": len(silent),
        "services": len(services),
        "uncovered": len(missed),
        "byRegion": groups(councils, silent, "region", ("councils", "silent")),
        "byTier": groups(councils, silent, "tier", ("councils", "silent")),
        "byDuty": groups(services, missed, "duty", ("services", "uncovered")),
        "silentCouncils": lambda **asked: oracle.page("Council", [seen(one) for one in silent], given(asked)),
        "uncoveredServices": lambda **asked: oracle.page("Service", [seen(one) for one in missed], given(asked)),
    }  # fmt: skip


def given(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}


def groups(every: list[Node], some: list[Node], name: str, columns: tuple[str, str]) -> list[Any]:
    def key(node: Node) -> Any:
        return node.properties.get(name)

    lacking = Counter(map(key, some))
    ordered = sorted(every, key=lambda node: (key(node) is None, key(node) or ""))
    return [
        {
            "value": value,
            "label": words(value),
            columns[0]: len([*found]),
            columns[1]: lacking[value],
        }
        for value, found in groupby(ordered, key)
    ]


def network(oracle: Any, region: Any, service: Any, phase: Any) -> dict[str, Any]:
    dump = oracle.dump
    nodes = [
        one
        for one in sorted(dump.all("Council"), key=lambda each: each.id)
        if region is None or one.region == region
    ]

    def is_asked(project: Node) -> bool:
        about = [one.id for one in dump.out(project, "DELIVERS")]
        return (phase is None or project.phase == phase) and (service is None or service in about)

    partners: Counter[tuple[int, int]] = Counter()
    matches: Counter[tuple[int, int]] = Counter()
    for project in dump.all("Project"):
        leads = [*dump.into(project, "LEADS")]
        if oracle.sees_project(project) and is_asked(project) and leads:
            for other in dump.into(project, "PARTNERS_IN"):
                count(partners, nodes, leads[0], other)
    for link in dump.links["MATCHES"]:
        ends = (link.start, link.end)
        leads = [next(iter(dump.into(one, "LEADS"))) for one in ends]
        if (
            oracle.viewer.is_signed_in
            and not link.properties["weaker"]
            and all(oracle.sees_project(one) for one in ends)
            and (phase is None or any(one.phase == phase for one in ends))
            and (
                service is None
                or any(service in [s.id for s in dump.out(one, "DELIVERS")] for one in ends)
            )
        ):
            count(matches, nodes, leads[0], leads[1])
    joins = sorted({*partners, *matches})
    return {
        "councils": [one.id for one in nodes],
        "names": [one.shortName for one in nodes],
        "regions": [one.region for one in nodes],
        "nations": [one.nation for one in nodes],
        "tiers": [one.tier for one in nodes],
        "projects": [sum(map(is_asked, oracle.led(one))) for one in nodes],
        "from": [a for a, _ in joins],
        "to": [b for _, b in joins],
        "partners": [partners[ends] for ends in joins],
        "matches": [matches[ends] for ends in joins],
        "weights": [partners[ends] + matches[ends] for ends in joins],
    }


def count(into: Counter[tuple[int, int]], nodes: list[Node], one: Node, other: Node) -> None:
    if one in nodes and other in nodes and one is not other:
        a, b = sorted((nodes.index(one), nodes.index(other)))
        into[a, b] += 1
