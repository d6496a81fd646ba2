"""Files of rows, CSV or JSON Lines: read whole, and every fault named by file, row and column."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.mistakes import Mistake

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_FIELD = 100_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, so that a fault can be named."""

    file: Path
    row: int

    def fault(self, column: str, what: str) -> Mistake:
        where = f"{self.file.name}, row {self.row}"
        return Mistake(f"{where}, {column}: {what}" if column else f"{where}: {what}")


def text_of(file: Path) -> str:
    """Read a file as UTF-8, with or without its mark.

    Raises:
        Mistake: it cannot be read, or is something else.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            message = f"{file.name} is larger than {LARGEST_FILE // 1024 // 1024} MB: split it."
            raise Mistake(message)
        raw = file.read_bytes()
    except OSError as problem:
        message = f"{file} cannot be read ({problem.strerror}): check its name and who may read it."
        raise Mistake(message) from problem
    return decoded(file, raw)


def decoded(file: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = f"{file.name} is UTF-16: save it as UTF-8 and run this again."
        raise Mistake(message)
    if raw.startswith(b"PK\x03\x04"):
        message = f"{file.name} is a workbook or an archive: export it as CSV in UTF-8."
        raise Mistake(message)
    if b"\x00" in raw:
        at = raw[: raw.index(b"\x00")].count(b"\n") + 1
        message = f"{file.name}, row {at} holds a NUL character: save the file as UTF-8 text."
        raise Mistake(message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        at = raw[: problem.start].count(b"\n") + 1
        message = f"{file.name}, line {at} is not UTF-8: save it as UTF-8 and run this again."
        raise Mistake(message) from problem


def rows(file: Path) -> list[tuple[Place, Row]]:
    """Every row with its place.

    Raises:
        Mistake: the file or one of its rows cannot be read.
    """
    text = text_of(file)
    if not text.strip():
        message = f"{file.name} is empty: choose a file with rows."
        raise Mistake(message)
    found = list(of_json(file, text) if is_json(file, text) else of_csv(file, text))
    if not found:
        message = f"{file.name} has no rows under its header: choose a file with rows."
        raise Mistake(message)
    return found


def is_json(file: Path, text: str) -> bool:
    return file.suffix in {".jsonl", ".ndjson", ".json"} or text.lstrip().startswith("{")


def of_json(file: Path, text: str) -> Iterator[tuple[Place, Row]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(file, number)
        yield place, json_row(place, line)


def json_row(place: Place, line: str) -> Row:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise place.fault("", "write an object with named fields.")
        # The file is UTF-8: only an escape can bring half of a character.
        if "\\u" in line:
            check_characters(place, row)
    except (ValueError, RecursionError) as problem:
        raise place.fault("", "this is not JSON; write one object a line.") from problem
    return row


def check_characters(place: Place, row: Row) -> None:
    """Raise a Mistake for the first column with half of a character: nothing can store it."""
    for name, value in row.items():
        try:
            json.dumps([name, value], ensure_ascii=False).encode()
        except UnicodeEncodeError as problem:
            column = name.encode(errors="replace").decode()
            what = "half of a character stands here; write it whole."
            raise place.fault(column, what) from problem


def of_csv(file: Path, text: str) -> Iterator[tuple[Place, Row]]:
    csv.field_size_limit(LARGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            place = Place(file, reader.line_num)
            if not header:
                header = checked_header(file, cells)
            elif cells:
                yield place, checked_cells(place, header, cells)
    except csv.Error as problem:
        raise Place(file, reader.line_num).fault("", f"{problem}.") from problem


def checked_header(file: Path, cells: list[str]) -> list[str]:
    names = [cell.strip().replace("\u00a0", " ") for cell in cells]
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        what = "the columns must be separated by commas, not by semicolons or tabs."
        raise Place(file, 1).fault("", what)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Place(file, 1).fault(twice or "(no name)", "this column stands twice.")
    return names


def checked_cells(place: Place, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        what = f"there are {len(cells)} columns where the header has {len(header)}."
        raise place.fault("", what)
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
