"""An index taken apart into plain values and arrays, and put together again without reading a text.

It is for whoever keeps an index in a file: nothing here says how.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy import sparse

from matching.documents import Document
from matching.forms import Forms
from matching.matcher import Matcher
from matching.nearest import table_of
from matching.weights import Counts


@dataclass(frozen=True, slots=True)
class Kept:
    """`facts` are lists, texts and numbers, as JSON has them; `arrays` are numbers."""

    facts: dict[str, Any]
    arrays: dict[str, Any]


def taken_apart(matcher: Matcher) -> Kept:
    """Everything that cannot be reckoned at once; the meanings of texts are left out."""
    counts = matcher._counts  # noqa: SLF001 - of one mind with the matcher
    forms = matcher._forms.times  # noqa: SLF001
    facts = {
        "documents": [
            asdict(one) | {"partners": sorted(one.partners)}
            for one in matcher._documents  # noqa: SLF001
        ],
        "names": counts.names,
        "stems": [stem for stem, _ in forms],
        "forms": [form for _, form in forms],
    }
    arrays = {
        "counts": counts.matrix.data,
        "columns": counts.matrix.indices,
        "rows": counts.matrix.indptr,
        "words": counts.firsts,
        "times": np.fromiter(forms.values(), dtype=np.int64, count=len(forms)),
    }
    return Kept(facts, arrays | nearest(matcher))


def nearest(matcher: Matcher) -> dict[str, Any]:
    """What the first pass found for each text: the dear part, so it is reckoned now if need be."""
    ends = np.cumsum([len(found) for found in matcher.firsts])
    return {
        "nearest": np.concatenate([np.array([], dtype=np.int64), *matcher.firsts]),
        "nearest_ends": ends,
    }


def put_together(kept: Kept) -> Matcher:
    """The index that was taken apart.

    Raises:
        ValueError, KeyError, TypeError: these are not the parts of one.
    """
    facts, arrays = kept.facts, kept.arrays
    documents = tuple(
        Document(**one | {"partners": frozenset(one["partners"])}) for one in facts["documents"]
    )
    parts = (arrays["counts"], arrays["columns"], arrays["rows"])
    matrix = sparse.csr_matrix(parts, shape=(len(documents), len(facts["names"])))
    told = zip(facts["stems"], facts["forms"], strict=True)
    forms = Forms(Counter(dict(zip(told, arrays["times"].tolist(), strict=True))))
    matcher = Matcher(documents, Counts(tuple(facts["names"]), matrix, arrays["words"]), forms)
    ends = arrays["nearest_ends"]
    if len(ends) != len(documents) or len(arrays["words"]) != matrix.nnz:
        message = "the parts of this index do not fit together"
        raise ValueError(message)
    matcher.firsts = np.split(arrays["nearest"], ends[:-1]) if documents else []
    matcher._earlier = table_of(matcher.firsts)  # noqa: SLF001 - as above
    return matcher
