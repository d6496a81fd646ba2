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


@strawberry.type(description="A skill of a person that a project looks for.")
class UsefulSkill:
    skill: Skill
    level: SkillLevel = strawberry.field(description="At which the person has it.")
    needed_level: SkillLevel = strawberry.field(description="At which the project looks for it.")
    is_enough: bool = strawberry.field(description="Whether they have it at that level or above.")


@strawberry.type(
    description="A person who has skills that a project looks for, or writes of what it is about."
)
class Candidate:
    person: APractitioner
    needs_met: int = strawberry.field(description="Needs that their skills meet, by level too.")
    same_service: bool = strawberry.field(
        description="Whether its service is one of those that matter most to them."
    )
    shared_words: list[str] = strawberry.field(
        description="Words which tell what the project is about, in any form, that stand in their job"
        " title or in what they say about themselves; those that weigh most come first."
    )
    skills: list[UsefulSkill] = strawberry.field(description="Of those it looks for; at most 20.")


@strawberry.type(description="A person who has a skill.")
class Holder:
    level: SkillLevel
    person: APractitioner
