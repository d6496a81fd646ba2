"""What lists are ordered and grouped by, said again: from the dump, not from the model."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from tests.oracle.dump import Node

PHASES = ["IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED"]
LEVELS = ["AWARENESS", "WORKING", "PRACTITIONER", "EXPERT"]
Key = Callable[[Any, Any], Any]


def known(name: str, absent: Any = "") -> Key:
    def key(_: Any, one: Any) -> Any:
        found = one.node.properties.get(name)
        return absent if found is None else found

    return key


def level(_: Any, one: Any) -> int:
    return LEVELS.index(one.link.properties["level"])


NAME = (known("sortName"), False)
LEVELLED = {"NAME": NAME, "LEVEL": (level, True)}
ORDERS: dict[str, dict[str, tuple[Key, bool]]] = {
    "Council": {
        "NAME": NAME,
        "REGION": (known("region"), False),
        "POPULATION": (known("population", -1), True),
    },
    "Project": {
        "TITLE": NAME,
        "PHASE": (lambda _, one: PHASES.index(one.node.phase), False),
        "ADDED_AT": (known("addedAt"), True),
        "CHANGED_AT": (known("changedAt"), True),
        "CONFIRMED_AT": (known("confirmedAt"), True),
        "STARTED_ON": (known("startedOn"), True),
        "ENDS_ON": (known("endsOn"), True),
    },
    "Match": {"SCORE": (lambda _, one: one.link.properties["score"], True), "TITLE": NAME},
    "Need": LEVELLED,
    "Holding": LEVELLED,
    "Holder": LEVELLED,
    "Service": {"NAME": NAME, "LGSL": (known("lgsl"), False)},
    "Skill": {"NAME": NAME},
    "Practitioner": {"NAME": NAME},
    "Proposal": {"PROPOSED_AT": (known("proposedAt"), True)},
    "Request": {"ASKED_AT": (known("askedAt"), False)},
    "Token": {"MADE_AT": (known("madeAt"), True), "ENDS_AT": (known("endsAt"), True)},
    "Question": {"NAME": NAME, "MADE_AT": (known("madeAt"), True)},
    "CouncilLikeness": {
        "LIKENESS": (
            lambda oracle, one: (
                2 * (oracle.CouncilLikeness_alikeProjects(one) or 0)
                + oracle.CouncilLikeness_sharedServices(one)
            ),
            True,
        ),
        "NAME": NAME,
    },
    "Candidate": {
        "FIT": (
            lambda oracle, one: (
                oracle.Candidate_needsMet(one),
                oracle.Candidate_sameService(one),
                len(oracle.Candidate_sharedWords(one)),
            ),
            True,
        ),
        "NAME": NAME,
    },
    "Demand": {
        "NEEDED_BY": (lambda oracle, one: oracle.Demand_neededBy(one), True),
        "UNMET": (lambda oracle, one: oracle.Demand_unmet(one) or 0, True),
        "HELD_BY": (lambda oracle, one: oracle.Demand_heldBy(one) or 0, True),
        "NAME": NAME,
    },
    "Change": {"AT": (known("changedAt"), True), "TITLE": NAME},
}


def default(noun: str, asked: dict[str, Any]) -> str:
    """The order of a list that asks for none; experts are the best first."""
    return "LEVEL" if asked.get("level") and noun == "Holder" else next(iter(ORDERS[noun]))


Group = tuple[Any, Any]


class Facets:
    """The groups of a list; a field of it is asked for by name, as of any other source."""

    def __init__(self, oracle: Any, noun: str, rows: list[Any]) -> None:
        self.oracle, self.noun, self.rows = oracle, noun, rows

    def groups(self, name: str, first: int) -> list[dict[str, Any]]:
        counts: Counter[Group] = Counter()
        for one in self.rows:
            counts.update(set(self.of_row(name, one)))
        ranked = sorted(
            counts.items(),
            key=lambda each: (-each[1], each[0][0] is None, each[0][0] or "", each[0][1] or ""),
        )
        return [
            {"value": value, "label": label or words(value), "count": count}
            for (value, label), count in ranked[:first]
        ]

    def of_row(self, name: str, one: Any) -> Iterable[Group]:
        if self.noun in {"Project", "Change"} and name in OF_PROJECTS:
            return [OF_PROJECTS[name](self.oracle.dump, one.node)]
        if self.noun in {"Practitioner", "Holder"} and name in OF_HOMES:
            homes = self.oracle.dump.out(one.node, "WORKS_FOR")
            return [OF_HOMES[name](home) for home in homes]
        if self.noun == "Practitioner" and name == "skill":
            return [(skill.id, skill.name) for skill in self.oracle.dump.out(one.node, "HAS_SKILL")]
        if self.noun == "Change" and name == "kind":
            return [(kind, None) for kind in self.oracle.Change_kinds(one)]
        if self.noun == "Skill" and name == "family":
            return [(family, None) for family in one.node.families or []]
        kind = "Project" if self.noun == "Change" else self.noun
        return [(self.oracle.value(kind, name, one), None)]


def words(value: str | None) -> str:
    if value is None:
        return "Not known"
    return value.capitalize().replace("_", " ") if value == value.upper() else value


def lead(name: str, label: str = "") -> Callable[[Any, Node], Group]:
    def group(dump: Any, project: Node) -> Group:
        found = next(iter(dump.into(project, "LEADS")), None)
        return (found and found.properties.get(name), found and found.properties.get(label))

    return group


def about(name: str, label: str = "") -> Callable[[Any, Node], Group]:
    def group(dump: Any, project: Node) -> Group:
        found = next(iter(dump.out(project, "DELIVERS")), None)
        return (found and found.properties.get(name), found and found.properties.get(label))

    return group


OF_PROJECTS = {
    "council": lead("id", "shortName"),
    "tier": lead("tier"),
    "region": lead("region"),
    "nation": lead("nation"),
    "service": about("id", "name"),
    "duty": about("duty"),
}
OF_HOMES: dict[str, Callable[[Node], Group]] = {
    "council": lambda home: (home.id, home.shortName),
    "region": lambda home: (home.region, None),
    "tier": lambda home: (home.tier, None),
}
