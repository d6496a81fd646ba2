"""`./tandem import`: checked rows go in, a file whole or not at all, and again changes nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.mistakes import Mistake
from backend.running import joined
from backend.serving import now
from backend.settings import Settings
from backend.tables import Place, Row, rows
from graph import Graph, registers

PHASES = ("IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED")
AUDIENCES = ("COUNCIL", "PARTNERS", "NETWORK", "PUBLIC")
OPENNESS = ("SHARE_IDEAS", "OPEN_TO_CONVERSATION", "SHARE_FUNDING")
TIERS = ("COUNTY", "DISTRICT", "SINGLE_TIER")
ROLES = ("PRACTITIONER", "COUNCIL_LEAD", "PROGRAMME_MANAGER", "OPERATOR")
LEVELS = ("AWARENESS", "WORKING", "PRACTITIONER", "EXPERT")
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EMAIL = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:]+")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def text(place: Place, row: Row, name: str, most: int = 5_000) -> str:
    """A column that must say something."""
    value = row.get(name)
    if name not in row:
        raise place.fault(name, "this column is missing.")
    if not isinstance(value, str | int) or not str(value).strip():
        raise place.fault(name, "this is empty; say something here.")
    if len(str(value)) > most:
        raise place.fault(name, f"shorten this to {most:,} characters; it has {len(str(value)):,}.")
    return str(value).strip()


def maybe(place: Place, row: Row, name: str, most: int = 2_000) -> str | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    return text(place, row, name, most)


def one_of(place: Place, row: Row, name: str, allowed: Sequence[str]) -> str:
    value = text(place, row, name)
    if value not in allowed:
        raise place.fault(name, f"{value[:40]} is not one of {', '.join(allowed)}.")
    return value


def maybe_one_of(place: Place, row: Row, name: str, allowed: Sequence[str]) -> str | None:
    return None if row.get(name) in (None, "") else one_of(place, row, name, allowed)


def number(place: Place, row: Row, name: str, kind: Callable[[Any], Any] = int) -> Any:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        return kind(value)
    except (TypeError, ValueError) as problem:
        raise place.fault(name, f"{str(value)[:40]} is not a number.") from problem


def shaped(place: Place, row: Row, name: str, pattern: re.Pattern[str], example: str) -> str:
    value = text(place, row, name, 254)
    if not pattern.fullmatch(value):
        raise place.fault(name, f"{value[:60]} is not right; write it like {example}.")
    return value


def flag(place: Place, row: Row, name: str) -> bool:
    value = str(row.get(name, "")).lower()
    if value not in {"true", "false"}:
        raise place.fault(name, "write true or false.")
    return value == "true"


def listed(place: Place, row: Row, name: str) -> list[Any]:
    """A list; in CSV its parts stand between semicolons."""
    value = row.get(name) or []
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, list):
        raise place.fault(name, "write a list.")
    return value


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
        "kind": one_of(place, row, "kind", ("COUNCIL", "PARTNERSHIP")),
        "tier": maybe_one_of(place, row, "tier", TIERS),
        **{
            column: maybe(place, row, column)
            for column in ("type", "nation", "region", "county", "gssCode", "website", "startDate")
        },
        "population": number(place, row, "population"),
        **{
            column: number(place, row, column, float)
            for column in ("areaSqKm", "latitude", "longitude")
        },
    }


def service(place: Place, row: Row) -> Row:
    lgsl = number(place, row, "lgsl")
    if lgsl is None:
        raise place.fault("lgsl", "give the number of the service.")
    name = text(place, row, "name", 200)
    return {
        "id": f"service-{lgsl}",
        "lgsl": lgsl,
        "name": name,
        "sortName": name.casefold(),
        "searchText": searchable(name, str(lgsl)),
        "tier": one_of(place, row, "tier", ("COUNTY", "DISTRICT", "ALL")),
        "duty": one_of(place, row, "duty", ("DUTY", "POWER", "UNKNOWN")),
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
        "families": listed(place, row, "families"),
    }


def project(place: Place, row: Row) -> Row:
    identity = text(place, row, "id", 60)
    if not IDENTITY.fullmatch(identity.removeprefix("project-")):
        raise place.fault("id", "write project- and a UUID.")
    title, summary = text(place, row, "title", 200), text(place, row, "summary")
    lgsl = number(place, row, "lgsl")
    as_at = maybe(place, row, "asAt")
    if as_at and not DAY.fullmatch(as_at):
        raise place.fault("asAt", "write a year, a month or a date, such as 2024-05.")
    return {
        "id": identity,
        "lead": f"council-{text(place, row, 'lead', 20)}",
        "partners": [f"council-{code}" for code in listed(place, row, "partners")],
        "service": None if lgsl is None else f"service-{lgsl}",
        "properties": {
            "title": title,
            "summary": summary,
            "sortName": title.casefold(),
            "searchText": searchable(title, summary),
            "phase": one_of(place, row, "phase", PHASES),
            "audience": one_of(place, row, "audience", AUDIENCES),
            "openness": maybe_one_of(place, row, "openness", OPENNESS),
            "asAt": as_at,
            **{
                column: maybe(place, row, column)
                for column in ("sourceTitle", "sourceUrl", "sourceNote", "startedOn", "endsOn")
            },
        },
    }


def person(place: Place, row: Row) -> Row:
    name = text(place, row, "name", 120)
    email = shaped(place, row, "email", EMAIL, "name@council.gov.uk")
    identity = text(place, row, "id", 60)
    if not IDENTITY.fullmatch(identity.removeprefix("practitioner-")):
        raise place.fault("id", "write practitioner- and a UUID.")
    about, job = maybe(place, row, "about"), maybe(place, row, "jobTitle")
    return {
        "id": identity,
        "council": f"council-{text(place, row, 'council', 20)}",
        "skills": [held(place, one) for one in listed(place, row, "skills")],
        "services": [f"service-{lgsl}" for lgsl in listed(place, row, "services")],
        "properties": {
            "name": name,
            "sortName": name.casefold(),
            "searchText": searchable(name, job, about),
            "jobTitle": job,
            "about": about,
            "email": email,
            "emailKey": email.casefold(),
            "role": one_of(place, row, "role", ROLES),
            "invented": bool(row.get("invented", False)),
        },
    }


def held(place: Place, one: Any) -> Row:
    if not isinstance(one, dict):
        raise place.fault("skills", "write objects with skill and level.")
    level = one_of(place, one, "level", LEVELS)
    return {"skill": f"skill-{text(place, one, 'skill', 200)}", "level": level}


@dataclass(frozen=True, slots=True)
class Register:
    """How a kind of row is checked, what it refers to, and how it is written."""

    row: Callable[[Place, Row], Row]
    write: Any
    references: Callable[[Row], list[tuple[str, str]]] = lambda _: []


def project_references(row: Row) -> list[tuple[str, str]]:
    found = [("lead", row["lead"])] + [("partners", one) for one in row["partners"]]
    return found + ([("lgsl", row["service"])] if row["service"] else [])


def person_references(row: Row) -> list[tuple[str, str]]:
    return [
        ("council", row["council"]),
        *(("skills", one["skill"]) for one in row["skills"]),
        *(("services", one) for one in row["services"]),
    ]


REGISTERS = {
    "councils": Register(council, registers.councils),
    "services": Register(service, registers.services),
    "skills": Register(skill, registers.skills),
    "projects": Register(project, registers.projects, project_references),
    "people": Register(person, registers.people, person_references),
}


def checked(register: Register, file: Path) -> list[tuple[Place, Row]]:
    """Check every row of a file.

    Raises:
        Mistake: one is wrong, or an id stands twice.
    """
    found: dict[str, Place] = {}
    result = []
    for place, raw in rows(file):
        row = register.row(place, raw)
        if row["id"] in found:
            raise place.fault("", f"this stands in row {found[row['id']].row} already.")
        found[row["id"]] = place
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


async def import_file(graph: Graph, what: str, file: Path, *, demo: bool) -> int:
    """Bring one file in, in one transaction.

    Raises:
        Mistake: a row is wrong; nothing of the file is kept.
    """
    return await import_rows(graph, what, checked(REGISTERS[what], file), demo=demo)


async def import_rows(
    graph: Graph, what: str, found: list[tuple[Place, Row]], *, demo: bool
) -> int:
    for place, row in found:
        if what == "people" and row["properties"]["invented"] and not demo:
            raise place.fault("invented", "invented people are for the demo only.")
    register = REGISTERS[what]
    await check_references(graph, register, found)
    return int(await graph.write(register.write, rows=[row for _, row in found], now=now()))


async def bring_in(settings: Settings, what: str, files: list[Path]) -> None:
    """Read every file before the graph is opened: a mistake is told at once and starts no engine."""
    if what not in REGISTERS:
        message = f"There is nothing called {what} to import: write {', '.join(REGISTERS)}."
        raise Mistake(message)
    read = [(file, checked(REGISTERS[what], file)) for file in files]
    async with joined(settings) as here:
        for file, found in read:
            count = await import_rows(here.product.graph, what, found, demo=here.product.demo)
            print(f"{file.name}: {count:,} {what}.")
    if what == "projects":
        print("Now state the matches: ./tandem match")
