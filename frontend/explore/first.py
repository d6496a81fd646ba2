"""The questions of Explore that are asked first: everything of each noun, and its chart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frontend.asking import Question
from frontend.explore.asked import CHART, read
from frontend.explore.documents import question
from frontend.explore.nouns import NOUNS


def questions() -> Iterator[Question]:
    """So that an engine can have planned them beforehand."""
    for name in NOUNS:
        for pairs in ([("what", name)], [("what", name), ("show", CHART)]):
            yield question(read(pairs, today=date.today()))  # noqa: DTZ011 - no day is asked for
