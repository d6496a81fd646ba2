"""Fits the probability of a match from judged pairs, and says how well the matcher ranks them.

`./tandem bench fit_probability PAIRS.tsv PROJECTS.jsonl` takes pairs as `a, b, grade` (pairs that
are not listed were judged unlike) and the projects that they are of; projects of further files are
only in the index. It prints INTERCEPT, SLOPE and THRESHOLD as they stand in
matching/probability.py, and nDCG@10 beside plain TF-IDF.
"""

import argparse
import csv
import json
import math
import sys
from itertools import chain, combinations
from pathlib import Path

# In the place of this folder, where `matching.py` would hide `matching`.
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]

import numpy as np  # noqa: E402 - the path comes first
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402

from matching import Document, Matcher  # noqa: E402
from matching.learning import (  # noqa: E402
    logistic,
    lowest_that_holds,
    precision,
    rounded,
)
from matching.probability import Fit  # noqa: E402
from matching.rerank import Rerank, both, dots  # noqa: E402

TOP = 10
RESAMPLES = 4000


def documents(file: Path) -> list[Document]:
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Document(r["id"], r["organisation"], r["title"], r["summary"]) for r in rows]


def judged(file: Path) -> dict[frozenset[str], int]:
    with file.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t")
        return {frozenset((row["a"], row["b"])): int(row["grade"]) for row in rows}


def likenesses(matcher: Matcher, rerank: Rerank | None = None) -> np.ndarray:
    """The matcher's score of every pair, whatever its place in a list."""
    rerank = rerank or matcher.rerank
    everywhere = np.arange(len(matcher))
    return np.array(
        [
            both(dots(row, matcher.weights), rerank.neighbourhood(rerank.text(at), everywhere))
            for at, row in enumerate(matcher.weights)
        ]
    )


def plain_cosines(texts: list[Document]) -> np.ndarray:
    vectoriser = TfidfVectorizer(stop_words="english")
    return products(vectoriser.fit_transform(one.text for one in texts))


def products(weights) -> np.ndarray:
    return (weights @ weights.T).toarray()


def scored(texts, grades, scores) -> tuple[np.ndarray, np.ndarray]:
    """Scores of all pairs of different organisations, best first, and whether each is alike."""
    pairs = [
        (scores[a, b], grades.get(frozenset((texts[a].id, texts[b].id)), 0) > 0)
        for a, b in combinations(range(len(texts)), 2)
        if texts[a].organisation != texts[b].organisation
    ]
    pairs.sort(key=lambda pair: -pair[0])
    return np.array([score for score, _ in pairs]), np.array([alike for _, alike in pairs])


def fit(scores: np.ndarray, alike: np.ndarray) -> dict:
    intercept, slope = rounded(logistic(scores, alike))
    return {
        "pairs": len(alike),
        "alike": int(alike.sum()),
        "INTERCEPT": intercept,
        "SLOPE": slope,
    }


def threshold(fitted: dict, indexes: dict[int, np.ndarray], texts, grades) -> dict:
    """The least probability, in hundredths, that holds in every index, small ones too."""
    curve = fitted["INTERCEPT"], fitted["SLOPE"]
    samples = {size: scored(texts, grades, one) for size, one in indexes.items()}
    least = lowest_that_holds([*samples.values()], *curve) or 1.0
    told = {
        f"at the threshold, index of {size}": "{} of {} judged alike, lower bound {:.3f}".format(
            *precision(*sample, Fit(*curve, least))
        )
        for size, sample in samples.items()
    }
    return {"THRESHOLD": least} | told


def ndcgs(texts, grades, scores) -> np.ndarray:
    """nDCG@10 of each project that has a judged pair, among projects of other organisations."""
    found = []
    for at, one in enumerate(texts):
        others = [b for b, two in enumerate(texts) if two.organisation != one.organisation]
        gains = {b: 2 ** grades.get(frozenset((one.id, texts[b].id)), 0) - 1 for b in others}
        if not any(gains.values()):
            continue
        ranked = sorted(others, key=lambda b: (-scores[at, b], texts[b].id))
        found.append(dcg([gains[b] for b in ranked]) / dcg(sorted(gains.values(), reverse=True)))
    return np.array(found)


def dcg(gains: list[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains[:TOP]))


def ranking(texts, grades, scores, plain_scores) -> dict:
    ours, plain = ndcgs(texts, grades, scores), ndcgs(texts, grades, plain_scores)
    rng = np.random.default_rng(0)
    means = (ours - plain)[rng.integers(len(ours), size=(RESAMPLES, len(ours)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return {
        "nDCG@10": round(float(ours.mean()), 3),
        "nDCG@10 of plain TF-IDF": round(float(plain.mean()), 3),
        "95 % interval of the difference": [round(float(low), 3), round(float(high), 3)],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="tandem bench fit_probability", description=__doc__)
    parser.add_argument("pairs", type=Path, help="judged pairs: a, b, grade with tabs between")
    parser.add_argument(
        "projects", type=Path, nargs="+", help="JSON Lines of id, organisation, title, summary"
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    wanted = parser.parse_args()
    try:
        texts, *others = map(documents, wanted.projects)
        grades = judged(wanted.pairs)
    except (OSError, ValueError, KeyError) as problem:
        parser.error(f"this cannot be read: {problem}")
    index = [*texts, *chain.from_iterable(others)]
    scores, plain_scores = likenesses(Matcher.of(index)), plain_cosines(index)
    fitted = fit(*scored(texts, grades, scores))
    alone = likenesses(Matcher.of(texts)) if others else scores
    reported = (
        fitted
        | threshold(fitted, {len(index): scores, len(texts): alone}, texts, grades)
        | ranking(texts, grades, scores, plain_scores)
    )
    for name, value in reported.items():
        print(f"{name}: {value}")
    if wanted.json:
        print(json.dumps(reported))
    return 0


if __name__ == "__main__":
    sys.exit(main())
