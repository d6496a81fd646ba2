"""The six-layer MiniLM sentence encoder, in numpy: the meaning of a whole text as one vector.

It runs over the weights that others trained and gives their vectors, to rounding; nothing is
learnt here. Weights and tokens are handed over, since this package reads no files.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import erf

LAYERS, HEADS = 6, 12
MOST_TOKENS = 256


@dataclass(frozen=True)
class Encoder:
    """Weights by the names that they have in the model's file."""

    weights: Mapping[str, Any]

    def meaning(self, tokens: Sequence[int]) -> Any:
        """A vector of length one for the tokens of a text, its first 256."""
        one = self.embedded(tokens[:MOST_TOKENS])
        for layer in range(LAYERS):
            one = self.layer(f"encoder.layer.{layer}", one)
        mean = one.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def embedded(self, tokens: Sequence[int]) -> Any:
        words, places, kinds = (
            self.weights[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        )
        at = np.asarray(tokens)
        return self.normal("embeddings.LayerNorm", words[at] + places[: len(at)] + kinds[0])

    def layer(self, name: str, one: Any) -> Any:
        seen = self.linear(f"{name}.attention.output.dense", self.attention(name, one))
        one = self.normal(f"{name}.attention.output.LayerNorm", one + seen)
        wide = self.linear(f"{name}.intermediate.dense", one)
        gelu = wide * 0.5 * (1 + erf(wide / math.sqrt(2)))
        thought = self.linear(f"{name}.output.dense", gelu)
        return self.normal(f"{name}.output.LayerNorm", one + thought)

    def attention(self, name: str, one: Any) -> Any:
        """What each token takes from the others, a head at a time."""
        shape = (len(one), HEADS, one.shape[1] // HEADS)
        query, key, value = (
            self.linear(f"{name}.attention.self.{part}", one).reshape(shape).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        heed = query @ key.transpose(0, 2, 1) / math.sqrt(shape[2])
        heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
        heed /= heed.sum(axis=-1, keepdims=True)
        return (heed @ value).transpose(1, 0, 2).reshape(one.shape)

    def linear(self, name: str, one: Any) -> Any:
        return one @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def normal(self, name: str, one: Any) -> Any:
        centred = one - one.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
