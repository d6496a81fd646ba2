"""Names for types that refer to each other across modules, resolved when the schema is built."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from backend.schema.councils import Council
    from backend.schema.matches import Match
    from backend.schema.people import Practitioner
    from backend.schema.projects import Project
    from backend.schema.proposals import Proposal
    from backend.schema.services import Service
    from backend.schema.skills import Candidate, Holder, Holding, Need, Skill
    from backend.schema.tokens import Token

ACouncil = Annotated["Council", strawberry.lazy("backend.schema.councils")]
AMatch = Annotated["Match", strawberry.lazy("backend.schema.matches")]
APractitioner = Annotated["Practitioner", strawberry.lazy("backend.schema.people")]
AProject = Annotated["Project", strawberry.lazy("backend.schema.projects")]
AProposal = Annotated["Proposal", strawberry.lazy("backend.schema.proposals")]
AService = Annotated["Service", strawberry.lazy("backend.schema.services")]
ACandidate = Annotated["Candidate", strawberry.lazy("backend.schema.skills")]
ANeed = Annotated["Need", strawberry.lazy("backend.schema.skills")]
AHolding = Annotated["Holding", strawberry.lazy("backend.schema.skills")]
AHolder = Annotated["Holder", strawberry.lazy("backend.schema.skills")]
ASkill = Annotated["Skill", strawberry.lazy("backend.schema.skills")]
AToken = Annotated["Token", strawberry.lazy("backend.schema.tokens")]
