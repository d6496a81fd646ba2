"""The command line as people and their scripts meet it: real processes, statuses and words."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.digest import checked_week
from backend.imports import REGISTERS, checked
from backend.mistakes import Mistake
from backend.opening import is_address, of_engine
from backend.settings import Settings
from graph import registers
from graph.embedded import DataFolder, free_port
from graph.errors import EngineTrouble
from tests import demos
from tests.conftest import lacking, wipe
from tests.oracle.dump import dumped

MORWENNA = "morwenna.hale@devon.example"
DESMOND = "desmond.achebe@bexley.example"
BACKEND = Path(__file__).parent.parent.parent / "backend"
HEADER = "code,name,shortName,kind,tier\n"


@pytest.fixture
def tandem(tmp_path):
    """Run a command that ends."""

    def run(*words, **settings):
        return demos.command(tmp_path, *words, **settings)

    return run


@pytest.fixture(scope="module")
def one_demo(tmp_path_factory):
    with demos.standing(tmp_path_factory.mktemp("demo"), "demo") as one:
        yield one


@pytest.fixture
def demo(one_demo):
    """One demo for the whole file; a test that ended it leaves the next to start it again."""
    return one_demo.standing()


def sentence(done):
    """A refusal: status 2, nothing on standard output, and a single sentence for a person."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert re.fullmatch(r"tandem: [^\n]+\.\n", done.stderr), done.stderr
    assert len(re.findall(r"[.!?](?=\s)", done.stderr)) == 1, done.stderr
    return done.stderr


# What a command refuses before it starts anything.


@pytest.mark.parametrize("what", ["demo", "serve"])
def test_a_port_in_use_is_named_before_anything_is_written(tandem, tmp_path, what):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = tandem(what, "--port", port, "--data", tmp_path / "data")
    assert f"Port {port} " in sentence(done)
    assert "--port" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_another_process_holds_is_refused(tandem, tmp_path):
    folder = DataFolder(tmp_path / "data")
    folder.lock()
    try:
        done = tandem("match", "--data", folder.path)
    finally:
        folder.unlock()
    assert "is in use by another Tandem" in sentence(done)
    assert "--data" in done.stderr


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EngineTrouble, match=r"data cannot be used: Not a directory\.$"):
        DataFolder(tmp_path / "file" / "data").lock()


def test_a_graph_that_does_not_answer_is_named(tandem):
    uri = f"bolt://127.0.0.1:{free_port()}"
    words = sentence(tandem("serve", "--port", "0", TANDEM_NEO4J_URI=uri))
    assert uri in words
    assert "TANDEM_NEO4J_URI" in words


def test_check_says_in_its_own_lines_that_a_graph_does_not_answer(tandem):
    done = tandem("check", TANDEM_NEO4J_URI=f"bolt://127.0.0.1:{free_port()}")
    assert done.returncode == 1
    assert done.stdout.startswith("WRONG graph: No graph answers at bolt://127.0.0.1:")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7687", "bolt://a..b:7687"])
def test_an_address_that_is_none_is_named(tandem, uri):
    words = sentence(tandem("match", TANDEM_NEO4J_URI=uri))
    assert "TANDEM_NEO4J_URI" in words
    assert uri in words


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        ("bolt://127.0.0.1:7687", True),
        ("neo4j+s://graph.example", True),
        ("bolt://[::1]:7687", True),
        ("bolt://127.0.0.1:port", False),
        ("bolt://127.0.0.1:70000", False),
        ("bolt://", False),
        ("graph.example:7687", False),
    ],
)
def test_what_is_an_address_of_a_graph(uri, good):
    assert is_address(uri) is good


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANDEM_PORT", "many"),
        ("TANDEM_SMTP_TLS", "perhaps"),
        ("TANDEM_SMTP_PASSWORD_FILE", "/nowhere/password"),
    ],
)
def test_a_setting_that_is_wrong_is_named(tandem, name, value):
    assert name in sentence(tandem("check", **{name: value}))


def test_the_demo_refuses_somebody_elses_graph(tandem):
    done = tandem("demo", "--port", "0", TANDEM_NEO4J_URI="bolt://127.0.0.1:7687")
    assert "unset TANDEM_NEO4J_URI" in sentence(done)


def test_a_week_that_is_none_is_refused_with_an_example(tandem):
    words = sentence(tandem("digest", "--week", "2025-W53"))
    assert "2025-W53: write a year and a week of it, such as 2026-W48" in words


@pytest.mark.parametrize("week", ["2026-W54", "2026-W00", "2026-48", "next", "", "0000-W01"])
def test_other_weeks_that_are_none(week):
    with pytest.raises(Mistake):
        checked_week(week, latest="2026-W48")


def test_a_week_that_is_still_to_come_is_refused(tandem):
    assert "Week 2999-W01 is too far ahead" in sentence(tandem("digest", "--week", "2999-W01"))


# Files.


@pytest.mark.parametrize(
    ("what", "content", "words"),
    [
        ("nouns", b"", "write councils, services, skills, projects, people."),
        ("councils", None, "rows.csv cannot be read (No such file or directory): check its name"),
        ("councils", b"", "rows.csv is empty: choose a file with rows."),
        ("councils", HEADER.encode("utf-16"), "rows.csv is UTF-16: save it as UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_before_an_engine_starts(
    tandem, tmp_path, what, content, words
):
    if content is not None:
        (tmp_path / "rows.csv").write_bytes(content)
    assert words in sentence(tandem("import", what, "rows.csv", "--data", tmp_path / "data"))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("what", "content", "words"),
    [
        ("councils", HEADER.encode(), "has no rows under its header"),
        ("councils", HEADER.encode() + b"DEV,D\xe9von,D,COUNCIL,\n", "line 2 is not UTF-8"),
        ("councils", HEADER.encode() + b"DEV,Devon\n", "row 2: there are 2 columns where the"),
        ("councils", HEADER.encode() + b"DEV,,D,COUNCIL,\n", "row 2, name: this is empty"),
        ("councils", HEADER.encode() + 2 * b"DEV,D,D,COUNCIL,\n", "row 3: this stands in row 2"),
        ("projects", b"{]", "row 1: this is not JSON; write one object a line."),
        ("projects", b'{"title": 1}', "row 1, id: this column is missing."),
        ("people", b"PK\x03\x04", "is a workbook or an archive: export it as CSV"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_file_row_and_column(tmp_path, what, content, words):
    (tmp_path / "rows.csv").write_bytes(content)
    with pytest.raises(Mistake) as refused:
        checked(REGISTERS[what], tmp_path / "rows.csv")
    assert words in str(refused.value)
    assert str(refused.value).startswith("rows.csv")


def test_a_bad_row_in_the_middle_is_named_and_nothing_of_any_file_is_kept(demo):
    good = HEADER + "QQA,Quayside A Council,Quayside A,COUNCIL,COUNTY\n"
    (demo.home / "good.csv").write_text(good)
    bad = "QQB,Quayside B Council,Quayside B,COUNCIL,CITY\n"
    last = "QQC,Quayside C Council,Quayside C,COUNCIL,COUNTY\n"
    (demo.home / "bad.csv").write_text(good.replace("QQA", "QQD") + bad + last)
    words = sentence(demo.command("import", "councils", "good.csv", "bad.csv"))
    assert words.startswith("tandem: bad.csv, row 3, tier: CITY is not one of ")
    assert (
        demo.ask('{ councils(filter: {text: "quayside"}) { totalCount } }')["councils"][
            "totalCount"
        ]
        == 0
    )


def real_projects(count):
    lines = (folder_of("registers") / "projects.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines[:count]]


def folder_of(folder):
    return BACKEND / folder


def test_a_project_of_an_unknown_council_is_named_and_its_file_left_out(demo):
    rows = real_projects(2)
    rows[0] |= {"id": "project-00000000-0000-4000-8000-000000000001", "title": "Quayside lamps"}
    rows[1] |= {"id": "project-00000000-0000-4000-8000-000000000002", "lead": "NOWHERE"}
    (demo.home / "new.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    words = sentence(demo.command("import", "projects", "new.jsonl"))
    assert "new.jsonl, row 2, lead: there is no council NOWHERE; import it first." in words
    found = demo.ask('{ projects(filter: {text: "quayside lamps"}) { totalCount } }')
    assert found["projects"]["totalCount"] == 0


async def held(folder, but=("AuditEntry", "AuditHead", "Session", "Token")):
    """What the graph of a running demo holds, less what each command rightly adds."""
    running = DataFolder(folder).running()
    assert running
    async with of_engine(running) as graph:
        dump = await dumped(graph)
        stamp = await graph.read(registers.stamp)
    nodes = {
        (label, node.id): node.properties
        for label, found in dump.nodes.items()
        if label not in but
        for node in found.values()
    }
    links = sorted(
        (kind, link.start.id, link.end.id, sorted(link.properties.items()))
        for kind, found in dump.links.items()
        for link in found
        if link.start.label not in but
    )
    return stamp, nodes, links


FILES = {
    "registers/councils.csv": 393,
    "registers/services.csv": 276,
    "registers/skills.csv": 186,
    "registers/projects.jsonl": 176,
    "demo/people.jsonl": 38,
}


async def test_an_import_run_again_changes_nothing(demo):
    before = await held(demo.folder)
    for file, rows in FILES.items():
        what = Path(file).stem
        done = demo.command("import", what, folder_of(file))
        line = f"{Path(file).name}: {rows} {what}, 0 of them new or changed.\n"
        assert done.stdout.startswith(line), done
    stamp, nodes, links = await held(demo.folder)
    assert stamp == before[0]
    assert nodes == before[1]
    assert links == before[2]
    assert len(nodes) > 500


# What is printed.


def test_the_schema_that_is_printed_is_the_one_that_is_kept(tandem):
    done = tandem("schema")
    assert done.returncode == 0
    assert done.stdout == (folder_of("schema") / "schema.graphql").read_text()


def test_check_lists_every_setting_with_its_meaning(tandem):
    lines = tandem("check", "--settings").stdout.splitlines()
    named = {line.split("  ")[0]: line.split("  ")[1] for line in lines}
    assert {f"TANDEM_{name.upper()}" for name in Settings.model_fields} <= set(named)
    assert "TANDEM_NEO4J_PASSWORD_FILE" in named
    assert all(named.values())


def test_check_where_nothing_runs_looks_for_itself_and_leaves_nothing_running(tandem, tmp_path):
    done = tandem("check", "--data", tmp_path / "data")
    assert done.returncode == 0, done
    assert "ok    graph: " in done.stdout
    assert "to apply at the next start" in done.stdout
    assert "TANDEM_SMTP_HOST is unset" in done.stdout
    assert not demos.engines_of(tmp_path / "data")
    assert not DataFolder(tmp_path / "data").is_locked()


# Beside a running demo.


def test_a_demo_says_when_its_first_page_can_be_read(demo):
    assert re.fullmatch(r"Tandem is ready at http://127\.0\.0\.1:\d+\n", demo.said)
    with demo.browser() as browser:
        assert "What is your council planning?" in browser.get("/").text
        assert browser.get("/livez").status_code == 200
        assert browser.get("/readyz").status_code == 200
    assert "Traceback" not in demo.complaints


def test_the_runtime_file_is_its_owners_only(demo):
    assert (demo.folder / "runtime.json").stat().st_mode & 0o077 == 0
    assert (demo.folder / "engine.password").stat().st_mode & 0o077 == 0


def test_the_digest_joins_the_demo_and_sends_nothing_twice(demo):
    first = json.loads(demo.command("digest", "--json").stdout)
    again = json.loads(demo.command("digest", "--json", "--week", first["week"]).stdout)
    assert set(first) == {"week", "planned", "sent", "uncertain"}
    assert checked_week(first["week"], latest="2999-W01") == again["week"] == first["week"]
    assert first["sent"] > 0
    assert again["sent"] == again["planned"] == 0
    with demo.browser() as browser:
        page = browser.get("/mailbox").text
        assert page.count('href="/mailbox/') == first["sent"]
        assert MORWENNA in page


def test_a_token_is_all_that_is_printed_and_reads_as_its_person(demo):
    done = demo.command("token", MORWENNA)
    assert done.returncode == 0
    assert done.stderr == ""
    assert re.fullmatch(r"tandem_[\w-]{40,}\n", done.stdout)
    me = demo.ask("{ me { name } }", done.stdout.strip())["me"]
    assert me == {"name": "Morwenna Hale"}


def test_tokens_are_listed_and_revoked_by_command(demo):
    secret = demo.command(
        "token", DESMOND, "--name", "Nightly export", "--days", "7"
    ).stdout.strip()
    assert demo.ask("{ me { name } }", secret)["me"]
    (line,) = demo.command("token", DESMOND, "--list").stdout.splitlines()
    name = line.split("  ")[0]
    assert re.fullmatch(r"token-[0-9a-f-]{36}  read  ends [\d-]{10}  used [\d-]{10}  Nightly export", line)  # fmt: skip
    assert demo.command("token", DESMOND, "--revoke", name).stdout == f"{name} is revoked.\n"
    with pytest.raises(AssertionError, match="unknown or has ended"):
        demo.ask("{ me { name } }", secret)
    assert "revoked" in demo.command("token", DESMOND, "--list").stdout
    assert "has no token" in sentence(demo.command("token", MORWENNA, "--revoke", name))


def test_a_token_for_nobody_is_refused(demo):
    words = sentence(demo.command("token", "nobody@nowhere.example"))
    assert "nobody@nowhere.example" in words


def test_a_second_demo_on_the_same_folder_is_refused(demo):
    words = sentence(demo.command("demo", "--port", "0"))
    assert "is in use by another Tandem" in words
    assert demo.ask("{ me { name } }") == {"me": None}


def test_check_beside_a_demo_finds_all_well(demo):
    done = demo.command("check")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) > 4
    assert all(line.startswith("ok ") for line in lines)
    assert f"people use {demo.address}" in done.stdout


@pytest.fixture
def engine_of_demo(demo):
    if not hasattr(os, "pidfd_open"):
        lacking("The engine's end", "only Linux tells of the end of a process that is no child")
    (engine,) = demos.engines_of(demo.folder)
    return engine


async def test_a_demo_that_is_told_to_stop_stops_what_it_started_and_keeps_what_people_did(
    demo, engine_of_demo
):
    token = demo.command("token", MORWENNA, "--scope", "write").stdout.strip()
    demo.ask("mutation { chooseLetters(letters: NONE) { errors { message } } }", token)
    stamp, nodes, _ = await held(demo.folder)
    with demos.ends(engine_of_demo):
        assert demo.end(signal.SIGTERM) == 0
    assert not (demo.folder / "runtime.json").exists()
    assert "Traceback" not in demo.complaints
    demo.standing()
    assert demo.ask("{ me { letters } }", token) == {"me": {"letters": "NONE"}}
    # The stamp has when the demo was loaded: a second load would have changed it.
    found = await held(demo.folder)
    assert found[0] == stamp
    assert found[1] == nodes


def test_control_c_ends_a_demo_as_gently(demo, engine_of_demo):
    with demos.ends(engine_of_demo):
        assert demo.end(signal.SIGINT) == 0
    assert not (demo.folder / "runtime.json").exists()


def test_the_engine_dies_with_a_demo_that_is_killed(demo, engine_of_demo):
    with demos.ends(engine_of_demo):
        assert demo.end(signal.SIGKILL) == -signal.SIGKILL
    assert not DataFolder(demo.folder).running()


# The launcher, before there is anything of ours to run.


@pytest.fixture
def bare(tmp_path, repository):
    """A clone on a machine with a few programs and the given Python, if any."""
    clone, programs = tmp_path / "clone", tmp_path / "bin"
    (clone / "infra" / "locks").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(repository / "tandem", clone)
    shutil.copy(repository / "pyproject.toml", clone)
    for lock in (repository / "infra" / "locks").glob("*.txt"):
        shutil.copy(lock, clone / "infra" / "locks")
    for name in ("awk", "cat", "cksum", "dirname", "grep", "mkdir", "rm", "sh", "tail", "tr"):
        (programs / name).symlink_to(str(shutil.which(name)))

    def run(python=None):
        if python:
            (programs / "python3").write_text(f"#!/bin/sh\n{python}\n")
            (programs / "python3").chmod(0o755)
        return subprocess.run(
            [clone / "tandem", "check"],
            env={"PATH": str(programs), "HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return run


def test_without_python_the_launcher_says_what_to_install(bare):
    assert "apt install python3 python3-venv" in sentence(bare())


def test_an_old_python_is_none(bare):
    assert "Python 3.11 or newer" in sentence(bare('[ "$1" = -c ] && exit 1'))


def test_a_python_without_venv_is_told_and_leaves_nothing(bare, tmp_path):
    stub = 'case "$1" in -c) exit 0 ;; esac; mkdir -p "$3/bin"; exit 1'
    assert "apt install python3-venv" in sentence(bare(stub))
    assert not (tmp_path / "clone" / ".venv").exists()


def test_packages_that_cannot_be_fetched_are_told_and_tried_again(bare):
    pip = "#!/bin/sh\\necho no route to anywhere >&2; exit 1\\n"
    stub = (
        'case "$1" in -c) exit 0 ;; esac; mkdir -p "$3/bin";'
        f' printf \'{pip}\' >"$3/bin/python"; printf x | cat >/dev/null; {chmod()} "$3/bin/python"'
    )
    for _ in range(2):
        done = bare(stub)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-2:] == [
            "no route to anywhere",
            "tandem: The packages could not be fetched: check the network and run this again.",
        ]


def chmod():
    return f"{shutil.which('chmod')} 755"


# The same product on Neo4j.


@pytest.fixture
async def neo4j(neo4j_graph, neo4j_address, tmp_path):
    """Settings that point at an empty Neo4j."""
    await neo4j_graph.write(wipe)
    yield {
        "TANDEM_NEO4J_URI": neo4j_address,
        "TANDEM_NEO4J_USER": os.environ.get("TANDEM_TEST_NEO4J_USER", "neo4j"),
        "TANDEM_NEO4J_PASSWORD": os.environ.get("TANDEM_TEST_NEO4J_PASSWORD", ""),
    }
    await neo4j_graph.write(wipe)


ANGHARAD = {
    "id": "practitioner-00000000-0000-4000-8000-000000000009",
    "name": "Angharad Rees",
    "council": "DEV",
    "email": "angharad.rees@devon.example",
    "role": "PRACTITIONER",
    "skills": [{"skill": "accessibility", "level": "EXPERT"}],
    "services": [4],
}


async def test_a_neo4j_holds_the_same_product(tandem, tmp_path, neo4j):
    def done(*words):
        run = tandem(*words, **neo4j)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def brought_in(file):
        return done("import", Path(file).stem, folder_of("registers") / file)

    # At once, as impatient people do: the three need nothing of each other.
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(brought_in, ("councils.csv", "services.csv", "skills.csv")))
    assert said[0] == "councils.csv: 393 councils, 393 of them new or changed.\n"
    line = "projects.jsonl: 176 projects, 176 of them new or changed.\n"
    assert brought_in("projects.jsonl").startswith(line)
    matched = json.loads(done("match", "--json"))
    assert matched["matches"] > 100
    invented = tandem("import", "people", folder_of("demo") / "people.jsonl", **neo4j)
    assert "row 1, invented: invented people are for the demo only." in sentence(invented)
    (tmp_path / "people.jsonl").write_text(json.dumps(ANGHARAD))
    done("import", "people", "people.jsonl")
    token = done("token", ANGHARAD["email"]).strip()
    report = done("check")
    assert re.search(r"^ok    graph: Neo4j/5\.", report)
    assert "WRONG" not in report
    with demos.standing(tmp_path / "site", "serve", **neo4j) as site:
        site.standing()
        found = site.ask("{ councils(first: 2) { totalCount nodes { name } } }")["councils"]
        assert found["totalCount"] == 393
        assert len(found["nodes"]) == 2
        assert site.ask("{ me { name } people { totalCount } }", token) == {
            "me": {"name": "Angharad Rees"},
            "people": {"totalCount": 1},
        }
        assert site.end(signal.SIGTERM) == 0
