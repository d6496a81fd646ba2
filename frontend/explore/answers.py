"""An answer as people read it: rows of cells, groups with their bars, and pairs of councils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from frontend.dates import day_of, long_date
from frontend.explore.asked import TABLE, Asked
from frontend.explore.documents import MOST_ENDS, MOST_GROUPS, key_of, split_values
from frontend.explore.kinds import NONE, Column, Facet
from frontend.language import _, ngettext
from frontend.phrases import sentence, thousands
from frontend.words import FILTERS, WORDS

MOST_PAIRS = 100
UNKNOWN = 8  # the colour of what is not known, after those of a palette of eight


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table; numbers stand to the right."""

    text: str
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar, in hundredths of the longest; `colour` is a number of the palette."""

    at: float
    width: float
    colour: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a count: how many, its share of all, its bars, and the question for it alone.

    `parts` are what it splits into, one number for each column.
    """

    label: str
    count: int
    share: str
    parts: tuple[int, ...]
    bars: tuple[Bar, ...]
    address: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two councils of an answer and what joins them."""

    one: Cell
    other: Cell
    partners: int
    matches: int


def counted(asked: Asked, total: int) -> str:
    """How many there are, in words: 31 projects."""
    return ngettext(*asked.noun.counted, total) % {"count": thousands(total)}


def dug(value: Any, path: str) -> Any:
    """What stands at a path of an answer; a list where the path goes through one."""
    for step in path.split("."):
        name = step.partition("(")[0]
        if isinstance(value, list):
            value = [one.get(name) for one in value]
        elif isinstance(value, Mapping):
            value = value.get(name)
    return value


def plain(column: Column, node: Mapping[str, Any]) -> str:
    """A value as a file has it: dates as 2026-11-25, words as they are said."""
    value = dug(node, column.path)
    if value is None:
        return ""
    match column.kind:
        case "word":
            text = sentence(FILTERS[column.words](value))
        case "date":
            text = day_of(value).isoformat()
        case "yes":
            text = _("Yes") if value else _("No")
        case "texts":
            text = "; ".join(str(one) for one in value)
        case "levels":
            text = "; ".join(levels(column, node))
        case _:
            text = str(value)
    return text


def levels(column: Column, node: Mapping[str, Any]) -> list[str]:
    names, ranks = dug(node, column.path), dug(node, column.besides[0])
    words = FILTERS[column.words]
    return [f"{name} ({words(rank)})" for name, rank in zip(names, ranks, strict=True)]


def cell(column: Column, node: Mapping[str, Any]) -> Cell:
    value = dug(node, column.path)
    text = plain(column, node)
    if column.kind == "date" and value:
        text = long_date(value)
    elif column.kind == "number" and value is not None:
        text = str(value) if column.name == "lgsl" else thousands(value)
    elif column.kind in {"texts", "levels"}:
        text = text.replace("; ", ", ")
    return Cell(text, link(column, node) if text else "", is_number=column.kind == "number")


def link(column: Column, node: Mapping[str, Any]) -> str:
    """Where a cell leads within the site; nowhere if it has no link, or no id."""
    if not column.link:
        return ""
    identity = dug(node, column.besides[0])
    return column.link.partition("{")[0] + quote(str(identity), safe="") if identity else ""


def rows(asked: Asked, data: Mapping[str, Any]) -> list[list[Cell]]:
    nodes = data[asked.noun.name]["nodes"]
    return [[cell(column, node) for column in asked.columns] for node in nodes]


def groups(asked: Asked, facet: Facet, data: Mapping[str, Any]) -> list[Group]:
    """The groups of a count, the largest first, or step by step."""
    found = in_order(facet, data[asked.noun.name]["facets"][facet.name])
    total = data[asked.noun.name]["totalCount"]
    largest = max((one["count"] for one in found), default=1)
    cuts = [column.counts for column in split_columns(asked, facet, data)]
    colours = [column.colour for column in split_columns(asked, facet, data)]
    made = []
    for one in found:
        parts = tuple(cut.get(one["value"], 0) for cut in cuts)
        made.append(
            Group(
                label=label(facet, one),
                count=one["count"],
                share=f"{round(100 * one['count'] / total)}%" if total else "",
                parts=parts,
                bars=bars(parts or (one["count"],), colours or [0], largest),
                address=narrowed(asked, facet, one["value"]),
                value=one["value"],
            )
        )
    return made


def bars(parts: Sequence[int], colours: Sequence[int], largest: int) -> tuple[Bar, ...]:
    """The pieces of one bar, each where the one before it ends."""
    found, at = [], 0
    for part, colour in zip(parts, colours, strict=True):
        if part:
            found.append(Bar(round(100 * at / largest, 1), round(100 * part / largest, 1), colour))
        at += part
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SplitColumn:
    """One value of a split: what it is called, its colour, and how many of each group have it."""

    label: str
    colour: int
    counts: Mapping[str | None, int]


def split_columns(asked: Asked, facet: Facet, data: Mapping[str, Any]) -> list[SplitColumn]:
    """The values that any group has; the last is of those of which it is not known."""
    if asked.split is None:
        return []
    words = FILTERS[asked.split.words]
    found = [
        SplitColumn(sentence(words(value)), at, counts(data[key_of(value)], facet))
        for at, value in enumerate(split_values(asked))
    ]
    whole = counts(data[asked.noun.name], facet)
    rest = {
        value: count - sum(column.counts.get(value, 0) for column in found)
        for value, count in whole.items()
    }
    found.append(SplitColumn(_("Not known"), UNKNOWN, rest))
    return [column for column in found if any(column.counts.values())]


def counts(part: Mapping[str, Any], facet: Facet) -> dict[str | None, int]:
    return {one["value"]: one["count"] for one in part["facets"][facet.name]}


def in_order(facet: Facet, found: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if not facet.in_order:
        return found
    steps = [*WORDS[facet.words], None]
    return sorted(found, key=lambda one: steps.index(one["value"]) if one["value"] in steps else 0)


def label(facet: Facet, group: Mapping[str, Any]) -> str:
    if group["value"] is None:
        return _("Not known")
    if facet.words:
        return sentence(FILTERS[facet.words](group["value"]))
    return str(group["label"])


def narrowed(asked: Asked, facet: Facet, value: str | None) -> str:
    """The address of the same question about one group alone, as a list."""
    name = facet.filter if value is not None else facet.nothing or facet.filter
    pairs = replace(asked, by=None, split=None, show=TABLE).pairs()
    kept = [pair for pair in pairs if pair[0] != name]
    return urlencode([*kept, (name, NONE if value is None else value)])


def is_cut(asked: Asked, data: Mapping[str, Any]) -> bool:
    """Whether there may be more groups, or more ends of pairs, than were asked for."""
    found = data[asked.noun.name]
    if "facets" in found:
        return any(len(one) >= MOST_GROUPS for one in found["facets"].values())
    return len(found.get("nodes", ())) >= MOST_ENDS


def ends(asked: Asked, data: Mapping[str, Any]) -> set[str]:
    """The councils of an answer."""
    found = data[asked.noun.name]
    if asked.noun.council:
        return {one["value"] for one in found["facets"][asked.noun.council]}
    return {one["id"] for one in found["nodes"]}


def pairs(asked: Asked, data: Mapping[str, Any]) -> list[Pair]:
    """What joins the councils of the answer, the strongest first."""
    network, among = data["network"], ends(asked, data)
    ids, names = network["councils"], network["names"]
    cells = [Cell(name, f"/councils/{one}") for one, name in zip(ids, names, strict=True)]
    columns = [network[name] for name in ("from", "to", "partners", "matches", "weights")]
    joined = [one for one in zip(*columns, strict=True) if {ids[one[0]], ids[one[1]]} <= among]
    joined.sort(key=lambda one: (-one[4], names[one[0]], names[one[1]]))
    return [Pair(cells[one], cells[two], p, m) for one, two, p, m, _weight in joined]


def map_address(variables: Mapping[str, object]) -> str:
    """The map of the same part of the network."""
    asked = [
        (name, str(value))
        for name in ("region", "service", "phase")
        if (value := variables.get(f"joint{name.capitalize()}"))
    ]
    return f"/map?{urlencode(asked)}" if asked else "/map"
