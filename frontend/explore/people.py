"""People: what they can be asked, by those who sign in."""

from __future__ import annotations

from frontend.explore.kinds import (
    AnyOf,
    Column,
    Facet,
    Group,
    Has,
    Named,
    Noun,
    Words,
)
from frontend.explore.pieces import (
    COUNCIL,
    NAME,
    NAME_ORDER,
    REGION,
    any_phase,
    home,
    skill_at,
)
from frontend.language import N_
from frontend.words import WORDS

PEOPLE = Noun(
    name="people",
    type="Practitioner",
    label=N_("people"),
    counted=(N_("%(count)s person"), N_("%(count)s people")),
    groups=(
        Group("", (Words("text", N_("Name or job"), "text"), *skill_at("skills.?."))),
        Group(
            N_("Where they work"),
            (*home("council.some."), Named("council", COUNCIL, "council.some", "council")),
        ),
        Group(
            N_("What they do"),
            (
                AnyOf("roles", N_("Role"), "role", "Role", "role", tuple(WORDS["role"])),
                Named("service", N_("Service that matters to them"), "services.some", "service"),
                Has("skills", N_("Skills"), "skills", N_("at least one"), N_("none at all")),
            ),
        ),
        Group(
            N_("Their projects"),
            (
                Has("projects", N_("Projects"), "projects", N_("at least one"), N_("none at all")),
                Words("about", N_("Words of a project"), "projects.?.text"),
                any_phase("projects.?.phase"),
            ),
        ),
    ),
    columns=(
        Column("name", NAME, "name", link="/people/{id}", besides=("id",)),
        Column("job", N_("Job"), "jobTitle"),
        Column(
            "council",
            COUNCIL,
            "council.shortName",
            link="/councils/{council.id}",
            besides=("council.id",),
        ),
        Column("region", REGION, "council.region"),
        Column("role", N_("Role"), "role", "word", "role"),
        Column(
            "skills",
            N_("Skills"),
            "skills(first: 10).nodes.skill.name",
            "levels",
            "level",
            besides=("skills(first: 10).nodes.level",),
        ),
        Column("services", N_("Services"), "services(first: 10).nodes.name", "texts"),
        Column("projects", N_("Projects"), "projects(first: 1).totalCount", "number"),
    ),
    shown=("name", "job", "council", "skills"),
    facets=(
        Facet("skill", N_("skill"), "skill", nothing="skills"),
        Facet("council", N_("council"), "council"),
        Facet("region", N_("region or nation"), "region"),
        Facet("tier", N_("tier of the council"), "tier", "tier"),
        Facet("role", N_("role"), "roles", "role"),
    ),
    orders=(NAME_ORDER,),
    chart="skill",
    signed_in=True,
)
