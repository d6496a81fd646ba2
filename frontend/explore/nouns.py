"""Everything that can be asked for, by the name that an address gives it."""

from __future__ import annotations

from collections.abc import Mapping

from frontend.explore.councils import COUNCILS
from frontend.explore.kinds import Noun
from frontend.explore.people import PEOPLE
from frontend.explore.projects import PROJECTS
from frontend.explore.services import SERVICES, SKILLS

NOUNS: Mapping[str, Noun] = {
    one.name: one for one in (PROJECTS, COUNCILS, PEOPLE, SERVICES, SKILLS)
}
