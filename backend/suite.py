"""`./tandem test` and `./tandem bench`: everything that holds the house together, in one command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from backend.mistakes import Mistake
from frontend.assets import AssetsError, fetch_node

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "node"
BENCHMARKS = ROOT / "tests" / "benchmarks"
BIN = Path(sys.executable).parent
OLDEST_NODE = 20


def environment() -> dict[str, str]:
    """Bytecode is written, whatever the machine's habit: a suite of imports pays for it."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def step(title: str, *command: str) -> int:
    """Run one part of the suite and say how it went."""
    print(f"── {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode  # noqa: S603


def node_tools() -> bool:
    """Fetch the suite's Node programs if they are not there; tell whether they are."""
    if all((NODE / "node_modules" / name).exists() for name in ("pyright", "oidc-provider")):
        return True
    try:
        if not node_is_recent():
            fetch_node(print)
    except AssetsError as problem:
        print(problem)
        return False
    npm = shutil.which("npm", path=environment()["PATH"]) or "npm"
    done = subprocess.run([npm, "ci", "--silent"], cwd=NODE, env=environment(), check=False)  # noqa: S603
    return done.returncode == 0


def node_is_recent() -> bool:
    """Tell whether Node is here and new enough for the identity provider of the tests."""
    node = shutil.which("node", path=environment()["PATH"])
    if node is None or shutil.which("npm", path=environment()["PATH"]) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = said.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def types_of_graph() -> int:
    if not node_tools():
        print("── pyright: skipped, since its packages could not be fetched")
        return 1 if os.environ.get("CI") else 0
    program = NODE / "node_modules" / "pyright" / "index.js"
    return step("pyright on graph/", "node", str(program), "-p", "pyproject.toml")


def style() -> int:
    return sum(
        (
            step("ruff format", "ruff", "format", "--check", "--quiet", "."),
            step("ruff", "ruff", "check", "--quiet", "."),
            step("imports", "lint-imports", "--no-cache"),
            step("mypy", "mypy"),
            types_of_graph(),
        )
    )


def suite(arguments: list[str]) -> int:
    """Run the suite; with pytest arguments, only what they ask for."""
    if not (ROOT / "tests").exists():
        message = "The tests are not here: run this in a clone of the repository."
        raise Mistake(message)
    bad = 0 if arguments else style()
    bad += step("tests", sys.executable, "-m", "pytest", "-q", *arguments)
    if bad:
        print("The suite did not pass.", file=sys.stderr)
    return 1 if bad else 0


def benchmark(name: str, arguments: list[str], *, as_json: bool) -> int:
    """Run a benchmark program.

    Raises:
        Mistake: there is none of that name.
    """
    program = BENCHMARKS / f"{name}.py"
    if not program.exists():
        known = ", ".join(sorted(file.stem for file in BENCHMARKS.glob("[a-z]*.py")))
        message = f"There is no benchmark called {name}; there are {known or 'none yet'}."
        raise Mistake(message)
    flags = ["--json"] if as_json else []
    return subprocess.run(  # noqa: S603
        [sys.executable, str(program), *flags, *arguments], cwd=ROOT, env=environment(), check=False
    ).returncode
