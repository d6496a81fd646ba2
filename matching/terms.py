"""Words of a text: which count, their stems, where they stand and how people wrote them."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"\b\w\w+\b")
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
# Welsh has mutations and a grammar of its own: an English stemmer would only spoil it.
# Without words that stand in English texts too, such as “ai”.
# Without words that English texts have too (AI, OS).
WELSH_STOP_WORDS = frozenset(
    """
    ac ambell amdano an ar arall atynt ba bob bod bydd byddai byddant bydded byth cael caiff cyn
    dim dros drwy dy dyma dyna efo ei eich ein eisiau er erbyn eu fel felly fy gael gall gallu
    gan gellir ger gyda gydag gyfer gyntaf heb hefyd hon honno hono hwn hwnnw hyd hyn hynny
    hynod iawn iddi iddo iddynt innau llawer lle mae maen mai mewn mi na nac nad nawr nes neu
    nhw nid nos oddi oed oedd oes ond pa pawb pob pryd rhai rhwng rhyw roedd sef sut sy sydd
    trwy tua tuag unrhyw wedi wedyn wrth ydy ydyn ydyw ym yma yn yna yng ynghyd yr ystod yw
    """.split()
)

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of a text that was read once: stems with their number, first place and forms."""

    counts: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)


def stem_of(word: str) -> str:
    """The Snowball stem of a lower-case word; a stemmer is not shared between threads."""
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english")
    return str(_stemmers.english.stemWord(word))


stem = lru_cache(maxsize=200_000)(stem_of)


BOILERPLATE_STEMS = frozenset(map(stem, BOILERPLATE))


def is_welsh(text: str) -> bool:
    """Tell Welsh by its small words, of which a sentence of it has more than English ones."""
    said = WORD.findall(text[:LONGEST_SAMPLE].lower())
    welsh = sum(word in WELSH_STOP_WORDS for word in said)
    english = sum(word in ENGLISH_STOP_WORDS for word in said)
    return welsh > english


def words(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Words as written that count, each with its stem: no stop words, no amounts (8m of £1.8m)."""
    welsh = is_welsh(text)
    stopped = WELSH_STOP_WORDS if welsh else ENGLISH_STOP_WORDS
    for found in WORD.finditer(text):
        word = found[0].lower()
        is_word = len(word) <= LONGEST_WORD and not AMOUNT.fullmatch(word)
        if is_word and word not in stopped:
            yield found, word if welsh else stem(word)


def stems(text: str) -> list[str]:
    """The stems of a text in order; this is the analyser of the measure."""
    return [name for _, name in words(text)]


def form(word: str) -> str:
    """How a word is shown: acronyms and FixMyStreet keep their capitals, a shout does not."""
    has_inner_capitals = word[1:] != word[1:].lower()
    is_shout = word.isupper() and len(word) > LONGEST_ACRONYM
    return word if has_inner_capitals and not is_shout else word.lower()


def read(text: str) -> Reading:
    """Read a text once; everything else works on what this keeps."""
    reading = Reading()
    for found, name in words(text):
        reading.counts[name] = reading.counts.get(name, 0) + 1
        reading.firsts.setdefault(name, found.start())
        reading.forms[name, form(found[0])] += 1
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
