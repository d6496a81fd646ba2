"""Practitioners: people in councils' digital teams."""

import strawberry

from backend.schema.fields import Node, listing
from backend.schema.nouns import ACouncil, AHolding, AProject, AService, AToken
from backend.schema.scalars import Instant
from backend.schema.words import Letters, Role


@strawberry.type(description="A person in a council's digital team.")
class Practitioner(Node):
    id: strawberry.ID
    name: str
    job_title: str | None
    about: str | None
    role: Role
    is_invented: bool = strawberry.field(description="Whether this is a person of the demo.")
    is_me: bool
    council: ACouncil
    skills = listing(AHolding, "What they can do.")
    services = listing(AService, "The services that matter most to them.")
    projects = listing(AProject, "Projects that they look after.")
    email: str | None = strawberry.field(description="Your own; null for everybody else's.")
    tokens = listing(AToken, "Your own API tokens, newest first; none of anybody else's.")
    letters: Letters | None = strawberry.field(description="Your own; null for everybody else's.")
    welcomed_at: Instant | None = strawberry.field(description="When you chose your services.")
