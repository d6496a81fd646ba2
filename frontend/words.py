"""What GraphQL's enum values are called in pages and letters, in lower case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from frontend.language import N_, _

WORDS: Mapping[str, Mapping[str, str]] = {
    "phase": {
        "IDEA": N_("idea"),
        "DISCOVERY": N_("discovery"),
        "ALPHA": N_("alpha"),
        "BETA": N_("beta"),
        "LIVE": N_("live"),
        "RETIRED": N_("retired"),
        "STOPPED": N_("stopped"),
    },
    "phase_hint": {
        "IDEA": N_("nothing has started yet"),
        "DISCOVERY": N_("finding out what the problem is"),
        "ALPHA": N_("trying out different answers"),
        "BETA": N_("building the answer and letting some people use it"),
        "LIVE": N_("everyone it is for can use it"),
        "RETIRED": N_("it was live and has been replaced or closed"),
        "STOPPED": N_("it ended before it was live"),
    },
    "tier": {
        "COUNTY": N_("county"),
        "DISTRICT": N_("district"),
        "SINGLE_TIER": N_("single-tier"),
        "ALL": N_("every tier"),
    },
    "provider": {
        "COUNTY": N_("county or single-tier councils"),
        "DISTRICT": N_("district or single-tier councils"),
        "SINGLE_TIER": N_("single-tier councils"),
        "ALL": N_("every kind of council"),
    },
    "council_kind": {"COUNCIL": N_("council"), "PARTNERSHIP": N_("partnership")},
    "audience": {
        "COUNCIL": N_("your own council"),
        "PARTNERS": N_("your council and named partners"),
        "NETWORK": N_("everybody who signs in"),
        "PUBLIC": N_("anyone"),
    },
    "openness": {
        "SHARE_IDEAS": N_("sharing ideas"),
        "OPEN_TO_CONVERSATION": N_("open to conversation"),
        "SHARE_FUNDING": N_("open to sharing funding"),
    },
    "freshness": {
        "FRESH": N_("in the last 60 days"),
        "AGEING": N_("60 to 120 days ago"),
        "QUIET": N_("longer ago"),
        "NEVER": N_("never"),
    },
    "shown_to": {
        "COUNCIL": N_("its own council"),
        "PARTNERS": N_("its council and partners"),
        "NETWORK": N_("the network"),
        "PUBLIC": N_("anyone"),
    },
    "shared_with": {
        "NOBODY": N_("only me"),
        "COUNCIL": N_("my council"),
        "NETWORK": N_("everybody who signs in"),
    },
    "change": {
        "ADDED": N_("added"),
        "CONFIRMED": N_("confirmed by its council"),
        "MOVED": N_("went on to another phase"),
        "CHANGED": N_("changed"),
    },
    "level": {
        "AWARENESS": N_("awareness"),
        "WORKING": N_("working"),
        "PRACTITIONER": N_("practitioner"),
        "EXPERT": N_("expert"),
    },
    "search_kind": {
        "PROJECT": N_("projects"),
        "COUNCIL": N_("councils"),
        "SERVICE": N_("services"),
        "SKILL": N_("skills"),
        "PERSON": N_("people"),
    },
    "match_kind": {
        "BUILD_TOGETHER": N_("build together"),
        "LEARN_FROM": N_("learn from each other"),
        "ADOPT": N_("take up what they have"),
    },
    "strength": {
        "STRONG": N_("strong match"),
        "GOOD": N_("good match"),
        "WEAK": N_("weaker likeness"),
    },
    "duty": {
        "DUTY": N_("statutory duty"),
        "POWER": N_("power, not a duty"),
        "UNKNOWN": N_("not known"),
    },
    "role": {
        "PRACTITIONER": N_("practitioner"),
        "COUNCIL_LEAD": N_("council lead"),
        "PROGRAMME_MANAGER": N_("programme manager"),
        "OPERATOR": N_("operator"),
    },
    "reply": {
        "INTERESTED": N_("interested"),
        "NOT_NOW": N_("not now"),
        "NOT_FOR_US": N_("not for us"),
    },
    "scope": {
        "READ": N_("ask what you may see"),
        "WRITE": N_("also change what you may change"),
    },
    "wish": {
        "CLAIM": N_("claim it"),
        "CORRECT": N_("correct it"),
        "REMOVE": N_("remove it"),
    },
    "verdict": {"GRANT": N_("granted"), "DECLINE": N_("declined")},
    "proposal": {
        "WAITING": N_("waits for your answer"),
        "ANSWERED": N_("you have answered"),
        "RESTING": N_("resting"),
        "CLOSED": N_("closed"),
        "INTRODUCED": N_("introduced"),
    },
}


def _word(words: Mapping[str, str], value: str) -> str:
    # a value that is newer than this page is still a word
    return _(words.get(value) or value.replace("_", " ").lower())


# one filter a kind of value: `project.phase | phase`
FILTERS: Mapping[str, Callable[[str], str]] = {
    kind: partial(_word, words) for kind, words in WORDS.items()
}
