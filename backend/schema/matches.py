"""Matches: what the matcher says of two projects, and why."""

import strawberry

from backend.schema.nouns import AProject, AProposal
from backend.schema.words import MatchKind, Strength


@strawberry.type(description="A word that both projects use, and its part of the score.")
class Term:
    word: str = strawberry.field(description="As people wrote it most often.")
    share: float = strawberry.field(description="Its part of the score, absolute.")
    percent: int = strawberry.field(description="The same in hundredths of the score.")
    width: int = strawberry.field(description="In hundredths of the largest share of this match.")
    ours: str = strawberry.field(description="How the project that you came from says it.")
    theirs: str = strawberry.field(description="How the other project says it.")


@strawberry.type(description="The matcher's statement that two projects are alike, with reasons.")
class Match:
    id: strawberry.ID
    score: float = strawberry.field(description="How alike the two are, 0 to 1.")
    probability: float = strawberry.field(description="That people would call it the same work.")
    out_of_hundred: int = strawberry.field(description="The probability in a hundred pairs.")
    strength: Strength
    weaker: bool = strawberry.field(description="Below the threshold: never proposed.")
    kind: MatchKind
    terms: list[Term]
    rest: float = strawberry.field(description="The part of shared words that are not listed.")
    rest_count: int = strawberry.field(description="How many shared words are not listed.")
    rest_percent: int = strawberry.field(description="Their part of the score, in hundredths.")
    lift: float = strawberry.field(
        description="What the kind of work and the projects around them add to the words: with"
        " `rest` and the shares of the words it makes the score."
    )
    lift_percent: int = strawberry.field(description="The same in hundredths of the score.")
    theme: str | None = strawberry.field(
        description="What both are about, of the kinds of council work that Tandem knows."
    )
    through: AProject | None = strawberry.field(
        description="The project beside both that brings them nearest; null if there is none, or"
        " none that you may see."
    )
    same_service: bool
    area: str = strawberry.field(
        description="Whether the two councils share a county and may become one, in a sentence; empty"
        " if not."
    )
    timing: str = strawberry.field(description="How the two lie in time, in a sentence.")
    differences: list[str] = strawberry.field(description="What differs, a sentence each.")
    project: AProject = strawberry.field(description="The other project.")
    proposal: AProposal | None = strawberry.field(description="If it was put before your council.")
