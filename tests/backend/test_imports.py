"""What an import takes and refuses: one sentence that names file, row and column, or all of it."""

import json
import re

import pytest

from backend.imports import REGISTERS, checked, import_file
from backend.match_files import documents
from backend.mistakes import Mistake
from graph import registers
from tests.world import built, uid

COUNCIL = {"code": "EEE", "name": "Eden", "shortName": "Eden", "kind": "COUNCIL"}
SERVICE = {"lgsl": 9, "name": "Parking", "tier": "ALL", "duty": "DUTY", "current": True}
SKILL = {"slug": "tact", "name": "Tact", "summary": "Say it well.", "families": ["Talk"]}
PROJECT = {
    "id": uid("project", 60),
    "title": "Quayside lamps",
    "summary": "Lamps that tell when they fail.",
    "lead": "ASH",
    "phase": "IDEA",
    "audience": "PUBLIC",
}
PERSON = {
    "id": uid("practitioner", 50),
    "name": "Nell",
    "email": "nell@ash.example",
    "council": "ASH",
    "role": "PRACTITIONER",
}
ROWS = {
    "councils": COUNCIL,
    "services": SERVICE,
    "skills": SKILL,
    "projects": PROJECT,
    "people": PERSON,
}
NOT_WHOLE = "is not a whole number from"


@pytest.fixture
def file(tmp_path):
    """Write rows to a file: objects as JSON Lines, text as it is."""

    def write(*rows, name="rows.jsonl"):
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


def refused(what, path):
    """Why a file is refused, in a single sentence."""
    with pytest.raises(Mistake) as mistake:
        checked(REGISTERS[what], path)
    words = str(mistake.value)
    assert re.fullmatch(r"[^\n]+\.", words)
    assert len(re.findall(r"[.!?](?=\s|$)", words)) == 1, words
    words.encode()
    return words


def read(what, path):
    return [row for _, row in checked(REGISTERS[what], path)]


@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_is_right_is_taken(file, what):
    assert len(read(what, file(ROWS[what]))) == 1


@pytest.mark.parametrize(
    ("what", "column", "value", "words"),
    [
        *(
            ("services", "lgsl", value, NOT_WHOLE)
            for value in (
                float("inf"),
                4.7,
                True,
                -5,
                0,
                99_999_999_999_999_999_999,
                "4.7",
                "1e3",
                "٤",
                [4],
            )
        ),
        *(
            ("councils", "population", value, NOT_WHOLE)
            for value in (2**70, 2**31, -1, "1_000", "many", {})
        ),
        *(
            ("councils", "latitude", value, "is not a number from -90 to 90")
            for value in (float("nan"), float("inf"), "nan", "1e1", 91, -90.5, True, 10**400)
        ),
        ("councils", "longitude", 200, "is not a number from -180 to 180"),
        ("councils", "areaSqKm", -1, "is not a number from 0 to"),
        ("councils", "tier", "ALL", "is not one of COUNTY, DISTRICT, SINGLE_TIER"),
        ("councils", "website", "javascript:alert(1)", "begins with https:// or http://"),
        ("councils", "startDate", "soon", "write a year, a month or a date"),
        ("councils", "name", "half \ud800", "half of a character"),
        ("skills", "families", [{"a": 1}], "write a list of texts"),
        ("skills", "families", ["a", 1, None], "write a list of texts"),
        ("skills", "families", {"a": 1}, "write a list"),
        ("skills", "families", 0, "write a list"),
        ("skills", "families", ["\udc00"], "half of a character"),
        ("projects", "summary", 1.5, "write text here"),
        ("projects", "summary", True, "write text here"),
        ("projects", "title", None, "this is empty"),
        ("projects", "title", "\u202e\u0007", "this is empty"),
        ("projects", "id", uid("project", 61).removeprefix("project-"), "write project- and a"),
        ("projects", "id", f"{uid('project', 61)}\u0663", "write project- and a"),
        ("projects", "partners", [None], "write a list of texts"),
        ("projects", "partners", [""], "this is empty"),
        ("projects", "startedOn", "2024", "a year alone does not say when"),
        ("projects", "endsOn", 2025, "a year alone does not say when"),
        ("projects", "endsOn", "soon", "write a month or a date, such as March 2027"),
        ("projects", "asAt", "2024-13", "write a year, a month or a date"),
        ("projects", "asAt", "٢٠٢٤", "write a year, a month or a date"),
        ("projects", "sourceUrl", "javascript:alert(1)", "begins with https:// or http://"),
        ("projects", "sourceUrl", "https://", "begins with https:// or http://"),
        ("projects", "phase", "beta", "is not one of IDEA, DISCOVERY, ALPHA, BETA"),
        ("people", "id", uid("practitioner", 51)[13:], "write practitioner- and a UUID"),
        ("people", "email", "nell.@ash.example", "write it like name@council.gov.uk"),
        ("people", "services", [{"a": 1}], NOT_WHOLE),
        ("people", "services", [None], "write a list of numbers"),
        ("people", "skills", ["tact"], "write objects with skill and level"),
        ("people", "invented", "perhaps", "write true or false"),
        ("people", "invented", 1, "write true or false"),
    ],
)
def test_a_value_that_is_wrong_is_named_by_file_row_and_column(file, what, column, value, words):
    said = refused(what, file(ROWS[what] | {column: value}))
    assert said.startswith(f"rows.jsonl, row 1, {column}: ")
    assert words in said


def test_an_end_before_the_start_is_refused(file):
    row = PROJECT | {"startedOn": "March 2027", "endsOn": "February 2027"}
    assert "row 1, endsOn: the end is before the start" in refused("projects", file(row))


def test_dates_are_kept_as_days_however_they_are_written(file):
    row = PROJECT | {"startedOn": "March 2026", "endsOn": "2027-02"}
    (found,) = read("projects", file(row))
    assert found["properties"]["startedOn"] == "2026-03-01"
    assert found["properties"]["endsOn"] == "2027-02-28"


def test_what_no_keyboard_writes_is_dropped_from_names_and_titles(file):
    (found,) = read("projects", file(PROJECT | {"title": " Quay\u202eside\u0000 lamps\u0007 "}))
    assert found["properties"]["title"] == "Quayside lamps"
    (found,) = read("people", file(PERSON | {"name": "Ne\u200bll"}))
    assert found["properties"]["name"] == "Nell"


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("False", False), ("", False)])
def test_a_csv_says_whether_somebody_is_invented(file, written, meant):
    header = "id,name,email,council,role,invented"
    cells = ",".join(PERSON[column] for column in header.split(",")[:-1])
    (found,) = read("people", file(header, f"{cells},{written}", name="people.csv"))
    assert found["properties"]["invented"] is meant


def test_two_people_of_a_file_cannot_share_an_address(file):
    other = PERSON | {"id": uid("practitioner", 51), "email": "NELL@ash.example"}
    said = refused("people", file(PERSON, other))
    assert said == "rows.jsonl, row 2, email: this stands in row 1 already."


@pytest.mark.parametrize("separator", [";", "\t"])
def test_columns_that_are_separated_by_something_else_are_told(file, separator):
    path = file(separator.join(("code", "name", "shortName", "kind")), name="rows.csv")
    assert "row 1: the columns must be separated by commas" in refused("councils", path)


def test_half_of_a_character_in_the_name_of_a_column_can_be_told(file):
    assert "half of a character" in refused("councils", file('{"na\\ud800me": 1}'))


def test_a_list_to_match_is_refused_in_words_that_fit_it(file, tmp_path):
    (tmp_path / "list.jsonl").write_bytes("{}".encode("utf-16"))
    with pytest.raises(Mistake, match="is UTF-16: save it as UTF-8 and run this again"):
        documents(tmp_path / "list.jsonl")
    row = {"id": "a", "organisation": "o", "title": "t\ud800", "summary": "s"}
    with pytest.raises(Mistake, match="row 1, title: half of a character"):
        documents(file(row))


# With the graph.


async def stored(graph, email):
    async def found(tx):
        result = await tx.run("MATCH (p:Practitioner {emailKey: $email}) RETURN p.id", email=email)
        return [record["p.id"] async for record in result]

    return await graph.read(found)


async def test_an_address_of_somebody_else_is_refused_and_nothing_is_kept(graph, clock, file):
    await built(graph, clock)
    other = PERSON | {"id": uid("practitioner", 51), "email": "Ada@ash.example"}
    with pytest.raises(Mistake, match=r"rows.jsonl, row 2, email: this address is somebody else"):
        await import_file(graph, "people", file(PERSON, other), demo=True)
    assert await stored(graph, PERSON["email"]) == []


async def test_two_people_may_swap_their_addresses(graph, clock, file):
    await built(graph, clock)
    other = PERSON | {"id": uid("practitioner", 51), "email": "odo@ash.example"}
    assert await import_file(graph, "people", file(PERSON, other), demo=True) == 2
    swapped = (PERSON | {"email": other["email"]}, other | {"email": PERSON["email"]})
    assert await import_file(graph, "people", file(*swapped), demo=True) == 2
    assert await stored(graph, PERSON["email"]) == [other["id"]]
    assert await stored(graph, other["email"]) == [PERSON["id"]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("FFF", ""), ("GGG", "GGG")], "row 2, successor: .*, GGG > GGG: leave one"),
        ([("FFF", ""), ("GGG", "HHH"), ("HHH", "GGG")], "row 2, successor: .* GGG > HHH > GGG"),
        ([("FFF", ""), ("ZZZ", "EEE")], "row 2, successor: .*, EEE > ZZZ > EEE: leave"),
    ],
)
async def test_councils_that_succeed_each_other_are_refused(graph, clock, file, rows, said):
    await import_file(graph, "councils", file(COUNCIL | {"successor": "ZZZ"}), demo=True)
    councils = [COUNCIL | {"code": code, "successor": by} for code, by in rows]
    with pytest.raises(Mistake, match=said):
        await import_file(graph, "councils", file(*councils), demo=True)
    assert await graph.read(registers.missing, ids=["council-FFF"]) == ["council-FFF"]


@pytest.mark.parametrize("what", ROWS)
async def test_a_row_that_is_imported_again_is_no_change(graph, clock, file, what):
    await built(graph, clock)
    counts = [await import_file(graph, what, file(ROWS[what]), demo=True) for _ in range(2)]
    assert counts == [1, 0]


async def test_an_imported_project_with_dates_can_be_matched(graph, clock, file):
    product = await built(graph, clock)
    meals = {"title": "School meals", "summary": "Pupils eligible for free school meals enrolled."}
    rows = [
        PROJECT | meals | {"phase": "BETA", "startedOn": "March 2026", "endsOn": "2027"},
        PROJECT | meals | {"phase": "BETA", "startedOn": "March 2026", "endsOn": "March 2027"},
    ]
    with pytest.raises(Mistake, match="endsOn: a year alone"):
        await import_file(graph, "projects", file(rows[0]), demo=True)
    await import_file(graph, "projects", file(rows[1]), demo=True)
    matches, _ = await product.index.state(product)
    assert matches > 0
