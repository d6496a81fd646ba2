"""The command line: each command is a few lines over the part that does the work.

Imports wait until a command needs them, so that `./tandem --help` is quick.
"""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.mistakes import Mistake

app = typer.Typer(
    help="Tandem: a collaboration network for council digital teams.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def data_folder(given: Path | None) -> Path | None:
    """What is compiled is kept in the same place, which must be known before the matcher loads."""
    from backend.settings import keep_machine_code

    keep_machine_code(given)
    return given


Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the data.", callback=data_folder)
]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port of the site.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def main() -> None:
    """Run a command; a person's mistake is one sentence and exit status 2."""
    from backend.logs import set_up
    from backend.settings import keep_machine_code

    set_up()
    keep_machine_code()
    try:
        app(standalone_mode=True)
    except Mistake as mistake:
        print(f"tandem: {mistake}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


@app.command()
def demo(port: Port = None, data: Data = None) -> None:
    """Run everything on this machine, with real projects and invented people."""
    from backend.demonstrating import demonstrate
    from backend.settings import Settings

    run(demonstrate(Settings.read(port=port, data=data or default_demo_data())))


def default_demo_data() -> Path | None:
    """The demo keeps a folder of its own, apart from a real site's."""
    import os

    from backend.settings import data_home

    return None if os.environ.get("TANDEM_DATA") else data_home() / "demo"


@app.command()
def serve(port: Port = None, data: Data = None) -> None:
    """Run the site against TANDEM_NEO4J_URI, or the embedded engine where that is unset."""
    from backend.serving import serve as serve_site
    from backend.settings import Settings

    run(serve_site(Settings.read(port=port, data=data)))


@app.command("import")
def import_files(
    what: Annotated[str, typer.Argument(help="councils, services, skills, projects or people.")],
    files: Annotated[list[Path], typer.Argument(help="CSV or JSON Lines files.")],
    data: Data = None,
) -> None:
    """Bring files in; a file with a mistake is left out whole."""
    from backend.imports import bring_in
    from backend.settings import Settings

    run(bring_in(Settings.read(data=data), what, files))


def evaluate_file(file: Path | None, pairs: Path, *, as_json: bool, semantic: bool) -> None:
    from backend.match_files import evaluate
    from backend.mistakes import Mistake

    if file is None:
        message = "--evaluate needs the list that the pairs are of: add --file FILE.jsonl."
        raise Mistake(message)
    evaluate(file, pairs, as_json=as_json, semantic=semantic, out=sys.stdout)


def refit(
    judged: Path | None, file: Path | None, data: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    from backend.learning import learn
    from backend.settings import Settings

    if (judged is None) != (file is None):
        message = "--judged and --file belong together: the pairs, and the list that they are of."
        raise Mistake(message)
    run(learn(Settings.read(data=data), judged, file, dry_run=dry_run, as_json=as_json))


ListFile = Annotated[Path | None, typer.Option("--file", help="Match this JSON Lines file alone.")]
Semantic = Annotated[bool, typer.Option("--semantic", help="With --file: rerank by meaning.")]
Pairs = Annotated[
    Path | None,
    typer.Option(
        "--evaluate",
        help="With --file: judged pairs, tabs between, under the heads a, b, grade (0 to 9).",
    ),
]
Learn = Annotated[
    bool, typer.Option("--learn", help="Fit the probability anew on what councils answered.")
]
Judged = Annotated[
    Path | None,
    typer.Option("--judged", help="With --learn and --file: more pairs, a b grade."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="With --learn: decide, and write nothing.")]


@app.command("match")
def match(
    *,
    file: ListFile = None,
    top: Annotated[int, typer.Option("--top", min=1, help="With --file: how many each.")] = 10,
    as_json: AsJson = False,
    semantic: Semantic = False,
    pairs: Pairs = None,
    learn: Learn = False,
    judged: Judged = None,
    dry_run: DryRun = False,
    data: Data = None,
) -> None:
    """State the matches of the graph anew, or match anyone's list with no database."""
    if learn and (semantic or pairs is not None):
        message = "--learn is about the matches of the graph: leave out --semantic and --evaluate."
        raise Mistake(message)
    if not learn and (judged is not None or dry_run):
        message = "--judged and --dry-run go with --learn."
        raise Mistake(message)
    if learn:
        refit(judged, file, data, dry_run=dry_run, as_json=as_json)
        return
    if pairs is not None:
        evaluate_file(file, pairs, as_json=as_json, semantic=semantic)
        return
    if file is not None:
        from backend.match_files import matched

        matched(file, top=top, as_json=as_json, semantic=semantic, out=sys.stdout, err=sys.stderr)
        return
    from backend.running import state_matches
    from backend.settings import Settings

    run(state_matches(Settings.read(data=data), as_json=as_json))


@app.command()
def digest(
    week: Annotated[
        str | None, typer.Option("--week", help="An ISO week, such as 2026-W48.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write the letters, send none.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Plan and send the week's letters; running it twice sends nothing twice."""
    from backend.running import send_digest
    from backend.settings import Settings

    run(send_digest(Settings.read(data=data), week=week, dry_run=dry_run, as_json=as_json))


@app.command()
def token(
    email: Annotated[str, typer.Argument(help="Address of the person it is for.")],
    *,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="Days until it ends.")] = 90,
    scope: Annotated[str, typer.Option("--scope", help="read or write.")] = "read",
    name: Annotated[
        str, typer.Option("--name", help="What it is for.")
    ] = "Made on the command line",
    listed: Annotated[bool, typer.Option("--list", help="List theirs; make none.")] = False,
    revoked: Annotated[
        str | None, typer.Option("--revoke", help="End the token with this id; make none.")
    ] = None,
    data: Data = None,
) -> None:
    """Print a new API token for a person, and nothing else; or list or revoke theirs."""
    from backend import token_commands
    from backend.settings import Settings

    settings = Settings.read(data=data)
    if listed:
        run(token_commands.show(settings, email=email))
    elif revoked is not None:
        run(token_commands.revoke(settings, email=email, id=revoked))
    else:
        run(token_commands.make(settings, email=email, days=days, scope=scope, name=name))


@app.command()
def schema() -> None:
    """Print the GraphQL schema."""
    from backend.schema import printed

    print(printed(), end="")


@app.command()
def check(
    settings: Annotated[bool, typer.Option("--settings", help="List every setting.")] = False,
    data: Data = None,
) -> None:
    """Say what is configured, what can be reached and what is wrong."""
    from backend.checks import described, examined
    from backend.settings import Settings

    if settings:
        print(described())
        return
    if not asyncio.run(examined(Settings.read(data=data))):
        raise SystemExit(1)


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    }
)
def test(context: typer.Context) -> None:
    """Run the whole suite: style, types, imports, tests on both engines, pages in a browser."""
    from backend.suite import suite

    raise SystemExit(suite(context.args))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a benchmark.")],
    as_json: AsJson = False,
) -> None:
    """Run a benchmark against its named peer."""
    from backend.suite import benchmark

    raise SystemExit(benchmark(name, context.args, as_json=as_json))
