"""Introductions that an answer could not make: the project of one side was hidden when it came."""

from typing import TYPE_CHECKING

from graph import deliveries, proposals

if TYPE_CHECKING:
    from backend.product import Product


async def catch_up(product: "Product", project: str | None = None) -> int:
    """Introduce who said yes and is put together now, of one project or all; return how many letters."""
    due = await product.graph.read(proposals.due, project=project)
    made = [
        await product.graph.write(proposals.catch_up, proposal=one, now=product.now) for one in due
    ]
    revived = await product.graph.write(deliveries.revive, project=project)
    letters = sum(len(one.deliveries) for one in made) + revived
    if letters:
        product.introduced.set()
    return letters
