"""What GraphQL's enum values are called in pages and letters, in lower case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

WORDS: Mapping[str, Mapping[str, str]] = {
    "phase": {
        "IDEA": "idea",
        "DISCOVERY": "discovery",
        "ALPHA": "alpha",
        "BETA": "beta",
        "LIVE": "live",
        "RETIRED": "retired",
        "STOPPED": "stopped",
    },
    "phase_hint": {
        "IDEA": "nothing has started yet",
        "DISCOVERY": "finding out what the problem is",
        "ALPHA": "trying out different answers",
        "BETA": "building the answer and letting some people use it",
        "LIVE": "everyone it is for can use it",
        "RETIRED": "it was live and has been replaced or closed",
        "STOPPED": "it ended before it was live",
    },
    "tier": {
        "COUNTY": "county",
        "DISTRICT": "district",
        "SINGLE_TIER": "single-tier",
        "ALL": "every tier",
    },
    "provider": {
        "COUNTY": "county or single-tier councils",
        "DISTRICT": "district or single-tier councils",
        "SINGLE_TIER": "single-tier councils",
        "ALL": "every kind of council",
    },
    "council_kind": {"COUNCIL": "council", "PARTNERSHIP": "partnership"},
    "audience": {
        "COUNCIL": "your own council",
        "PARTNERS": "your council and named partners",
        "NETWORK": "everyone who signs in to Tandem",
        "PUBLIC": "anyone",
    },
    "openness": {
        "SHARE_IDEAS": "sharing ideas",
        "OPEN_TO_CONVERSATION": "open to conversation",
        "SHARE_FUNDING": "open to sharing funding",
    },
    "level": {
        "AWARENESS": "awareness",
        "WORKING": "working",
        "PRACTITIONER": "practitioner",
        "EXPERT": "expert",
    },
    "match_kind": {
        "BUILD_TOGETHER": "build together",
        "LEARN_FROM": "learn from them",
        "ADOPT": "take up what they have",
    },
    "strength": {"STRONG": "strong match", "GOOD": "good match", "WEAK": "weaker likeness"},
    "duty": {"DUTY": "statutory duty", "POWER": "power, not a duty", "UNKNOWN": "not known"},
    "role": {
        "PRACTITIONER": "practitioner",
        "COUNCIL_LEAD": "council lead",
        "PROGRAMME_MANAGER": "programme manager",
        "OPERATOR": "operator",
    },
    "reply": {
        "INTERESTED": "interested",
        "NOT_NOW": "not now",
        "NOT_FOR_US": "not for us",
    },
    "wish": {
        "CLAIM": "claim it",
        "CORRECT": "correct it",
        "REMOVE": "remove it",
    },
    "verdict": {"GRANT": "granted", "DECLINE": "declined"},
    "proposal": {
        "WAITING": "waits for your answer",
        "ANSWERED": "you have answered",
        "RESTING": "resting",
        "CLOSED": "closed",
        "INTRODUCED": "introduced",
    },
}


def filters(gettext: Callable[[str], str]) -> Mapping[str, Callable[[str], str]]:
    """One filter a kind of value: `project.phase | phase`."""
    return {kind: partial(_word, gettext, words) for kind, words in WORDS.items()}


def _word(gettext: Callable[[str], str], words: Mapping[str, str], value: str) -> str:
    # a value that is newer than this page is still a word
    return gettext(words.get(value) or value.replace("_", " ").lower())
