"""`./tandem match --file`: the matcher alone, on anyone's list, with no database."""

import csv
import json
import re
import resource
import sys
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from backend.columns import names
from backend.mistakes import Mistake
from backend.schema.words import Phase
from backend.semantic import meanings
from backend.tables import Place, Row, rows
from matching import Document, Match, Matcher
from matching.evaluation import evaluated

PHASES = names(Phase)
STAGES = ("read", "tokenise", "pairs", "rerank", "reasons", "write")


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    since: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] += now - self.since
        self.since = now


def column(place: Place, row: Row, name: str) -> str:
    value = row.get(name)
    if name not in row:
        raise place.fault(name, "this column is missing.")
    if not isinstance(value, str):
        raise place.fault(name, "write text here.")
    return value


def filled(place: Place, row: Row, name: str) -> str:
    value = column(place, row, name)
    if not value.strip():
        raise place.fault(name, "this is empty; say something here.")
    return value


def phase(place: Place, row: Row) -> str | None:
    value = row.get("phase")
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value.upper() not in PHASES:
        raise place.fault("phase", f"write one of {', '.join(PHASES).lower()}, or leave it out.")
    return value.upper()


def service(place: Place, row: Row) -> str | None:
    value = row.get("lgsl")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not re.fullmatch("[0-9]+", str(value)):
        raise place.fault("lgsl", "write the number of the service, or leave it out.")
    return str(value)


def document(place: Place, row: Row) -> Document:
    lgsl = service(place, row)
    return Document(
        id=filled(place, row, "id"),
        organisation=filled(place, row, "organisation"),
        title=column(place, row, "title"),
        summary=column(place, row, "summary"),
        phase=phase(place, row),
        service=lgsl,
        service_name=f"service {lgsl}" if lgsl else None,
    )


def documents(file: Path) -> list[Document]:
    """Read a list of projects.

    Raises:
        Mistake: a row is wrong; the message names file, row and column.
    """
    found: dict[str, Document] = {}
    for place, row in rows(file):
        one = document(place, row)
        if one.id in found:
            raise place.fault("id", f"{one.id[:60]} stands in this file already.")
        found[one.id] = one
    return list(found.values())


def plain(match: Match) -> dict[str, Any]:
    """A match as the command's contract has it: shares absolute, adding up to the score.

    The share of each word is the first pass's; what its neighbourhood adds is in the rest, which is
    what is left of the score, to the last digit.
    """
    rest = match.score - sum(term.share for term in match.terms)
    return {
        "id": match.id,
        "score": match.score,
        "probability": match.probability,
        "kind": match.kind,
        "terms": [
            *([term.word, term.share] for term in match.terms),
            ["", rest],
        ],
        "differences": list(match.differences),
    }


def matched(
    file: Path, *, top: int, as_json: bool, semantic: bool, out: TextIO, err: TextIO
) -> None:
    """Match a list and print it; with `as_json` a line a project, best first.

    Raises:
        Mistake: the list cannot be read, or an extra is asked for that is not there.
    """
    watch = Stopwatch()
    read = documents(file)
    watch.lap("read")
    matcher = indexed(read, semantic=semantic, watch=watch)
    for lines in written(matcher, top, as_json=as_json, watch=watch):
        print(lines, file=out)
        watch.lap("write")
    if as_json:
        print(json.dumps({"seconds": rounded(watch.seconds), "peak_mb": peak_mb()}), file=err)


def indexed(read: list[Document], *, semantic: bool, watch: Stopwatch) -> Matcher:
    """The matcher with its first pass done, and the meanings of the texts where they are wanted."""
    matcher = Matcher.of(read)
    watch.lap("tokenise")
    if semantic:
        matcher = matcher.with_meanings(meanings(read))
        watch.lap("rerank")
    _ = matcher.firsts
    watch.lap("pairs")
    return matcher


def judged(file: Path, known: Container[str]) -> dict[frozenset[str], int]:
    """Read judged pairs: `a`, `b` and `grade` with tabs between.

    Raises:
        Mistake: a row is wrong; the message names file and row.
    """
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            found = list(csv.DictReader(handle, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as problem:
        message = f"{file.name} cannot be read: {problem}"
        raise Mistake(message) from problem
    grades = {}
    for number, row in enumerate(found, start=1):
        a, b, grade = (row.get(name) or "" for name in ("a", "b", "grade"))
        unknown = [one for one in (a, b) if one and one not in known]
        if unknown:
            message = f"{file.name}, row {number}: the list has no project {unknown[0]}."
            raise Mistake(message)
        if not (a and b) or a == b or not re.fullmatch("[0-9]", grade):
            message = (
                f"{file.name}, row {number}: write two ids of the list and a grade from 0 to 9, "
                "with tabs between, under the heads a, b and grade."
            )
            raise Mistake(message)
        grades[frozenset((a, b))] = int(grade)
    if not grades:
        message = (
            f"{file.name} has no judged pair: write the heads a, b and grade in its first row,"
            " and a pair in each row below, with tabs between."
        )
        raise Mistake(message)
    return grades


def evaluate(file: Path, pairs: Path, *, as_json: bool, semantic: bool, out: TextIO) -> None:
    """Print how well a list is matched, by judged pairs of it.

    Raises:
        Mistake: a file cannot be read, or an extra is asked for that is not there.
    """
    matcher = indexed(documents(file), semantic=semantic, watch=Stopwatch())
    figures = evaluated(matcher, judged(pairs, matcher))
    if as_json:
        print(json.dumps(figures), file=out)
        return
    proposed = figures["precision"]
    share = f"{proposed['share']:.3f} ({proposed['lower']:.3f} to {proposed['upper']:.3f})"
    for name, value in {
        "projects": figures["projects"],
        "with a judged pair": figures["queries"],
        "nDCG@10": f"{figures['ndcg_at_10']:.3f}",
        "MAP": f"{figures['map']:.3f}",
        "MRR": f"{figures['mrr']:.3f}",
        "pairs proposed": f"{proposed['proposed']}, of them {proposed['right']} judged alike",
        "precision": share,
        "calibration error": f"{figures['calibration_error']:.3f}",
    }.items():
        print(f"{name:20} {value}", file=out)


def written(matcher: Matcher, top: int, *, as_json: bool, watch: Stopwatch) -> Iterator[str]:
    for block in matcher.ranked(top):
        watch.lap("rerank")
        for at, found in block:
            one, matches = matcher.explained(at, found)
            lines = as_line(one, matches) if as_json else in_words(matcher, one, matches)
            watch.lap("reasons")
            yield lines


def as_line(one: str, matches: list[Match]) -> str:
    return json.dumps(
        {"id": one, "matches": [plain(match) for match in matches]}, ensure_ascii=False
    )


def in_words(matcher: Matcher, one: str, matches: list[Match]) -> str:
    ours = matcher.document(one)
    lines = [titled(ours)]
    for match in matches:
        theirs = matcher.document(match.id)
        shown = ", ".join(term.word for term in match.terms[:4])
        chance = min(99, round(match.probability * 100))
        told = f": {shown}" if shown else ""
        lines.append(
            f"  {chance:3} in 100  {titled(theirs)}{told}{' (weaker)' if match.weaker else ''}"
        )
    if not matches:
        lines.append("  nothing like it")
    return "\n".join(lines)


def titled(one: Document) -> str:
    return f"{one.title.strip() or '(no title)'} ({one.organisation})"


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {stage: round(value, 4) for stage, value in seconds.items()}


def peak_mb() -> float:
    """The largest this process has been; Linux counts in kilobytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
