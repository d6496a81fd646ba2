"""A match as the graph keeps it: one relationship a pair, told from both sides."""

import math
import uuid
from collections.abc import Sequence
from typing import Any

from matching import Match

NAMESPACE = uuid.UUID("6f0d3a52-7d0e-5a6e-9d6b-3c7f0a6f2c11")


def match_id(a: str, b: str) -> str:
    """Name the pair of two projects for ever."""
    return f"match-{uuid.uuid5(NAMESPACE, ' '.join(sorted((a, b))))}"


def percents(shares: Sequence[float]) -> list[int]:
    """Whole hundredths that add up to 100, by largest remainder."""
    total = sum(shares)
    if total <= 0:
        return [0 for _ in shares]
    exact = [100 * share / total for share in shares]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in by_remainder[: 100 - sum(whole)]:
        whole[at] += 1
    return whole


def common(match: Match) -> dict[str, Any]:
    """The part of a match that reads the same from both sides."""
    shares = [term.share for term in match.terms]
    *parts, rest, lift = percents([*shares, match.rest, max(match.lift, 0.0)])
    longest = max([*parts, rest, lift, 1])
    return {
        "score": match.score,
        "probability": match.probability,
        "weaker": match.weaker,
        "words": [term.word for term in match.terms],
        "shares": shares,
        "percents": parts,
        "widths": [round(100 * part / longest) for part in parts],
        "rest": match.rest,
        "restCount": match.rest_count,
        "restPercent": rest,
        "lift": match.lift,
        "liftPercent": lift,
        "theme": match.theme,
        "throughId": match.through,
        "sameService": match.same_service,
        "area": match.area,
    }


def properties(there: Match, back: Match, a: str, b: str) -> dict[str, Any]:
    """What is stored from the smaller id to the larger: `there` is told from the smaller's side."""
    return common(there) | {
        "id": match_id(a, b),
        "kindFrom": there.kind,
        "kindTo": back.kind,
        "timingFrom": there.timing,
        "timingTo": back.timing,
        "phrasesFrom": [term.ours for term in there.terms],
        "phrasesTo": [term.theirs for term in there.terms],
        "differencesFrom": list(there.differences),
        "differencesTo": list(back.differences),
    }


def hit(match: Match, rank: int) -> dict[str, Any]:
    """A row of what is like a text that was typed: told from the typist's side only."""
    return common(match) | {
        "rank": rank,
        "far": match.id,
        "id": f"match-of-draft-{rank}",
        "kindFrom": match.kind,
        "timingFrom": match.timing,
        "phrasesFrom": [term.ours for term in match.terms],
        "phrasesTo": [term.theirs for term in match.terms],
        "differencesFrom": list(match.differences),
    }
