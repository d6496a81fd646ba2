"""Questions that only a graph answers: what is alike, wanted, missing, joined, and has moved."""

from enum import Enum

import strawberry
from strawberry import enum_value

from backend.schema.fields import listing
from backend.schema.nouns import ACouncil, AProject, AService, ASkill
from backend.schema.scalars import Instant
from backend.schema.words import Duty, Tier


@strawberry.type(description="What two councils have in common, as far as you may see it.")
class CouncilLikeness:
    council: ACouncil = strawberry.field(description="The other council.")
    alike_projects: int | None = strawberry.field(
        description="Pairs of projects, one of each, that the matcher calls alike; null for callers"
        " not signed in. Which ones: Project.matches."
    )
    shared_services: int = strawberry.field(description="Services that both have projects about.")
    same_tier: bool
    same_region: bool


@strawberry.type(description="Who needs a skill, and who has it.")
class Demand:
    skill: ASkill
    needed_by: int = strawberry.field(description="Projects that look for it.")
    held_by: int | None = strawberry.field(
        description="People who have it, at any level; null for callers not signed in."
    )
    unmet: int | None = strawberry.field(
        description="Projects that look for a level of it that nobody in the network has; null for"
        " callers not signed in."
    )


@strawberry.enum(description="What happened to a project.")
class ChangeKind(Enum):
    ADDED = enum_value("ADDED", description="It is new here.")
    CONFIRMED = enum_value("CONFIRMED", description="Its council said that it is true.")
    MOVED = enum_value("MOVED", description="It went on to another phase; see phaseBefore.")
    CHANGED = enum_value("CHANGED", description="Its words, dates or audience changed.")


@strawberry.type(description="A project of which something changed since a moment, and what.")
class Change:
    at: Instant = strawberry.field(description="The last time that anything of it changed.")
    kinds: list[ChangeKind]
    project: AProject


@strawberry.type(description="Councils of a group, and those with no project that you may see.")
class CouncilGroup:
    value: str | None = strawberry.field(description="Null where it is not known.")
    label: str
    councils: int
    silent: int


@strawberry.type(description="Services of a group, and those with no project that you may see.")
class ServiceGroup:
    value: Duty | None
    label: str
    services: int
    uncovered: int


@strawberry.type(
    description="What is missing: services that nobody has a project about, and councils that have"
    " none, among the councils asked for and the services that such councils provide."
)
class Coverage:
    councils: int
    silent: int = strawberry.field(
        description="Councils that lead no project that you may see; some are partners in others'."
    )
    services: int = strawberry.field(description="Current services that such councils provide.")
    uncovered: int = strawberry.field(description="Services with no project of these councils.")
    by_region: list[CouncilGroup]
    by_tier: list[CouncilGroup]
    by_duty: list[ServiceGroup] = strawberry.field(
        description="By whether the law makes a council provide the service."
    )
    silent_councils = listing(ACouncil, "Councils that lead no project that you may see.")
    uncovered_services = listing(AService, "Services with no project of these councils.")


@strawberry.type(
    description="Councils and what joins them, as parallel arrays for a map: the nth of `names` is"
    " the nth of `councils`; `from` and `to` are places in `councils`."
)
class Network:
    councils: list[strawberry.ID]
    names: list[str]
    regions: list[str | None]
    nations: list[str | None]
    tiers: list[Tier | None]
    projects: list[int] = strawberry.field(description="How many of theirs were asked for.")
    x: list[float] = strawberry.field(
        description="From 0, west, to 1, east. A council keeps its place whatever is asked for."
    )
    y: list[float] = strawberry.field(description="From 0, north, to 1, south.")
    from_: list[int] = strawberry.field(name="from", description="One end of each join.")
    to: list[int] = strawberry.field(description="The other end.")
    partners: list[int] = strawberry.field(description="Projects in which both work.")
    matches: list[int] = strawberry.field(description="Pairs of their projects that are alike.")
    weights: list[int] = strawberry.field(description="Both together.")
