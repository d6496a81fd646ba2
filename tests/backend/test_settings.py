"""Settings: what is taken, how it is written, and what is refused at the start."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend import commands
from backend.mistakes import Mistake
from backend.serving import listener
from backend.settings import Settings, keep_machine_code

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://tandem.example", "https://tandem.example"),
        ("https://tandem.example/", "https://tandem.example"),
        ("https://Tandem.Example:443", "https://tandem.example"),
        ("http://tandem.example:80", "http://tandem.example"),
        ("https://tandem.example:80", "https://tandem.example:80"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("", "http://127.0.0.1:8000"),
    ],
)
def test_the_address_is_written_as_browsers_write_it(given, address):
    assert Settings.read(base_url=given).address == address


@pytest.mark.parametrize(
    "given",
    [
        "tandem.example",
        "https://",
        "https://tandem.example/path",
        "https://tandem.example?x",
        "https://me@tandem.example",
        "https://tandem.example:",
        "https://tandem.example:0",
        "https://tandem.example:70000",
        "https://tandem.example:٤٤٣",
        "ftp://tandem.example",
        "https://tändem.example",
        "https://tandem.example https://other.example",
    ],
)
def test_an_address_that_browsers_do_not_write_is_refused(given):
    with pytest.raises(Mistake, match=r"^TANDEM_BASE_URL is not right, write scheme, host"):
        Settings.read(base_url=given)


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 80, "http://127.0.0.1"),
        ("127.0.0.1", 443, "http://127.0.0.1:443"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_without_an_address_it_is_made_of_host_and_port(host, port, address):
    assert Settings.read(host=host, port=port).address == address


@pytest.mark.parametrize(
    "given",
    [
        "Tandem <letters@tandem.example>",
        "letters@tandem.example",
        '"Council, Tandem" <letters@tandem.example>',
        "Tandem <tandem@localhost>",
    ],
)
def test_a_sender_that_letters_can_come_from_is_taken(given):
    assert Settings.read(mail_from=given).mail_from == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Tandem",
        "Tandem <letters.@tandem.example>",
        "a@tandem.example, b@tandem.example",
        "Council, Tandem <letters@tandem.example>",
        "Tandem\r\nBcc: <letters@tandem.example>",
    ],
)
def test_a_sender_that_no_letter_can_come_from_is_refused_at_the_start(given):
    with pytest.raises(Mistake, match=r"^TANDEM_MAIL_FROM is not right, write one address"):
        Settings.read(mail_from=given)


def test_a_reply_in_two_parts_does_not_wait_for_the_browsers_word(tmp_path):
    """Without it each page and each answer took 40 ms longer: Nagle met the delayed ACK."""
    with closing(listener(Settings(data=tmp_path, port=0))) as taken:
        there = socket.create_connection(taken.getsockname())
        connection, _ = taken.accept()
        with there, connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.fixture
def machine_code(monkeypatch, tmp_path):
    """Where what is compiled is kept, when the data is in its usual place and nobody said anything."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")  # is put back afterwards, whatever a command sets
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.delenv("TANDEM_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    keep_machine_code()
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "home" / "tandem" / "machine-code")


@pytest.mark.usefixtures("machine_code")
def test_machine_code_is_kept_beside_the_data_that_a_command_is_given(tmp_path):
    done = CliRunner().invoke(commands.app, ["check", "--settings", "--data", str(tmp_path / "my")])
    assert done.exit_code == 0
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "my" / "machine-code")


@pytest.mark.usefixtures("machine_code")
def test_machine_code_is_kept_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "elsewhere")
    keep_machine_code(tmp_path)
    assert os.environ["NUMBA_CACHE_DIR"] == "elsewhere"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("TANDEM_DATA", str(tmp_path / "set"))
    keep_machine_code()
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "set" / "machine-code")


def test_the_matcher_loads_where_nothing_can_be_kept(tmp_path):
    (tmp_path / "file").touch()
    nowhere = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "file" / "machine-code")}
    program = [sys.executable, "-c", "from matching import cutting, kernel"]
    subprocess.run(program, env=nowhere, check=True, cwd=ROOT)
