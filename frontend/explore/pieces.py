"""What the declarations of several nouns share: labels, and filters that are met more than once."""

from __future__ import annotations

from frontend.explore.kinds import (
    AnyOf,
    AnyPlace,
    AtLeast,
    Day,
    Named,
    Order,
)
from frontend.language import N_
from frontend.words import WORDS

PHASES = tuple(WORDS["phase"])
LEVELS = tuple(WORDS["level"])
COUNCIL_TIERS = ("COUNTY", "DISTRICT", "SINGLE_TIER")
SERVICE_TIERS = ("COUNTY", "DISTRICT", "ALL")
COUNCIL, SERVICE, SKILL, NAME = N_("Council"), N_("Service"), N_("Skill"), N_("Name")
PHASE, TIER, DUTY, LEVEL = (
    N_("Phase"),
    N_("Tier"),
    N_("Statutory duty"),
    N_("At this level or above"),
)
REGION, NATION, WORDS_OF = N_("Region or nation"), N_("Nation of the UK"), N_("Words")
THE_COUNCIL, ITS_PROJECTS, ITS_PEOPLE = N_("The council"), N_("Its projects"), N_("Its people")
NAME_ORDER = Order("NAME", N_("name"))


def any_phase(path: str) -> AnyOf:
    return AnyOf("phase", PHASE, path, "Phase", "phase", PHASES)


def any_freshness(path: str) -> AnyOf:
    values = tuple(WORDS["freshness"])
    return AnyOf("freshness", N_("Last confirmed"), path, "Freshness", "freshness", values)


def any_openness(path: str) -> AnyOf:
    values = tuple(WORDS["openness"])
    return AnyOf("openness", N_("Openness"), path, "Openness", "openness", values, unsaid=True)


def any_duty(path: str) -> AnyOf:
    return AnyOf("duty", DUTY, path, "Duty", "duty", tuple(WORDS["duty"]))


def home(path: str) -> tuple[AnyPlace, AnyPlace, AnyOf]:
    """Where a council is, and what kind of tier it is."""
    return (
        AnyPlace("region", REGION, f"{path}region", "region", unsaid=True),
        AnyPlace("nation", NATION, f"{path}nation", "nation", unsaid=True),
        AnyOf("tier", TIER, f"{path}tier", "Tier", "tier", COUNCIL_TIERS, unsaid=True),
    )


def runs(path: str) -> tuple[Day, Day, Day, Day]:
    """When a project starts and ends."""
    return (
        Day("startsFrom", N_("Starts on or after"), f"{path}startedOn", "from"),
        Day("startsUntil", N_("Starts on or before"), f"{path}startedOn", "until"),
        Day("endsFrom", N_("Ends on or after"), f"{path}endsOn", "from"),
        Day("endsUntil", N_("Ends on or before"), f"{path}endsOn", "until"),
    )


def skill_at(path: str, label: str = SKILL) -> tuple[Named, AtLeast]:
    return (
        Named("skill", label, f"{path}skill", "skill"),
        AtLeast("level", LEVEL, f"{path}level", "SkillLevel", "level", LEVELS),
    )
