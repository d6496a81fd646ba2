"""The indexes in a file beside the data, so that a start need not read every text again.

It is a cache: one that is broken, of another graph, of an older format or of another matcher is left
aside, with a word in the log, and everything is read anew. It holds what the whole network may see,
and of narrower projects the id and version and no text. Only its owner can read it, as the engine's
files beside it; it is written whole or not at all, and loading it runs nothing (no pickles).
"""

import hashlib
import io
import logging
import os
import uuid
import zipfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import orjson

import matching
from backend.indexes import Indexes
from matching.kept import Kept, put_together, taken_apart

log = logging.getLogger(__name__)

FORMAT = 1
NAME = "index.npz"
FACTS = "facts"
LIBRARIES = ("numpy", "scipy", "scikit-learn", "PyStemmer")


@cache
def matcher_mark() -> str:
    """Changes whenever the matcher's code, or what it reckons with, does."""
    mark = hashlib.sha256(" ".join(version(one) for one in LIBRARIES).encode())
    for file in sorted(Path(matching.__file__).parent.glob("*.py")):
        mark.update(file.read_bytes())
    return mark.hexdigest()


def header(graph: str) -> dict[str, Any]:
    return {"format": FORMAT, "matcher": matcher_mark(), "graph": graph}


def write(file: Path, held: Indexes, graph: str) -> None:
    """Keep indexes, with what tells their graph from another."""
    parts = {"network": taken_apart(held.network), "public": taken_apart(held.public)}
    facts = {
        "header": header(graph),
        "versions": dict(held.versions),
        "read_until": held.read_until,
        **{name: part.facts for name, part in parts.items()},
    }
    arrays: dict[str, Any] = {
        f"{name}.{of}": one for name, part in parts.items() for of, one in part.arrays.items()
    }
    arrays[FACTS] = np.frombuffer(orjson.dumps(facts), dtype=np.uint8)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    write_private(file, content.getbuffer())


def write_private(file: Path, content: memoryview) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{uuid.uuid4().hex}.new")  # two sites may write at once
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def read(file: Path, graph: str) -> Indexes | None:
    """What was kept of this graph's indexes by this very matcher, if it is whole."""
    try:
        return put_together_from(file, graph)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as problem:
        log.warning(
            "the kept index %s is of no use, and everything is read anew: %s", file, problem
        )
        return None


def put_together_from(file: Path, graph: str) -> Indexes:
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as content:
        arrays = dict(content)
    facts = orjson.loads(arrays.pop(FACTS).tobytes())
    if facts["header"] != header(graph):
        message = "it is of another graph, matcher or format"
        raise ValueError(message)
    network, public = (part(facts, arrays, name) for name in ("network", "public"))
    return Indexes(network, public, facts["versions"], facts["read_until"])


def part(facts: dict[str, Any], arrays: dict[str, Any], name: str) -> Any:
    start = f"{name}."
    own = {key.removeprefix(start): one for key, one in arrays.items() if key.startswith(start)}
    return put_together(Kept(facts[name], own))
