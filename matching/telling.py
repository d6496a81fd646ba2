"""What a text is about, in a dozen words: those that tell it from others and weigh most."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from matching.probability import ENOUGH
from matching.terms import BOILERPLATE_STEMS, WORD, form, stem, stems, words
from matching.weights import Counts, idf

MOST = 12
COMMON = 0.15  # of a list: “data” is in a third of the real projects
# Rare among projects, and of every work: they met in profiles by chance.
OF_ANY_WORK = frozenset(stems("attempt begin end extra finish join report set start"))
UNTELLING = BOILERPLATE_STEMS | OF_ANY_WORK
IN_TITLE = 2  # as often a word of the title counts, as in what a match says that one side has


class Telling(NamedTuple):
    """A stem, and the form in which it is shown."""

    stem: str
    word: str


@dataclass(slots=True)
class Said:
    """How a text has a stem: how often, in which forms, and whether always with a capital."""

    times: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    is_capital: bool = True

    def add(self, written: str, times: int) -> None:
        self.times += times
        self.forms[form(written)] += 1
        self.is_capital = self.is_capital and written[0].isupper()

    @property
    def commonest(self) -> str:
        return min(self.forms, key=lambda one: (-self.forms[one], one))


def said(text: str) -> dict[str, Said]:
    """The stems of a text, whose first line is its title."""
    title = len(WORD.findall(text.partition("\n")[0]))
    found: dict[str, Said] = {}
    for number, written, name in words(text):
        found.setdefault(name, Said()).add(written, IN_TITLE if number < title else 1)
    return found


def stems_of_names(names: Iterable[str]) -> frozenset[str]:
    """Every word of some names, as an English text has it and as a Welsh one does."""
    found = {word.lower() for name in names for word in WORD.findall(name)}
    return frozenset(found | {stem(word) for word in found})


def frequency(name: str, counts: Counts) -> int:
    """In how many projects a stem stands."""
    column = counts.columns.get(name)
    return 0 if column is None else int(counts.frequencies[column])


def is_common(name: str, counts: Counts) -> bool:
    """Tell whether so many projects of a list that is long enough say this that it tells nothing."""
    documents: int = counts.matrix.shape[0]
    return documents >= ENOUGH and frequency(name, counts) > COMMON * documents


def heaviest(
    text: str, counts: Counts, *, is_new: bool, places: Collection[str]
) -> Iterator[tuple[str, Said]]:
    """The stems that weigh most of those which tell what a text is about, ties by the alphabet.

    The name of a place tells where; it is one only where the text never writes it small: Reading,
    but not reading. A text that is not in the table weighs as if it were (`is_new`).
    """
    telling = {
        name: one
        for name, one in said(text).items()
        if name not in UNTELLING
        and not is_common(name, counts)
        and not (one.is_capital and name in places)
    }

    def weight(name: str) -> float:
        known, documents = frequency(name, counts), counts.matrix.shape[0]
        return telling[name].times * float(idf(known + is_new, documents + is_new))

    order = sorted(telling, key=lambda name: (-weight(name), name))
    return ((name, telling[name]) for name in order[:MOST])
