"""The indexes as values: what the matcher holds of the graph, and the pairs that it states.

Only text that the whole network may see enters an index and so its word counts. A narrower project
is compared from outside and leaves nothing in it. Callers who are not signed in are answered from
an index of public text alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backend.matches import properties
from matching import Document, Fit, Match, Matcher

Row = dict[str, Any]

TOP = 10
WHOLE_NETWORK = ("PUBLIC", "NETWORK")


def draft(text: str, council: str = "draft") -> Document:
    """A text that somebody of a council types, or nobody knows who: it is scored and forgotten."""
    return Document(id="draft", organisation=council, title="", summary=text)


def document(row: Row) -> Document:
    service = row["service"] or {}
    return Document(
        id=row["id"],
        organisation=row["lead"],
        title=row["title"],
        summary=row["summary"],
        phase=row["phase"],
        service=service.get("id"),
        service_name=service.get("name"),
        tier=row["tier"],
        area=row["area"],
        starts=row["startedOn"],
        ends=row["endsOn"],
        openness=row["openness"],
        partners=frozenset(row["partners"]),
    )


@dataclass(frozen=True, slots=True)
class Indexes:
    """Both indexes, the version of each project in hand, and how far the change feed was read."""

    network: Matcher
    public: Matcher
    versions: Mapping[str, int] = field(default_factory=dict)
    read_until: str = ""

    def open_to(self, *, signed_in: bool) -> Matcher:
        """The index that answers callers who are signed in, or who are not."""
        return self.network if signed_in else self.public

    def is_narrow(self, project: str) -> bool:
        return project in self.versions and project not in self.network

    def with_fit(self, fit: Fit) -> "Indexes":
        if fit == self.network.fit == self.public.fit:
            return self
        return replace(self, network=self.network.with_fit(fit), public=self.public.with_fit(fit))


def indexes(rows: list[Row], now: str) -> Indexes:
    wide = [row for row in rows if row["audience"] in WHOLE_NETWORK]
    return Indexes(
        network=Matcher.of(document(row) for row in wide),
        public=Matcher.of(document(row) for row in wide if row["audience"] == "PUBLIC"),
        versions={row["id"]: row["version"] for row in rows},
        read_until=now,
    )


def without(held: Indexes, project: str) -> Indexes:
    return Indexes(
        held.network.without(project) if project in held.network else held.network,
        held.public.without(project) if project in held.public else held.public,
        {one: version for one, version in held.versions.items() if one != project},
        held.read_until,
    )


def with_row(held: Indexes, row: Row) -> Indexes:
    """Put a project where its audience lets it be, and nowhere else."""
    if held.versions.get(row["id"]) == row["version"]:
        return held
    cleared = without(held, row["id"])
    text = document(row)
    wide = row["audience"] in WHOLE_NETWORK
    return Indexes(
        cleared.network.with_document(text) if wide else cleared.network,
        cleared.public.with_document(text) if row["audience"] == "PUBLIC" else cleared.public,
        {**cleared.versions, row["id"]: row["version"]},
        held.read_until,
    )


def cleared(held: Indexes, gone: Iterable[str]) -> Indexes:
    for project in gone:
        held = without(held, project) if project in held.versions else held
    return held


def brought_up(held: Indexes, rows: list[Row], gone: list[str], now: str) -> Indexes:
    """What is gone was read after the rows, so it counts even where a row still has it."""
    held = cleared(held, gone)
    for row in rows:
        held = held if row["id"] in gone else with_row(held, row)
    return Indexes(held.network, held.public, held.versions, now)


def rows_of(held: Indexes, row: Row, kept: Iterable[str] = ()) -> list[Row]:
    """State the pairs of one project: its own list, every list that it enters, and what is kept."""
    if held.is_narrow(row["id"]):
        found = held.network.similar(document(row), TOP)
        return [narrow_pair(held, document(row), match) for match in found]
    others = {match.id for match in held.network.matches(row["id"], TOP)}
    others |= {*held.network.entered(row["id"], TOP)}
    others |= {one for one in kept if one in held.network}
    return [pair(held, row["id"], other) for other in sorted(others)]


def telling(held: Indexes, row: Row, places: Collection[str]) -> Row:
    """The words that tell what a project is about; a narrow one has its own, and leaves none."""
    told = held.network.telling(document(row), places)
    return {
        "tellingStems": [one.stem for one in told],
        "tellingWords": [one.word for one in told],
    }


def compared(held: Indexes, rows: list[Row], places: Collection[str]) -> list[Row]:
    """Every project as a full run says that it was compared."""
    return [
        {"id": row["id"], "version": row["version"], **telling(held, row, places)} for row in rows
    ]


def narrow_pair(held: Indexes, text: Document, match: Match) -> Row:
    """The one-way match of a project that only its own council sees; nothing is told from afar."""
    terms = tuple(replace(term, ours=term.theirs, theirs=term.ours) for term in match.terms)
    back = replace(match, id=text.id, kind="LEARN_FROM", timing="", differences=(), terms=terms)
    a, b = sorted((text.id, match.id))
    there, away = (match, back) if a == text.id else (back, match)
    return stated_pair(held, a, b, properties(there, away, a, b))


def pair(held: Indexes, one: str, other: str) -> Row:
    a, b = sorted((one, other))
    there, back = held.network.match(a, b), held.network.match(b, a)
    return stated_pair(held, a, b, properties(there, back, a, b))


def stated_pair(held: Indexes, a: str, b: str, stated: Row) -> Row:
    versions = {"aVersion": held.versions[a], "bVersion": held.versions[b]}
    return {"a": a, "b": b, "properties": stated, **versions}


def all_rows(held: Indexes, rows: list[Row], proposed: Iterable[tuple[str, str]]) -> list[Row]:
    """State the union of all top tens, and of what was proposed before."""
    names = {
        tuple(sorted((one, match.id))) for one, found in held.network.pairs(TOP) for match in found
    }
    names |= {(a, b) for a, b in proposed if a in held.network and b in held.network}
    stated = [pair(held, a, b) for a, b in sorted(names)]
    narrow = [row for row in rows if held.is_narrow(row["id"])]
    return stated + [one for row in narrow for one in rows_of(held, row)]
