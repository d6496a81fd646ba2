"""Words of a text: which count, their stems, where they stand and how people wrote them."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import AnyStr

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"\w\w+")  # as scikit-learn has it: the longest run is always taken
AMOUNT = re.compile(r"\d+(?:k|m|bn|p|s|st|nd|rd|th|am|pm)?", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
LONGEST_ACRONYM = 6
LONGEST_SAMPLE = 5_000  # characters that tell the language of a text
LONGEST_WORD = 50  # a longer run of characters is an address or a blob, and would fill the cache
WORDS_AROUND = 3
WINDOW = 80
MARKS = ' .,;:!?()"“”‘’'

# Words that nearly every council project uses: sharing them says little about the work. How much
# they count is left to how common they are in the index ("staff" is what assistants for staff are
# about; leaving the words out ranked worse on three of four views); but they are no reason to show anybody,
# and a pair that shares nothing else is not proposed.
BODIES = "authorities authority borough citizen citizens city council councils county district"
PEOPLE = "member members officer officers people public resident residents staff team teams"
SAME_FOR_ALL = "current currently digital existing local online service services user users"
HOW_WORK_IS_TOLD = """
    aim aimed aims alpha approach beta better build building built deliver delivery design designed
    develop developed developing development discovery does help helps improve improved improving
    like live look looks make making need needs new phase pilot programme project projects prototype
    prototypes provide provides providing research set stage support supports use used uses using
    want wanted wants way ways work working works
    """
WHEN_AND_HOW_MUCH = """
    january february march april june july august september october november december
    day days week weeks month months year years hour hours time times
    cent half hundred million number numbers per thousand
    """
HOW_ANYTHING_IS_TOLD = """
    able alongside based began came come fully having instead just later lets mainly plus said say
    says took unless went whether
    """
# How people reach a council: a missed bin and a birth are both told to a contact centre.
CHANNELS = "call called calls centre centres contact phone phoning ring ringing rings telephone"
BOILERPLATE = frozenset(
    f"{CHANNELS} {BODIES} {PEOPLE} {SAME_FOR_ALL} {HOW_WORK_IS_TOLD} {WHEN_AND_HOW_MUCH} {HOW_ANYTHING_IS_TOLD}".split()
)
# Welsh has mutations and a grammar of its own: an English stemmer would only spoil it. The list is
# without words that English texts have too (AI, OS).
WELSH_STOP_WORDS = frozenset(
    """
    ac am ambell amdano an ar arall atynt ba bob bod bydd byddai byddant bydded byth cael caiff cyn
    ddim dim dros drwy dy dyma dyna efo ei eich ein eisiau er erbyn eu fel felly fy gael gall gallu
    gan gellir ger gyda gydag gyfer gyntaf heb hefyd hon honno hono hwn hwnnw hyd hyn hynny
    hynod iawn iddi iddo iddynt innau llawer lle mae maen mai mewn mi na nac nad nawr nes neu
    nhw nid nos oddi oed oedd oes ond pa pawb pob pryd rhai rhwng rhyw roedd sef sut sy sydd
    trwy tua tuag unrhyw wedi wedyn wrth ydy ydyn ydyw ym yma yn yna yng ynghyd yr ystod yw
    """.split()
)

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of a text that was read once.

    For each stem how often it stands there, and the number of the first of its words, counted over
    all words of the text: its place in the text is sought when somebody asks (`place`).
    """

    counts: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)


def stems_of(words: list[AnyStr]) -> list[AnyStr]:
    """The Snowball stems of lower-case words, as text or UTF-8; no two threads share a stemmer."""
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english", 0)
    return list(_stemmers.english.stemWords(words))


def stem_of(word: str) -> str:
    return stems_of([word])[0]


stem = lru_cache(maxsize=200_000)(stem_of)


BOILERPLATE_STEMS = frozenset(map(stem, BOILERPLATE))


def is_welsh(text: str) -> bool:
    """Tell Welsh by its small words, of which a sentence of it has more than English ones."""
    said = [word.lower() for word in WORD.findall(text[:LONGEST_SAMPLE])]
    welsh = sum(word in WELSH_STOP_WORDS for word in said)
    english = sum(word in ENGLISH_STOP_WORDS for word in said)
    return welsh > english


def counts(word: str) -> bool:
    """Tell whether a lower-case word is neither an amount (8m of £1.8m) nor a blob."""
    is_number = word[0].isdigit() and AMOUNT.fullmatch(word)
    return len(word) <= LONGEST_WORD and not is_number


def counts_as(written: str, *, welsh: bool) -> str | None:
    """The stem of a word; None for one that does not count, a stop word of the language or no word."""
    word = written.lower()
    if not counts(word) or word in (WELSH_STOP_WORDS if welsh else ENGLISH_STOP_WORDS):
        return None
    return word if welsh else stem(word)


def words(text: str) -> Iterator[tuple[int, str, str]]:
    """Words that count: the number of each in the text, as written, and its stem."""
    welsh = is_welsh(text)
    for number, written in enumerate(WORD.findall(text)):
        name = counts_as(written, welsh=welsh)
        if name is not None:
            yield number, written, name


def place(text: str, number: int) -> int:
    """Where a text's word of that number begins."""
    return next(islice(WORD.finditer(text), number, None)).start()


def stems(text: str) -> list[str]:
    """The stems of a text in order; this is the analyser of the measure."""
    return [name for _, _, name in words(text)]


def form(word: str) -> str:
    """How a word is shown: acronyms and FixMyStreet keep their capitals, a shout does not."""
    if word.islower():
        return word
    has_inner_capitals = word[1:] != word[1:].lower()
    is_shout = word.isupper() and len(word) > LONGEST_ACRONYM
    return word if has_inner_capitals and not is_shout else word.lower()


def read(text: str) -> Reading:
    """Read a text once; everything else works on what this keeps."""
    reading = Reading()
    for number, written, name in words(text):
        reading.counts[name] = reading.counts.get(name, 0) + 1
        reading.firsts.setdefault(name, number)
        reading.forms[name, form(written)] += 1
    return reading


def spelling(text: str, at: int) -> str:
    """The word that begins at a place as its text has it: a name keeps its capital."""
    word = next(WORD.finditer(text, at))[0]
    is_first = not sentence_before(text, at).strip(MARKS)
    return word if word.istitle() and not is_first else form(word)


def phrase(text: str, at: int) -> str:
    """A few words of one sentence around the word that begins at a place, as they were written."""
    before, after = sentence_before(text, at), sentence_after(text, at)
    is_joined = bool(before) and not before[-1].isspace()
    near = before.split()[-WORDS_AROUND - is_joined :]
    far = after.split()[: WORDS_AROUND + 1]
    return f"{' '.join(near)}{'' if is_joined else ' '}{' '.join(far)}".strip(MARKS)


def sentence_before(text: str, at: int) -> str:
    """The sentence up to a place; of a long one the last whole words."""
    start = text.find(" ", at - WINDOW, at) if at > WINDOW else 0
    return SENTENCE.split(text[start if start >= 0 else at : at])[-1]


def sentence_after(text: str, at: int) -> str:
    """The sentence from a place; of a long one the first whole words."""
    end = text.rfind(" ", at, at + WINDOW) if at + WINDOW < len(text) else len(text)
    return SENTENCE.split(text[at : end if end >= 0 else at + WINDOW])[0]
