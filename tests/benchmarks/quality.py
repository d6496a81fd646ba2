"""How well the matcher ranks, on judged pairs and on service labels, beside plain TF-IDF.

`./tandem bench quality PAIRS.tsv PROJECTS.jsonl OTHERS.jsonl` takes judged pairs (`a, b, grade`),
the projects that they are of, and further projects; two projects of one `service` label count as
alike, which is a weaker truth. The matcher itself never sees a label. It prints nDCG@10, MAP and MRR
with the paired bootstrap interval of the difference in nDCG, and the same once more with the theme
that fits each label best left out: what is left when nobody thought of that kind of work. With
`--meanings FOLDER` (the extra `semantic`, unpacked there or installed) its mixture as well.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]

import numpy as np  # noqa: E402 - the path comes first

from matching import Document, Matcher  # noqa: E402
from matching.likeness import Likeness, lengthened  # noqa: E402
from matching.rerank import Rerank  # noqa: E402
from tests.benchmarks.fit_probability import (  # noqa: E402
    dcg,
    documents,
    judged,
    likenesses,
    plain_cosines,
)

RESAMPLES = 4000
MEASURES = ("nDCG@10", "MAP", "MRR")


@dataclass(frozen=True)
class View:
    """Queries, the index they are asked of, and what is alike; the queries come first in it."""

    name: str
    texts: list[Document]
    queries: int
    gains: np.ndarray
    labels: list[str]

    @cached_property
    def others(self) -> np.ndarray:
        led = np.array([one.organisation for one in self.texts])
        return led[:, None] != led[None, :]

    @cached_property
    def asked(self) -> list[int]:
        alike = np.where(self.others, self.gains, 0)
        return [at for at in range(self.queries) if alike[at].any()]

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher.of(self.texts)

    def measured(self, scores: np.ndarray) -> np.ndarray:
        """A row a query, a column a measure."""
        return np.array([self.of_one(at, scores[at]) for at in self.asked])

    def of_one(self, at: int, scores: np.ndarray) -> tuple[float, float, float]:
        places = np.flatnonzero(self.others[at])
        gains = self.gains[at, places[np.lexsort((places, -scores[places]))]]
        worth = (2**gains - 1).tolist()
        hits = np.flatnonzero(gains)
        precisions = np.arange(1, len(hits) + 1) / (hits + 1)
        ideal = dcg(sorted(worth, reverse=True))
        return dcg(worth) / ideal, float(precisions.mean()), 1 / (hits[0] + 1)

    def without_its_theme(self) -> np.ndarray:
        """Scores of which each row was reckoned without the theme that fits its label best."""
        counts = self.matcher._counts
        themes = self.matcher.rerank.likeness.themes
        near = (lengthened(counts.matrix, themes.rarity) @ themes.weights).toarray()
        scores = np.zeros((len(self.texts), len(self.texts)))
        for label in {self.labels[at] for at in self.asked}:
            of_label = [at for at, one in enumerate(self.labels) if one == label]
            best = int(near[of_label].mean(axis=0).argmax())
            rerank = Rerank(Likeness(counts, (best,)), self.matcher.firsts, self.matcher._id_ranks)
            scores[of_label] = likenesses(self.matcher, rerank)[of_label]
        return scores


def views(pairs: Path, projects: Path, others: Path) -> Iterator[View]:
    grades = judged(pairs)
    ours, more = documents(projects), documents(others)
    ours_labels, more_labels = labels(projects), labels(others)
    by_pair = graded([*ours, *more], grades)
    yield View("judged, own", ours, len(ours), by_pair[: len(ours), : len(ours)], ours_labels)
    yield View("judged, all", [*ours, *more], len(ours), by_pair, [*ours_labels, *more_labels])
    yield View("label, others", more, len(more), equal(more_labels), more_labels)
    every = [*ours_labels, *more_labels]
    yield View("label, all", [*ours, *more], len(every), equal(every), every)


def labels(file: Path) -> list[str]:
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [row.get("service") or row["id"] for row in rows]


def equal(names: list[str]) -> np.ndarray:
    every = np.array(names)
    return (every[:, None] == every[None, :]).astype(float)


def graded(texts: list[Document], grades: dict[frozenset[str], int]) -> np.ndarray:
    ids = [one.id for one in texts]
    return np.array([[grades.get(frozenset((a, b)), 0) for b in ids] for a in ids], dtype=float)


def interval(differences: np.ndarray) -> list[float]:
    rng = np.random.default_rng(0)
    drawn = rng.integers(len(differences), size=(RESAMPLES, len(differences)))
    return [round(float(x), 3) for x in np.percentile(differences[drawn].mean(axis=1), [2.5, 97.5])]


def reported(view: View, ways: dict[str, Callable[[View], np.ndarray]]) -> dict[str, dict]:
    plain = view.measured(plain_cosines(view.texts))
    told = {"plain TF-IDF": dict(zip(MEASURES, plain.mean(axis=0).round(3).tolist(), strict=True))}
    for name, way in ways.items():
        found = view.measured(way(view))
        told[name] = dict(zip(MEASURES, found.mean(axis=0).round(3).tolist(), strict=True)) | {
            "difference": round(float((found - plain)[:, 0].mean()), 3),
            "95 % interval": interval((found - plain)[:, 0]),
        }
    return told


def first_pass(view: View) -> np.ndarray:
    weights = view.matcher.weights
    return (weights @ weights.T).toarray()


def with_meanings(folder: Path | None) -> Callable[[View], np.ndarray]:
    from backend.semantic import meanings

    return lambda view: likenesses(view.matcher.with_meanings(meanings(view.texts, folder)))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tandem bench quality", description=__doc__)
    parser.add_argument("pairs", type=Path, help="judged pairs: a, b, grade with tabs between")
    parser.add_argument("projects", type=Path, help="the projects of the pairs, JSON Lines")
    parser.add_argument("others", type=Path, help="further projects, JSON Lines")
    parser.add_argument("--meanings", type=Path, nargs="?", const=Path(), help="the extra's folder")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    ways: dict[str, Callable[[View], np.ndarray]] = {
        "first pass": first_pass,
        "both passes": lambda view: likenesses(view.matcher),
        "without its theme": View.without_its_theme,
    }
    if wanted.meanings is not None:
        given = wanted.meanings if wanted.meanings != Path() else None
        ways["with meanings"] = with_meanings(given)
    told = {}
    for view in views(wanted.pairs, wanted.projects, wanted.others):
        told[view.name] = reported(view, ways)
        print(f"{view.name} ({len(view.asked)} of {len(view.texts)})")
        for name, figures in told[view.name].items():
            print(f"  {name:18} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    if wanted.json:
        better = {
            name: round(v["both passes"]["nDCG@10"] / v["plain TF-IDF"]["nDCG@10"], 3)
            for name, v in told.items()
        }
        print(json.dumps({"ratios": better, "views": told}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
