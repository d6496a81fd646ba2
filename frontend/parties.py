"""Who is on the other sides of a proposal, by name: what pages and letters say alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from frontend.phrases import listed


def keen(parties: Iterable[Any]) -> str:
    """Those who let it be known that they would like to talk."""
    return listed(councils(party for party in parties if party.wouldLikeToTalk))


def councils(parties: Iterable[Any]) -> list[str]:
    """Their councils by name, one that has come to lead two of the projects once."""
    return list(dict.fromkeys(party.project.lead.shortName for party in parties))


def met(contacts: Iterable[Any]) -> list[str]:
    """The councils to which ours was introduced."""
    return [contact.council for contact in contacts if not contact.isOurs]


def strongest_first(proposals: Iterable[Any]) -> list[Any]:
    """Those that another side said yes to, then the likeliest."""

    def order(proposal: Any) -> tuple[bool, int]:
        likely = proposal.match.outOfHundred if proposal.match else 0
        return (not proposal.theyWouldLikeToTalk, -likely)

    return sorted(proposals, key=order)


FILTERS: Mapping[str, Callable[..., object]] = {
    "councils": councils,
    "keen": keen,
    "met": met,
    "strongest_first": strongest_first,
}
