"""Where a question may start: every root field, under its GraphQL name."""

from graph.comparisons import (
    AMONG,
    IN_COMMON,
    IS_COVERED,
    LEADS_SOMETHING,
    OFFERED,
    left_open_or,
    seen,
)
from graph.expressions import LEVELS, ranked
from graph.meanings import Arrays, Expression, Facts, Finds, Hits, Many, Meaning, One, Rows, Table
from graph.visibility import SIGNED_IN

SILENT = f"{AMONG} AND NOT {LEADS_SOMETHING}"
UNCOVERED = f"{OFFERED} AND NOT {IS_COVERED}"

COVERAGE = Facts(
    arguments=("region", "nation", "tier"),
    fields={
        "councils": f"COUNT {{ MATCH (far:Council) WHERE {AMONG} }}",
        "silent": f"COUNT {{ MATCH (far:Council) WHERE {SILENT} }}",
        "services": f"COUNT {{ MATCH (far:Service) WHERE {OFFERED} }}",
        "uncovered": f"COUNT {{ MATCH (far:Service) WHERE {UNCOVERED} }}",
        "silentCouncils": Many("(far:Council)", "Council", hops=0, where=SILENT),
        "uncoveredServices": Many("(far:Service)", "Service", hops=0, where=UNCOVERED),
        **{
            f"by{name.capitalize()}": Table(
                f"MATCH (far:Council) WHERE {AMONG} WITH far.{name} AS value,"
                f" CASE WHEN {LEADS_SOMETHING} THEN 0 ELSE 1 END AS quiet"
                " WITH value, count(*) AS councils, sum(quiet) AS silent ORDER BY value LIMIT 100",
                {"value": "value", "councils": "councils", "silent": "silent"},
            )
            for name in ("region", "tier")
        },
        "byDuty": Table(
            f"MATCH (far:Service) WHERE {OFFERED} WITH far.duty AS value,"
            f" CASE WHEN {IS_COVERED} THEN 0 ELSE 1 END AS missed"
            " WITH value, count(*) AS services, sum(missed) AS uncovered ORDER BY value LIMIT 100",
            {"value": "value", "services": "services", "uncovered": "uncovered"},
        ),
    },
)


def asked_for(name: str) -> str:
    """Whether a project is one of those that the network is asked for."""
    return (
        f"{seen(name)} AND (arg_phase IS NULL OR {name}.phase = arg_phase)"
        f" AND (arg_service IS NULL OR {name}.serviceId = arg_service)"
    )


BOTH_IN_REGION = (
    f"{left_open_or('one', 'region')} AND {left_open_or('two', 'region')} AND one.id <> two.id"
)
PAIRED = (
    " WITH CASE WHEN one.id < two.id THEN [one.id, two.id] ELSE [two.id, one.id] END AS ends,"
    " count(*) AS weight ORDER BY ends[0], ends[1] LIMIT 20000"
)
# A match is known by the ids on its projects: who leads them need not be looked for.
# Every council is among the nodes, for all of them together decide where each one stands.
NETWORK = Arrays(
    tables={
        "nodes": Table(
            "MATCH (far:Council) WITH far ORDER BY far.id LIMIT 2000",
            {
                "id": "far.id",
                "here": left_open_or("far", "region"),
                "latitude": "far.latitude",
                "longitude": "far.longitude",
                "name": "far.shortName",
                "region": "far.region",
                "nation": "far.nation",
                "tier": "far.tier",
                "projects": "COUNT { MATCH (far)-[:LEADS]->(led:Project) WHERE "
                + asked_for("led")
                + " }",
            },
        ),
        "partners": Table(
            "MATCH (one:Council)-[:LEADS]->(led:Project)<-[:PARTNERS_IN]-(two:Council)"
            f" WHERE {asked_for('led')} AND {BOTH_IN_REGION}" + PAIRED,
            {"from": "ends[0]", "to": "ends[1]", "weight": "weight"},
        ),
        "matches": Table(
            "MATCH (mine:Project)-[alike:MATCHES]->(yours:Project)"
            f" WHERE {SIGNED_IN} AND alike.weaker = false AND {seen('mine')} AND {seen('yours')}"
            " AND (arg_phase IS NULL OR mine.phase = arg_phase OR yours.phase = arg_phase)"
            " AND (arg_service IS NULL OR mine.serviceId = arg_service"
            " OR yours.serviceId = arg_service)"
            " MATCH (one:Council {id: mine.leadId}), (two:Council {id: yours.leadId})"
            f" WHERE {BOTH_IN_REGION}" + PAIRED,
            {"from": "ends[0]", "to": "ends[1]", "weight": "weight"},
        ),
    },
    arguments=("region", "service", "phase"),
    fields=(
        "councils", "names", "regions", "nations", "tiers", "projects", "x", "y",
        "from", "to", "partners", "matches", "weights",
    ),
)  # fmt: skip

# What a text weighs is worked out beside the graph; it is read back so that it comes with the rest.
WEIGHED = Facts(
    fields={
        "words": Rows(
            "range(0, size($weighedWords) - 1)",
            {"word": "$weighedWords[row]", "percent": "$weighedPercents[row]"},
        ),
        "restCount": "$weighedRestCount",
        "restPercent": "$weighedRest",
        "strangePercent": "$weighedStrange",
        "themes": Rows(
            "range(0, size($weighedThemes) - 1)",
            {"theme": "$weighedThemes[row]", "percent": "$weighedNear[row]"},
        ),
        "leastOutOfHundred": "$weighedLeast",
    }
)

ROOTS: dict[str, Meaning] = {
    # The id's prefix names its type, so a question for a node is asked as one for that noun.
    "node": Expression("null"),
    "me": One("(far:Practitioner {id: $viewer})", "Practitioner", hops=0),
    "councils": Many("(far:Council)", "Council", hops=0),
    "council": One("(far:Council {id: arg_id})", "Council", hops=0),
    "projects": Many("(far:Project)", "Project", hops=0),
    "project": One("(far:Project {id: arg_id})", "Project", hops=0),
    "services": Many("(far:Service)", "Service", hops=0),
    "service": One("(far:Service {id: arg_id})", "Service", hops=0),
    "skills": Many("(far:Skill)", "Skill", hops=0),
    "skill": One("(far:Skill {id: arg_id})", "Skill", hops=0),
    "people": Many("(far:Practitioner)", "Practitioner", hops=0),
    "person": One("(far:Practitioner {id: arg_id})", "Practitioner", hops=0),
    "proposals": Many("(far:Proposal)", "Proposal", hops=0),
    "proposal": One("(far:Proposal {id: arg_id})", "Proposal", hops=0),
    "request": One("(far:Request {id: arg_id})", "Request", hops=0),
    "question": One("(far:Question {id: arg_id})", "Question", hops=0),
    "questions": Many("(far:Question)", "Question", hops=0),
    "requests": Many("(far:Request)", "Request", hops=0),
    "token": One("(far:Token {id: arg_id})", "Token", hops=0),
    "similarTo": Hits("DraftMatch"),
    "likelyServices": Hits("LikelyService", "$likelyServices"),
    "likelySkills": Hits("LikelySkill", "$likelySkills"),
    "weighed": WEIGHED,
    "search": Finds(
        nouns={
            "project": "Project",
            "council": "Council",
            "service": "Service",
            "skill": "Skill",
            "person": "Practitioner",
        },
        facts=("kind", "score", "words"),
    ),
    "experts": Many(
        "(:Skill {id: arg_skill})<-[rel:HAS_SKILL]-(far:Practitioner)",
        "Holder",
        order="LEVEL",
        filters={"level": f"{ranked('rel.level', *LEVELS)} >= {ranked('arg', *LEVELS)}"},
    ),
    "similarCouncils": Many(
        "(near:Council {id: arg_council}), (far:Council)",
        "CouncilLikeness",
        where=f"near.id <> far.id AND ({IN_COMMON})",
        hops=2,
    ),
    "demand": Many(
        "(far:Skill)",
        "Demand",
        hops=1,
        where=f"(EXISTS {{ (far)<-[:NEEDS]-(one:Project) WHERE {seen('one')} }}"
        f" OR ({SIGNED_IN} AND EXISTS {{ (far)<-[:HAS_SKILL]-(:Practitioner) }}))",
    ),
    "changes": Many(
        "(far:Project)",
        "Change",
        hops=0,
        where="far.changedAt >= arg_since",
    ),
    "coverage": COVERAGE,
    "network": NETWORK,
    "edition": Facts(
        fields={
            "demo": "$demo",
            "today": "$today",
            "contact": "$contact",
            "councils": "COUNT { MATCH (c:Council) WHERE c.kind = 'COUNCIL' }",
            "projects": f"COUNT {{ MATCH (p:Project) WHERE {seen('p')} }}",
        }
    ),
}
