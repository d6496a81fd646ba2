"""API tokens: by which a person's scripts are known."""

import strawberry

from backend.schema.fields import Node
from backend.schema.scalars import Instant
from backend.schema.words import Scope


@strawberry.type(
    description="An API token of yours, without its secret, which is shown once, when it is made."
)
class Token(Node):
    id: strawberry.ID
    name: str = strawberry.field(description="What it is for, in your words.")
    scope: Scope
    made_at: Instant
    ends_at: Instant
    used_at: Instant | None = strawberry.field(
        description="When it last asked, to within five minutes; null if it never has."
    )
    revoked_at: Instant | None
    is_live: bool = strawberry.field(
        description="Whether it still opens anything: not revoked, not ended, and you still work"
        " where you worked when it was made."
    )
