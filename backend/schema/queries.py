"""Where a question may start."""

import strawberry

from backend.schema.answers import Change, CouncilLikeness, Coverage, Demand, Network
from backend.schema.councils import Council
from backend.schema.drafts import LikelyService, LikelySkill, Weighed
from backend.schema.fields import Node, answered, listing
from backend.schema.matches import Match
from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.proposals import Proposal
from backend.schema.questions import Question
from backend.schema.requests import Request
from backend.schema.scalars import Date, Instant
from backend.schema.search import SearchFilter, SearchKind, SearchResults
from backend.schema.services import Service
from backend.schema.skills import Holder, Skill
from backend.schema.tokens import Token
from backend.schema.words import Phase, SkillLevel, Tier

ID = {"id": strawberry.ID}


@strawberry.type(description="This Tandem: whether it is a demo, and how much is in it.")
class Edition:
    demo: bool
    today: Date
    contact: str = strawberry.field(description="Whom to write to.")
    councils: int
    projects: int = strawberry.field(description="As many as you may see.")


@strawberry.type(
    description="Everything you may see; what you may not see is absent, never an error, and so is"
    " what there is not: an id or a region that is not known finds nothing. In one question: 1,000"
    " tokens, 8 relationships deep, 40 lists (a facet is one, and so is each relationship in a"
    " filter), 15 aliases and 50 directives with fragments spread, `first` from 1 to 100, `search`,"
    " `similarTo` and what else takes a text once each, 10,000 characters of a text that is"
    " compared, 60 conditions, and 5,000 points: each item that could come back is one, and so is"
    " what may lie beyond a relationship of a filter."
)
class Query:
    node = answered(Node | None, "Anything by its id; null if there is none that you may see.", ID)
    me: Practitioner | None = strawberry.field(description="You; null if nobody is signed in.")
    councils = listing(Council, "Councils, by name.")
    council = answered(Council | None, "One council.", ID)
    projects = listing(Project, "Projects, by title.")
    project = answered(Project | None, "One project.", ID)
    services = listing(Service, "Services, by name.")
    service = answered(Service | None, "One service.", ID)
    skills = listing(Skill, "Skills, by name.")
    skill = answered(Skill | None, "One skill.", ID)
    people = listing(Practitioner, "People, by name; nobody, for callers not signed in.")
    person = answered(Practitioner | None, "One person.", ID)
    proposals = listing(Proposal, "Proposals to your council, newest first.")
    proposal = answered(Proposal | None, "One proposal to your council.", ID)
    requests = listing(Request, "For operators, what waits on them; for others, what they asked.")
    request = answered(Request | None, "One request.", ID)
    question = answered(Question | None, "One question that somebody keeps.", ID)
    questions = listing(Question, "Questions that you keep, or that are shared with you, by name.")
    token = answered(Token | None, "One API token of yours.", ID)
    similar_to = answered(
        list[Match],
        "Projects like a text, and its title if it has one, best first. Nothing of them is kept.",
        {"text": str, "title": str | None, "first": int},
        first=5,
    )
    likely_services = answered(
        list[LikelyService],
        "Services that a text is likely to be about, the likeliest first: those of projects like it,"
        " and those that it names. Nothing of the text is kept.",
        {"text": str, "title": str | None, "first": int},
        first=5,
    )
    likely_skills = answered(
        list[LikelySkill],
        "Skills that a project of this text is likely to look for, the likeliest first: those that"
        " projects like it look for, and those that it names. Nothing of the text is kept.",
        {"text": str, "title": str | None, "first": int},
        first=5,
    )
    weighed = answered(
        Weighed,
        "What of a text counts when projects like it are looked for. Nothing of the text is kept.",
        {"text": str, "title": str | None},
    )
    search = answered(
        SearchResults,
        "What a few words find: whole ones, the beginning of the last, and mistyped ones. Nothing"
        " of the text is kept. `ofEach` is the most hits of one kind.",
        {
            "text": str,
            "kinds": list[SearchKind] | None,
            "filter": SearchFilter | None,
            "first": int,
            "of_each": int | None,
        },
        first=10,
    )
    experts = listing(
        Holder,
        "People who have a skill, at a level or above it, the best first; nobody, for callers not"
        " signed in.",
        {"skill": strawberry.ID},
        level=(SkillLevel, SkillLevel.AWARENESS),
    )
    similar_councils = listing(
        CouncilLikeness,
        "Councils that have most in common with one: projects that are alike count twice, services"
        " that both work on once.",
        {"council": strawberry.ID},
    )
    demand = listing(
        Demand, "Skills that projects look for or people have, those most looked for first."
    )
    changes = listing(
        Change,
        "Projects of which anything changed since a moment, the latest first; `kinds` says what.",
        {"since": Instant},
    )
    coverage = answered(
        Coverage,
        "What is missing, among the councils of a region, a nation and a tier; regions and nations"
        " as Council has them, and as its facets list them. Joint bodies do not count as councils.",
        {"region": str | None, "nation": str | None, "tier": Tier | None},
    )
    network = answered(
        Network,
        "Councils and what joins them: projects on which two work together, and projects of two"
        " that are alike (for callers who are signed in).",
        {"region": str | None, "service": strawberry.ID | None, "phase": Phase | None},
    )
    edition: Edition
