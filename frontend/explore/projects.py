"""Projects: what they can be asked."""

from __future__ import annotations

from frontend.explore.kinds import (
    AnyOf,
    Column,
    Day,
    Facet,
    Group,
    Has,
    Named,
    Noun,
    Order,
    Truth,
    Words,
)
from frontend.explore.pieces import (
    COUNCIL,
    DUTY,
    PHASE,
    REGION,
    SERVICE,
    TIER,
    WORDS_OF,
    any_duty,
    any_freshness,
    any_openness,
    any_phase,
    home,
    runs,
    skill_at,
)
from frontend.language import N_
from frontend.words import WORDS

PROJECTS = Noun(
    name="projects",
    type="Project",
    label=N_("projects"),
    counted=(N_("%(count)s project"), N_("%(count)s projects")),
    groups=(
        Group("", (Words("text", WORDS_OF, "text"), any_phase("phase"))),
        Group(
            N_("Its council"),
            (*home("lead.some."), Named("council", COUNCIL, "lead.some", "council")),
        ),
        Group(
            N_("Its service"),
            (
                Named("service", SERVICE, "service.some", "service", relation="service"),
                any_duty("service.some.duty"),
            ),
        ),
        Group(
            N_("Its record"),
            (
                any_freshness("freshness"),
                Truth(
                    "confirmed",
                    N_("Record"),
                    "isConfirmed",
                    N_("confirmed by its council"),
                    N_("from public sources"),
                ),
                Day("changedFrom", N_("Changed on or after"), "changedAt", "from", "Instant"),
                Day("confirmedFrom", N_("Confirmed on or after"), "confirmedAt", "from", "Instant"),
                Day(
                    "confirmedUntil",
                    N_("Confirmed on or before"),
                    "confirmedAt",
                    "until",
                    "Instant",
                ),
                AnyOf(
                    "audience",
                    N_("Shown to"),
                    "audience",
                    "Audience",
                    "shown_to",
                    tuple(WORDS["shown_to"]),
                ),
            ),
        ),
        Group(N_("When it runs"), runs("")),
        Group(
            N_("Working together"),
            (
                any_openness("openness"),
                Has("partners", N_("Partners"), "partners", N_("with partners"), N_("without")),
                Named("partner", N_("Partner"), "partners.?", "council"),
                Has(
                    "needs",
                    N_("Skills it looks for"),
                    "needs",
                    N_("at least one"),
                    N_("none at all"),
                ),
                *skill_at("needs.?.", N_("Skill that it looks for")),
                Has("alike", N_("Matches"), "matches", N_("with matches"), N_("without")),
            ),
        ),
    ),
    columns=(
        Column("title", N_("Project"), "title", link="/projects/{id}", besides=("id",)),
        Column(
            "lead", N_("Led by"), "lead.shortName", link="/councils/{lead.id}", besides=("lead.id",)
        ),
        Column("region", REGION, "lead.region"),
        Column("tier", TIER, "lead.tier", "word", "tier"),
        Column("phase", PHASE, "phase", "word", "phase"),
        Column(
            "service",
            SERVICE,
            "service.name",
            link="/services/{service.id}",
            besides=("service.id",),
        ),
        Column("duty", DUTY, "service.duty", "word", "duty"),
        Column("openness", N_("Openness"), "openness", "word", "openness"),
        Column("confirmed", N_("Confirmed"), "confirmedAt", "date"),
        Column("freshness", N_("Last confirmed"), "freshness", "word", "freshness"),
        Column("starts", N_("Starts"), "startedOn", "date"),
        Column("ends", N_("Ends"), "endsOn", "date"),
        Column(
            "needs",
            N_("Looks for"),
            "needs(first: 10).nodes.skill.name",
            "levels",
            "level",
            besides=("needs(first: 10).nodes.level",),
        ),
        Column("partners", N_("Partners"), "partners(first: 10).nodes.shortName", "texts"),
        Column("changed", N_("Changed"), "changedAt", "date"),
        Column("summary", N_("Summary"), "summary"),
    ),
    shown=("title", "lead", "phase", "service", "confirmed"),
    facets=(
        Facet("phase", N_("phase"), "phase", "phase", in_order=True),
        Facet("region", N_("region or nation"), "region"),
        Facet("nation", N_("nation of the UK"), "nation"),
        Facet("tier", N_("tier of the council"), "tier", "tier"),
        Facet("council", N_("council"), "council"),
        Facet("service", N_("service"), "service"),
        Facet("duty", N_("statutory duty"), "duty", "duty", nothing="service"),
        Facet(
            "freshness", N_("when it was last confirmed"), "freshness", "freshness", in_order=True
        ),
        Facet("openness", N_("openness"), "openness", "openness"),
        Facet("audience", N_("who may see it"), "audience", "shown_to"),
    ),
    orders=(
        Order("TITLE", N_("title")),
        Order("PHASE", N_("phase")),
        Order("CONFIRMED_AT", N_("when it was confirmed"), falls=True),
        Order("STARTED_ON", N_("start"), falls=True),
        Order("ENDS_ON", N_("end"), falls=True),
        Order("ADDED_AT", N_("when it was added"), falls=True),
        Order("CHANGED_AT", N_("when it was changed"), falls=True),
    ),
    chart="phase",
    council="council",
    is_network=True,
)
