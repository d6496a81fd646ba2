"""An invented network, a little larger than the page that is asked for, written through `graph/`."""

import itertools
from typing import Any

from backend.serving import now
from backend.sessions import hashed
from graph import Graph, registers, tokens
from graph.migrate import migrate

Row = dict[str, Any]

COUNCILS, PROJECTS, NEEDS, SKILLS = 120, 6, 4, 120
LEVELS = ("AWARENESS", "WORKING", "PRACTITIONER", "EXPERT")
FIRST = (
    "Ash",
    "Brack",
    "Cos",
    "Dun",
    "Elm",
    "Fern",
    "Gold",
    "Hazel",
    "Iver",
    "Kings",
    "Lang",
    "Marsh",
)
LAST = ("bury", "combe", "den", "ford", "ham", "ley", "mere", "stead", "ton", "wick")
DOING = ("Renewing", "Replacing", "Sharing", "Joining up", "Rethinking", "Opening")
THING = ("parking permits", "school meals", "bin collections", "planning notices", "library loans")
CRAFT = (
    "Applied",
    "Practical",
    "Shared",
    "Ethical",
    "Local",
    "Digital",
    "Plain",
    "Open",
    "Rapid",
    "Careful",
)
FIELD = ("research", "design", "testing", "writing", "mapping", "modelling", "sourcing", "coaching", "delivery", "analysis", "support", "planning")  # fmt: skip
READER = "reader.0@bench.example"


def named(label: str, number: int, name: str, **more: Any) -> Row:
    return {"id": f"{label}-{number:03}", "name": name, **sorted_by(name), **more}


def sorted_by(name: str) -> Row:
    return {"sortName": name.casefold(), "searchText": name.casefold()}


def councils() -> list[Row]:
    names = [first + last for first, last in itertools.product(FIRST, LAST)][:COUNCILS]
    return [
        named("council", at, f"{name} Council", code=f"{at:03}", shortName=name, kind="COUNCIL")
        for at, name in enumerate(names)
    ]


def skills() -> list[Row]:
    names = [f"{craft} {field}" for field, craft in itertools.product(FIELD, CRAFT)][:SKILLS]
    return [
        named("skill", at, name, slug=name.casefold().replace(" ", "-"), summary=name, families=[])
        for at, name in enumerate(names)
    ]


def project_id(number: int) -> str:
    return f"project-00000000-0000-4000-8000-{number:012}"


def projects() -> list[Row]:
    """Projects in a dozen titles, so that lists fall back on ids; half are public."""
    return [
        {
            "id": project_id(at),
            "lead": f"council-{at % COUNCILS:03}",
            "partners": [],
            "service": None,
            "properties": properties(f"{DOING[at % 6]} {THING[at // 6 % 5]}", at),
        }
        for at in range(COUNCILS * PROJECTS)
    ]


def properties(title: str, at: int) -> Row:
    return {
        "title": title,
        "summary": f"{title}, with the people who use it, in part {at % 7} of the borough.",
        "phase": "BETA",
        "audience": "PUBLIC" if at % 2 else "NETWORK",
        **sorted_by(title),
    }


def readers() -> list[Row]:
    """One person a council; the first one asks."""
    return [
        {
            "id": f"practitioner-00000000-0000-4000-8000-{at:012}",
            "council": f"council-{at:03}",
            "skills": [],
            "services": [],
            "properties": {
                "name": f"Reader {at}",
                **sorted_by(f"Reader {at}"),
                "email": f"reader.{at}@bench.example",
                "emailKey": f"reader.{at}@bench.example",
                "role": "PRACTITIONER",
            },
        }
        for at in range(COUNCILS)
    ]


def claims() -> list[Row]:
    """Each project is its council's own, and needs four skills."""
    return [
        {
            "project": project_id(at),
            "by": f"practitioner-00000000-0000-4000-8000-{at % COUNCILS:012}",
            "properties": {"startedOn": "2026-06-01", "endsOn": "2027-03-31"},
            "needs": [
                {"skill": f"skill-{(at * 7 + 31 * nth) % SKILLS:03}", "level": LEVELS[nth]}
                for nth in range(NEEDS)
            ],
        }
        for at in range(COUNCILS * PROJECTS)
    ]


async def written(address: str, token: str) -> None:
    """Fill an empty Neo4j, and let the first reader in by that token."""
    async with Graph.connect(address, user="neo4j", password="", database=None) as graph:
        await migrate(graph, clock=now)
        await graph.write(registers.councils, rows=councils(), now=now())
        await graph.write(registers.skills, rows=skills(), now=now())
        await graph.write(registers.projects, rows=projects(), now=now())
        await graph.write(registers.people, rows=readers(), now=now())
        await graph.write(registers.claims, rows=claims(), now=now())
        holder = await graph.read(tokens.holder, email=READER)
        await graph.write(
            tokens.make,
            **holder,
            token={
                "id": "token-00000000-0000-4000-8000-000000000001",
                "hash": hashed(token),
                "name": "The benchmark",
                "scope": "READ",
                "endsAt": "2999-01-01T00:00:00.000Z",
            },
            now=now(),
            who="bench",
            rule="operator",
        )
