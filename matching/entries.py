"""What can be found: its words as they are looked up, and as they were written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from math import log
from typing import NamedTuple
from unicodedata import combining, normalize

from matching.terms import LONGEST_WORD, stem_of

# One word: letters, digits, and an apostrophe between them (King's Lynn is Kings Lynn).
WORD = re.compile(r"\w+(?:['’]\w+)*")
APOSTROPHES = str.maketrans("", "", "'’")
# A word of the title adds three to its weight. In a text a word weighs 1 + ln(times): of the 176
# real summaries none has one word more than four times, which is 2.4. So whoever has a word in the
# title comes before whoever only talks about it, however much.
TITLE = 3.0
# Words that are looked for only if there is nothing else to look for. The matcher's own list will
# not do: it has words that people search for (fire, system, user, research, design).
SMALL = frozenset(
    """
    a an and are as at be by do for from has have how i in is it its me my of on or our so that the
    their they this to us was we what when where which who why will with you your
    """.split()
)
FEWEST_INITIALS, MOST_INITIALS = 3, 6
MOST_WORDS_SHOWN = 12
LONGEST_TEXT = 5_000
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found; `names` are what else it is called, such as a council's code.

    `facts` are what it can be asked for by: for each name one or several values.
    """

    id: str
    kind: str
    title: str
    text: str = ""
    names: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self) -> Iterator[str]:
        """Every word as it was written, those of the title first."""
        for part in (self.title, *self.names, self.text):
            yield from written(part)


class Root(NamedTuple):
    """A word without case, accents and apostrophes, and its stem."""

    form: str
    stem: str


def root(word: str) -> Root:
    plain = normalize("NFKD", word.translate(APOSTROPHES).casefold())
    form = "".join(letter for letter in plain if not combining(letter))
    return Root(form, stem_of(form)) if len(form) <= LONGEST_WORD else Root("", "")


# For words of entries. A word that somebody looks for is not kept.
kept_root = lru_cache(maxsize=200_000)(root)


def written(text: str) -> Iterator[str]:
    for found in WORD.finditer(normalize("NFC", text)):
        if len(found[0]) <= LONGEST_WORD:
            yield found[0]


def roots(text: str) -> list[Root]:
    return [one for one in map(kept_root, written(text)) if one.form]


def whole(roots: list[Root]) -> str:
    """A name as it is compared whole: no case, accent or punctuation makes a difference."""
    return " ".join(one.form for one in roots)


def initials(roots: list[Root]) -> str:
    """RBKC for the Royal Borough of Kensington and Chelsea; nothing for a name of two words."""
    letters = "".join(one.form[0] for one in roots if one.form not in SMALL)
    return letters if FEWEST_INITIALS <= len(letters) <= MOST_INITIALS else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of an entry that was read once.

    `weights` has for each stem its part of the entry before it is known how rare it is; `forms` the
    words as people may begin or mistype them; `facts` what it is, its whole names among them.
    """

    weights: Mapping[str, float]
    forms: frozenset[str]
    facts: Mapping[str, float]


def read(entry: Entry) -> Reading:
    names = [roots(name) for name in (entry.title, *entry.names)]
    text = roots(entry.text)
    weights = {stem: 1 + log(times) for stem, times in Counter(one.stem for one in text).items()}
    titled = {one.stem for name in names for one in name} | {initials(name) for name in names}
    for stem in titled - {""}:
        weights[stem] = weights.get(stem, 0) + TITLE
    forms = frozenset(one.form for words in (*names, text) for one in words)
    facts = dict.fromkeys([fact("kind", entry.kind), *(called(whole(name)) for name in names)], 1.0)
    facts |= {fact(name, value): 1.0 for name, values in entry.facts.items() for value in values}
    return Reading(weights, forms, facts)


def fact(name: str, value: str) -> str:
    return f"{name}={value}"


def called(whole_name: str) -> str:
    return fact("called", whole_name)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: its words, each once, the one that may be unfinished last."""

    words: tuple[Root, ...]
    whole: str

    @classmethod
    def of(cls, text: str) -> "Asked":
        """Read a text; of a long one the first words, and the small ones only if all are small."""
        found = [root(word) for word in islice(written(text[:LONGEST_TEXT]), MOST_WORDS)]
        last = {one.form: at for at, one in enumerate(found) if one.form}
        words = [one for at, one in enumerate(found) if last.get(one.form) == at]
        telling = [one for one in words if one.form not in SMALL]
        return cls(tuple(telling or words), whole(found))


def shown(entry: Entry, stems: set[str]) -> tuple[str, ...]:
    """The words of an entry that have one of these stems, as they were written, each once."""
    found = (word for word in entry.words() if kept_root(word).stem in stems)
    return tuple(islice(dict.fromkeys(found), MOST_WORDS_SHOWN))
