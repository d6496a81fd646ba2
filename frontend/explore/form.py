"""The form of a question: its fields as a page draws them, with what was said in them kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from frontend.dates import day_of, long_date
from frontend.explore.asked import NETWORK, VIEWS, Asked, Choices, Held
from frontend.explore.kinds import (
    NO,
    NONE,
    SOME,
    YES,
    AnyOf,
    AnyPlace,
    AtLeast,
    Day,
    Filter,
    Has,
    Named,
    Number,
    OnePlace,
    Truth,
    Words,
)
from frontend.explore.nouns import NOUNS
from frontend.language import N_, _
from frontend.phrases import listed, sentence, thousands
from frontend.words import FILTERS

VIEW_WORDS = {"table": N_("a table"), "chart": N_("a chart"), "network": N_("a network")}
NOT_KNOWN = N_("not known")
ANY = N_("any")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One filter as a page draws it."""

    name: str
    label: str
    control: Literal["checks", "select", "text"]
    options: tuple[Option, ...] = ()
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Filters that stand together; open where one of them says something."""

    label: str
    fields: tuple[Field, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in words, and the question without it."""

    label: str
    text: str
    without: str


Names = Mapping[str, str]


def groups(asked: Asked, choices: Choices, names: Names) -> list[Fields]:
    """Every filter of the noun, as it is drawn."""
    said = {name for name, texts in asked.texts.items() if texts}
    return [
        Fields(
            _(group.label) if group.label else "",
            tuple(field(one, asked, choices, names) for one in group.filters),
            is_open=any(one.name in said for one in group.filters),
        )
        for group in asked.noun.groups
    ]


def field(filter: Filter, asked: Asked, choices: Choices, names: Names) -> Field:
    texts = kept(filter, asked)
    last = texts[-1] if texts else ""
    match filter:
        case AnyOf() | AnyPlace():
            return checks(filter, every_option(filter, choices), texts)
        case OnePlace() | AtLeast() | Truth() | Has():
            return select(filter, every_option(filter, choices), last)
        case Named():
            return Field(filter.name, _(filter.label), "text", value=last, hint=hint(filter, names))
        case Words():
            return Field(filter.name, _(filter.label), "text", value=last)
        case Day():
            text = _("Such as March 2027, today or in 6 months.")
            return Field(filter.name, _(filter.label), "text", value=last, hint=text)
        case Number():
            return Field(filter.name, _(filter.label), "text", value=last)


def kept(filter: Filter, asked: Asked) -> Sequence[str]:
    """What was filled in: tidied where it was understood, as it came where it was not."""
    for one in asked.held:
        if one.filter is filter:
            return one.said
    return asked.texts.get(filter.name, ())


def hint(filter: Named, names: Names) -> str:
    if filter.name in names:
        return names[filter.name]
    if filter.relation:
        return _("Words of its name or description, or “none”.")
    return _("Words of its name or description.")


def every_option(  # noqa: PLR0911 - one way for each kind of filter
    filter: Filter, choices: Choices
) -> list[tuple[str, str]]:
    """The values that a filter may have, each with its words."""
    match filter:
        case AnyOf(values=values, words=words, unsaid=unsaid):
            return worded(values, words) + ([(NONE, _(NOT_KNOWN))] if unsaid else [])
        case AnyPlace(choices=name, unsaid=unsaid):
            return twice(choices[name]) + ([(NONE, _(NOT_KNOWN))] if unsaid else [])
        case OnePlace(choices=name):
            return twice(choices[name])
        case AtLeast(values=values, words=words):
            return worded(values, words)
        case Truth(yes=yes, no=no):
            return [(YES, _(yes)), (NO, _(no))]
        case Has(some=some, none=none):
            return [(SOME, _(some)), (NONE, _(none))]
    return []


def worded(values: Iterable[str], words: str) -> list[tuple[str, str]]:
    return [(value, FILTERS[words](value)) for value in values]


def twice(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def checks(filter: Filter, options: list[tuple[str, str]], texts: Sequence[str]) -> Field:
    made = tuple(Option(value, sentence(text), value in texts) for value, text in options)
    return Field(filter.name, _(filter.label), "checks", made)


def select(filter: Filter, options: list[tuple[str, str]], chosen: str) -> Field:
    made = [Option(value, sentence(text), value == chosen) for value, text in options]
    return Field(filter.name, _(filter.label), "select", (Option("", _(ANY)), *made))


# What is asked, in words.


def conditions(asked: Asked, choices: Choices, names: Names) -> list[Said]:
    """Every condition in words, each with the address of the question without it."""
    return [
        Said(_(one.filter.label), spoken(one, choices, names), without(asked, one))
        for one in asked.held
    ]


def without(asked: Asked, held: Held) -> str:
    return replace(asked, held=tuple(one for one in asked.held if one is not held)).address


def spoken(held: Held, choices: Choices, names: Names) -> str:
    first, words = held.said[0], dict(every_option(held.filter, choices))
    match held.filter:
        case Named(name=name, relation=relation):
            is_none = first == NONE and relation
            return names.get(name) or (_("none at all") if is_none else f"“{first}”")
        case Words():
            return f"“{first}”"
        case Day():
            return long_date(day_of(str(held.value)))
        case Number():
            return thousands(int(first))
        case AtLeast():
            return words[first]
        case _:
            return listed([words.get(one, one) for one in held.said], _("or"))


# How it is shown.


def nouns(asked: Asked) -> list[Option]:
    return [Option(noun.name, _(noun.label), noun is asked.noun) for noun in NOUNS.values()]


def facets(asked: Asked) -> list[Option]:
    found = [Option(facet.name, _(facet.label), facet is asked.by) for facet in asked.noun.facets]
    return [Option("", _("nothing: list them")), *found]


def splits(asked: Asked) -> list[Option]:
    found = [
        Option(facet.name, _(facet.label), facet is asked.split) for facet in asked.noun.splits
    ]
    return [Option("", _("nothing")), *found]


def views(asked: Asked) -> list[Option]:
    names = [one for one in VIEWS if one != NETWORK or asked.noun.is_network]
    return [Option(name, _(VIEW_WORDS[name]), name == asked.show) for name in names]


def columns(asked: Asked) -> list[Option]:
    return [
        Option(column.name, _(column.label), column in asked.columns)
        for column in asked.noun.columns
    ]


def orders(asked: Asked) -> list[Option]:
    return [Option(one.name, _(one.label), one is asked.order) for one in asked.noun.orders]


def all_of(asked: Asked) -> str:
    """The address of everything of this noun."""
    return urlencode([("what", asked.noun.name)])
