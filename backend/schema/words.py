"""The enumerations, stored in the graph as GraphQL prints them."""

from enum import Enum

import strawberry
from strawberry import enum_value


@strawberry.enum(description="Whether a body is a council, or a joint body that leads projects.")
class CouncilKind(Enum):
    COUNCIL = enum_value("COUNCIL", description="A principal local authority.")
    PARTNERSHIP = enum_value("PARTNERSHIP", description="A joint body.")


@strawberry.enum(description="Which tier of local government a council is, or provides a service.")
class Tier(Enum):
    COUNTY = enum_value("COUNTY", description="Upper tier.")
    DISTRICT = enum_value("DISTRICT", description="Lower tier.")
    SINGLE_TIER = enum_value("SINGLE_TIER", description="Does the work of both tiers.")
    ALL = enum_value("ALL", description="Of a service: every council provides it.")


@strawberry.enum(description="How far a project is.")
class Phase(Enum):
    IDEA = enum_value("IDEA", description="Not started.")
    DISCOVERY = enum_value("DISCOVERY", description="Understanding the problem.")
    ALPHA = enum_value("ALPHA", description="Trying out ways to solve it.")
    BETA = enum_value("BETA", description="Building it with real users.")
    LIVE = enum_value("LIVE", description="In use.")
    RETIRED = enum_value("RETIRED", description="Was in use and no longer is.")
    STOPPED = enum_value("STOPPED", description="Ended before it was in use.")


@strawberry.enum(description="Who may see a project.")
class Audience(Enum):
    COUNCIL = enum_value("COUNCIL", description="People of the leading council.")
    PARTNERS = enum_value(
        "PARTNERS", description="People of the leading council and its named partners."
    )
    NETWORK = enum_value("NETWORK", description="Everybody who is signed in.")
    PUBLIC = enum_value("PUBLIC", description="Everybody.")


@strawberry.enum(description="How long ago a council said that what is told of a project is true.")
class Freshness(Enum):
    FRESH = enum_value("FRESH", description="In the last 60 days.")
    AGEING = enum_value("AGEING", description="60 to 120 days ago.")
    QUIET = enum_value("QUIET", description="Longer ago than that.")
    NEVER = enum_value("NEVER", description="Never: it was read from a public page.")


@strawberry.enum(description="How far a council would go with another.")
class Openness(Enum):
    SHARE_IDEAS = enum_value("SHARE_IDEAS", description="Happy to share ideas.")
    OPEN_TO_CONVERSATION = enum_value(
        "OPEN_TO_CONVERSATION", description="Happy to talk about working together."
    )
    SHARE_FUNDING = enum_value(
        "SHARE_FUNDING", description="Looking for partners who share the cost."
    )


@strawberry.enum(description="The four levels of the Government Digital and Data framework.")
class SkillLevel(Enum):
    AWARENESS = enum_value("AWARENESS", description="Knows what it is about.")
    WORKING = enum_value("WORKING", description="Does it with some support.")
    PRACTITIONER = enum_value("PRACTITIONER", description="Does it unaided and helps others.")
    EXPERT = enum_value("EXPERT", description="Leads and sets the standard.")


@strawberry.enum(description="What a match is good for, from the side that is asked.")
class MatchKind(Enum):
    BUILD_TOGETHER = enum_value(
        "BUILD_TOGETHER", description="Both are before live, and at the same time: build it once."
    )
    LEARN_FROM = enum_value(
        "LEARN_FROM", description="The other side is ahead: ask what they learnt."
    )
    ADOPT = enum_value("ADOPT", description="The other side has something to reuse.")


@strawberry.enum(description="A match's probability in a word.")
class Strength(Enum):
    STRONG = enum_value("STRONG", description="Very likely the same work.")
    GOOD = enum_value("GOOD", description="Likely.")
    WEAK = enum_value("WEAK", description="Below the threshold.")


@strawberry.enum(
    description="A proposal as your own side sees it; the other side's refusals never show."
)
class ProposalStatus(Enum):
    WAITING = enum_value("WAITING", description="Your council has not answered.")
    ANSWERED = enum_value("ANSWERED", description="Your council said yes; the other side has not.")
    RESTING = enum_value("RESTING", description="Your council said not now; it comes back.")
    CLOSED = enum_value("CLOSED", description="Your council said not for us.")
    INTRODUCED = enum_value("INTRODUCED", description="Both said yes.")


@strawberry.enum(description="A council's answer to a proposal.")
class Reply(Enum):
    INTERESTED = enum_value("INTERESTED", description="Yes.")
    NOT_NOW = enum_value("NOT_NOW", description="Ask again later.")
    NOT_FOR_US = enum_value("NOT_FOR_US", description="Do not ask again.")


@strawberry.enum(description="How often a person gets the letter.")
class Letters(Enum):
    WEEKLY = enum_value("WEEKLY", description="Once a week.")
    NONE = enum_value("NONE", description="Never.")


@strawberry.enum(description="What is asked about a project that its council has not confirmed.")
class Wish(Enum):
    CLAIM = enum_value("CLAIM", description="It is ours.")
    CORRECT = enum_value("CORRECT", description="It is wrong.")
    REMOVE = enum_value("REMOVE", description="Take it away.")


@strawberry.enum(description="How an operator settles a request.")
class Verdict(Enum):
    GRANT = enum_value("GRANT", description="Do it.")
    DECLINE = enum_value("DECLINE", description="Leave it.")


@strawberry.enum(description="Who else may read a question that somebody keeps.")
class SharedWith(Enum):
    NOBODY = enum_value("NOBODY", description="Whoever keeps it alone.")
    COUNCIL = enum_value("COUNCIL", description="People of the council that they share it with.")
    NETWORK = enum_value("NETWORK", description="Everybody who is signed in.")


@strawberry.enum(description="What a person is here to do.")
class Role(Enum):
    PRACTITIONER = enum_value("PRACTITIONER", description="Works in a council's digital team.")
    COUNCIL_LEAD = enum_value("COUNCIL_LEAD", description="Answers for what a council shares.")
    PROGRAMME_MANAGER = enum_value(
        "PROGRAMME_MANAGER", description="Brokers introductions across the network."
    )
    OPERATOR = enum_value("OPERATOR", description="Runs the service.")


@strawberry.enum(description="What an API token may do.")
class Scope(Enum):
    READ = enum_value("READ", description="Ask what its person may see.")
    WRITE = enum_value(
        "WRITE", description="Also change what its person may change; it makes no tokens."
    )


@strawberry.enum(description="Whether the law makes a council provide a service.")
class Duty(Enum):
    DUTY = enum_value("DUTY", description="Must.")
    POWER = enum_value("POWER", description="May.")
    UNKNOWN = enum_value("UNKNOWN", description="Not known to us.")
