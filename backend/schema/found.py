"""What the finder and the matcher find beside the graph, handed to the compiled read as rows."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from backend.drafts import Drafts
from backend.likely import Likely, services, skills
from backend.matches import hit, percents
from backend.product import NOBODYS, Product, Viewer
from backend.schema.refusals import bad_input
from backend.schema.search import SearchKind
from graph.selections import Selection
from matching import Findings, Hit, Wish

KINDS = [kind.name for kind in SearchKind]
NO_HIT = Hit(NOBODYS, "", 0.0, ())
FACTS = {
    "phases": "phase",
    "regions": "region",
    "councils": "council",
    "services": "service",
    "tiers": "tier",
}


def one_of(fields: Sequence[Selection], name: str) -> Selection | None:
    """The one root field of that name.

    Raises:
        GraphQLError: there are several; they would need a list of rows each.
    """
    asked = [one for one in fields if one.field == name]
    if len(asked) > 1:
        raise bad_input(f"Ask {name} once in a question.")
    return asked[0] if asked else None


def typed(given: Mapping[str, Any]) -> str:
    """What was typed, its title first."""
    return "\n".join(filter(None, [given.get("title"), given["text"]]))


async def drafted(product: Product, viewer: Viewer, fields: Sequence[Selection]) -> dict[str, Any]:
    """What is said of texts that were typed, by the index that this viewer's kind may see.

    `similarTo` comes last: beside suggestions a page shows the first of what these found.
    """
    drafts = Drafts(product.index.held.open_to(signed_in=viewer.is_signed_in), viewer.council)
    return {
        **await likely(product, drafts, fields),
        **await alike(drafts, fields),
        **await weighed(drafts, fields),
    }


async def alike(drafts: Drafts, fields: Sequence[Selection]) -> dict[str, Any]:
    """The projects that are like a text."""
    asked = one_of(fields, "similarTo")
    if asked is None:
        return {}
    first = asked.arguments["first"]
    found = await drafts.nearest(typed(asked.arguments), first)
    hits = [hit(match, rank) for rank, match in enumerate(found, start=1)]
    nothing = [{"far": NOBODYS, "rank": rank} for rank in range(len(hits), first)]
    return {"hits": [*hits, *nothing]}  # filled up, as the rows of a search are below


async def likely(product: Product, drafts: Drafts, fields: Sequence[Selection]) -> dict[str, Any]:
    """What services and skills a text is likely to be about, each with what speaks for it."""
    found: dict[str, Any] = {}
    for name, suggest in (("likelyServices", services), ("likelySkills", skills)):
        asked = one_of(fields, name)
        if asked is not None:
            first = asked.arguments["first"]
            best = (await suggest(product, drafts, typed(asked.arguments)))[:first]
            nothing = [Likely(NOBODYS)] * (first - len(best))
            found[name] = [one.row(rank) for rank, one in enumerate([*best, *nothing])]
    return found


async def weighed(drafts: Drafts, fields: Sequence[Selection]) -> dict[str, Any]:
    """What of a text counts."""
    asked = one_of(fields, "weighed")
    if asked is None:
        return {}
    told = await drafts.weighed(typed(asked.arguments))
    *parts, rest, strange = percents([*(part for _, part in told.words), told.rest, told.strange])
    return {
        "weighedWords": [word for word, _ in told.words],
        "weighedPercents": parts,
        "weighedRest": rest,
        "weighedRestCount": told.rest_count,
        "weighedStrange": strange,
        "weighedThemes": [theme for theme, _ in told.themes],
        "weighedNear": [round(100 * near) for _, near in told.themes],
        "weighedLeast": round(100 * drafts.matcher.fit.threshold),
    }


async def searched(product: Product, viewer: Viewer, fields: Sequence[Selection]) -> dict[str, Any]:
    """Let the finder look for a few words, in all that this viewer may see."""
    asked = one_of(fields, "search")
    if asked is None:
        return {}
    wish = wish_of(asked.arguments)
    found = await product.index.finding.found(product, viewer, asked.arguments["text"], wish)
    return {
        "found": rows(found, wish.top),
        "foundTotal": found.total,
        "foundCounts": [{"kind": kind, "count": found.counts.get(kind, 0)} for kind in KINDS],
    }


def wish_of(given: Mapping[str, Any]) -> Wish:
    """What hits are asked for; an empty list is no condition."""
    each = given.get("ofEach")
    if each is not None and each < 1:
        raise bad_input("`ofEach` of search must be 1 or more.")
    wanted = given.get("filter") or {}
    facts = {FACTS[name]: values for name, values in wanted.items() if values}
    return Wish(given["first"], each, given.get("kinds") or (), facts)


def rows(found: Findings, length: int) -> list[dict[str, Any]]:
    """The hits as rows, filled up to one length: Neo4j plans a statement anew for a longer list."""
    hits = [*found.hits, *repeat(NO_HIT, length - len(found.hits))]
    return [
        {"rank": rank, "id": hit.id, "kind": hit.kind, "score": hit.score, "words": [*hit.words]}
        for rank, hit in enumerate(hits)
    ]
