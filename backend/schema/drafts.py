"""What can be said of a text that is being written: nothing of it is kept."""

import strawberry

from backend.schema.nouns import AService, ASkill

PROJECTS = "How many projects like the text speak for it."
IS_NAMED = "Whether the text has words of its name."


@strawberry.type(description="A service that a text is likely to be about, and why.")
class LikelyService:
    service: AService
    projects: int = strawberry.field(description=PROJECTS)
    is_named: bool = strawberry.field(description=IS_NAMED)


@strawberry.type(description="A skill that a project of this text is likely to look for, and why.")
class LikelySkill:
    skill: ASkill
    projects: int = strawberry.field(description=PROJECTS)
    is_named: bool = strawberry.field(description=IS_NAMED)


@strawberry.type(description="A word of a text that counts, and its part of the text's weight.")
class WeighedWord:
    word: str = strawberry.field(description="As people wrote it most often.")
    percent: int


@strawberry.type(description="A kind of council work that a text lies near.")
class WeighedTheme:
    theme: str
    percent: int = strawberry.field(description="How near, in hundredths.")


@strawberry.type(description="What of a text counts when projects like it are looked for.")
class Weighed:
    words: list[WeighedWord] = strawberry.field(description="The ten that weigh most.")
    rest_count: int = strawberry.field(description="How many other words count.")
    rest_percent: int
    strange_percent: int = strawberry.field(
        description="The part of words that no project that is looked through has."
    )
    themes: list[WeighedTheme] = strawberry.field(description="Nearest first; often none.")
    least_out_of_hundred: int = strawberry.field(
        description="Matches are proposed from this many in a hundred pairs up."
    )
