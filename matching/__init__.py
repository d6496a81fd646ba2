"""The matcher: text in, matches with their reasons out. Pure: no input, no output, no web."""

from matching.documents import Document, Match, Term
from matching.matcher import Matcher
from matching.probability import THRESHOLD, probability

__all__ = ["THRESHOLD", "Document", "Match", "Matcher", "Term", "probability"]
