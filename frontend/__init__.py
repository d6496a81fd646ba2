"""Pages and letters: documents with templates, run by one small machine."""

from frontend.asking import Answer, Ask, AskAs, Frame, FrameOf, Question
from frontend.explore import DOWNLOADS
from frontend.letter import Letter, LetterError, Letters
from frontend.page import error_page, rendered
from frontend.questions import questions
from frontend.routes import site

__all__ = [
    "DOWNLOADS",
    "Answer",
    "Ask",
    "AskAs",
    "Frame",
    "FrameOf",
    "Letter",
    "LetterError",
    "Letters",
    "Question",
    "error_page",
    "questions",
    "rendered",
    "site",
]
