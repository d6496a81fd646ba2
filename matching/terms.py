"""Words of a text: which count, their stems, and how people wrote them."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"\b\w\w+\b")
SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
LONGEST_ACRONYM = 6
WORDS_AROUND = 3

# Words that nearly every council project uses, so that sharing them says nothing about the work.
# IDF alone does not see it: a small corpus makes some of them look rare.
BOILERPLATE = frozenset(
    """
    aim aimed aims alpha approach authorities authority beta better borough build building built
    citizen citizens city council councils county current currently deliver delivery design designed
    develop developed developing development digital discovery district does existing help helps
    improve improved improving like live local look looks make making member members need needs new
    officer officers online people phase pilot programme project projects prototype prototypes
    provide provides providing public research resident residents service services set staff stage
    support supports team teams use used user users uses using way ways work working works
    """.split()  # the body and those it works for; how digital work is described; filler
)
STOP_WORDS = frozenset(ENGLISH_STOP_WORDS) | BOILERPLATE

_stemmers = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word; a stemmer is not shared between threads."""
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english")
    return str(_stemmers.english.stemWord(word))


def words(text: str) -> Iterator[str]:
    """Words as written that count: no stop words, no bare numbers."""
    for found in WORD.finditer(text):
        word = found[0]
        if not word.isdigit() and word.lower() not in STOP_WORDS:
            yield word


def stems(text: str) -> list[str]:
    """The stems of a text in order; this is the analyser of the measure."""
    return [stem(word.lower()) for word in words(text)]


def form(word: str) -> str:
    """How a word is shown: acronyms keep their capitals, everything else is lower case."""
    is_acronym = word.isupper() and len(word) <= LONGEST_ACRONYM
    return word if is_acronym else word.lower()


def forms(text: str) -> Counter[tuple[str, str]]:
    """Count the written forms of each stem."""
    return Counter((stem(word.lower()), form(word)) for word in words(text))


def phrase(text: str, wanted: str) -> str:
    """A few words around the first place where a stem stands, as they were written."""
    for sentence in SENTENCE.split(text):
        pieces = sentence.split()
        for at, piece in enumerate(pieces):
            if wanted in stems(piece):
                near = pieces[max(0, at - WORDS_AROUND) : at + WORDS_AROUND + 1]
                return " ".join(near).strip(' .,;:()"“”')
    return ""
