"""What an address asks, read against the declarations: what holds, how it is shown, what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlencode

from frontend.explore import days
from frontend.explore.kinds import (
    NO,
    NONE,
    SOME,
    YES,
    AnyOf,
    AnyPlace,
    AtLeast,
    Column,
    Day,
    Facet,
    Filter,
    Has,
    Named,
    Noun,
    Number,
    OnePlace,
    Order,
    Truth,
    Words,
)
from frontend.explore.nouns import NOUNS
from frontend.language import _
from frontend.templates import Mistake

Pairs = Sequence[tuple[str, str]]
Choices = Mapping[str, Sequence[str]]

LONGEST = 200
LARGEST = 2**31 - 1
LONGEST_CURSOR = 500
SHOWN = 40
TABLE, CHART, NETWORK = "table", "chart", "network"
VIEWS = (TABLE, CHART, NETWORK)
# What is not a filter. `was` says which noun a form was made for, `done` what was just done.
SHAPING = {"what", "was", "by", "split", "show", "column", "order", "turned", "after", "done"}
TRUTHS = {"yes": YES, "true": YES, "no": NO, "false": NO}
HAS = {
    "yes": SOME,
    "true": SOME,
    "no": NONE,
    "false": NONE,
}  # as lists elsewhere on the site say it


class NotUnderstood(ValueError):
    """The message says what to put right."""


@dataclass(frozen=True, slots=True)
class Held:
    """A filter with what the address says of it, tidied, and the value that this stands for."""

    filter: Filter
    said: tuple[str, ...]
    value: object

    @property
    def identity(self) -> str:
        """The id of the thing that it is about; empty if it is not about one."""
        match self.filter:
            case Named(noun=noun) if re.fullmatch(rf"{noun}-[A-Za-z0-9-]+", self.said[0]):
                return self.said[0]
        return ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of Explore, whole."""

    noun: Noun
    held: tuple[Held, ...]
    by: Facet | None
    split: Facet | None
    show: str
    columns: tuple[Column, ...]
    order: Order
    turned: bool
    after: str
    mistakes: tuple[Mistake, ...]
    left_out: tuple[str, ...]
    texts: Mapping[str, list[str]]

    def pairs(self) -> list[tuple[str, str]]:
        """The question as an address says it in the fewest words, without its page."""
        pairs = [("what", self.noun.name)]
        pairs += [(one.filter.name, text) for one in self.held for text in one.said]
        pairs += [("by", self.by.name)] if self.by else []
        pairs += [("split", self.split.name)] if self.split else []
        pairs += [("show", self.show)] if self.show != TABLE else []
        names = tuple(column.name for column in self.columns)
        pairs += [("column", name) for name in names if names != self.noun.shown]
        pairs += [("order", self.order.name)] if self.order is not self.noun.orders[0] else []
        return pairs + ([("turned", YES)] if self.turned else [])

    @property
    def address(self) -> str:
        return urlencode(self.pairs())


@dataclass(slots=True)
class Sent:
    """What a browser sent: every text under its name, and whether the form was another noun's."""

    texts: Mapping[str, list[str]]
    noun: Noun
    changed: bool

    def all(self, name: str) -> list[str]:
        return self.texts.get(name, [])

    def last(self, name: str) -> str:
        return (self.all(name) or [""])[-1]

    def shape(self, name: str) -> str:
        """How to show it; a form that was made for another noun says nothing of this one."""
        return "" if self.changed else self.last(name)


def tidy(text: str) -> str:
    """Drop what no keyboard writes, and make every space one."""
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) not in {"Cf", "Cs"}
    )
    return " ".join("".join(kept).split())


def sent(pairs: Pairs) -> Sent:
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        if plain := tidy(text):
            texts.setdefault(name, []).append(plain)
    what, was = ((texts.get(name) or [""])[-1] for name in ("what", "was"))
    noun = NOUNS.get(what) or NOUNS["projects"]
    return Sent(texts, noun, changed=bool(was) and was != noun.name)


def read(pairs: Pairs, *, today: date, choices: Choices | None = None) -> Asked:
    """Read a question; `choices` are the places that the graph knows, if they are to be checked."""
    found, mistakes = sent(pairs), []
    mistakes += unknown_noun(found)
    held, wrong = filters(found, today, choices)
    mistakes += wrong
    drawn = shape(found)
    mistakes += drawn.mistakes
    columns, order, others = listing(found)
    mistakes += others
    after = found.shape("after")
    if len(after) > LONGEST_CURSOR:
        mistakes.append(foreign_page())
    return Asked(
        noun=found.noun,
        held=tuple(held),
        by=drawn.by,
        split=drawn.split,
        show=drawn.show,
        columns=columns,
        order=order,
        turned=TRUTHS.get(found.shape("turned")) == YES,
        after=after,
        mistakes=tuple(mistakes),
        left_out=strangers(found),
        texts=found.texts,
    )


def kept_address(text: str, today: date) -> str | None:
    """An address as it is kept; None if it is no question that this page can ask."""
    asked = read(parse_qsl(text.removeprefix("/explore").removeprefix("?")), today=today)
    is_whole = "what" in asked.texts and not asked.mistakes and not asked.left_out
    return asked.address if is_whole else None


def strangers(found: Sent) -> tuple[str, ...]:
    """Names that no noun is asked by; those of another noun are left from its form."""
    known = SHAPING.union(*(noun.filters for noun in NOUNS.values()))
    own = SHAPING | set(found.noun.filters) if not found.changed else known
    return tuple(name[:SHOWN] for name in found.texts if name not in own)


def unknown_noun(found: Sent) -> list[Mistake]:
    what = found.last("what")
    if not what or what in NOUNS:
        return []
    names = ", ".join(_(noun.label) for noun in NOUNS.values())
    said = {"what": what[:SHOWN], "names": names}
    message = _("There is nothing called “%(what)s” to ask for. Choose one of %(names)s") % said
    return [Mistake("what", message)]


def foreign_page() -> Mistake:
    message = _("“after” in the address is a page of another question. Start from the first page")
    return Mistake("what", message)


def filters(found: Sent, today: date, choices: Choices | None) -> tuple[list[Held], list[Mistake]]:
    held, mistakes = [], []
    for name, known in found.noun.filters.items():
        texts = found.all(name)
        if not texts:
            continue
        try:
            held.append(understood(known, texts, today, choices))
        except NotUnderstood as problem:
            # what a form of another noun said under the same name is no mistake of this one
            mistakes += [] if found.changed else [Mistake(name, str(problem))]
    return held, mistakes


def understood(  # noqa: PLR0911 - one way for each kind of filter
    filter: Filter, texts: list[str], today: date, choices: Choices | None
) -> Held:
    """What one filter is held to.

    Raises:
        NotUnderstood: the message says what to put right.
    """
    match filter:
        case AnyOf(values=values, unsaid=unsaid):
            return any_of(filter, texts, (*values, NONE) if unsaid else values)
        case AnyPlace(choices=name, unsaid=unsaid):
            known = None if choices is None else (*choices[name], *([NONE] if unsaid else []))
            return any_of(filter, texts, known)
        case OnePlace(choices=name):
            held = any_of(filter, texts[-1:], None if choices is None else choices[name])
            return Held(filter, held.said, held.said[0])
        case AtLeast(values=values):
            chosen = one_of(filter, texts[-1], values)
            return Held(filter, (chosen,), list(values[values.index(chosen) :]))
        case Words() | Named():
            return in_words(filter, texts[-1])
        case Day():
            return on_a_day(filter, texts[-1], today)
        case Number():
            return in_figures(filter, texts[-1])
        case Truth():
            said = one_of(filter, TRUTHS.get(texts[-1], texts[-1]), (YES, NO))
            return Held(filter, (said,), said == YES)
        case Has():
            said = one_of(filter, HAS.get(texts[-1], texts[-1]), (SOME, NONE))
            return Held(filter, (said,), said == SOME)


def no_choice(filter: Filter, text: str) -> NotUnderstood:
    said = {"text": text[:SHOWN], "label": _(filter.label)}
    return NotUnderstood(_("“%(text)s” is no choice for “%(label)s”. Choose from the list") % said)


def one_of(filter: Filter, text: str, values: Iterable[str]) -> str:
    if text not in values:
        raise no_choice(filter, text)
    return text


def any_of(filter: Filter, texts: list[str], values: Sequence[str] | None) -> Held:
    """Those that were chosen, in the order of the list; any text at all where none is known."""
    for text in texts:
        if len(text) > LONGEST or (values is not None and text not in values):
            raise no_choice(filter, text)
    chosen = set(texts)
    said = tuple(sorted(chosen) if values is None else [one for one in values if one in chosen])
    return Held(filter, said, [one for one in said if one != NONE])


def in_words(filter: Words | Named, text: str) -> Held:
    if len(text) > LONGEST:
        said = {"label": _(filter.label), "most": LONGEST}
        raise NotUnderstood(_("Shorten “%(label)s” to %(most)s characters or fewer") % said)
    return Held(filter, (text,), text)


def on_a_day(filter: Day, text: str, today: date) -> Held:
    try:
        day = days.day_of(text, filter.end, today)
    except (ValueError, OverflowError):
        message = _("“%(label)s” must be a date, such as March 2027, 2027-03-15 or in 6 months")
        raise NotUnderstood(message % {"label": _(filter.label)}) from None
    is_moment = filter.type == "Instant"
    return Held(filter, (text,), days.instant_of(day, filter.end) if is_moment else str(day))


def in_figures(filter: Number, text: str) -> Held:
    plain = text.replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(str(LARGEST))):
        message = _("“%(label)s” must be a whole number, such as 100,000")
        raise NotUnderstood(message % {"label": _(filter.label)})
    if int(plain) > LARGEST:
        raise NotUnderstood(_("“%(label)s” is too large a number") % {"label": _(filter.label)})
    return Held(filter, (plain,), int(plain))


@dataclass(slots=True)
class Shape:
    """What it is counted by, once and again, and how it is shown."""

    show: str
    by: Facet | None = None
    split: Facet | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def shape(found: Sent) -> Shape:
    """How an answer is drawn: a chart counts by something, a network by nothing."""
    made = Shape(view(found))
    if made.show != (found.shape("show") or TABLE):
        said = {"view": found.shape("show")[:SHOWN], "noun": _(found.noun.label)}
        message = _("%(noun)s cannot be shown as “%(view)s”. Choose a table or a chart")
        made.mistakes.append(Mistake("show", message % said))
    made.by = counting(found, "by", found.noun.facets, made)
    made.split = counting(found, "split", found.noun.splits, made)
    if made.by is None or made.by is made.split:
        made.by, made.split = made.by or made.split, None
    if made.show == CHART and made.by is None:
        made.by = next(one for one in found.noun.facets if one.name == found.noun.chart)
    if made.show == NETWORK:
        made.by = made.split = None
    return made


def view(found: Sent) -> str:
    wanted = found.shape("show") or TABLE
    return wanted if wanted in VIEWS and (wanted != NETWORK or found.noun.is_network) else TABLE


def counting(found: Sent, name: str, facets: Sequence[Facet], made: Shape) -> Facet | None:
    wanted = found.shape(name)
    known = {facet.name: facet for facet in facets}
    if wanted and wanted not in known:
        said = {"by": wanted[:SHOWN], "noun": _(found.noun.label)}
        message = _("%(noun)s cannot be counted by “%(by)s”. Choose from the list") % said
        made.mistakes.append(Mistake(name, message))
    return known.get(wanted)


def listing(found: Sent) -> tuple[tuple[Column, ...], Order, list[Mistake]]:
    noun, mistakes = found.noun, []
    names = [] if found.changed else found.all("column")
    known = {column.name: column for column in noun.columns}
    for name in names:
        if name not in known:
            message = _("There is no column called “%(name)s”. Choose from the list")
            mistakes.append(Mistake("column", message % {"name": name[:SHOWN]}))
            break
    chosen = set(names) & set(known) or set(noun.shown)
    columns = tuple(column for column in noun.columns if column.name in chosen)
    orders = {order.name: order for order in noun.orders}
    wanted = found.shape("order") or noun.orders[0].name
    if wanted not in orders:
        message = _("There is no order called “%(name)s”. Choose from the list")
        mistakes.append(Mistake("order", message % {"name": wanted[:SHOWN]}))
    return columns, orders.get(wanted, noun.orders[0]), mistakes
