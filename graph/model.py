"""The model, declared once: every field under its GraphQL name, every label with its rule.

The parameters that expressions refer to are those of `graph/visibility.py`, and `$now` and `$today`
from the one clock.
"""

from graph.meanings import (
    Expression,
    Facts,
    Far,
    Few,
    Hits,
    Many,
    Meaning,
    One,
    Property,
    Rows,
    Type,
)
from graph.visibility import (
    ANSWER_RULE,
    EVERYBODY,
    MY_COUNCIL_LEADS,
    MYSELF,
    PROJECT_RULE,
    PROPOSAL_RULE,
    REQUEST_RULE,
    SIGNED_IN,
    STATUS,
    THEIR_VISIBLE_YES,
)

OF_STATUS = STATUS.replace("this", "far")

TEXT_FILTER = "far.searchText CONTAINS toLower(arg)"
CONFIRMED = "(far.confirmedAt IS NOT NULL) = arg"
PROJECT_FILTERS = {
    "text": TEXT_FILTER,
    "phase": "far.phase = arg",
    "lead": "EXISTS { (:Council {id: arg})-[:LEADS]->(far) }",
    "service": "EXISTS { (far)-[:DELIVERS]->(:Service {id: arg}) }",
    "confirmed": CONFIRMED,
}


def sided(name: str) -> str:
    """Pick the half of a match that was written from the viewpoint of `near`."""
    return f"CASE WHEN near.id < this.id THEN rel.{name}From ELSE rel.{name}To END"


def other_sided(name: str) -> str:
    return f"CASE WHEN near.id < this.id THEN rel.{name}To ELSE rel.{name}From END"


STRENGTH = (
    "CASE WHEN rel.weaker THEN 'WEAK' WHEN rel.probability >= 0.95 THEN 'STRONG' ELSE 'GOOD' END"
)


def terms(ours: str, theirs: str) -> Rows:
    return Rows(
        over="range(0, size(rel.words) - 1)",
        fields={
            "word": "rel.words[row]",
            "share": "rel.shares[row]",
            "percent": "rel.percents[row]",
            "width": "rel.widths[row]",
            "ours": f"({ours})[row]",
            "theirs": f"({theirs})[row]",
        },
    )


MATCH_FACTS: dict[str, Meaning] = {
    "id": Expression("rel.id"),
    "score": Expression("rel.score"),
    "probability": Expression("rel.probability"),
    "outOfHundred": Expression(
        "CASE WHEN rel.probability > 0.99 THEN 99 ELSE toInteger(round(rel.probability * 100)) END"
    ),
    "strength": Expression(STRENGTH),
    "weaker": Expression("rel.weaker"),
    "restCount": Expression("rel.restCount"),
    "restPercent": Expression("rel.restPercent"),
    "sameService": Expression("rel.sameService"),
    "project": Far("Project"),
}

TYPES: dict[str, Type] = {
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
            "isMine": Expression("coalesce(this.id = $viewerCouncil, false)"),
            "projects": Many(
                "(this)-[:LEADS]->(far:Project)",
                "Project",
                filters={"phase": "far.phase = arg", "confirmed": CONFIRMED},
            ),
            "partnerProjects": Many("(this)-[:PARTNERS_IN]->(far:Project)", "Project"),
            "people": Many("(this)<-[:WORKS_FOR]-(far:Practitioner)", "Practitioner"),
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
                order="rel.score",
                descending=True,
                filters={"weaker": "(rel.weaker = false OR arg)"},
            ),
            "viewerMayEdit": Expression(f"this.confirmedAt IS NOT NULL AND {MY_COUNCIL_LEADS}"),
            "viewerMayClaim": Expression(f"this.confirmedAt IS NULL AND {MY_COUNCIL_LEADS}"),
        },
    ),
    "Match": Type(
        label="Project",
        visible=f"{SIGNED_IN} AND {PROJECT_RULE}",
        fields={
            **MATCH_FACTS,
            "kind": Expression(sided("kind")),
            "timing": Expression(sided("timing")),
            "differences": Expression(sided("differences")),
            "terms": terms(sided("phrases"), other_sided("phrases")),
            "proposal": One("(this)<-[:ABOUT]-(far:Proposal)-[:ABOUT]->(near)", "Proposal", hops=1),
        },
    ),
    # The same GraphQL type, for a text that was typed and is not kept: nothing has two sides.
    "DraftMatch": Type(
        label="Project",
        visible=PROJECT_RULE,
        fields={
            **MATCH_FACTS,
            "kind": Expression("rel.kindFrom"),
            "timing": Expression("rel.timingFrom"),
            "differences": Expression("rel.differencesFrom"),
            "terms": terms("rel.phrasesFrom", "rel.phrasesTo"),
            "proposal": Expression("null"),
        },
    ),
    "Need": Type(
        label="Skill",
        visible=EVERYBODY,
        fields={"level": Expression("rel.level"), "skill": Far("Skill")},
    ),
    "Holding": Type(
        label="Skill",
        visible=EVERYBODY,
        fields={"level": Expression("rel.level"), "skill": Far("Skill")},
    ),
    "Holder": Type(
        label="Practitioner",
        visible=SIGNED_IN,
        fields={"level": Expression("rel.level"), "person": Far("Practitioner")},
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
            "people": Many(
                "(this)<-[rel:HAS_SKILL]-(far:Practitioner)", "Holder", order="far.sortName"
            ),
            "neededBy": Many("(this)<-[:NEEDS]-(far:Project)", "Project"),
        },
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
        },
    ),
    "Proposal": Type(
        label="Proposal",
        visible=PROPOSAL_RULE,
        fields={
            "id": Property(),
            "proposedAt": Property(),
            "introducedAt": Property(),
            "status": Expression(STATUS),
            "viewerMayAnswer": Expression(f"({STATUS}) IN ['WAITING', 'RESTING']"),
            "theyWouldLikeToTalk": Expression(THEIR_VISIBLE_YES),
            "ours": One(
                "(this)-[:ABOUT]->(far:Project)",
                "Project",
                where="far.leadId = $viewerCouncil",
            ),
            "theirs": One(
                "(this)-[:ABOUT]->(far:Project)",
                "Project",
                where="far.leadId <> $viewerCouncil",
            ),
            "match": One(
                "(this)-[:ABOUT]->(near:Project)-[rel:MATCHES]-(far:Project)<-[:ABOUT]-(this)",
                "Match",
                where="near.leadId = $viewerCouncil",
                hops=2,
            ),
            "ourAnswer": One(
                "(:Council {id: $viewerCouncil})-[:GAVE]->(far:Answer)-[:TO]->(this)", "Answer"
            ),
            "contacts": Few(
                "(near:Council)-[:GAVE]->(far:Answer)-[:TO]->(this)",
                "Contact",
                order="near.sortName",
                where="this.introducedAt IS NOT NULL",
            ),
        },
    ),
    "Answer": Type(
        label="Answer",
        visible=ANSWER_RULE,
        fields={
            "answer": Property(),
            "reason": Property(),
            "until": Property(),
            "onlyIfAgree": Property(),
            "answeredAt": Property(),
            "by": Property(),
        },
    ),
    # An answer as the other side may read it once both have said yes: the contact, no more.
    "Contact": Type(
        label="Answer",
        visible=f"{SIGNED_IN} AND this.answer = 'INTERESTED'",
        fields={
            "council": Expression("near.shortName"),
            "name": Expression("this.contactName"),
            "email": Expression("this.contactEmail"),
            "isOurs": Expression("near.id = $viewerCouncil"),
        },
    ),
    "Request": Type(
        label="Request",
        visible=REQUEST_RULE,
        fields={
            "id": Property(),
            "wish": Property(),
            "note": Property(),
            "askedAt": Property(),
            "settledAt": Property(),
            "verdict": Property(),
            "project": One("(this)-[:CONCERNS]->(far:Project)", "Project"),
            "person": One("(this)<-[:ASKED]-(far:Practitioner)", "Practitioner"),
        },
    ),
}

ROOTS: dict[str, Meaning] = {
    "me": One("(far:Practitioner {id: $viewer})", "Practitioner", hops=0),
    "councils": Many(
        "(far:Council)",
        "Council",
        hops=0,
        filters={
            "text": TEXT_FILTER,
            "kind": "far.kind = arg",
            "tier": "far.tier = arg",
            "region": "far.region = arg",
            "nation": "far.nation = arg",
            "hasProjects": "EXISTS { (far)-[:LEADS]->(led:Project) WHERE "
            + PROJECT_RULE.replace("this", "led")
            + " } = arg",
        },
    ),
    "council": One("(far:Council {id: arg_id})", "Council", hops=0),
    "projects": Many("(far:Project)", "Project", hops=0, filters=PROJECT_FILTERS),
    "project": One("(far:Project {id: arg_id})", "Project", hops=0),
    "services": Many(
        "(far:Service)",
        "Service",
        hops=0,
        filters={
            "text": TEXT_FILTER,
            "tier": "far.tier = arg",
            "current": "far.current = arg",
            "ids": "far.id IN arg",
            "hasProjects": "EXISTS { (far)<-[:DELIVERS]-(led:Project) WHERE "
            + PROJECT_RULE.replace("this", "led")
            + " } = arg",
        },
    ),
    "service": One("(far:Service {id: arg_id})", "Service", hops=0),
    "skills": Many("(far:Skill)", "Skill", hops=0, filters={"text": TEXT_FILTER}),
    "skill": One("(far:Skill {id: arg_id})", "Skill", hops=0),
    "people": Many(
        "(far:Practitioner)",
        "Practitioner",
        hops=0,
        filters={
            "text": TEXT_FILTER,
            "skill": "EXISTS { (far)-[:HAS_SKILL]->(:Skill {id: arg}) }",
            "level": "EXISTS { (far)-[held:HAS_SKILL]->(known:Skill) WHERE held.level = arg"
            " AND (arg_skill IS NULL OR known.id = arg_skill) }",
            "council": "EXISTS { (far)-[:WORKS_FOR]->(:Council {id: arg}) }",
        },
    ),
    "person": One("(far:Practitioner {id: arg_id})", "Practitioner", hops=0),
    "proposals": Many(
        "(far:Proposal)",
        "Proposal",
        order="far.place",
        descending=True,
        hops=0,
        filters={"status": f"({OF_STATUS}) = arg"},
    ),
    "proposal": One("(far:Proposal {id: arg_id})", "Proposal", hops=0),
    "request": One("(far:Request {id: arg_id})", "Request", hops=0),
    "requests": Many(
        "(far:Request)",
        "Request",
        order="far.askedAt",
        hops=0,
        filters={"settled": "(far.settledAt IS NOT NULL) = arg"},
    ),
    "similarTo": Hits("DraftMatch"),
    "edition": Facts(
        {
            "demo": "$demo",
            "today": "$today",
            "contact": "$contact",
            "councils": "COUNT { MATCH (c:Council) WHERE c.kind = 'COUNCIL' }",
            "projects": "COUNT { MATCH (p:Project) WHERE "
            + PROJECT_RULE.replace("this", "p")
            + " }",
        }
    ),
}
