"""Cypher that several declarations of the model share: orders, groups, and the sides of a match."""

from graph.meanings import Facet, Order, Rows

WORDS = "this.searchText"
NAME = Order("this.sortName")


def newest(name: str) -> Order:
    """Order by an instant or a date that may be unknown: that counts as longest ago."""
    return Order(f"coalesce(this.{name}, '')", descending=True)


def ranked(value: str, *names: str) -> str:
    """Give the names of an enumeration their numbers, from 1; anything else is 0."""
    cases = " ".join(f"WHEN '{name}' THEN {number}" for number, name in enumerate(names, start=1))
    return f"CASE {value} {cases} ELSE 0 END"


PHASES = ("IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED")
LEVELS = ("AWARENESS", "WORKING", "PRACTITIONER", "EXPERT")
LEVEL = Order(ranked("rel.level", *LEVELS), descending=True)
FRESHNESS = (
    "CASE WHEN this.confirmedAt IS NULL THEN 'NEVER' WHEN this.confirmedAt >= $freshSince"
    " THEN 'FRESH' WHEN this.confirmedAt >= $quietSince THEN 'AGEING' ELSE 'QUIET' END"
)


def of_lead(name: str) -> Facet:
    return Facet(by="this.leadId", of="Council", value=f"far.{name}")


def of_service(name: str) -> Facet:
    return Facet(by="this.serviceId", of="Service", value=f"far.{name}")


def of_home(name: str, label: str = "null") -> Facet:
    return Facet(
        pattern="(this)-[:WORKS_FOR]->(far:Council)",
        of="Council",
        value=f"far.{name}",
        label=label,
    )


PROJECT_FACETS = {
    "phase": Facet(by="this.phase"),
    "openness": Facet(by="this.openness"),
    "freshness": Facet(by=FRESHNESS),
    "audience": Facet(by="this.audience"),
    "council": Facet(by="this.leadId", of="Council", value="far.id", label="far.shortName"),
    "tier": of_lead("tier"),
    "region": of_lead("region"),
    "nation": of_lead("nation"),
    "service": Facet(by="this.serviceId", of="Service", value="far.id", label="far.name"),
    "duty": of_service("duty"),
}


def sided(name: str) -> str:
    """Pick the half of a match that was written from the viewpoint of `near`."""
    return f"CASE WHEN near.id < this.id THEN rel.{name}From ELSE rel.{name}To END"


def other_sided(name: str) -> str:
    return f"CASE WHEN near.id < this.id THEN rel.{name}To ELSE rel.{name}From END"


STRENGTH = (
    "CASE WHEN rel.weaker THEN 'WEAK' WHEN rel.probability >= 0.95 THEN 'STRONG' ELSE 'GOOD' END"
)


def terms(ours: str, theirs: str) -> Rows:
    return Rows(
        over="range(0, size(rel.words) - 1)",
        fields={
            "word": "rel.words[row]",
            "share": "rel.shares[row]",
            "percent": "rel.percents[row]",
            "width": "rel.widths[row]",
            "ours": f"({ours})[row]",
            "theirs": f"({theirs})[row]",
        },
    )
