"""Answers taken away: CSV that no spreadsheet takes for formulas, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# Besides what OWASP names: a spreadsheet trims what stands before, and knows their wide forms.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """A cell that is read as text, whatever it begins with."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULAS) else text


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file that spreadsheets open as what it is: UTF-8, with the mark that tells them so."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([safe(name) for name in head])
    writer.writerows([safe(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
