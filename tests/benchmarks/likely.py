"""How often the service that a project is labelled with is among the first that its text suggests.

`./tandem bench likely [--json]` takes the real projects of the registers: each that has a label is
left out of the index in turn and typed as a draft. Beside it, each half alone: the services of
similar projects, and the names of services.
"""

import argparse
import csv
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]

from backend.indexes import draft  # noqa: E402 - the path comes first
from backend.likely import NEAREST, Names, called, likely_services  # noqa: E402
from matching import Document, Matcher  # noqa: E402

REGISTERS = ROOT / "backend" / "registers"
FIRST = (1, 3, 5)


def labelled() -> list[Document]:
    with (REGISTERS / "projects.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Document(
            row["id"],
            row["lead"],
            row["title"],
            row["summary"],
            service=f"service-{row['lgsl']}" if row["lgsl"] else None,
        )
        for row in rows
    ]


def named() -> Names:
    with (REGISTERS / "services.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((f"service-{row['lgsl']}", row["name"], "") for row in csv.DictReader(lines))


def hits(texts: list[Document], names: Names, *, near: bool) -> dict[str, float]:
    """The part of the labelled texts whose service is among the first so many."""
    everything, found = Matcher.of(texts), []
    asked = [text for text in texts if text.service]
    for text in asked:
        others = everything.without(text.id) if near else Matcher.of([])
        near = others.similar(draft(text.text), NEAREST)
        best = [one.id for one in likely_services(others, near, called(names, text.text))]
        found.append(best.index(text.service) if text.service in best else len(texts))
    return {f"first_{most}": sum(at < most for at in found) / len(asked) for most in FIRST}


def main() -> None:
    parser = argparse.ArgumentParser(prog="tandem bench likely", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is JSON")
    options = parser.parse_args()
    texts, names = labelled(), named()
    ways = {
        "both": hits(texts, names, near=True),
        "similar projects": hits(texts, (), near=True),
        "names of services": hits(texts, names, near=False),
    }
    print(
        f"{sum(one.service is not None for one in texts)} labelled projects, each left out in turn"
    )
    for way, figures in ways.items():
        print(f"{way:20}", *(f"{name} {value:.3f}" for name, value in figures.items()))
    if options.json:
        print(json.dumps({"ratios": {}, "likely": ways}))


if __name__ == "__main__":
    main()
