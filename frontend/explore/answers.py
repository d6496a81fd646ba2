"""An answer as people read it: rows of cells, groups with their bars, and pairs of councils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from frontend.dates import day_of, long_date
from frontend.explore.asked import TABLE, Asked
from frontend.explore.documents import MOST_ENDS, MOST_GROUPS
from frontend.explore.kinds import NONE, Column, Facet
from frontend.language import _, ngettext
from frontend.phrases import sentence, thousands
from frontend.words import FILTERS, WORDS

MOST_PAIRS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table; numbers stand to the right."""

    text: str
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a count: how many, its share of all, its bar, and the question for it alone."""

    label: str
    count: int
    share: str
    width: int
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
    """The groups of a count, the largest first."""
    found = in_order(facet, data[asked.noun.name]["facets"][facet.name])
    total = data[asked.noun.name]["totalCount"]
    largest = max((one["count"] for one in found), default=1)
    return [
        Group(
            label=label(facet, one),
            count=one["count"],
            share=f"{round(100 * one['count'] / total)}%" if total else "",
            width=round(100 * one["count"] / largest),
            address=narrowed(asked, facet, one["value"]),
            value=one["value"],
        )
        for one in found
    ]


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
    pairs = replace(asked, by=None, show=TABLE).pairs()
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
