"""What may be done. A mistake that a person can correct comes back as data, field by field."""

import strawberry

from backend.schema.fields import answered
from backend.schema.people import Practitioner
from backend.schema.projects import Project
from backend.schema.proposals import Proposal
from backend.schema.questions import Question
from backend.schema.requests import Request
from backend.schema.tokens import Token
from backend.schema.words import (
    Audience,
    Letters,
    Phase,
    Reply,
    Scope,
    SharedWith,
    SkillLevel,
    Verdict,
    Wish,
)


@strawberry.type(description="Something to correct: the argument, and what to do about it.")
class Mistake:
    field: str
    message: str


@strawberry.type
class ProjectPayload:
    project: Project | None
    errors: list[Mistake]


@strawberry.type
class PersonPayload:
    person: Practitioner | None
    errors: list[Mistake]


@strawberry.type
class ProposalPayload:
    proposal: Proposal | None
    errors: list[Mistake]


@strawberry.type
class RequestPayload:
    request: Request | None
    errors: list[Mistake]


@strawberry.type
class QuestionPayload:
    question: Question | None = strawberry.field(description="Null once it was taken away.")
    errors: list[Mistake]


@strawberry.type
class TokenPayload:
    token: Token | None
    secret: str | None = strawberry.field(
        description="What to send as `Authorization: Bearer …`. It is said once, in the answer to"
        " the call that made the token; null ever after."
    )
    errors: list[Mistake]


@strawberry.input(description="A skill that a project looks for; without a skill it says nothing.")
class NeedInput:
    skill: strawberry.ID | None = strawberry.UNSET
    level: SkillLevel | None = strawberry.field(
        default=strawberry.UNSET, description="PRACTITIONER, if it is left out."
    )


PROJECT_FIELDS = {
    "title": str,
    "summary": str,
    "phase": Phase,
    "service": strawberry.ID | None,
    "audience": Audience | None,
    "started_on": str | None,
    "ends_on": str | None,
    "needs": list[NeedInput] | None,
}


@strawberry.type(
    description="Every change is made once, however often it is sent with the same id. One that is"
    " refused is null, with its error; those beside it stand."
)
class Mutation:
    add_project = answered(
        ProjectPayload | None,
        "Add a project of your council. `id` is yours to make: `project-` and a UUID.",
        {"id": strawberry.ID, **PROJECT_FIELDS},
    )
    change_project = answered(
        ProjectPayload | None,
        "Change a project of your council, if it is still at `version`. What is left out becomes"
        " unknown; only the audience and the needs stay as they were.",
        {"id": strawberry.ID, "version": int, **PROJECT_FIELDS},
    )
    choose_services = answered(
        PersonPayload | None,
        "Say which services matter most to you: one to three.",
        {"services": list[strawberry.ID]},
    )
    choose_letters = answered(
        PersonPayload | None, "Say whether you want the weekly letter.", {"letters": Letters}
    )
    answer_proposal = answered(
        ProposalPayload | None,
        "Answer a proposal for your council. What belongs to another answer than the one that is"
        " given is left aside: a contact, `message` and `onlyIfAgree` to INTERESTED, `until` to NOT_NOW,"
        " `otherWork` to NOT_FOR_US.",
        {
            "id": strawberry.ID,
            "answer": Reply,
            "reason": str | None,
            "until": str | None,
            "only_if_agree": bool | None,
            "contact_name": str | None,
            "contact_email": str | None,
            "other_work": bool | None,
            "message": str | None,
        },
        other_work=False,
    )
    ask_about_project = answered(
        RequestPayload | None,
        "Claim, correct or remove a project that its council has not confirmed.",
        {"id": strawberry.ID, "project": strawberry.ID, "wish": Wish, "note": str | None},
    )
    settle_request = answered(
        RequestPayload | None,
        "For operators: grant or decline a request.",
        {"id": strawberry.ID, "verdict": Verdict},
    )
    save_question = answered(
        QuestionPayload | None,
        "Keep a question of Explore under a name. `id` is yours to make: `question-` and a UUID."
        " `address` is what follows `/explore?`.",
        {"id": strawberry.ID, "name": str, "address": str, "shared_with": SharedWith},
    )
    change_question = answered(
        QuestionPayload | None,
        "Rename a question that you keep, and say who else may read it.",
        {"id": strawberry.ID, "name": str, "shared_with": SharedWith},
    )
    end_question = answered(
        QuestionPayload | None,
        "Take a question away that you keep: nobody reads it from now on.",
        {"id": strawberry.ID},
    )
    make_token = answered(
        TokenPayload | None,
        "Make an API token of yours, for 1 to 366 days. `id` is yours to make: `token-` and a UUID;"
        " sent again, it makes no second token, and the secret is not said again.",
        {"id": strawberry.ID, "name": str, "scope": Scope, "days": int},
        scope=Scope.READ,
        days=90,
    )
    revoke_token = answered(
        TokenPayload | None,
        "End a token of yours, at once and for good.",
        {"id": strawberry.ID},
    )
