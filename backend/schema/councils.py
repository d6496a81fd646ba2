"""Councils, and the few joint bodies that lead projects."""

import strawberry

from backend.schema.fields import Node, listing
from backend.schema.nouns import APractitioner, AProject
from backend.schema.words import CouncilKind, Tier


@strawberry.type(description="A principal local authority, or a joint body that leads projects.")
class Council(Node):
    id: strawberry.ID = strawberry.field(description="`council-` and the code.")
    code: str = strawberry.field(description="Three letters of the mySociety list, such as DEV.")
    name: str
    short_name: str
    kind: CouncilKind
    tier: Tier | None
    type: str | None = strawberry.field(description="Such as London borough.")
    nation: str | None
    region: str | None
    county: str | None = strawberry.field(description="Of a district, the county it lies in.")
    gss_code: str | None = strawberry.field(description="Today's code of its boundary.")
    website: str | None
    population: int | None
    area_sq_km: float | None
    latitude: float | None = strawberry.field(description="Of a point near its middle.")
    longitude: float | None
    is_mine: bool = strawberry.field(description="Whether you work for it.")
    projects = listing(AProject, "Projects that it leads.")
    partner_projects = listing(AProject, "Projects of others in which it is a partner.")
    people = listing(APractitioner, "Its people here; nobody, for callers not signed in.")
