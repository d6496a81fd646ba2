"""What stands beside the code: licences of what ships, and locks that name no host."""

import re

import pytest
from pydantic_settings import BaseSettings

from backend.settings import Settings

PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "semantic.txt", "node.txt"])
def test_a_lock_is_hashed_and_names_no_host(repository, name):
    lock = (repository / "infra" / "locks" / name).read_text()
    assert "://" not in lock
    assert "index-url" not in lock
    entries = [part for part in re.split(r"\n(?=[a-z0-9])", lock) if part.strip()]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_package_that_ships_is_listed_with_its_licence(repository):
    shipped = set(PINNED.findall((repository / "infra" / "locks" / "run.txt").read_text()))
    listed = re.findall(
        r"^\| ([a-z0-9._-]+) \| ([^|]+) \|",
        (repository / "infra" / "licences.md").read_text(),
        re.MULTILINE,
    )
    named = {name: licence.strip() for name, licence in listed}
    assert shipped <= set(named)
    assert all(named[name] for name in shipped)


def test_the_compose_file_names_only_settings_that_exist(repository):
    assert issubclass(Settings, BaseSettings)
    text = (repository / "infra" / "compose.yaml").read_text()
    named = {
        name.removesuffix("_FILE") for name in re.findall(r"^ +(TANDEM_\w+):", text, re.MULTILINE)
    }
    known = {f"TANDEM_{name.upper()}" for name in Settings.model_fields}
    assert named
    assert named <= known
