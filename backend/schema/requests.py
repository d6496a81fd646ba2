"""Requests: what councils ask about projects that they have not confirmed."""

import strawberry

from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.words import Verdict, Wish


@strawberry.type(description="What somebody asked about a project; an operator settles it.")
class Request:
    id: strawberry.ID
    wish: Wish
    note: str | None
    asked_at: str
    settled_at: str | None
    verdict: Verdict | None
    project: Project | None = strawberry.field(description="Null once it was removed.")
    person: Practitioner
