"""Questions that are ready to be asked, for somebody who has not asked one yet."""

from __future__ import annotations

from frontend.language import N_

READY: tuple[tuple[str, str], ...] = (
    (
        N_("Which projects that are not live yet speak of planning?"),
        "what=projects&text=planning&phase=IDEA&phase=DISCOVERY&phase=ALPHA&phase=BETA",
    ),
    (
        N_("What ends within a year?"),
        "what=projects&endsFrom=today&endsUntil=in+12+months&column=title&column=lead&column=ends",
    ),
    (N_("Which services has nobody started on?"), "what=services&projects=none&current=yes"),
    (
        N_("Which councils lead no project yet, by region?"),
        "what=councils&projects=none&kind=COUNCIL&by=region&show=chart",
    ),
    (N_("How many projects are in each phase?"), "what=projects&by=phase&show=chart"),
    (
        N_("Which projects has nobody confirmed, or nobody lately?"),
        "what=projects&freshness=QUIET&freshness=NEVER&order=CONFIRMED_AT&turned=yes",
    ),
    (N_("Who would share funding?"), "what=projects&openness=SHARE_FUNDING"),
    (
        N_("Which skills do projects look for that nobody has?"),
        "what=skills&people=none&needed=some",
    ),
    (
        N_("Who does user research at practitioner level or above?"),
        "what=people&skill=user+research&level=PRACTITIONER",
    ),
    (
        N_("Which councils are joined by work on school meals?"),
        "what=projects&text=school+meals&show=network",
    ),
    (N_("What was stopped or retired?"), "what=projects&phase=RETIRED&phase=STOPPED"),
)
