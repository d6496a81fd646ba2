"""Questions that are ready to be asked, for somebody who has not asked one yet."""

from __future__ import annotations

from frontend.language import N_

READY: tuple[tuple[str, str], ...] = (
    (
        N_("Which councils start work on their planning system within a year?"),
        "what=councils&about=planning&startsFrom=today&startsUntil=in+12+months",
    ),
    (
        N_("Which services that are a duty have no project?"),
        "what=services&projects=none&duty=DUTY",
    ),
    (
        N_("Which councils lead no project yet, by region?"),
        "what=councils&projects=none&by=region&show=chart",
    ),
    (N_("What is everybody working on, by phase?"), "what=projects&by=phase&show=chart"),
    (
        N_("Which confirmed projects have gone quiet?"),
        "what=projects&freshness=AGEING&freshness=QUIET&confirmed=yes&order=CONFIRMED_AT&turned=yes",
    ),
    (N_("Who would share funding?"), "what=projects&openness=SHARE_FUNDING"),
    (
        N_("Which skills do projects look for that nobody has?"),
        "what=skills&people=none&needed=some",
    ),
    (
        N_("Who does service design at practitioner level or above?"),
        "what=people&skill=service+design&level=PRACTITIONER",
    ),
    (
        N_("Which councils are joined by work on free school meals?"),
        "what=projects&text=school+meals&show=network",
    ),
    (N_("What stopped or was retired?"), "what=projects&phase=RETIRED&phase=STOPPED"),
)
