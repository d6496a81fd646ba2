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
    answered_at: Instant
    by: str


@strawberry.type(description="A contact that a council chose to share.")
class Contact:
    council: str
    name: str
    email: str
    is_ours: bool


@strawberry.type(description="A match put before both councils; each side answers.")
class Proposal(Node):
    id: strawberry.ID
    proposed_at: Instant
    status: ProposalStatus
    viewer_may_answer: bool
    ours: Project
    theirs: Project
    match: Match | None = strawberry.field(description="Null if the texts have since grown apart.")
    our_answer: Answer | None
    they_would_like_to_talk: bool = strawberry.field(
        description="Whether the other side said yes and lets you know."
    )
    introduced_at: Instant | None
    contacts: list[Contact] = strawberry.field(description="Empty until both said yes.")
