"""The model, declared once: every field under its GraphQL name, every label with its rule.

The parameters that expressions refer to are those of `graph/visibility.py`, and those that come from
the one clock: `$now`, `$today`, `$freshSince` and `$quietSince`. Where a question may start is in
`graph/roots.py`, and what passes between councils in `graph/affairs.py`.
"""

from graph.affairs import AFFAIRS
from graph.comparisons import (
    ALIKE_PROJECTS,
    CHANGE_KINDS,
    COULD_HELP,
    FIT,
    HELD_BY,
    NEEDED_BY,
    NEEDED_LEVEL,
    NEEDS_MET,
    SAME_SERVICE,
    SHARED_SERVICES,
    SHARED_WORDS,
    UNMET,
)
from graph.expressions import (
    FRESHNESS,
    LEVEL,
    LEVELS,
    NAME,
    PHASES,
    PROJECT_FACETS,
    WORDS,
    newest,
    of_home,
    ranked,
)
from graph.meanings import (
    Expression,
    Facet,
    Far,
    Few,
    Many,
    One,
    Order,
    Property,
    Type,
)
from graph.visibility import (
    EVERYBODY,
    MY_COUNCIL_LEADS,
    MYSELF,
    PROJECT_RULE,
    SIGNED_IN,
)

# What a project looks for and what a person has: one thing, seen from either side.
SKILL_AT_A_LEVEL = Type(
    label="Skill",
    visible=EVERYBODY,
    fields={"level": Expression("rel.level"), "skill": Far("Skill")},
    orders={"NAME": NAME, "LEVEL": LEVEL},
    facets={"level": Facet(by="rel.level")},
)

SPEAKS_FOR_IT = {
    "projects": Expression("rel.projects"),
    "isNamed": Expression("rel.isNamed"),
}

TYPES: dict[str, Type] = {
    **AFFAIRS,
    "Council": Type(
        label="Council",
        visible=EVERYBODY,
        fields={
            "id": Property(),
            "code": Property(),
            "name": Property(),
            "shortName": Property(),
            "kind": Property(),
            "tier": Property(),
            "type": Property(),
            "nation": Property(),
            "region": Property(),
            "county": Property(),
            "gssCode": Property(),
            "website": Property(),
            "population": Property(),
            "areaSqKm": Property(),
            "latitude": Property(),
            "longitude": Property(),
            "isMine": Expression("coalesce(this.id = $viewerCouncil, false)"),
            "projects": Many("(this)-[:LEADS]->(far:Project)", "Project"),
            "partnerProjects": Many("(this)-[:PARTNERS_IN]->(far:Project)", "Project"),
            "people": Many("(this)<-[:WORKS_FOR]-(far:Practitioner)", "Practitioner"),
        },
        text=WORDS,
        orders={
            "NAME": NAME,
            "REGION": Order("coalesce(this.region, '')"),
            "POPULATION": Order("coalesce(this.population, -1)", descending=True),
        },
        facets={
            "kind": Facet(by="this.kind"),
            "tier": Facet(by="this.tier"),
            "region": Facet(by="this.region"),
            "nation": Facet(by="this.nation"),
            "type": Facet(by="this.type"),
        },
    ),
    "Project": Type(
        label="Project",
        visible=PROJECT_RULE,
        fields={
            "id": Property(),
            "title": Property(),
            "summary": Property(),
            "phase": Property(),
            "audience": Property(),
            "openness": Property(),
            "startedOn": Property(),
            "endsOn": Property(),
            "version": Property(),
            "addedAt": Property(),
            "changedAt": Property(),
            "confirmedAt": Property(),
            "isConfirmed": Expression("this.confirmedAt IS NOT NULL"),
            "freshness": Expression(FRESHNESS),
            "phaseBefore": Property(),
            "phaseChangedAt": Property(),
            "sourceTitle": Property(),
            "sourceUrl": Property(),
            "asAt": Property(),
            "sourceNote": Property(),
            "lead": One("(this)<-[:LEADS]-(far:Council)", "Council"),
            "partners": Many("(this)<-[:PARTNERS_IN]-(far:Council)", "Council"),
            "service": One("(this)-[:DELIVERS]->(far:Service)", "Service"),
            "contacts": Many("(this)<-[:LOOKS_AFTER]-(far:Practitioner)", "Practitioner"),
            "needs": Many("(this)-[rel:NEEDS]->(far:Skill)", "Need"),
            "matches": Many(
                "(this)-[rel:MATCHES]-(far:Project)",
                "Match",
                filters={"weaker": "(rel.weaker = false OR arg)"},
            ),
            "peopleWhoCouldHelp": Many(
                "(this), (far:Practitioner)", "Candidate", where=COULD_HELP, hops=2
            ),
            "viewerMayEdit": Expression(f"this.confirmedAt IS NOT NULL AND {MY_COUNCIL_LEADS}"),
            "viewerMayClaim": Expression(f"this.confirmedAt IS NULL AND {MY_COUNCIL_LEADS}"),
        },
        text=WORDS,
        orders={
            "TITLE": NAME,
            "PHASE": Order(ranked("this.phase", *PHASES)),
            "ADDED_AT": newest("addedAt"),
            "CHANGED_AT": Order("this.changedAt", descending=True),
            "CONFIRMED_AT": newest("confirmedAt"),
            "STARTED_ON": newest("startedOn"),
            "ENDS_ON": newest("endsOn"),
        },
        facets=PROJECT_FACETS,
    ),
    # What a text that is typed may be about, or look for: the row says what speaks for it.
    "LikelyService": Type(
        label="Service", visible=EVERYBODY, fields={"service": Far("Service"), **SPEAKS_FOR_IT}
    ),
    "LikelySkill": Type(
        label="Skill", visible=EVERYBODY, fields={"skill": Far("Skill"), **SPEAKS_FOR_IT}
    ),
    "Need": SKILL_AT_A_LEVEL,
    "Holding": SKILL_AT_A_LEVEL,
    "Holder": Type(
        label="Practitioner",
        visible=SIGNED_IN,
        fields={"level": Expression("rel.level"), "person": Far("Practitioner")},
        orders={"NAME": NAME, "LEVEL": LEVEL},
        facets={
            "level": Facet(by="rel.level"),
            "council": of_home("id", "far.shortName"),
            "region": of_home("region"),
            "tier": of_home("tier"),
        },
    ),
    # A person, as somebody who could help a project (`near`).
    "Candidate": Type(
        label="Practitioner",
        visible=SIGNED_IN,
        fields={
            "person": Far("Practitioner"),
            "needsMet": Expression(NEEDS_MET),
            "sameService": Expression(SAME_SERVICE),
            "sharedWords": Expression(SHARED_WORDS),
            "skills": Few(
                "(this)-[rel:HAS_SKILL]->(far:Skill)<-[:NEEDS]-(near)",
                "UsefulSkill",
                order="far.sortName",
            ),
        },
        orders={"FIT": Order(FIT, descending=True), "NAME": NAME},
    ),
    "UsefulSkill": Type(
        label="Skill",
        visible=EVERYBODY,
        fields={
            "skill": Far("Skill"),
            "level": Expression("rel.level"),
            "neededLevel": Expression(NEEDED_LEVEL),
            "isEnough": Expression(
                f"{ranked('rel.level', *LEVELS)} >= {ranked(NEEDED_LEVEL, *LEVELS)}"
            ),
        },
    ),
    "Service": Type(
        label="Service",
        visible=EVERYBODY,
        fields={
            "id": Property(),
            "lgsl": Property(),
            "name": Property(),
            "tier": Property(),
            "duty": Property(),
            "current": Property(),
            "projects": Many("(this)<-[:DELIVERS]-(far:Project)", "Project"),
            "people": Many("(this)<-[:CARES_ABOUT]-(far:Practitioner)", "Practitioner"),
        },
        text=WORDS,
        orders={"NAME": NAME, "LGSL": Order("this.lgsl")},
        facets={"tier": Facet(by="this.tier"), "duty": Facet(by="this.duty")},
    ),
    "Skill": Type(
        label="Skill",
        visible=EVERYBODY,
        fields={
            "id": Property(),
            "slug": Property(),
            "name": Property(),
            "summary": Property(),
            "families": Property(),
            "people": Many("(this)<-[rel:HAS_SKILL]-(far:Practitioner)", "Holder"),
            "neededBy": Many("(this)<-[:NEEDS]-(far:Project)", "Project"),
        },
        text=WORDS,
        orders={"NAME": NAME},
        facets={"family": Facet(each="this.families")},
    ),
    "Practitioner": Type(
        label="Practitioner",
        visible=SIGNED_IN,
        fields={
            "id": Property(),
            "name": Property(),
            "jobTitle": Property(),
            "about": Property(),
            "role": Property(),
            "isInvented": Expression("coalesce(this.invented, false)"),
            "isMe": Expression(MYSELF),
            "email": Property(rule=MYSELF),
            "letters": Property(rule=MYSELF),
            "welcomedAt": Property(rule=MYSELF),
            "council": One("(this)-[:WORKS_FOR]->(far:Council)", "Council"),
            "skills": Many("(this)-[rel:HAS_SKILL]->(far:Skill)", "Holding"),
            "services": Many("(this)-[:CARES_ABOUT]->(far:Service)", "Service"),
            "projects": Many("(this)-[:LOOKS_AFTER]->(far:Project)", "Project"),
            "tokens": Many("(this)<-[:OF]-(far:Token)", "Token"),
        },
        text=WORDS,
        orders={"NAME": NAME},
        facets={
            "role": Facet(by="this.role"),
            "council": of_home("id", "far.shortName"),
            "region": of_home("region"),
            "tier": of_home("tier"),
            "skill": Facet(
                pattern="(this)-[:HAS_SKILL]->(far:Skill)",
                of="Skill",
                value="far.id",
                label="far.name",
            ),
        },
    ),
    # A council as it is like another one (`near`): what their visible projects have in common.
    "CouncilLikeness": Type(
        label="Council",
        visible=EVERYBODY,
        fields={
            "council": Far("Council"),
            "alikeProjects": Expression(ALIKE_PROJECTS, rule=SIGNED_IN),
            "sharedServices": Expression(SHARED_SERVICES),
            "sameTier": Expression("coalesce(near.tier = this.tier, false)"),
            "sameRegion": Expression("coalesce(near.region = this.region, false)"),
        },
        orders={
            "LIKENESS": Order(f"2 * {ALIKE_PROJECTS} + {SHARED_SERVICES}", descending=True),
            "NAME": NAME,
        },
    ),
    "Demand": Type(
        label="Skill",
        visible=EVERYBODY,
        fields={
            "skill": Far("Skill"),
            "neededBy": Expression(NEEDED_BY),
            "heldBy": Expression(HELD_BY, rule=SIGNED_IN),
            "unmet": Expression(UNMET, rule=SIGNED_IN),
        },
        orders={
            "NEEDED_BY": Order(NEEDED_BY, descending=True),
            "UNMET": Order(UNMET, descending=True),
            "HELD_BY": Order(HELD_BY, descending=True),
            "NAME": NAME,
        },
    ),
    "Change": Type(
        label="Project",
        visible=PROJECT_RULE,
        fields={
            "at": Expression("this.changedAt"),
            "kinds": Expression(CHANGE_KINDS),
            "project": Far("Project"),
        },
        orders={"AT": Order("this.changedAt", descending=True), "TITLE": NAME},
        facets={"kind": Facet(each=CHANGE_KINDS), **PROJECT_FACETS},
    ),
}
