"""`./tandem import`: checked rows go in, a file whole or not at all, and again changes nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend import profiles
from backend.columns import (
    address,
    decimal,
    flag,
    identity,
    is_blank,
    link,
    listed,
    maybe,
    maybe_one_of,
    moment,
    names,
    one_of,
    shaped,
    text,
    texts,
    whole,
    wholes,
    window,
)
from backend.mistakes import Mistake
from backend.running import joined
from backend.schema.words import (
    Audience,
    CouncilKind,
    Duty,
    Openness,
    Phase,
    Role,
    SkillLevel,
    Tier,
)
from backend.serving import now
from backend.settings import Settings
from backend.tables import Place, Row, rows
from graph import Graph, registers
from graph.successors import Circle

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def searchable(*parts: str | None) -> str:
    return " ".join(part for part in parts if part).casefold()


def council(place: Place, row: Row) -> Row:
    code = shaped(place, row, "code", CODE, "DEV")
    name = text(place, row, "name", 200)
    short = text(place, row, "shortName", 200)
    return {
        "id": f"council-{code}",
        "code": code,
        "name": name,
        "shortName": short,
        "sortName": short.casefold(),
        "searchText": searchable(name, code),
        "kind": one_of(place, row, "kind", names(CouncilKind)),
        "tier": maybe_one_of(place, row, "tier", names(Tier, but="ALL")),
        **{
            column: maybe(place, row, column)
            for column in ("type", "nation", "region", "county", "gssCode")
        },
        "website": link(place, row, "website"),
        "successorId": successor(place, row),
        "startDate": moment(place, row, "startDate"),
        "population": whole(place, row, "population"),
        "areaSqKm": decimal(place, row, "areaSqKm", least=0, most=1_000_000),
        "latitude": decimal(place, row, "latitude", least=-90, most=90),
        "longitude": decimal(place, row, "longitude", least=-180, most=180),
    }


def successor(place: Place, row: Row) -> str | None:
    """The council that has taken this one's place, where one has."""
    code = maybe(place, row, "successor")
    return f"council-{code}" if code else None


def service(place: Place, row: Row) -> Row:
    lgsl = whole(place, row, "lgsl", least=1)
    if lgsl is None:
        raise place.fault("lgsl", "give the number of the service.")
    name = text(place, row, "name", 200)
    return {
        "id": f"service-{lgsl}",
        "lgsl": lgsl,
        "name": name,
        "sortName": name.casefold(),
        "searchText": searchable(name, str(lgsl)),
        "tier": one_of(place, row, "tier", names(Tier, but="SINGLE_TIER")),
        "duty": one_of(place, row, "duty", names(Duty)),
        "current": flag(place, row, "current"),
    }


def skill(place: Place, row: Row) -> Row:
    slug = shaped(place, row, "slug", SLUG, "user-research")
    name = text(place, row, "name", 200)
    summary = text(place, row, "summary")
    return {
        "id": f"skill-{slug}",
        "slug": slug,
        "name": name,
        "sortName": name.casefold(),
        "searchText": searchable(name, summary),
        "summary": summary,
        "families": texts(place, row, "families"),
    }


def project(place: Place, row: Row) -> Row:
    own = identity(place, row, "project")
    title, summary = text(place, row, "title", 200), text(place, row, "summary")
    lgsl = whole(place, row, "lgsl", least=1)
    return {
        "id": own,
        "lead": f"council-{text(place, row, 'lead', 20)}",
        "partners": [f"council-{code}" for code in texts(place, row, "partners")],
        "service": None if lgsl is None else f"service-{lgsl}",
        "properties": {
            "title": title,
            "summary": summary,
            "sortName": title.casefold(),
            "searchText": searchable(title, summary),
            "phase": one_of(place, row, "phase", names(Phase)),
            "audience": one_of(place, row, "audience", names(Audience)),
            "openness": maybe_one_of(place, row, "openness", names(Openness)),
            "asAt": moment(place, row, "asAt"),
            "sourceTitle": maybe(place, row, "sourceTitle"),
            "sourceUrl": link(place, row, "sourceUrl"),
            "sourceNote": maybe(place, row, "sourceNote"),
            **window(place, row),
        },
    }


def person(place: Place, row: Row) -> Row:
    name = text(place, row, "name", 120)
    email = address(place, row, "email")
    own = identity(place, row, "practitioner")
    about, job = maybe(place, row, "about"), maybe(place, row, "jobTitle")
    return {
        "id": own,
        "council": f"council-{text(place, row, 'council', 20)}",
        "skills": [held(place, one) for one in listed(place, row, "skills")],
        "services": [f"service-{lgsl}" for lgsl in wholes(place, row, "services")],
        "properties": {
            "name": name,
            "sortName": name.casefold(),
            "searchText": searchable(name, job, about),
            "jobTitle": job,
            "about": about,
            "profileStems": profiles.stems_of(job, about),
            "email": email,
            "emailKey": email.casefold(),
            "role": one_of(place, row, "role", names(Role)),
            "invented": not is_blank(row, "invented") and flag(place, row, "invented"),
        },
    }


def held(place: Place, one: Any) -> Row:
    if not isinstance(one, dict):
        raise place.fault("skills", "write objects with skill and level.")
    level = one_of(place, one, "level", names(SkillLevel))
    return {"skill": f"skill-{text(place, one, 'skill', 200)}", "level": level}


@dataclass(frozen=True, slots=True)
class Register:
    """How a kind of row is checked, what it refers to, and how it is written."""

    row: Callable[[Place, Row], Row]
    write: Any
    references: Callable[[Row], list[tuple[str, str]]] = lambda _: []
    unique: Callable[[Row], list[tuple[str, str]]] = lambda row: [("", row["id"])]


def project_references(row: Row) -> list[tuple[str, str]]:
    found = [("lead", row["lead"])] + [("partners", one) for one in row["partners"]]
    return found + ([("lgsl", row["service"])] if row["service"] else [])


def person_references(row: Row) -> list[tuple[str, str]]:
    return [
        ("council", row["council"]),
        *(("skills", one["skill"]) for one in row["skills"]),
        *(("services", one) for one in row["services"]),
    ]


def unique_of_person(row: Row) -> list[tuple[str, str]]:
    return [("", row["id"]), ("email", row["properties"]["emailKey"])]


REGISTERS = {
    "councils": Register(council, registers.councils),
    "services": Register(service, registers.services),
    "skills": Register(skill, registers.skills),
    "projects": Register(project, registers.projects, project_references),
    "people": Register(person, registers.people, person_references, unique_of_person),
}


def checked(register: Register, file: Path) -> list[tuple[Place, Row]]:
    """Check every row of a file.

    Raises:
        Mistake: one is wrong, or what is one row's alone stands twice.
    """
    found: dict[tuple[str, str], Place] = {}
    result = []
    for place, raw in rows(file):
        row = register.row(place, raw)
        for column, one in register.unique(row):
            if (column, one) in found:
                raise place.fault(column, f"this stands in row {found[column, one].row} already.")
            found[column, one] = place
        result.append((place, row))
    return result


async def check_references(
    graph: Graph, register: Register, found: list[tuple[Place, Row]]
) -> None:
    """Raise a Mistake for the first row that refers to something that is not there."""
    wanted = {one for _, row in found for _, one in register.references(row)}
    gone = set(await graph.read(registers.missing, ids=sorted(wanted))) if wanted else set()
    for place, row in found:
        for column, one in register.references(row):
            if one in gone:
                kind, _, code = one.partition("-")
                raise place.fault(column, f"there is no {kind} {code}; import it first.")


async def check_addresses(graph: Graph, found: list[tuple[Place, Row]]) -> None:
    """Raise a Mistake for the first person whose address is somebody else's already."""
    addresses = {row["id"]: row["properties"]["emailKey"] for _, row in found}
    taken = set(await graph.read(registers.taken, addresses=addresses))
    for place, row in found:
        if row["id"] in taken:
            what = "this address is somebody else's here; correct it, or the id of the row."
            raise place.fault("email", what)


async def import_file(graph: Graph, what: str, file: Path, *, demo: bool) -> int:
    """Bring one file in, in one transaction; return how many rows were new or changed.

    Raises:
        Mistake: a row is wrong; nothing of the file is kept.
    """
    return await import_rows(graph, what, checked(REGISTERS[what], file), demo=demo)


async def import_rows(
    graph: Graph, what: str, found: list[tuple[Place, Row]], *, demo: bool
) -> int:
    """Write rows that were checked one by one.

    Raises:
        Mistake: together with what is there, or with each other, they do not hold.
    """
    register = REGISTERS[what]
    await check_references(graph, register, found)
    if what == "people":
        for place, row in found:
            if row["properties"]["invented"] and not demo:
                raise place.fault("invented", "invented people are for the demo only.")
        await check_addresses(graph, found)
    try:
        return int(await graph.write(register.write, rows=[row for _, row in found], now=now()))
    except Circle as problem:
        raise circular(problem, found) from problem


def circular(problem: Circle, found: list[tuple[Place, Row]]) -> Mistake:
    """Councils that succeed each other, told at the first row that has part in it."""
    codes = " > ".join(one.removeprefix("council-") for one in problem.ids)
    place = next((place for place, row in found if row["id"] in problem.ids), found[0][0])
    return place.fault(
        "successor", f"these councils succeed each other, {codes}: leave one of them without."
    )


async def bring_in(settings: Settings, what: str, files: list[Path]) -> None:
    """Read every file before the graph is opened: a mistake is told at once and starts no engine."""
    if what not in REGISTERS:
        message = f"There is nothing called {what} to import: write {', '.join(REGISTERS)}."
        raise Mistake(message)
    read = [(file, checked(REGISTERS[what], file)) for file in files]
    async with joined(settings) as here:
        for file, found in read:
            count = await import_rows(here.product.graph, what, found, demo=here.product.demo)
            print(f"{file.name}: {len(found):,} {what}, {count:,} of them new or changed.")
    if what == "projects":
        print("Now state the matches: ./tandem match")
