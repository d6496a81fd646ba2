"""The index: immutable, exact, and refreshed without reading old texts again.

The first pass is exact: the cosine of TF-IDF over stems, of every pair. The second (`rerank.py`)
orders what the first found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.documents import Document, Match, Weighed
from matching.forms import Forms
from matching.likeness import Likeness
from matching.nearest import LEAST, NOWHERE, Places, best, with_row, without_row
from matching.probability import MEANINGS, WORDS, Fit
from matching.readings import table
from matching.reasons import Reasons, Side
from matching.rerank import DEPTH, Part, Rerank, Text, both, gathered, part
from matching.telling import Telling, heaviest
from matching.terms import read
from matching.weights import FEWEST_FOR_MACHINE_CODE, Counts

if TYPE_CHECKING:
    from matching.pairs import Bodies, Standing

BLOCK = 64  # rows at a time: a block of scores should stay in the processor's cache

Ranked = list[tuple[int, Places]]


class Matcher:
    """Compares project texts; make one with `of`, and another with `with_document`."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        counts: Counts,
        forms: Forms,
        *,
        meanings: Any = None,
        fit: Fit | None = None,
        earlier: Any = None,
    ) -> None:
        self._documents = documents
        self._counts = counts
        self._forms = forms
        self._meanings = meanings
        self._fit = fit
        self._earlier = earlier
        self._at = {document.id: at for at, document in enumerate(documents)}

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Matcher":
        """Index documents; of two with one id the later counts."""
        unique = tuple({document.id: document for document in documents}.values())
        return cls(unique, *table([document.text for document in unique]))

    def with_document(self, document: Document) -> "Matcher":
        """Add a document, or put it in the place of the one with its id."""
        if document.id in self:
            return self.without(document.id).with_document(document)
        reading = read(document.text)
        forms = self._forms.plus(reading.forms)
        documents = (*self._documents, document)
        counts, earlier = self._counts.plus(reading), with_row(self._known)
        return Matcher(documents, counts, forms, fit=self._fit, earlier=earlier)

    def without(self, id: str) -> "Matcher":
        """Take a document out, its words with it."""
        at = self._at[id]
        forms = self._forms.minus(read(self._documents[at].text).forms)
        rest = self._documents[:at] + self._documents[at + 1 :]
        counts, earlier = self._counts.minus(at), without_row(self._known, at)
        return Matcher(rest, counts, forms, fit=self._fit, earlier=earlier)

    def with_meanings(self, vectors: Any) -> "Matcher":
        """The same index, with a vector of length one for the meaning of each document."""
        return Matcher(
            self._documents,
            self._counts,
            self._forms,
            meanings=vectors,
            fit=self._fit,
            earlier=self._known,
        )

    def with_fit(self, fit: Fit) -> "Matcher":
        """The same index, whose probabilities are of another fit; nothing is reckoned anew."""
        if fit == self.fit:
            return self
        other = copy(self)
        other._fit = fit  # noqa: SLF001 - one of us
        vars(other).pop("reasons", None)
        return other

    @property
    def fit(self) -> Fit:
        """The fit that was given, else the one that ships."""
        return self._fit or (WORDS if self._meanings is None else MEANINGS)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, id: object) -> bool:
        return id in self._at

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._at)

    def document(self, id: str) -> Document:
        return self._documents[self._at[id]]

    @property
    def weights(self) -> Any:
        """TF-IDF rows of length one, in the order of the documents."""
        return self._counts.weights

    def matches(self, id: str, top: int = 10) -> list[Match]:
        """The documents of other bodies that are most like one of the index, best first."""
        ((at, found),) = self.found(np.array([self._at[id]]), top)
        return self.explained(at, found)[1]

    def similar(self, document: Document, top: int = 10) -> list[Match]:
        """The documents most like a draft, which is scored and not kept."""
        if not self._counts.names:
            return []
        row = self._counts.row(read(document.text))
        words = row.weights(self._counts.rarity(), len(self))
        found = self.draft_firsts(document, words, top)
        text = self.rerank.stranger(self.rerank.likeness.row(row), found[:DEPTH])
        found = self.reranked(document, text, part(words), found, top)
        side = Side(document, words.indices, words.data, row.firsts, self._counts.names)
        return self.reasons.matches(side, text, found)

    def entered(self, id: str, top: int = 10) -> list[str]:
        """The documents among whose best matches one of the index is."""
        at = self._at[id]
        near = self.seeing(at) if top <= DEPTH else np.arange(len(self))
        return [
            self._documents[place].id
            for start in range(0, len(near), BLOCK)
            for place, found in self.found(near[start : start + BLOCK], top)
            if at in found
        ]

    def seeing(self, at: int) -> Places:
        """The documents whose second pass looks at one: no other can have it in its list."""
        listed = [place for place, found in enumerate(self.firsts) if at in found]
        near = self.rerank.near
        beyond = np.flatnonzero((near @ near[:, [at]]).toarray().ravel())
        return np.union1d(np.array(listed, dtype=np.int64), beyond)

    def match(self, a: str, b: str) -> Match:
        """How alike one pair is, from the side of `a`."""
        return self.explained(self._at[a], np.array([self._at[b]]))[1][0]

    def pairs(self, top: int = 10) -> Iterator[tuple[str, list[Match]]]:
        """Every document with its best matches."""
        for block in self.ranked(top):
            for at, found in block:
                yield self.explained(at, found)

    def ranked(self, top: int = 10) -> Iterator[Ranked]:
        """Blocks of places, each with the places of its best matches; reasons come later."""
        for block in self.blocks():
            yield self.found(block, top)

    def blocks(self) -> Iterator[Places]:
        for start in range(0, len(self), BLOCK):
            yield np.arange(start, min(start + BLOCK, len(self)))

    def found(self, block: Places, top: int) -> Ranked:
        if top < 1:
            return [(at, NOWHERE) for at in block.tolist()]
        firsts = [self.firsts[at] for at in block] if top <= DEPTH else self.first(block, top)
        return [
            (
                at,
                self.reranked(
                    self._documents[at], self.rerank.text(at), part(self.weights, at), first, top
                ),
            )
            for at, first in zip(block.tolist(), firsts, strict=True)
        ]

    def reranked(self, ours: Document, text: Text, row: Part, first: Places, top: int) -> Places:
        """The best of the second pass among what the first found and what lies near that."""
        places = np.setdiff1d(
            self.rerank.candidates(text, first), np.concatenate([NOWHERE, *self.not_other(ours)])
        )
        words = gathered(row, self.weights, places)
        scores = both(words, self.rerank.neighbourhood(text, places))
        order = np.lexsort((self._id_ranks[places], -scores))
        best: Places = places[order[words[order] >= LEAST][:top]]
        return best

    def first(self, block: Places, top: int) -> list[Places]:
        """The exact first pass over some documents."""
        return self.best((self._documents[at] for at in block), self.weights[block], top)

    @cached_property
    def firsts(self) -> list[Places]:
        """For each document the best of the first pass, as many as the second looks at."""
        if self._is_small:
            return [found for block in self.blocks() for found in self.first(block, DEPTH)]
        places = self._standing.lists.places.astype(np.int64)
        ends = np.count_nonzero(places >= 0, axis=1)
        return [row[:end] for row, end in zip(places, ends.tolist(), strict=True)]

    @cached_property
    def _standing(self) -> "Standing":
        from matching.pairs import standing  # noqa: PLC0415 - half a second, which few do without

        return standing(self.weights, self._bodies, self._id_ranks, DEPTH, self._earlier)

    @property
    def _known(self) -> Any:
        """Lists of the first pass for the next index to begin from: this one's, or earlier ones."""
        ours = vars(self).get("_standing")
        return self._earlier if ours is None else ours.lists.places

    @property
    def _is_small(self) -> bool:
        return len(self) < FEWEST_FOR_MACHINE_CODE

    def draft_firsts(self, draft: Document, words: Any, top: int) -> Places:
        """The exact first pass for a text that is not in the index."""
        if self._is_small or top > DEPTH:
            return self.best([draft], words, max(top, DEPTH))[0]
        apart = np.ones(len(self), dtype=bool)
        for places in self.not_other(draft):
            apart[places] = False
        found: Places = self._standing.met(words, apart, len(self))[0]
        return found

    @cached_property
    def rerank(self) -> Rerank:
        return Rerank(Likeness(self._counts), self.firsts, self._id_ranks, self._meanings)

    def explained(self, at: int, found: Places) -> tuple[str, list[Match]]:
        """State the matches of one place that `ranked` found."""
        matches = self.reasons.matches(self.reasons.side(at), self.rerank.text(at), found)
        return self._documents[at].id, matches

    def best(self, ours: Iterable[Document], rows: Any, top: int) -> list[Places]:
        """For each row the places of the best-scored documents of other bodies; ties go by id."""
        if top < 1 or not self._counts.names:
            return [NOWHERE for _ in ours]
        scores = (rows @ self._columns).toarray()
        for document, row in zip(ours, scores, strict=True):
            for places in self.not_other(document):
                row[places] = 0
        return best(scores, top, self._id_ranks)

    def not_other(self, ours: Document) -> Iterator[Places]:
        """Itself, work of the same body or of its partners, and work it is a partner in."""
        for body in ours.bodies:
            yield self._led.get(body, NOWHERE)
        yield self._joined.get(ours.organisation, NOWHERE)
        if ours.id in self:
            yield np.array([self._at[ours.id]])

    @cached_property
    def reasons(self) -> Reasons:
        return Reasons(self._documents, self._counts, self._forms, self.rerank, self.fit)

    def weighed(self, document: Document, top: int = 10) -> Weighed:
        """What counts of a draft, which is not kept."""
        row = self._counts.row(read(document.text))
        words = row.weights(self._counts.rarity(), len(self))
        parts, columns = words.data**2, words.indices
        heaviest = np.argsort(-parts, kind="stable")[:top]
        shown = tuple((self.reasons.words[columns[at]], float(parts[at])) for at in heaviest)
        return Weighed(
            words=shown,
            rest=float(np.delete(parts, heaviest).sum()),
            rest_count=len(parts) - len(shown),
            strange=max(0.0, 1 - float(parts.sum())) if row.strange.size else 0.0,
            themes=tuple(self.rerank.likeness.themes_near(row)),
        )

    def telling(self, document: Document, places: Collection[str] = ()) -> list[Telling]:
        """The words that tell what a text is about, of the index or not, the heaviest first.

        `places` are stems of names of places: these tell where, and not what.
        """
        is_new = document.id not in self
        found = heaviest(document.text, self._counts, is_new=is_new, places=places)
        shown = self.reasons.shown
        return [Telling(name, shown.get(name, said.commonest)) for name, said in found]

    @cached_property
    def _columns(self) -> Any:
        return self.weights.T.tocsr()

    @cached_property
    def _id_ranks(self) -> Places:
        ids, ranks = self.ids, np.empty(len(self), dtype=np.int64)
        ranks[sorted(range(len(self)), key=ids.__getitem__)] = np.arange(len(self))
        return ranks

    @cached_property
    def _bodies(self) -> "Bodies":
        """Who leads and who joins each document, bodies by number."""
        from matching.pairs import Bodies  # noqa: PLC0415 - as above

        numbers = {body: at for at, body in enumerate({**self._led, **self._joined})}
        partners = [
            [numbers[body] for body in sorted(document.partners)] for document in self._documents
        ]
        return Bodies(
            np.array([numbers[one.organisation] for one in self._documents], dtype=np.int32),
            np.cumsum([0, *map(len, partners)], dtype=np.int64),
            np.array([number for some in partners for number in some], dtype=np.int32),
        )

    @cached_property
    def _led(self) -> dict[str, Places]:
        return grouped((document.organisation, at) for at, document in enumerate(self._documents))

    @cached_property
    def _joined(self) -> dict[str, Places]:
        return grouped(
            (partner, at)
            for at, document in enumerate(self._documents)
            for partner in document.partners
        )


def grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, Places]:
    groups = defaultdict(list)
    for body, at in pairs:
        groups[body].append(at)
    return {body: np.array(places) for body, places in groups.items()}
