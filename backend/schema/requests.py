"""Requests: what councils ask about projects that they have not confirmed."""

import strawberry

from backend.schema.fields import Node
from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.scalars import Instant
from backend.schema.words import Verdict, Wish


@strawberry.type(description="What somebody asked about a project; an operator settles it.")
class Request(Node):
    id: strawberry.ID
    wish: Wish
    note: str | None
    asked_at: Instant
    settled_at: Instant | None
    verdict: Verdict | None
    project: Project | None = strawberry.field(description="Null once it was removed.")
    person: Practitioner
