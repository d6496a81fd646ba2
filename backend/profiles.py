"""What people say of their work, as the matcher reads a text.

Everybody who is signed in may read a profile, so everybody's stands beside projects alike.
"""

from typing import TYPE_CHECKING
from unicodedata import normalize

from graph import people
from matching import stems

if TYPE_CHECKING:
    from backend.product import Product

BATCH = 1000  # people of a transaction
# What a job title says of somebody's rank, and not of the work.
RANKS = frozenset(
    stems("assistant chief deputy director head junior lead leader manager principal senior")
)


def stems_of(job: str | None, about: str | None) -> list[str]:
    """The stems of a job title and of what somebody says about themselves, each once."""
    title, text = (stems(normalize("NFC", one or "")) for one in (job, about))
    return sorted({*title} - RANKS | {*text})


async def bring_up(product: "Product") -> None:
    """Read the profiles that were written before, or beside, a site that reads them."""
    while rows := await product.graph.read(people.unread, most=BATCH):
        read = [{"id": row["id"], "stems": stems_of(row["jobTitle"], row["about"])} for row in rows]
        await product.graph.write(people.read, rows=read)
