"""What a match is good for, how the two lie in time, and what differs: shown, never scored."""

from matching.documents import Document

ORDER = ("IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED")
BEFORE_LIVE = frozenset(ORDER[:4])
ENDED = frozenset({"RETIRED", "STOPPED"})
REUSABLE = frozenset({"OPEN_TO_CONVERSATION", "SHARE_FUNDING"})
IN_PHASE = {
    "IDEA": "at the idea stage",
    "DISCOVERY": "in discovery",
    "ALPHA": "in alpha",
    "BETA": "in beta",
    "LIVE": "live",
}
HAS = {"RETIRED": "has been retired", "STOPPED": "has stopped"}
TIERS = {"COUNTY": "a county", "DISTRICT": "a district", "SINGLE_TIER": "single-tier"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def kind(ours: Document, theirs: Document) -> str:
    """Say what the side that asks could do with the match.

    BUILD_TOGETHER when both are before live and their dates meet; ADOPT when ours is before live
    and the other is live and open to a conversation; else LEARN_FROM. An unknown date counts as no
    overlap: councils gain from building together only while both do.
    """
    if ours.phase in BEFORE_LIVE and theirs.phase in BEFORE_LIVE:
        return "BUILD_TOGETHER" if windows_meet(ours, theirs) else "LEARN_FROM"
    if ours.phase in BEFORE_LIVE and theirs.phase == "LIVE" and theirs.openness in REUSABLE:
        return "ADOPT"
    return "LEARN_FROM"


def area(ours: Document, theirs: Document) -> str:
    """One sentence on what the councils may become together; empty if they share no county.

    England's councils of two tiers are being reorganised into single ones: English Devolution
    White Paper, December 2024, CP 1218.
    """
    if ours.area is None or ours.area != theirs.area:
        return ""
    return (
        f"Both work in the area of {ours.area}, where two tiers are to become one:"
        " this may be one council’s work soon."
    )


def windows_meet(ours: Document, theirs: Document) -> bool | None:
    """Tell whether two known windows overlap; None if a date that it takes is unknown."""
    if not (ours.starts and ours.ends and theirs.starts and theirs.ends):
        return None
    return max(ours.starts, theirs.starts) <= min(ours.ends, theirs.ends)


def month(day: str) -> str:
    return f"{MONTHS[int(day[5:7]) - 1]} {day[:4]}"


def timing(ours: Document, theirs: Document) -> str:
    """One sentence on how the two lie in time; an unknown date counts as no overlap."""
    if not ours.phase or not theirs.phase:
        return "The phases are not both known."
    if ENDED & {ours.phase, theirs.phase}:
        return ended(ours.phase, theirs.phase)
    here, there = IN_PHASE[ours.phase], IN_PHASE[theirs.phase]
    if ours.phase != theirs.phase:
        ahead = ORDER.index(theirs.phase) > ORDER.index(ours.phase)
        if ahead:
            return f"They are ahead: theirs is {there}, yours {here}."
        return f"You are ahead: yours is {here}, theirs {there}."
    return same_phase(ours, theirs, here)


def ended(ours: str, theirs: str) -> str:
    """Nobody is ahead of work that has ended."""
    if ours in ENDED and theirs in ENDED:
        return "Both have ended."
    if theirs in ENDED:
        return f"Theirs {HAS[theirs]}; yours is {IN_PHASE[ours]}."
    return f"Yours {HAS[ours]}; theirs is {IN_PHASE[theirs]}."


def same_phase(ours: Document, theirs: Document, here: str) -> str:
    meets = windows_meet(ours, theirs)
    if meets:
        return (
            f"Both are {here}, and overlap until {month(min(ours.ends or '', theirs.ends or ''))}."
        )
    if meets is False:
        return f"Both are {here}, but at different times."
    return f"Both are {here}; not all dates are known."


def differences(ours: Document, theirs: Document, mine: list[str], others: list[str]) -> list[str]:
    """Say in sentences what differs; `mine` and `others` are words that only one side uses."""
    found = []
    if ours.tier and theirs.tier and ours.tier != theirs.tier:
        found.append(
            f"You are {TIERS.get(ours.tier, ours.tier)}; they are {TIERS.get(theirs.tier, theirs.tier)}."
        )
    if ours.service_name and theirs.service_name and ours.service != theirs.service:
        found.append(
            f"Yours is about {lower(ours.service_name)}; theirs about {lower(theirs.service_name)}."
        )
    if mine:
        found.append(f"Only yours mentions {listed(mine)}.")
    if others:
        found.append(f"Only theirs mentions {listed(others)}.")
    return found


def lower(name: str) -> str:
    """Lower the first letter, unless an acronym starts the name."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def listed(words: list[str]) -> str:
    """Words in quotation marks, since they may be of any part of speech."""
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
