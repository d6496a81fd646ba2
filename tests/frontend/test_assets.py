"""What browsers are served: GOV.UK's components without what is GOV.UK's alone."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from frontend import assets

LOCKS = (assets.HERE, assets.EDITOR)
OURS = ("first_page-", "govuk-")
FORBIDDEN = re.compile(r"gds transport|crown|crest|gov\.uk/assets", re.IGNORECASE)


def served() -> list[Path]:
    return [assets.BUILT / name for name in assets.built().values()]


def test_nothing_served_is_govuks_alone() -> None:
    for path in served():
        if path.suffix != ".png":
            assert not FORBIDDEN.search(path.read_text(encoding="utf-8")), path.name


def test_no_file_names_another_host() -> None:
    for path in served():
        # in a script of others it stands in a text; a browser's journey sees where it leads
        if path.suffix == ".css" or path.name.startswith(OURS):
            assert not re.search(r"url\((?!\"?data:)", path.read_text(encoding="utf-8")), path.name


def test_names_change_with_content() -> None:
    assert all(re.fullmatch(r".+-[0-9a-f]{12}\.\w+", path.name) for path in served())


def test_what_is_built_already_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_put", lambda *_: pytest.fail("something was built"))
    assets.build(say=lambda _line: pytest.fail("something was fetched"))


def test_govuk_frontend_is_the_one_that_the_macros_follow() -> None:
    package = json.loads((assets.HERE / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((assets.HERE / "package-lock.json").read_text(encoding="utf-8"))
    pinned = package["dependencies"]["govuk-frontend"]
    assert pinned == lock["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"


@pytest.mark.parametrize("folder", LOCKS, ids=lambda folder: folder.name)
def test_a_lock_is_hashed_and_names_no_host(folder: Path) -> None:
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)


def test_every_package_that_is_bundled_is_listed_with_its_licence() -> None:
    listed = (assets.HERE.parent / "infra" / "licences.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([@a-z0-9/._-]+) \| ([^|]+) \|", listed, re.MULTILINE))
    for folder in LOCKS:
        lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
        for path, package in lock["packages"].items():
            name = path.rpartition("node_modules/")[2]
            if name and not name.startswith("@esbuild/"):
                assert package["license"] in rows[name], name


def test_what_the_editor_is_made_of_is_not_kept() -> None:
    assert not (assets.EDITOR / "node_modules").exists()


def test_only_the_part_that_changed_is_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets._known()
    pages, editor = assets.PARTS
    changed = replace(pages, sources=lambda: [Path(__file__)])
    built = {pages.name: [], editor.name: []}
    for part in (changed, editor):
        name = part.name
        monkeypatch.setattr(assets, "_put", lambda file, _, name=name: built[name].append(file))
        assets._made(part, before[name], lambda _line: pytest.fail("something was fetched"))
    assert "site.css" in built["pages"]
    assert built["editor"] == []


def test_without_npm_and_wheel_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(assets, "NODE_LOCK", tmp_path / "missing.txt")
    said: list[str] = []
    with pytest.raises(assets.AssetsError, match="install Node 18 or newer"):
        assets._npm(said.append)
    assert said == [
        "Fetching Node as a Python wheel, since this machine has none that will do (about 60 MB)"
    ]
