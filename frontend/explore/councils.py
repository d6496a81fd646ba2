"""Councils and partnerships: what they can be asked."""

from __future__ import annotations

from frontend.explore.kinds import (
    AnyOf,
    AnyPlace,
    Column,
    Facet,
    Group,
    Has,
    Named,
    Noun,
    Number,
    Order,
    Words,
)
from frontend.explore.pieces import (
    COUNCIL,
    ITS_PEOPLE,
    ITS_PROJECTS,
    NAME,
    NAME_ORDER,
    NATION,
    REGION,
    SERVICE,
    THE_COUNCIL,
    TIER,
    any_freshness,
    any_openness,
    any_phase,
    home,
    runs,
    skill_at,
)
from frontend.language import N_
from frontend.words import WORDS

COUNCILS = Noun(
    name="councils",
    type="Council",
    label=N_("councils"),
    counted=(N_("%(count)s council or partnership"), N_("%(count)s councils and partnerships")),
    groups=(
        Group(
            "",
            (
                Words("text", NAME, "text"),
                Has(
                    "projects",
                    N_("Projects"),
                    "projects",
                    N_("leads one"),
                    N_("leads none"),
                ),
            ),
        ),
        Group(
            THE_COUNCIL,
            (
                *home(""),
                AnyOf(
                    "kind",
                    N_("Kind"),
                    "kind",
                    "CouncilKind",
                    "council_kind",
                    tuple(WORDS["council_kind"]),
                ),
                AnyPlace("type", N_("Type"), "type", "type", unsaid=True),
                Number("populationFrom", N_("At least so many people"), "population", "from"),
                Number("populationUntil", N_("At most so many people"), "population", "until"),
            ),
        ),
        Group(
            ITS_PROJECTS,
            (
                Words("about", N_("Words of a project"), "projects.?.text"),
                any_phase("projects.?.phase"),
                Named("service", SERVICE, "projects.?.service.some", "service"),
                any_openness("projects.?.openness"),
                any_freshness("projects.?.freshness"),
            ),
        ),
        Group(N_("When its projects run"), runs("projects.?.")),
        Group(
            ITS_PEOPLE,
            (
                Has("people", N_("People here"), "people", N_("at least one"), N_("none at all")),
                *skill_at("people.?.skills.some."),
            ),
        ),
    ),
    columns=(
        Column("name", COUNCIL, "name", link="/councils/{id}", besides=("id",)),
        Column("kind", N_("Kind"), "kind", "word", "council_kind"),
        Column("tier", TIER, "tier", "word", "tier"),
        Column("type", N_("Type"), "type"),
        Column("region", REGION, "region"),
        Column("nation", NATION, "nation"),
        Column("county", N_("County"), "county"),
        Column("population", N_("Population"), "population", "number"),
        Column("projects", N_("Projects it leads"), "projects(first: 1).totalCount", "number"),
        Column(
            "partnerships",
            N_("Projects of others"),
            "partnerProjects(first: 1).totalCount",
            "number",
        ),
        Column("people", N_("People here"), "people(first: 1).totalCount", "number"),
        Column("website", N_("Website"), "website"),
    ),
    shown=("name", "tier", "region", "population", "projects"),
    facets=(
        Facet("region", N_("region or nation"), "region"),
        Facet("nation", N_("nation of the UK"), "nation"),
        Facet("tier", N_("tier"), "tier", "tier"),
        Facet("kind", N_("kind"), "kind", "council_kind"),
        Facet("type", N_("type"), "type"),
    ),
    orders=(
        NAME_ORDER,
        Order("REGION", N_("region")),
        Order("POPULATION", N_("population"), falls=True),
    ),
    chart="region",
    is_network=True,
)
