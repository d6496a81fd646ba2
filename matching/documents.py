"""What the matcher reads and what it says."""

from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Document:
    """One project as text, with the facts that are shown beside the score and never raise it.

    `organisation` and `partners` are opaque ids of bodies; dates are ISO text and None if unknown.
    """

    id: str
    organisation: str
    title: str
    summary: str
    phase: str | None = None
    service: str | None = None
    service_name: str | None = None
    tier: str | None = None
    area: str | None = None  # the county in which a council of two tiers works
    starts: str | None = None
    ends: str | None = None
    openness: str | None = None
    partners: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Title and summary, with one spelling of an accented letter (Welsh ŵ has two)."""
        return normalize("NFC", f"{self.title}\n{self.summary}")

    @property
    def bodies(self) -> frozenset[str]:
        return self.partners | {self.organisation}


@dataclass(frozen=True, slots=True)
class Term:
    """A shared word, its absolute share of the score, and how each side says it."""

    word: str
    share: float
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of a text counts: its words with their parts of it, and how near it lies to themes.

    The parts of `words`, the heaviest first, `rest` and `strange` (what no other text has) make 1.
    """

    words: tuple[tuple[str, float], ...] = ()
    rest: float = 0.0
    rest_count: int = 0
    strange: float = 0.0
    themes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How alike another project is, told from the side that asked.

    The shares of `terms` and `rest` add up to the cosine of the two texts, the first pass's score,
    and with `lift` to `score`, to 1e-12. `lift` is what their neighbourhood adds: `through` is the
    text that brings them nearest, `theme` what both are about, each None if there is none.
    """

    id: str
    score: float
    lift: float
    through: str | None
    theme: str | None
    probability: float
    weaker: bool
    kind: str
    terms: tuple[Term, ...]
    rest: float
    rest_count: int
    same_service: bool
    area: str
    timing: str
    differences: tuple[str, ...]
