"""The affairs between councils and of one person: matches, proposals, requests, tokens, questions.

Part of the model; see `graph/model.py`.
"""

from graph.expressions import (
    NAME,
    STRENGTH,
    WORDS,
    newest,
    other_sided,
    sided,
    terms,
)
from graph.meanings import (
    Expression,
    Facet,
    Far,
    Few,
    Meaning,
    One,
    Order,
    Property,
    Type,
)
from graph.visibility import (
    ANSWER_RULE,
    INTRODUCED,
    INTRODUCED_TO_NEAR,
    OWNED_RULE,
    PROJECT_RULE,
    PROPOSAL_RULE,
    QUESTION_RULE,
    REQUEST_RULE,
    SIGNED_IN,
    STATUS,
    THEIR_VISIBLE_YES,
    is_open,
    meets,
    puts_together,
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
    # What was stated before there was a second pass has neither its parts nor a share of it.
    "rest": Expression("coalesce(rel.rest, 0.0)"),
    "restCount": Expression("rel.restCount"),
    "restPercent": Expression("rel.restPercent"),
    "lift": Expression("coalesce(rel.lift, 0.0)"),
    "liftPercent": Expression("coalesce(rel.liftPercent, 0)"),
    "theme": Expression("rel.theme"),
    "through": One("(far:Project {id: rel.throughId})", "Project"),
    "sameService": Expression("rel.sameService"),
    "area": Expression("coalesce(rel.area, '')"),
    "project": Far("Project"),
}

# In the order in which the proposal names its projects.
RANK = "coalesce(rel.rank, 0), far.id"
OTHER_SIDE = "(near:Project)<-[:ABOUT]-(this)-[rel:ABOUT]->(far:Project)"
# A council that has come to lead two of the projects reads the proposal from the first of them by
# id, or from the one that it is made around: not by rank, for that took Neo4j's planner seconds.
FROM_OURS = (
    f"{meets('near', 'far')} AND (near.id = coalesce(this.aroundId, '') OR NOT EXISTS {{"
    " (led:Project)<-[:ABOUT]-(this) WHERE led.leadId = $viewerCouncil AND led.id < near.id"
    f" AND led.confirmedAt IS NOT NULL AND {is_open('led')} }})"
)
# One proposal alone puts two projects together.
YES_OF_PARTY = (
    "(near)<-[:ABOUT]-(x:Proposal)-[:ABOUT]->(this)"
    "<-[:LEADS]-(:Council)-[:GAVE]->(yes:Answer)-[:TO]->(x)"
    f" WHERE {puts_together('x', 'near.id', 'this.id')} AND yes.answer = 'INTERESTED'"
)
WE_ARE_INTRODUCED = (
    "EXISTS { (:Council {id: $viewerCouncil})-[:GAVE]->(mine:Answer)-[:TO]->(x)"
    " WHERE this.leadId IN coalesce(mine.introducedTo, []) }"
)
MAY_BE_KNOWN = f"(yes.onlyIfAgree = false OR {WE_ARE_INTRODUCED})"
MESSAGE_OF_PARTY = f"COLLECT {{ MATCH {YES_OF_PARTY} AND {MAY_BE_KNOWN} RETURN yes.message }}[0]"

AFFAIRS: dict[str, Type] = {
    "Match": Type(
        label="Project",
        visible=f"{SIGNED_IN} AND {PROJECT_RULE}",
        fields={
            **MATCH_FACTS,
            "kind": Expression(sided("kind")),
            "timing": Expression(sided("timing")),
            "differences": Expression(sided("differences")),
            "terms": terms(sided("phrases"), other_sided("phrases")),
            "proposal": One(
                "(this)<-[:ABOUT]-(far:Proposal)-[:ABOUT]->(near)",
                "Proposal",
                where="(near.leadId = $viewerCouncil OR this.leadId = $viewerCouncil)"
                f" AND {puts_together('far', 'this.id', 'near.id')}",
            ),
        },
        orders={"SCORE": Order("rel.score", descending=True), "TITLE": NAME},
        facets={
            "kind": Facet(by=sided("kind")),
            "strength": Facet(by=STRENGTH),
            "phase": Facet(by="this.phase"),
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
    "Token": Type(
        label="Token",
        visible=OWNED_RULE,
        fields={
            "id": Property(),
            "name": Property(),
            "scope": Property(),
            "madeAt": Property(),
            "endsAt": Property(),
            "usedAt": Property(),
            "revokedAt": Property(),
            "isLive": Expression(
                "coalesce(this.revokedAt IS NULL AND this.endsAt > $now"
                " AND this.councilId = $viewerCouncil, false)"
            ),
        },
        orders={"MADE_AT": newest("madeAt"), "ENDS_AT": newest("endsAt")},
        facets={"scope": Facet(by="this.scope")},
    ),
    "Proposal": Type(
        label="Proposal",
        visible=PROPOSAL_RULE,
        fields={
            "id": Property(),
            "proposedAt": Property(),
            "introducedAt": Expression(
                f"COLLECT {{ MATCH {INTRODUCED} RETURN mine.introducedAt }}[0]"
            ),
            "status": Expression(STATUS),
            "viewerMayAnswer": Expression(f"({STATUS}) IN ['WAITING', 'RESTING']"),
            "theyWouldLikeToTalk": Expression(THEIR_VISIBLE_YES),
            "ours": One(
                "(far:Project)<-[rel:ABOUT]-(this)-[:ABOUT]->(near:Project)",
                "Project",
                where=meets("far", "near"),
                order="far.id",
            ),
            "theirs": One(OTHER_SIDE, "Project", where=FROM_OURS, order=RANK),
            "others": Few(OTHER_SIDE, "Party", where=FROM_OURS, order=RANK),
            "match": One(
                "(this)-[:ABOUT]->(near:Project)-[rel:MATCHES]-(far:Project)<-[:ABOUT]-(this)",
                "Match",
                where=FROM_OURS,
                order="rel.score DESC, far.id",
                hops=2,
            ),
            "ourAnswer": One(
                "(:Council {id: $viewerCouncil})-[:GAVE]->(far:Answer)-[:TO]->(this)", "Answer"
            ),
            "contacts": Few(
                "(near:Council)-[:GAVE]->(far:Answer)-[:TO]->(this)",
                "Contact",
                order="near.sortName",
                where=INTRODUCED_TO_NEAR,
            ),
        },
        orders={"PROPOSED_AT": newest("proposedAt")},
        facets={"status": Facet(by=STATUS)},
    ),
    # Another side of a proposal, as one side sees it: `near` is that one's project.
    "Party": Type(
        label="Project",
        visible=f"{SIGNED_IN} AND {PROJECT_RULE}",
        fields={
            "project": Far("Project"),
            "match": One("(near)-[rel:MATCHES]-(far:Project)", "Match", where="far.id = this.id"),
            # `Proposal.theyWouldLikeToTalk` is the filter: these took Neo4j's planner six seconds.
            "wouldLikeToTalk": Expression(
                f"EXISTS {{ {YES_OF_PARTY} AND {MAY_BE_KNOWN} }}", in_filters=False
            ),
            "message": Expression(MESSAGE_OF_PARTY, in_filters=False),
        },
    ),
    "Answer": Type(
        label="Answer",
        visible=ANSWER_RULE,
        fields={
            "answer": Property(),
            "reason": Property(),
            "message": Property(),
            "until": Property(),
            "onlyIfAgree": Property(),
            "otherWork": Expression("coalesce(this.otherWork, false)"),
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
            "councilId": Expression("near.id"),
            "name": Expression("this.contactName"),
            "email": Expression("this.contactEmail"),
            "isOurs": Expression("near.id = $viewerCouncil"),
            "message": Expression("this.message"),
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
        orders={"ASKED_AT": Order("this.askedAt")},
        facets={"wish": Facet(by="this.wish"), "verdict": Facet(by="this.verdict")},
    ),
    "Question": Type(
        label="Question",
        visible=QUESTION_RULE,
        fields={
            "id": Property(),
            "name": Property(),
            "address": Property(),
            "sharedWith": Property(),
            "madeAt": Property(),
            "changedAt": Property(),
            "isMine": Expression("this.ownerId = $viewer"),
            "keeper": One("(this)<-[:KEEPS]-(far:Practitioner)", "Practitioner"),
        },
        text=WORDS,
        orders={"NAME": NAME, "MADE_AT": Order("this.madeAt", descending=True)},
        facets={"sharedWith": Facet(by="this.sharedWith")},
    ),
}
