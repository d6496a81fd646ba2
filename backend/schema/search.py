"""Search: what a few words find, in all nouns at once."""

from enum import Enum

import strawberry
from strawberry import enum_value

from backend.schema.nouns import ACouncil, APractitioner, AProject, AService, ASkill
from backend.schema.words import Phase, Tier


@strawberry.enum(description="What can be searched for.")
class SearchKind(Enum):
    PROJECT = enum_value("PROJECT", description="A project, by its title and description.")
    COUNCIL = enum_value("COUNCIL", description="A council, by name, code or initials.")
    SERVICE = enum_value("SERVICE", description="A service, by name or LGSL number.")
    SKILL = enum_value("SKILL", description="A skill, by name and summary.")
    PERSON = enum_value(
        "PERSON", description="A person, by name, job, skills and what they say of themselves."
    )


@strawberry.input(
    description="What hits must be like: of each list one, of every list that is not empty. What"
    " has no such attribute (a skill has no region) is not found."
)
class SearchFilter:
    phases: list[Phase] | None = strawberry.field(
        default=strawberry.UNSET, description="Projects in one of these phases."
    )
    regions: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Councils of these regions, their projects and people.",
    )
    councils: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="These councils, their projects and people."
    )
    services: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="These services, and projects and people that work on them.",
    )
    tiers: list[Tier] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Councils and services of these tiers, with what is theirs.",
    )


@strawberry.type(description="How many hits there are of one kind.")
class SearchCount:
    kind: SearchKind
    count: int


@strawberry.type(description="Something that was found: exactly one of the five nouns is not null.")
class SearchHit:
    kind: SearchKind
    score: float = strawberry.field(
        description="How well it fits, 0 to 1; 1 is what is called exactly so."
    )
    words: list[str] = strawberry.field(description="Its words that fit, as they are written.")
    project: AProject | None
    council: ACouncil | None
    service: AService | None
    skill: ASkill | None
    person: APractitioner | None


@strawberry.type(description="What a few words find, among all that you may see.")
class SearchResults:
    total_count: int = strawberry.field(description="How many there are of the kinds asked for.")
    counts: list[SearchCount] = strawberry.field(
        description="How many of each kind, those not asked for too."
    )
    hits: list[SearchHit] = strawberry.field(description="The best, in order.")
