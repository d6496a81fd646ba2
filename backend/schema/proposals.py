"""Proposals: matches put before both councils, and what came of them."""

import strawberry

from backend.schema.fields import Node
from backend.schema.matches import Match
from backend.schema.projects import Project
from backend.schema.scalars import Date, Instant
from backend.schema.words import ProposalStatus, Reply


@strawberry.type(description="Your own council's answer; the other side's is never told here.")
class Answer:
    answer: Reply
    reason: str | None
    until: Date | None = strawberry.field(description="Of a not now: the day it comes back.")
    only_if_agree: bool = strawberry.field(description="Whether a yes is kept from the other side.")
    other_work: bool = strawberry.field(
        description="Whether a not for us says that the two are not the same work."
    )
    answered_at: Instant
    by: str
    message: str | None = strawberry.field(
        description="Of a yes: what was asked or said to the other side."
    )


@strawberry.type(description="A contact that a council chose to share.")
class Contact:
    council: str
    council_id: strawberry.ID
    name: str
    email: str
    is_ours: bool
    message: str | None = strawberry.field(description="What it asked or said with its yes.")


@strawberry.type(description="Another side of a proposal, as your side sees it.")
class Party:
    project: Project
    match: Match | None = strawberry.field(description="Null if the texts have since grown apart.")
    would_like_to_talk: bool = strawberry.field(
        description="Whether it said yes and lets you know, as it does if you said yes too."
    )
    message: str | None = strawberry.field(
        description="What it asked or said with its yes, if you may know of that."
    )


@strawberry.type(
    description="Alike projects put before their councils; each side answers. Most are of two; up to"
    " eight councils on one piece of work are asked at once."
)
class Proposal(Node):
    id: strawberry.ID
    proposed_at: Instant
    status: ProposalStatus
    viewer_may_answer: bool
    ours: Project
    others: list[Party] = strawberry.field(
        description="The sides that yours is put together with: one, or up to seven."
    )
    theirs: Project = strawberry.field(
        description="The project of the first of the others; a filter asks all of them."
    )
    match: Match | None = strawberry.field(
        description="The nearest of the matches, null if the texts have since grown apart; a filter asks all."
    )
    our_answer: Answer | None
    they_would_like_to_talk: bool = strawberry.field(
        description="Whether another side said yes and lets you know."
    )
    introduced_at: Instant | None = strawberry.field(
        description="When your council and another had both said yes."
    )
    contacts: list[Contact] = strawberry.field(
        description="Of those who said yes, your council among them; empty until two have."
    )
