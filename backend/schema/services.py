"""Services of the Local Government Service List."""

import strawberry

from backend.schema.fields import Node, listing
from backend.schema.nouns import APractitioner, AProject
from backend.schema.words import Duty, Tier


@strawberry.type(description="An entry of the Local Government Service List.")
class Service(Node):
    id: strawberry.ID = strawberry.field(description="`service-` and the LGSL number.")
    lgsl: int
    name: str
    tier: Tier = strawberry.field(description="The tier that provides it.")
    duty: Duty
    current: bool = strawberry.field(description="Whether the list still has it.")
    projects = listing(AProject, "Projects about it.")
    people = listing(APractitioner, "People to whom it matters most.")
