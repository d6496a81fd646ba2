"""`./tandem match --file`: the matcher alone, on anyone's list, with no database."""

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from backend.columns import names
from backend.mistakes import Mistake
from backend.schema.words import Phase
from backend.tables import Place, Row, rows
from matching import Document, Match, Matcher

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
        title=filled(place, row, "title"),
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
    """A match as the command's contract has it: shares absolute, adding up to the score."""
    return {
        "id": match.id,
        "score": match.score,
        "probability": match.probability,
        "kind": match.kind,
        "terms": [*([term.word, term.share] for term in match.terms), ["", match.rest]],
        "differences": list(match.differences),
    }


def matched(
    file: Path, *, top: int, as_json: bool, semantic: bool, out: TextIO, err: TextIO
) -> None:
    """Match a list and print it; with `as_json` a line a project, best first.

    Raises:
        Mistake: the list cannot be read, or an extra is asked for that is not there.
    """
    if semantic:
        message = "This version has no semantic extra yet: leave --semantic out."
        raise Mistake(message)
    watch = Stopwatch()
    read = documents(file)
    watch.lap("read")
    matcher = Matcher.of(read)
    watch.lap("tokenise")
    _ = matcher.weights
    watch.lap("pairs")
    for lines in written(matcher, top, as_json=as_json, watch=watch):
        print(lines, file=out)
        watch.lap("write")
    if as_json:
        print(json.dumps({"seconds": rounded(watch.seconds), "peak_mb": peak_mb()}), file=err)


def written(matcher: Matcher, top: int, *, as_json: bool, watch: Stopwatch) -> Iterator[str]:
    for block in matcher.ranked(top):
        watch.lap("pairs")
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
    lines = [f"{ours.title} ({ours.organisation})"]
    for match in matches:
        theirs = matcher.document(match.id)
        shown = ", ".join(term.word for term in match.terms[:4])
        chance = min(99, round(match.probability * 100))
        lines.append(f"  {chance:3} in 100  {theirs.title} ({theirs.organisation}): {shown}")
    if not matches:
        lines.append("  nothing like it")
    return "\n".join(lines)


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {stage: round(value, 4) for stage, value in seconds.items()}


def peak_mb() -> float:
    """The largest this process has been; Linux counts in kilobytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
