"""Skills of the Government Digital and Data framework, who has them and who needs them."""

import strawberry

from backend.schema.fields import Node, listing
from backend.schema.nouns import AHolder, APractitioner, AProject
from backend.schema.words import SkillLevel


@strawberry.type(description="A skill of the Government Digital and Data framework.")
class Skill(Node):
    id: strawberry.ID = strawberry.field(description="`skill-` and the slug.")
    slug: str
    name: str
    summary: str
    families: list[str] = strawberry.field(description="Families of roles that use it.")
    people = listing(AHolder, "People who have it.")
    needed_by = listing(AProject, "Projects that look for it.")


@strawberry.type(description="A skill that a project looks for.")
class Need:
    level: SkillLevel
    skill: Skill


@strawberry.type(description="A skill that a person has.")
class Holding:
    level: SkillLevel
    skill: Skill


@strawberry.type(description="A person who has a skill.")
class Holder:
    level: SkillLevel
    person: APractitioner
