"""Invented project texts with the statistics of real ones, for what takes time to measure.

A text has 92 words, a third of them stop words, of about 59 different stems. How common words are
follows Zipf's law as Mandelbrot bent it (sum of squared document frequencies about 4.2, vocabulary
growing to 235,000), with a dozen words of one of 600 topics in each text so that there are true
neighbours. No text or sentence is used twice, so that pruning is not flattered.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

SEED = 20261125
VOCABULARY = 240_000
STEEPNESS, BEND = 1.13, 11.0
OF_ANY, OF_TOPIC, STOPPED = 52, 12, 28
TOPICS, TOPIC_WORDS = 600, 60
TOPIC_RANKS = (200, 20_000)
ENDINGS = np.array(["", "", "", "s", "ing", "ed"])
CONSONANTS, VOWELS = "bdfgklmnprtvz", "aeiou"
TITLE = 7
TEXTS_PER_ORGANISATION = 25


@dataclass(frozen=True)
class Corpus:
    """Texts as rows of word numbers: `words` that count, `stops` between them."""

    words: np.ndarray
    stops: np.ndarray
    endings: np.ndarray
    organisations: np.ndarray

    def __len__(self) -> int:
        return len(self.words)

    def texts(self, start: int, stop: int) -> list[tuple[str, str]]:
        """Titles and summaries of some."""
        stop_words = np.array(sorted(word for word in ENGLISH_STOP_WORDS if len(word) > 1))
        spelt = SPELT[self.words[start:stop]] + ENDINGS[self.endings[start:stop]]
        both = np.concatenate([spelt, stop_words[self.stops[start:stop] % len(stop_words)]], axis=1)
        rng = np.random.default_rng((SEED, start))
        order = np.argsort(rng.random(both.shape), axis=1)
        rows = np.take_along_axis(both, order, axis=1).tolist()
        return [(" ".join(row[:TITLE]), f"{' '.join(row[TITLE:])}.") for row in rows]


def spelling(number: int) -> str:
    """A word that is no other's, and that a stemmer leaves whole."""
    syllables = []
    number += len(CONSONANTS) * len(VOWELS)
    while number:
        number, consonant = divmod(number, len(CONSONANTS))
        number, vowel = divmod(number, len(VOWELS))
        syllables.append(CONSONANTS[consonant] + VOWELS[vowel])
    return f"{''.join(syllables)}k"


SPELT = np.array([spelling(number) for number in range(VOCABULARY)])


def corpus(count: int) -> Corpus:
    """So many texts, the same ones every time."""
    rng = np.random.default_rng(SEED)
    shares = np.cumsum((np.arange(VOCABULARY) + BEND) ** -STEEPNESS)
    drawn = np.searchsorted(shares, rng.random((count, OF_ANY)) * shares[-1])
    topics = rng.integers(*TOPIC_RANKS, size=(TOPICS, TOPIC_WORDS))
    topic = rng.integers(TOPICS, size=count)
    near = (rng.random((count, OF_TOPIC)) ** 2 * TOPIC_WORDS).astype(int)
    words = np.concatenate(
        [np.minimum(drawn, VOCABULARY - 1), topics[topic[:, None], near]], axis=1
    )
    return Corpus(
        words,
        rng.integers(10**6, size=(count, STOPPED)),
        rng.integers(len(ENDINGS), size=words.shape),
        rng.integers(max(1, count // TEXTS_PER_ORGANISATION), size=count),
    )
