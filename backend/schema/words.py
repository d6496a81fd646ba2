"""The enumerations, stored in the graph as GraphQL prints them."""

from enum import Enum

import strawberry


def values(**meanings: str) -> dict[str, object]:
    return {
        name: strawberry.enum_value(name, description=meaning) for name, meaning in meanings.items()
    }


CouncilKind = strawberry.enum(
    Enum("CouncilKind", values(COUNCIL="A principal local authority.", PARTNERSHIP="A joint body.")),
    description="Whether a body is a council, or a joint body that leads projects.",
)
Tier = strawberry.enum(
    Enum(
        "Tier",
        values(
            COUNTY="Upper tier.",
            DISTRICT="Lower tier.",
            SINGLE_TIER="Does the work of both tiers.",
            ALL="Of a service: every council provides it.",
        ),
    ),
    description="Which tier of local government a council is, or provides a service.",
)
Phase = strawberry.enum(
    Enum(
        "Phase",
        values(
            IDEA="Not started.",
            DISCOVERY="Understanding the problem.",
            ALPHA="Trying out ways to solve it.",
            BETA="Building it with real users.",
            LIVE="In use.",
            RETIRED="Was in use and no longer is.",
            STOPPED="Ended before it was in use.",
        ),
    ),
    description="How far a project is.",
)
Audience = strawberry.enum(
    Enum(
        "Audience",
        values(
            COUNCIL="People of the leading council.",
            PARTNERS="People of the leading council and its named partners.",
            NETWORK="Everybody who is signed in.",
            PUBLIC="Everybody.",
        ),
    ),
    description="Who may see a project.",
)
Openness = strawberry.enum(
    Enum(
        "Openness",
        values(
            SHARE_IDEAS="Happy to share ideas.",
            OPEN_TO_CONVERSATION="Happy to talk about working together.",
            SHARE_FUNDING="Looking for partners who share the cost.",
        ),
    ),
    description="How far a council would go with another.",
)
SkillLevel = strawberry.enum(
    Enum(
        "SkillLevel",
        values(
            AWARENESS="Knows what it is about.",
            WORKING="Does it with some support.",
            PRACTITIONER="Does it unaided and helps others.",
            EXPERT="Leads and sets the standard.",
        ),
    ),
    description="The four levels of the Government Digital and Data framework.",
)
MatchKind = strawberry.enum(
    Enum(
        "MatchKind",
        values(
            BUILD_TOGETHER="Both are before live: build it once.",
            LEARN_FROM="The other side is ahead: ask what they learnt.",
            ADOPT="The other side has something to reuse.",
        ),
    ),
    description="What a match is good for, from the side that is asked.",
)
Strength = strawberry.enum(
    Enum(
        "Strength",
        values(STRONG="Very likely the same work.", GOOD="Likely.", WEAK="Below the threshold."),
    ),
    description="A match's probability in a word.",
)
ProposalStatus = strawberry.enum(
    Enum(
        "ProposalStatus",
        values(
            WAITING="Your council has not answered.",
            ANSWERED="Your council said yes; the other side has not.",
            RESTING="Your council said not now; it comes back.",
            CLOSED="Your council said not for us.",
            INTRODUCED="Both said yes.",
        ),
    ),
    description="A proposal as your own side sees it; the other side's refusals never show.",
)
Reply = strawberry.enum(
    Enum(
        "Reply",
        values(INTERESTED="Yes.", NOT_NOW="Ask again later.", NOT_FOR_US="Do not ask again."),
    ),
    description="A council's answer to a proposal.",
)
Letters = strawberry.enum(
    Enum("Letters", values(WEEKLY="Once a week.", NONE="Never.")),
    description="How often a person gets the letter.",
)
Wish = strawberry.enum(
    Enum(
        "Wish",
        values(CLAIM="It is ours.", CORRECT="It is wrong.", REMOVE="Take it away."),
    ),
    description="What is asked about a project that its council has not confirmed.",
)
Verdict = strawberry.enum(
    Enum("Verdict", values(GRANT="Do it.", DECLINE="Leave it.")),
    description="How an operator settles a request.",
)
Role = strawberry.enum(
    Enum(
        "Role",
        values(
            PRACTITIONER="Works in a council's digital team.",
            COUNCIL_LEAD="Answers for what a council shares.",
            PROGRAMME_MANAGER="Brokers introductions across the network.",
            OPERATOR="Runs the service.",
        ),
    ),
    description="What a person is here to do.",
)
Duty = strawberry.enum(
    Enum("Duty", values(DUTY="Must.", POWER="May.", UNKNOWN="Not known to us.")),
    description="Whether the law makes a council provide a service.",
)
