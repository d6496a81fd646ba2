"""What can be asked for: projects, councils, people, skills and services, declared as data."""

from __future__ import annotations

from collections.abc import Mapping

from frontend.explore.kinds import (
    AnyOf,
    AnyPlace,
    AtLeast,
    Column,
    Day,
    Facet,
    Group,
    Has,
    Named,
    Noun,
    Number,
    OnePlace,
    Order,
    Truth,
    Words,
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
                Has("matches", N_("Matches"), "matches", N_("with matches"), N_("without")),
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
                AnyOf("role", N_("Role"), "role", "Role", "role", tuple(WORDS["role"])),
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
        Facet("role", N_("role"), "role", "role"),
    ),
    orders=(NAME_ORDER,),
    chart="skill",
    signed_in=True,
)

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

NOUNS: Mapping[str, Noun] = {
    one.name: one for one in (PROJECTS, COUNCILS, PEOPLE, SERVICES, SKILLS)
}
