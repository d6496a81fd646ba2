"""A small world for tests: three councils, their people and projects, written through `graph/`.

Ada of Ashby and Bilal of Brackley look after projects that are alike; Cerys of Cosby has one that
only her council may see; Oona runs the service.
"""

from typing import Any

from backend.index import Index
from backend.product import NOBODY, Product, Viewer
from backend.profiles import stems_of
from backend.schema.asking import reply
from graph import Graph, registers

NOW = "2026-11-24T12:00:00.000Z"
SCHOOL = "Families who qualify for free school meals miss out. Match benefits with the school census and enrol pupils unless they opt out."
MEALS = "Pupils who are eligible for free school meals are enrolled from benefits and school census data, with a letter to opt out."
SECRET = "Quietly merging the telecare alarm contracts of two hidden departments before the zebra budget."


def uid(kind: str, number: int) -> str:
    return f"{kind}-00000000-0000-4000-8000-{number:012}"


ADA, BILAL, CERYS, OONA = (uid("practitioner", number) for number in (1, 2, 3, 4))
ASHBY, BRACKLEY, COSBY = (f"council-{code}" for code in ("ASH", "BRA", "COS"))
ENROL, AWARD, HIDDEN, SEED = (uid("project", number) for number in (1, 2, 3, 4))

VIEWERS = {
    "ada": Viewer(ADA, ASHBY, "PRACTITIONER"),
    "bilal": Viewer(BILAL, BRACKLEY, "PRACTITIONER"),
    "cerys": Viewer(CERYS, COSBY, "PRACTITIONER"),
    "oona": Viewer(OONA, COSBY, "OPERATOR"),
}


def council(code: str, name: str) -> dict[str, Any]:
    return {
        "id": f"council-{code}",
        "code": code,
        "name": f"{name} Council",
        "shortName": name,
        "sortName": name.casefold(),
        "searchText": name.casefold(),
        "kind": "COUNCIL",
        "tier": "SINGLE_TIER",
        "region": "North",
        "population": 1000,
    }


def person(id: str, name: str, home: str, role: str = "PRACTITIONER") -> dict[str, Any]:
    email = f"{name.lower()}@{home.lower()}.example"
    return {
        "id": id,
        "council": f"council-{home}",
        "skills": [{"skill": "skill-user-research", "level": "EXPERT"}] if name == "Ada" else [],
        "services": ["service-4"],
        "properties": {
            "name": name,
            "sortName": name.casefold(),
            "searchText": name.casefold(),
            "email": email,
            "emailKey": email,
            "role": role,
            "jobTitle": "Service designer",
            "invented": True,
        },
    }


def writing_of(row: dict[str, Any], about: str) -> dict[str, Any]:
    """A person who says this about themselves, as an import brings them."""
    stems = stems_of(row["properties"]["jobTitle"], about)
    return {**row, "properties": row["properties"] | {"about": about, "profileStems": stems}}


def project(id: str, title: str, summary: str, lead: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "lead": lead,
        "partners": [],
        "service": "service-4",
        "properties": {
            "title": title,
            "summary": summary,
            "sortName": title.casefold(),
            "searchText": f"{title} {summary}".casefold(),
            "phase": "BETA",
            "audience": "PUBLIC",
            **more,
        },
    }


def claim(project: str, by: str) -> dict[str, Any]:
    return {
        "project": project,
        "by": by,
        "properties": {
            "startedOn": "2026-06-01",
            "endsOn": "2027-03-31",
            "openness": "SHARE_IDEAS",
        },
        "needs": [{"skill": "skill-user-research", "level": "WORKING"}],
    }


FILLER = (
    ("Pothole reports on a map", "Residents report potholes and see on a map which are logged with highways."),
    ("Bin day reminders", "Households get a text message the evening before each waste and recycling collection."),
    ("Library loans by phone", "Borrowers renew library books and reserve new ones from a telephone menu."),
    ("Parking permits without paper", "Drivers renew parking permits and wardens check number plates by camera."),
    ("Planning notices in plain words", "Neighbours read planning applications near them without knowing planning law."),
    ("Telecare alarms over broadband", "Analogue telecare alarms move to broadband before the telephone switch-off."),
)  # fmt: skip


async def built(graph: Graph, clock: Any, *, demo: bool = True) -> Product:
    """Write the world and state its matches."""
    await graph.write(registers.stamped, demo=demo, now=NOW)
    homes = [
        council("ASH", "Ashby"),
        council("BRA", "Brackley"),
        council("COS", "Cosby"),
        council("DUN", "Dunsby"),
    ]
    await graph.write(registers.councils, rows=homes, now=NOW)
    await graph.write(
        registers.services, rows=[service(4, "Free school meals"), service(5, "Parking")], now=NOW
    )
    await graph.write(registers.skills, rows=[skill("user-research", "User research")], now=NOW)
    rows = [
        project(ENROL, "Free school meals enrolment", SCHOOL, ASHBY),
        project(AWARD, "Automatic free school meals", MEALS, BRACKLEY),
        project(HIDDEN, "Hidden telecare merger", SECRET, COSBY, audience="COUNCIL"),
        project(
            SEED,
            "School meals award",
            MEALS,
            "council-DUN",
            sourceTitle="A page",
            sourceUrl="https://example.org/",
            asAt="2024",
        ),
        *(
            project(uid("project", 10 + at), title, text, "council-DUN")
            for at, (title, text) in enumerate(FILLER)
        ),
    ]
    await graph.write(registers.projects, rows=rows, now=NOW)
    everybody = [
        person(ADA, "Ada", "ASH"),
        person(BILAL, "Bilal", "BRA"),
        person(CERYS, "Cerys", "COS"),
        person(OONA, "Oona", "COS", "OPERATOR"),
    ]
    await graph.write(registers.people, rows=everybody, now=NOW)
    claimed = [claim(ENROL, ADA), claim(AWARD, BILAL), claim(HIDDEN, CERYS)]
    await graph.write(registers.claims, rows=claimed, now=NOW)
    product = Product(graph, Index(), clock, demo, "the helpers")
    await product.index.state(product)
    return product


def service(lgsl: int, name: str) -> dict[str, Any]:
    return {
        "id": f"service-{lgsl}",
        "lgsl": lgsl,
        "name": name,
        "sortName": name.casefold(),
        "searchText": name.casefold(),
        "tier": "ALL",
        "duty": "UNKNOWN",
        "current": True,
    }


def skill(slug: str, name: str) -> dict[str, Any]:
    return {
        "id": f"skill-{slug}",
        "slug": slug,
        "name": name,
        "sortName": name.casefold(),
        "searchText": name.casefold(),
        "summary": name,
        "families": [],
    }


TREES = {home: uid("project", 70 + at) for at, home in enumerate((ASHBY, BRACKLEY, COSBY))}
WATER = "Volunteers say which young street trees are thirsty, and a tanker waters them on a planned round."


def tree_project(id: str, home: str) -> dict[str, Any]:
    return project(id, f"Street trees {home}", f"{WATER} {home}.", home)


async def with_group(product: Product) -> Product:
    """Three councils begin the same work at once."""
    rows = [tree_project(one, home) for home, one in TREES.items()]
    await product.graph.write(registers.projects, rows=rows, now=NOW)
    claims = [claim(one, by) for one, by in zip(TREES.values(), (ADA, BILAL, CERYS), strict=True)]
    await product.graph.write(registers.claims, rows=claims, now=NOW)
    await product.index.state(product)
    return product


async def data(product: Product, who: str, document: str, **variables: Any) -> dict[str, Any]:
    """What somebody of this world is answered; whoever is not of it has not signed in."""
    found: dict[str, Any] = await reply(product, VIEWERS.get(who, NOBODY), document, variables)
    assert "errors" not in found, found["errors"]
    return found["data"]
