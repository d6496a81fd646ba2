"""Questions that people keep: a name for an address of the page that asks them."""

import strawberry

from backend.schema.fields import Node
from backend.schema.people import Practitioner
from backend.schema.scalars import Instant
from backend.schema.words import SharedWith


@strawberry.type(description="A question of Explore that somebody keeps under a name.")
class Question(Node):
    id: strawberry.ID
    name: str
    address: str = strawberry.field(
        description="What follows `/explore?`, such as what=projects&phase=ALPHA."
    )
    shared_with: SharedWith
    made_at: Instant
    changed_at: Instant
    is_mine: bool = strawberry.field(description="Whether you keep it: nobody else changes it.")
    keeper: Practitioner
