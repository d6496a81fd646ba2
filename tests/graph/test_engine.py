"""The embedded engine: private, one a folder, and gone with its parent however that ends."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph import Graph
from graph.embedded import DATABASE, DataFolder, Running, engine, locked, write_private
from graph.errors import EngineTrouble, FolderInUse, Refused, Unreachable

PARENT = """
import asyncio, sys
from pathlib import Path
from graph.embedded import DataFolder, engine, locked

async def main():
    folder = DataFolder(Path(sys.argv[1]))
    async with locked(folder), engine(folder) as running:
        folder.publish(running)
        print("up", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


def java_processes(folder):
    """The command lines of the engines that run on a folder."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if (
            str(folder) in line
            and line.startswith("/")
            and "ArcadeDBServer" in line
            and "guard" not in line
        ):
            found.append(line)
    return found


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_engine_dies_with_its_parent(tmp_path, repository, how):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository)},
    )
    assert parent.stdout.readline() == b"up\n"
    assert java_processes(tmp_path)
    parent.send_signal(how)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 15
    while java_processes(tmp_path):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert DataFolder(tmp_path).running() is None


async def test_what_was_written_is_there_after_a_restart(tmp_path):
    folder = DataFolder(tmp_path)

    async def put(tx):
        await tx.run("CREATE (:Thing {name: 'kept'})")

    async def seen(tx):
        return [record["n"] async for record in await tx.run("MATCH (t:Thing) RETURN t.name AS n")]

    for work in (put, None):
        async with (
            locked(folder),
            engine(folder) as running,
            Graph.connect(
                running.uri, user="root", password=running.password, database=DATABASE
            ) as graph,
        ):
            if work:
                await graph.write(work)
            else:
                assert await graph.read(seen) == ["kept"]


async def test_a_folder_has_one_engine(tmp_path):
    async with locked(DataFolder(tmp_path)):
        with pytest.raises(FolderInUse, match="in use by another Tandem"):
            DataFolder(tmp_path).lock()


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(EngineTrouble, match=str(file)):
        DataFolder(file).lock()


async def test_password_and_runtime_file_are_their_owners_only(tmp_path):
    folder = DataFolder(tmp_path)
    async with locked(folder):
        folder.password()
        folder.publish(Running("bolt://x", "secret", 1))
        for name in ("engine.password", "runtime.json"):
            assert (tmp_path / name).stat().st_mode & 0o077 == 0
        assert folder.running() == Running("bolt://x", "secret", 1)
    assert folder.running() is None


def test_a_runtime_file_of_a_dead_process_does_not_count(tmp_path):
    write_private(
        tmp_path / "runtime.json",
        json.dumps({"uri": "bolt://x", "password": "", "pid": 1, "site": {}}),
    )
    (tmp_path / "lock").touch()
    assert DataFolder(tmp_path).running() is None


async def test_the_password_is_not_on_any_command_line(tmp_path):
    folder = DataFolder(tmp_path)
    async with locked(folder), engine(folder) as running:
        lines = await asyncio.to_thread(java_processes, tmp_path)
        assert lines
        assert not any(running.password in line for line in lines)
        async with Graph.connect(
            running.uri, user="root", password="wrong", database=DATABASE
        ) as graph:
            with pytest.raises(Refused):
                await graph.check()


async def test_nothing_there_is_said_in_a_sentence():
    async with Graph.connect("bolt://127.0.0.1:1", user="a", password="b", database=None) as graph:
        with pytest.raises(Unreachable, match="No graph answers at"):
            await graph.check()
    with pytest.raises(Unreachable, match="bolt://host:7687"):
        Graph.connect("gopher://x", user="a", password="b", database=None)
