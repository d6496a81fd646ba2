"""Projects: in-flight digital work that one body leads."""

import strawberry

from backend.schema.fields import Node, listing
from backend.schema.nouns import ACandidate, ACouncil, AMatch, ANeed, APractitioner, AService
from backend.schema.scalars import Date, Instant
from backend.schema.words import Audience, Freshness, Openness, Phase


@strawberry.type(description="In-flight digital work that one body leads.")
class Project(Node):
    id: strawberry.ID
    title: str
    summary: str = strawberry.field(description="The problem it deals with, for whom, and how.")
    phase: Phase
    audience: Audience
    openness: Openness | None
    started_on: Date | None = strawberry.field(description="A date; null if it is not known.")
    ends_on: Date | None = strawberry.field(description="A date; null if it is not known.")
    version: int = strawberry.field(description="Goes up with each change; send it back to change.")
    added_at: Instant
    changed_at: Instant
    confirmed_at: Instant | None = strawberry.field(
        description="When its council last said that it is true; null if it never has."
    )
    is_confirmed: bool
    freshness: Freshness = strawberry.field(description="How long ago its council confirmed it.")
    phase_before: Phase | None = strawberry.field(
        description="The phase that it was in before, if it has moved here."
    )
    phase_changed_at: Instant | None
    source_title: str | None = strawberry.field(
        description="The public page that it was read from."
    )
    source_url: str | None
    as_at: str | None = strawberry.field(description="The year, month or date of that page.")
    source_note: str | None = strawberry.field(description="What to bear in mind about that page.")
    lead: ACouncil
    partners = listing(ACouncil, "Bodies that work on it with the lead.")
    service: AService | None
    contacts = listing(APractitioner, "People of its council who look after it.")
    needs = listing(ANeed, "Skills that it looks for.")
    matches = listing(
        AMatch,
        "Projects of other councils like it, best first; empty for callers not signed in. Weaker"
        " likenesses only with `weaker`.",
        weaker=(bool, False),
    )
    people_who_could_help = listing(
        ACandidate,
        "People who have skills that it looks for, or write of what it is about, and do not look"
        " after it: first those who meet most needs; nobody, for callers not signed in.",
    )
    viewer_may_edit: bool
    viewer_may_claim: bool
