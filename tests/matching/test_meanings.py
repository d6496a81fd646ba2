"""The extra `semantic`: meanings come into the second pass only, and reasons still add up."""

import math
import time
from importlib.util import find_spec

import numpy as np
import pytest

from backend.mistakes import Mistake
from backend.semantic import PACKAGE, meanings
from matching import Document, Matcher
from matching.encoder import Encoder
from matching.probability import MEANINGS, probability
from tests.matching.texts import real_projects

REAL = real_projects()[:60]
WIDE = 384


def random_weights(seed=0) -> dict:
    draw = np.random.default_rng(seed)

    def table(*shape):
        return draw.normal(scale=0.1, size=shape)

    def normal(name):
        return {f"{name}.weight": np.ones(WIDE), f"{name}.bias": np.zeros(WIDE)}

    def linear(name, given, out):
        return {f"{name}.weight": table(out, given), f"{name}.bias": table(out)}

    weights = normal("embeddings.LayerNorm")
    for kind, size in (("word", 50), ("position", 256), ("token_type", 2)):
        weights[f"embeddings.{kind}_embeddings.weight"] = table(size, WIDE)
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            weights |= linear(f"{name}.attention.self.{part}", WIDE, WIDE)
        weights |= linear(f"{name}.attention.output.dense", WIDE, WIDE)
        weights |= linear(f"{name}.intermediate.dense", WIDE, 4 * WIDE)
        weights |= linear(f"{name}.output.dense", 4 * WIDE, WIDE)
        weights |= normal(f"{name}.attention.output.LayerNorm") | normal(f"{name}.output.LayerNorm")
    return weights


def test_a_meaning_has_length_one_and_follows_the_order_of_tokens():
    encoder = Encoder(random_weights())
    one, other = encoder.meaning([1, 2, 3, 4]), encoder.meaning([4, 3, 2, 1])
    assert one.shape == (WIDE,)
    assert math.isclose(np.linalg.norm(one), 1)
    assert not np.allclose(one, other)


def test_only_the_first_tokens_of_a_long_text_count():
    encoder = Encoder(random_weights())
    tokens = [n % 50 for n in range(300)]
    assert np.array_equal(encoder.meaning(tokens), encoder.meaning(tokens[:256]))


def test_with_meanings_the_shares_are_the_same_and_add_up():
    vectors = np.random.default_rng(1).normal(size=(len(REAL), 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    plain = Matcher.of(REAL)
    for name, found in plain.with_meanings(vectors).pairs(5):
        for match in found:
            told = sum(term.share for term in match.terms) + match.rest
            assert told + match.lift == pytest.approx(match.score, abs=1e-11)
            assert match.terms == plain.match(name, match.id).terms
            chance = probability(match.score, len(match.terms), MEANINGS, documents=len(plain))
            assert match.probability == chance


def test_texts_that_mean_the_same_come_first():
    texts = ["parking permits", "parking fines", "parking zones"]
    matcher = Matcher.of(Document(f"p{n}", f"b{n}", text, "") for n, text in enumerate(texts))
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert matcher.with_meanings(vectors).matches("p0")[0].id == "p2"


def test_without_the_extra_a_sentence_says_how_to_get_it():
    if find_spec(PACKAGE):
        pytest.skip("the extra is installed")
    with pytest.raises(Mistake, match="TANDEM_EXTRAS=semantic"):
        meanings(REAL)


def test_the_encoder_starts_soon_and_knows_what_is_alike():
    if not find_spec(PACKAGE):
        pytest.skip("the extra is not installed")
    start = time.perf_counter()
    texts = ["Paperless parking permits", "Virtual permits for cars", "Fostering a child"]
    one, two, three = meanings(Document(text, "b", text, "") for text in texts)
    assert time.perf_counter() - start < 5  # under one on an idle machine
    assert one @ two > 0.4 > one @ three
