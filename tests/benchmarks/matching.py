"""Exact top ten of every one of N invented texts, against `sparse_dot_topn` in the same run.

Both start from the same TF-IDF rows on two threads and leave out texts of the same organisation;
the peer has no such mask, so it is asked for twice ten and filtered. `--documents N`, `--rounds R`;
with `--json` the last line has the ratio, how many times faster than the peer we are.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORES = 2
# In the place of this folder, where this file would hide `matching`.
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]
for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = str(CORES)

import numpy as np  # noqa: E402 - the path and the threads come first

from matching import Document, Matcher  # noqa: E402
from matching.terms import words  # noqa: E402

TOP = 10
SEED = 20261124
TOKENS = 66  # leaves about 59 different words that count in a text
OF_ITS_TOPIC, OF_ANY = 0.3, 0.6  # the rest are rare words of its own kind
SAMPLE = 200


def real_texts() -> list[list[str]]:
    rows = (ROOT / "backend" / "registers" / "projects.jsonl").read_text(encoding="utf-8")
    projects = [json.loads(line) for line in rows.splitlines()]
    texts = [f"{project['title']}\n{project['summary']}" for project in projects]
    return [[found[0].lower() for found, _ in words(text)] for text in texts]


def invented(count: int) -> list[Document]:
    """Texts from the words of real ones: some of one project, most as common as in all, some new."""
    rng = np.random.default_rng(SEED)
    topics = real_texts()
    common = np.array([word for topic in topics for word in topic])
    organisations = rng.integers(0, max(1, count // 25), size=count)
    return [
        Document(f"d{at:07}", f"o{organisations[at]}", *text(rng, topics, common))
        for at in range(count)
    ]


def text(rng, topics, common) -> tuple[str, str]:
    own = topics[rng.integers(len(topics))]
    kinds = rng.random(TOKENS)
    rare = [f"{own[rank % len(own)]}{rank}" for rank in rng.zipf(1.3, size=TOKENS) % 10**7]
    tokens = np.where(
        kinds < OF_ITS_TOPIC,
        rng.choice(own, size=TOKENS),
        np.where(kinds < OF_ITS_TOPIC + OF_ANY, rng.choice(common, size=TOKENS), rare),
    )
    return " ".join(tokens[:6]), " ".join(tokens[6:])


def ours(matcher: Matcher) -> list[np.ndarray]:
    """From rows to places, with nothing prepared."""
    fresh = Matcher(matcher._documents, matcher._counts, matcher._forms)
    return [found for block in fresh.blocks() for found in fresh.first(block, TOP)]


def peers(multiply, weights, organisations) -> list[np.ndarray]:
    product = multiply(weights, weights.T.tocsr(), 2 * TOP, sort=True, n_threads=CORES)
    rows = np.repeat(np.arange(len(organisations)), np.diff(product.indptr))
    other = organisations[rows] != organisations[product.indices]
    ends = np.cumsum(np.bincount(rows[other], minlength=len(organisations)))[:-1]
    return [found[:TOP] for found in np.split(product.indices[other], ends)]


def timed(work, *given):
    start = time.perf_counter()
    done = work(*given)
    return time.perf_counter() - start, done


def largest_difference(weights, one, other) -> float:
    """Between the scores of two answers, on a sample of texts."""
    rng = np.random.default_rng(SEED)
    differences = [0.0]
    for at in rng.integers(len(one), size=SAMPLE):
        here, there = ((weights[found[at]] @ weights[[at]].T).toarray() for found in (one, other))
        short = min(len(here), len(there))
        differences.append(float(np.abs(here[:short] - there[:short]).max(initial=0)))
    return max(differences)


def shape_of(weights) -> dict[str, float]:
    spread = np.bincount(weights.indices) / weights.shape[0]
    return {
        "documents": weights.shape[0],
        "vocabulary": weights.shape[1],
        "words a document": round(weights.nnz / weights.shape[0], 1),
        "sum of squared document frequencies": round(float((spread**2).sum()), 2),
    }


def measured(multiply, documents: int, rounds: int) -> dict:
    matcher = Matcher.of(invented(documents))
    organisations = np.unique([one.organisation for one in matcher._documents], return_inverse=True)
    weights = matcher.weights
    seconds = []
    for _ in range(rounds):
        mine, found = timed(ours, matcher)
        theirs, peer_found = timed(peers, multiply, weights, organisations[1])
        seconds.append((mine, theirs))
    return shape_of(weights) | {
        "ratios": {"pairs": round(statistics.median(theirs / mine for mine, theirs in seconds), 2)},
        "seconds": {
            side: round(statistics.median(taken), 3)
            for side, taken in zip(("ours", "peer"), zip(*seconds, strict=True), strict=True)
        },
        "largest difference": largest_difference(weights, found, peer_found),
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tandem bench matching", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--documents", type=int, default=5000, help="how many texts (5000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each side (3)")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError:
        print(
            "tandem: the peer is not here: run `./tandem bench matching`, which installs the "
            "packages of infra/locks/test.txt.",
            file=sys.stderr,
        )
        return 2
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    reported = measured(sp_matmul_topn, max(2, wanted.documents), max(1, wanted.rounds))
    for name, value in reported.items():
        print(f"{name}: {value}")
    if wanted.json:
        print(json.dumps(reported))
    return 0


if __name__ == "__main__":
    sys.exit(main())
