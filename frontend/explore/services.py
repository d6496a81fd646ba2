"""Services and skills, the two registers that the rest is told by: what they can be asked."""

from __future__ import annotations

from frontend.explore.kinds import (
    AnyOf,
    AnyPlace,
    AtLeast,
    Column,
    Facet,
    Group,
    Has,
    Noun,
    OnePlace,
    Order,
    Truth,
    Words,
)
from frontend.explore.pieces import (
    DUTY,
    ITS_PROJECTS,
    LEVEL,
    LEVELS,
    NAME,
    NAME_ORDER,
    NATION,
    REGION,
    SERVICE,
    SERVICE_TIERS,
    SKILL,
    any_duty,
    any_freshness,
    any_phase,
)
from frontend.language import N_

SERVICES = Noun(
    name="services",
    type="Service",
    label=N_("services"),
    counted=(N_("%(count)s service"), N_("%(count)s services")),
    groups=(
        Group(
            "",
            (
                Words("text", NAME, "text"),
                Has("projects", N_("Projects"), "projects", N_("at least one"), N_("none at all")),
            ),
        ),
        Group(
            N_("The service"),
            (
                AnyOf("tier", N_("Provided by"), "tier", "Tier", "provider", SERVICE_TIERS),
                any_duty("duty"),
                Truth(
                    "current",
                    N_("On the list"),
                    "current",
                    N_("still on the list"),
                    N_("no longer on the list"),
                ),
            ),
        ),
        Group(
            ITS_PROJECTS,
            (
                any_phase("projects.?.phase"),
                any_freshness("projects.?.freshness"),
                AnyPlace("region", REGION, "projects.?.lead.some.region", "region"),
                AnyPlace("nation", NATION, "projects.?.lead.some.nation", "nation"),
            ),
        ),
        Group(
            N_("People who care about it"),
            (Has("people", N_("People"), "people", N_("at least one"), N_("none at all")),),
        ),
    ),
    columns=(
        Column("name", SERVICE, "name", link="/services/{id}", besides=("id",)),
        Column("lgsl", N_("LGSL"), "lgsl", "number"),
        Column("tier", N_("Provided by"), "tier", "word", "provider"),
        Column("duty", DUTY, "duty", "word", "duty"),
        Column("current", N_("On the list"), "current", "yes"),
        Column("projects", N_("Projects"), "projects(first: 1).totalCount", "number"),
        Column("people", N_("People"), "people(first: 1).totalCount", "number"),
    ),
    shown=("name", "tier", "duty", "projects"),
    facets=(
        Facet("tier", N_("who provides it"), "tier", "provider"),
        Facet("duty", N_("statutory duty"), "duty", "duty"),
    ),
    orders=(NAME_ORDER, Order("LGSL", N_("LGSL number"))),
    chart="duty",
)

SKILLS = Noun(
    name="skills",
    type="Skill",
    label=N_("skills"),
    counted=(N_("%(count)s skill"), N_("%(count)s skills")),
    groups=(
        Group(
            "",
            (
                Words("text", NAME, "text"),
                OnePlace("family", N_("Family of roles"), "families.includes", "family"),
            ),
        ),
        Group(
            N_("Who has it"),
            (
                Has("people", N_("People"), "people", N_("at least one"), N_("none at all")),
                AtLeast("level", LEVEL, "people.?.level", "SkillLevel", "level", LEVELS),
                AnyPlace("region", REGION, "people.?.person.council.some.region", "region"),
            ),
        ),
        Group(
            N_("Who needs it"),
            (
                Has(
                    "needed",
                    N_("Projects that look for it"),
                    "neededBy",
                    N_("at least one"),
                    N_("none at all"),
                ),
                any_phase("neededBy.?.phase"),
                AnyPlace(
                    "neededIn", N_("Region of the project"), "neededBy.?.lead.some.region", "region"
                ),
            ),
        ),
    ),
    columns=(
        Column("name", SKILL, "name", link="/skills/{id}", besides=("id",)),
        Column("families", N_("Families of roles"), "families", "texts"),
        Column("people", N_("People"), "people(first: 1).totalCount", "number"),
        Column("needed", N_("Needed by"), "neededBy(first: 1).totalCount", "number"),
        Column("summary", N_("Summary"), "summary"),
    ),
    shown=("name", "families", "people", "needed"),
    facets=(Facet("family", N_("family of roles"), "family"),),
    orders=(NAME_ORDER,),
    chart="family",
)
