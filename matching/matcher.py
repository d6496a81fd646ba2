"""The index: immutable, exact, and refreshed without reading old texts again.

The measure is the cosine of sublinear TF-IDF over stems. Word counts of each document are kept, so
that adding one recounts nothing: only IDF and norms are made anew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from matching.documents import Document, Match
from matching.probability import probability
from matching.reasons import match
from matching.terms import forms, stems

BLOCK = 512

Counts = Counter[str]


class Matcher:
    """Compares project texts; make one with `of`, and another with `with_document`."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        counts: tuple[Counts, ...],
        written: Mapping[tuple[str, str], int],
    ) -> None:
        self._documents = documents
        self._counts = counts
        self._written = written
        self._at = {document.id: at for at, document in enumerate(documents)}

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Matcher":
        """Index documents; of two with one id the later counts."""
        unique = tuple({document.id: document for document in documents}.values())
        written: Counter[tuple[str, str]] = Counter()
        for document in unique:
            written.update(forms(document.text))
        return cls(unique, tuple(Counter(stems(one.text)) for one in unique), written)

    def with_document(self, document: Document) -> "Matcher":
        """Add a document, or put it in the place of the one with its id."""
        if document.id in self:
            return self.without(document.id).with_document(document)
        written = Counter(self._written)
        written.update(forms(document.text))
        counts = Counter(stems(document.text))
        return Matcher((*self._documents, document), (*self._counts, counts), written)

    def without(self, id: str) -> "Matcher":
        """Take a document out, its words with it."""
        at = self._at[id]
        written = Counter(self._written)
        written.subtract(forms(self._documents[at].text))
        return Matcher(
            self._documents[:at] + self._documents[at + 1 :],
            self._counts[:at] + self._counts[at + 1 :],
            +written,
        )

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, id: object) -> bool:
        return id in self._at

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._at)

    def document(self, id: str) -> Document:
        return self._documents[self._at[id]]

    @cached_property
    def columns(self) -> dict[str, int]:
        """A column for each stem, in alphabetical order."""
        names = sorted(set().union(*self._counts)) if self._counts else []
        return {name: at for at, name in enumerate(names)}

    @cached_property
    def names(self) -> list[str]:
        return list(self.columns)

    @cached_property
    def shown(self) -> dict[str, str]:
        """For each stem the form in which people wrote it most often, ties by the alphabet."""
        best: dict[str, tuple[int, str]] = {}
        for (name, written), times in self._written.items():
            rank = (-times, written)
            if name not in best or rank < best[name]:
                best[name] = rank
        return {name: written for name, (_, written) in best.items()}

    def counted(self, counts: Iterable[Counts]) -> Any:
        """A sparse matrix of counts, a row a document; stems without a column are left out."""
        indices: list[int] = []
        values: list[int] = []
        ends = [0]
        for one in counts:
            known = sorted(
                (self.columns[name], times) for name, times in one.items() if name in self.columns
            )
            indices += [column for column, _ in known]
            values += [times for _, times in known]
            ends.append(len(indices))
        shape = (len(ends) - 1, max(len(self.columns), 1))
        return sparse.csr_matrix((np.array(values, dtype=np.float64), indices, ends), shape=shape)

    @cached_property
    def weighting(self) -> TfidfTransformer:
        counts = self.counted(self._counts)
        return TfidfTransformer(sublinear_tf=True).fit(counts)

    @cached_property
    def weights(self) -> Any:
        """TF-IDF rows of length one, in the order of the documents."""
        return self.weighting.transform(self.counted(self._counts))

    @cached_property
    def organisations(self) -> Any:
        return np.array([document.organisation for document in self._documents], dtype=object)

    def matches(self, id: str, top: int = 10) -> list[Match]:
        """The documents of other bodies that are most like one of the index, best first."""
        at = self._at[id]
        scores = self.weights @ self.weights[at].toarray().ravel()
        found = self.best(self._documents[at], scores, top)
        return [
            self.stated(self._documents[at], self.weights[at], other, scores) for other in found
        ]

    def similar(self, document: Document, top: int = 10) -> list[Match]:
        """The documents most like a draft, which is scored and not kept."""
        if not self._documents:
            return []
        row = self.weighting.transform(self.counted([Counter(stems(document.text))]))
        scores = self.weights @ row.toarray().ravel()
        found = self.best(document, scores, top)
        return [self.stated(document, row, other, scores) for other in found]

    def match(self, a: str, b: str) -> Match:
        """How alike one pair is, from the side of `a`."""
        one, other = self._at[a], self._at[b]
        score = float(self.weights[one].multiply(self.weights[other]).sum())
        return match(self, self._documents[one], self.weights[one], other, score)

    def pairs(self, top: int = 10) -> Iterator[tuple[str, list[Match]]]:
        """Every document with its best matches."""
        for block in self.ranked(top):
            for at, found, scores in block:
                yield self.explained(at, found, scores)

    def ranked(self, top: int = 10) -> Iterator[list[tuple[int, list[int], Any]]]:
        """Blocks of places, each with the places of its best matches and all its scores."""
        for start in range(0, len(self), BLOCK):
            scores = (self.weights[start : start + BLOCK] @ self.weights.T).toarray()
            yield [
                (start + offset, self.best(self._documents[start + offset], row, top), row)
                for offset, row in enumerate(scores)
            ]

    def explained(self, at: int, found: list[int], scores: Any) -> tuple[str, list[Match]]:
        """State the matches of one place that `ranked` found."""
        ours, row = self._documents[at], self.weights[at]
        return ours.id, [self.stated(ours, row, other, scores) for other in found]

    def stated(self, ours: Document, row: Any, other: int, scores: Any) -> Match:
        return match(self, ours, row, other, float(scores[other]))

    def best(self, ours: Document, scores: Any, top: int) -> list[int]:
        """The best-scored documents of bodies that are not in this one's; ties go by id."""
        order = np.flatnonzero(scores > 0)
        order = order[np.argsort(-scores[order], kind="stable")]
        found: list[int] = []
        last = 0.0
        for at in order:
            if len(found) >= top and scores[at] < last:
                break
            if self.is_other(ours, int(at)):
                found.append(int(at))
                last = float(scores[at])
        return sorted(found, key=lambda at: (-scores[at], self._documents[at].id))[:top]

    def is_other(self, ours: Document, at: int) -> bool:
        """Tell whether a document is of another body, and not of a partner in the same work."""
        theirs = self._documents[at]
        return (
            theirs.id != ours.id
            and theirs.organisation not in ours.bodies
            and ours.organisation not in theirs.bodies
        )

    def probability(self, score: float) -> float:
        return probability(score)
