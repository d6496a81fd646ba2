"""Where a question may start."""

import strawberry

from backend.schema.councils import Council
from backend.schema.fields import answered, listing
from backend.schema.matches import Match
from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.proposals import Proposal
from backend.schema.requests import Request
from backend.schema.services import Service
from backend.schema.skills import Skill
from backend.schema.words import CouncilKind, Phase, ProposalStatus, SkillLevel, Tier

ID = {"id": strawberry.ID}


@strawberry.type(description="This Tandem: whether it is a demo, and how much is in it.")
class Edition:
    demo: bool
    today: str
    contact: str = strawberry.field(description="Whom to write to.")
    councils: int
    projects: int = strawberry.field(description="As many as you may see.")


@strawberry.type(description="Everything you may see; what you may not is absent, never an error.")
class Query:
    me: Practitioner | None = strawberry.field(description="You; null if nobody is signed in.")
    councils = listing(
        Council,
        "Councils, by name.",
        text=str,
        kind=CouncilKind,
        tier=Tier,
        region=str,
        nation=str,
        has_projects=bool,
    )
    council = answered(Council | None, "One council.", ID)
    projects = listing(
        Project,
        "Projects, by title.",
        text=str,
        phase=Phase,
        lead=strawberry.ID,
        service=strawberry.ID,
        confirmed=bool,
    )
    project = answered(Project | None, "One project.", ID)
    services = listing(
        Service,
        "Services, by name.",
        text=str,
        tier=Tier,
        current=bool,
        has_projects=bool,
        ids=list[strawberry.ID],
    )
    service = answered(Service | None, "One service.", ID)
    skills = listing(Skill, "Skills, by name.", text=str)
    skill = answered(Skill | None, "One skill.", ID)
    people = listing(
        Practitioner,
        "People, by name; nobody, for callers not signed in.",
        text=str,
        skill=strawberry.ID,
        level=SkillLevel,
        council=strawberry.ID,
    )
    person = answered(Practitioner | None, "One person.", ID)
    proposals = listing(Proposal, "Proposals to your council, newest first.", status=ProposalStatus)
    proposal = answered(Proposal | None, "One proposal to your council.", ID)
    requests = listing(
        Request, "For operators, what waits on them; for others, what they asked.", settled=bool
    )
    request = answered(Request | None, "One request.", ID)
    similar_to = answered(
        list[Match],
        "Projects like a text, best first. Nothing of the text is kept.",
        {"text": str, "first": int},
        first=5,
    )
    edition: Edition
