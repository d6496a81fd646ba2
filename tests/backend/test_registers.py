"""The registers a new Tandem is filled from, and the demo's invented people and claims."""

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[2] / "backend"
REGISTERS = BACKEND / "registers"
DEMO = BACKEND / "demo"

PHASES = {"IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED"}
OPENNESS = {"SHARE_IDEAS", "OPEN_TO_CONVERSATION", "SHARE_FUNDING"}
LEVELS = {"AWARENESS", "WORKING", "PRACTITIONER", "EXPERT"}
ROLES = {"PRACTITIONER", "COUNCIL_LEAD", "PROGRAMME_MANAGER", "OPERATOR"}
TODAY = date(2026, 11, 24)


def table(name):
    with (REGISTERS / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


COUNCILS = table("councils.csv")
SERVICES = table("services.csv")
SKILLS = table("skills.csv")
PROJECTS = lines(REGISTERS / "projects.jsonl")
PEOPLE = lines(DEMO / "people.jsonl")
CLAIMS = lines(DEMO / "claims.jsonl")

CODES = {row["code"]: row for row in COUNCILS}
LGSL = {int(row["lgsl"]) for row in SERVICES}
SLUGS = {row["slug"] for row in SKILLS}
PROJECT = {row["id"]: row for row in PROJECTS}
PERSON = {row["id"]: row for row in PEOPLE}


def test_there_are_382_councils_and_176_projects():
    assert Counter(row["kind"] for row in COUNCILS) == {"COUNCIL": 382, "PARTNERSHIP": 11}
    assert len(PROJECTS) == 176
    assert len(SERVICES) == 276
    assert len(SKILLS) == 186


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (COUNCILS, "code"),
        (COUNCILS, "name"),
        (COUNCILS, "shortName"),
        (SERVICES, "lgsl"),
        (SERVICES, "name"),
        (SKILLS, "slug"),
        (SKILLS, "name"),
        (PROJECTS, "id"),
        (PEOPLE, "id"),
        (PEOPLE, "name"),
        (PEOPLE, "email"),
        (CLAIMS, "project"),
    ],
)
def test_every_key_is_filled_and_unique(rows, key):
    values = [row[key].lower() for row in rows]
    assert all(values)
    assert [value for value, times in Counter(values).items() if times > 1] == []


def test_every_council_has_a_tier_a_type_and_a_place():
    for row in COUNCILS:
        if row["kind"] == "PARTNERSHIP":
            assert row["code"].startswith("JB-")
            continue
        assert re.fullmatch("[A-Z]{3}", row["code"])
        assert row["tier"] in {"COUNTY", "DISTRICT", "SINGLE_TIER"}
        for column in ("type", "nation", "region", "gssCode", "website"):
            assert row[column], (row["code"], column)
        assert int(row["population"]) > 0
        assert 49 < float(row["latitude"]) < 61
        assert -9 < float(row["longitude"]) < 2


def test_every_district_of_a_county_names_a_county_council():
    counties = {row["shortName"] for row in COUNCILS if row["tier"] == "COUNTY"}
    assert len(counties) == 21
    for row in COUNCILS:
        assert (row["county"] in counties) == (row["tier"] == "DISTRICT"), row["code"]


def test_every_partnership_leads_a_project():
    leads = {project["lead"] for project in PROJECTS}
    assert {row["code"] for row in COUNCILS if row["kind"] == "PARTNERSHIP"} <= leads


def test_every_service_has_a_readable_name_and_a_known_tier():
    for row in SERVICES:
        assert not re.match("(?i)(find|search|get) ", row["name"]), row["name"]
        assert row["name"] == re.sub(r"\s+", " ", row["name"]).strip()
        assert not row["name"][0].islower()
        assert row["tier"] in {"COUNTY", "DISTRICT", "ALL"}
        assert row["duty"] == "UNKNOWN"
        assert row["current"] in {"true", "false"}
    assert sum(row["current"] == "true" for row in SERVICES) == 117


def test_every_skill_has_a_summary_and_a_family():
    for row in SKILLS:
        assert row["summary"]
        assert all(family == family.strip() != "" for family in row["families"].split(";"))


def test_every_project_names_bodies_and_a_service_that_exist():
    for project in PROJECTS:
        assert project["lead"] in CODES
        assert set(project["partners"]) <= set(CODES)
        assert project["lead"] not in project["partners"]
        assert len(project["partners"]) == len(set(project["partners"]))
        assert project["lgsl"] is None or project["lgsl"] in LGSL


def test_every_project_shows_its_source_and_claims_nothing():
    for project in PROJECTS:
        assert project["title"] and project["summary"] and project["sourceTitle"]
        assert project["phase"] in PHASES
        assert project["audience"] == "PUBLIC"
        assert re.match("https?://", project["sourceUrl"])
        assert project["asAt"] is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", project["asAt"])
        assert project["sourceNote"] is None or project["sourceNote"].endswith(".")
        for name in ("openness", "startedOn", "endsOn"):
            assert project[name] is None


def test_projects_that_have_ended_are_not_shown_as_live():
    ended = {project["title"] for project in PROJECTS if project["phase"] == "RETIRED"}
    assert ended == {
        "Public FOI request website",
        "eAdmissions national project",
        "Pan-London coordinated school admissions portal",
        "Harborough Home Search",
    }


def test_everybody_in_the_demo_is_invented_and_out_of_reach_of_letters():
    for person in PEOPLE:
        assert person["invented"] is True
        assert re.fullmatch(r"[a-z-]+\.[a-z-]+@[a-z0-9-]+\.example", person["email"])
        assert person["jobTitle"] and person["about"].endswith(".")


def test_everybody_in_the_demo_has_a_council_skills_and_services_that_exist():
    for person in PEOPLE:
        assert person["council"] in CODES
        assert person["role"] in ROLES
        assert 2 <= len(person["skills"]) <= 4
        check_skills(person["skills"])
        assert len(set(person["services"])) in (0, 3) and len(person["services"]) in (0, 3)
        assert set(person["services"]) <= LGSL


def test_the_demo_has_every_role_and_people_at_every_start():
    roles = Counter(person["role"] for person in PEOPLE)
    assert roles["COUNCIL_LEAD"] == 3
    assert roles["PROGRAMME_MANAGER"] == 2
    assert roles["OPERATOR"] == 1
    for person in PEOPLE:
        if person["role"] == "PROGRAMME_MANAGER":
            assert CODES[person["council"]]["kind"] == "PARTNERSHIP"
    claimers = {claim["by"] for claim in CLAIMS}
    idle = [person for person in PEOPLE if person["id"] not in claimers]
    assert sum(len(person["services"]) == 3 for person in idle) >= 4
    assert sum(not person["services"] for person in idle) >= 2
    hale = next(person for person in PEOPLE if person["name"] == "Morwenna Hale")
    assert hale["council"] == "DEV"


def test_each_claim_is_by_somebody_of_the_lead_council():
    assert 38 <= len(CLAIMS) <= 45
    for claim in CLAIMS:
        assert PERSON[claim["by"]]["council"] == PROJECT[claim["project"]]["lead"]


def test_each_claim_is_plausible_for_its_phase_and_for_today():
    for claim in CLAIMS:
        phase = PROJECT[claim["project"]]["phase"]
        assert phase not in {"RETIRED", "STOPPED"}
        assert claim["openness"] in OPENNESS
        assert len(claim["needs"]) <= 3
        check_skills(claim["needs"])
        started = date.fromisoformat(claim["startedOn"])
        assert started.year == 2026 and started <= TODAY
        if phase == "LIVE":
            assert claim["endsOn"] is None
        elif claim["endsOn"] is not None:
            assert date.fromisoformat(claim["endsOn"]).year == 2027


def test_the_free_school_meals_projects_of_devon_and_bexley_are_claimed():
    claimed = {
        PROJECT[claim["project"]]["lead"]
        for claim in CLAIMS
        if PROJECT[claim["project"]]["lgsl"] == 4
    }
    assert {"DEV", "BEX"} <= claimed


def check_skills(skills):
    slugs = [skill["skill"] for skill in skills]
    assert len(slugs) == len(set(slugs))
    assert set(slugs) <= SLUGS
    assert {skill["level"] for skill in skills} <= LEVELS
