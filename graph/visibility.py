"""Who may see what, said once; the compiler writes a label's rule wherever it matches one.

`$signedIn` tells whether anybody is, `$viewer` is the id of the person who asks, `$viewerCouncil`
the id of that person's council and `$viewerRole` their role; when nobody is signed in these three
are words that are no id, which makes the rules below false where they need somebody. `$openTo` lists
the audiences that this kind of caller belongs to whatever their council.
"""

from typing import LiteralString

SIGNED_IN = "$signedIn"
EVERYBODY = "true"
MYSELF = "this.id = $viewer"

# Who leads and who is a partner stand on the project too (the writes keep them level): the rule is
# met at every hop, and four subqueries a hop took Neo4j seconds to plan. One look at the audience
# settles most projects: as three comparisons, groups of a large list took nearly twice as long.
MY_COUNCIL_LEADS = "this.leadId = $viewerCouncil"
PROJECT_RULE = (
    "(this.removedAt IS NULL AND (this.audience IN $openTo"
    f" OR {MY_COUNCIL_LEADS}"
    " OR (this.audience = 'PARTNERS' AND $viewerCouncil IN this.partnerIds)))"
)


def puts_together(
    proposal: LiteralString, one: LiteralString, other: LiteralString
) -> LiteralString:
    """What must hold for a proposal to put two of its projects, by their ids, together.

    Where it is made around one project, the others are each put together with that one alone.
    """
    return f"({proposal}.aroundId IS NULL OR {proposal}.aroundId IN [{one}, {other}])"


def is_open(project: LiteralString) -> LiteralString:
    """What must hold for a project to be open to the whole network."""
    return f"{project}.removedAt IS NULL AND {project}.audience IN ['PUBLIC', 'NETWORK']"


def meets(
    mine: LiteralString,
    theirs: LiteralString,
    *,
    proposal: LiteralString = "this",
    council: LiteralString = "$viewerCouncil",
) -> LiteralString:
    """What must hold for a proposal to put a council's project before another council's.

    A side that has not claimed its project is not told of it, and it stands for as long as both are
    open to the network and led by two bodies.
    """
    return (
        f"{mine}.leadId = {council} AND {theirs}.leadId <> {council}"
        f" AND {mine}.confirmedAt IS NOT NULL"
        f" AND {is_open(mine)} AND {is_open(theirs)}"
        f" AND {puts_together(proposal, f'{mine}.id', f'{theirs}.id')}"
    )


# A proposal is its councils' own affair.
PROPOSAL_RULE = (
    "EXISTS { (led:Project)<-[:ABOUT]-(this)-[:ABOUT]->(other:Project)"
    f" WHERE {meets('led', 'other')} }}"
)
REQUEST_RULE = (
    "($viewerRole = 'OPERATOR' OR EXISTS { (:Practitioner {id: $viewer})-[:ASKED]->(this) })"
)
# A question is its keeper's own, or shared with the council that they chose, or with everybody here.
QUESTION_RULE = (
    "(this.endedAt IS NULL AND (this.ownerId = $viewer"
    " OR (this.sharedWith = 'COUNCIL' AND this.councilId = $viewerCouncil)"
    f" OR ({SIGNED_IN} AND this.sharedWith = 'NETWORK')))"
)
OWNED_RULE = "EXISTS { (this)-[:OF]->(:Practitioner {id: $viewer}) }"
ANSWER_RULE = "EXISTS { (:Council {id: $viewerCouncil})-[:GAVE]->(this) }"

# A proposal as one side sees it.
MY_ANSWER = "(:Council {id: $viewerCouncil})-[:GAVE]->(mine:Answer)-[:TO]->(this)"
# Who is introduced to whom stands on the answers; it holds while the other's project is open.
INTRODUCED = (
    f"{MY_ANSWER}-[:ABOUT]->(other:Project) WHERE other.leadId IN coalesce(mine.introducedTo, [])"
    f" AND {is_open('other')}"
)
STATUS = (
    f"CASE WHEN EXISTS {{ {INTRODUCED} }} THEN 'INTRODUCED'"
    f" WHEN EXISTS {{ {MY_ANSWER} WHERE mine.answer = 'INTERESTED' }} THEN 'ANSWERED'"
    f" WHEN EXISTS {{ {MY_ANSWER} WHERE mine.answer = 'NOT_FOR_US' }} THEN 'CLOSED'"
    f" WHEN EXISTS {{ {MY_ANSWER} WHERE mine.answer = 'NOT_NOW' AND mine.until > $today }}"
    " THEN 'RESTING' ELSE 'WAITING' END"
)
# The only thing of another side's answer that shows: a yes whose giver did not hide it.
THEIR_VISIBLE_YES = (
    "EXISTS { (led:Project)<-[:ABOUT]-(this)-[:ABOUT]->(other:Project)"
    "<-[:LEADS]-(:Council)-[:GAVE]->(yes:Answer)-[:TO]->(this)"
    f" WHERE {meets('led', 'other')} AND yes.answer = 'INTERESTED' AND yes.onlyIfAgree = false }}"
)
# Whose contact shows: one's own and those of whom one was introduced to.
INTRODUCED_TO_NEAR = f"EXISTS {{ {INTRODUCED} AND near.id IN [$viewerCouncil, other.leadId] }}"
