"""The matcher: text in, matches with their reasons out. The finder: a few words in, hits out.

Pure: no input, no output, no web.
"""

from matching.documents import Document, Match, Term, Weighed
from matching.entries import Entry
from matching.finder import Finder
from matching.matcher import Matcher
from matching.probability import THRESHOLD, WORDS, Fit, probability
from matching.search import Findings, Hit, Wish, find
from matching.telling import stems_of_names
from matching.terms import stems

__all__ = [
    "THRESHOLD",
    "WORDS",
    "Document",
    "Entry",
    "Finder",
    "Findings",
    "Fit",
    "Hit",
    "Match",
    "Matcher",
    "Term",
    "Weighed",
    "Wish",
    "find",
    "probability",
    "stems",
    "stems_of_names",
]
