"""The matcher against its named peers, in one run: N invented texts on two threads.

- `pairs`: exact top ten of every text, against `sparse_dot_topn` from the same TF-IDF rows. The
  peer has no way to leave out texts of the same organisation, so it is asked for twice ten. From
  60,000 texts on it answers for a sample of texts, and its time is multiplied up (`--whole` makes
  it answer for all). `pairs_warm`: begun from the last lists, as after a change.
- `one`: one new text's exact top ten and every list that it enters, against scipy's product, which
  finds the first of the two alone.
- `weights`: fresh inverse document frequencies and lengths, against scikit-learn's TfidfTransformer.
- `tokenise`: counts of words, against CountVectorizer with the same stemmer and stop words; with the
  most memory that each takes beside the texts, by turns in processes of their own. `--reading`
  measures this alone.

`--documents N`, `--rounds R`; with `--json` the last line has the ratios, times better than the peer.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
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
import Stemmer  # noqa: E402
from sklearn.feature_extraction.text import (  # noqa: E402
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
)

from matching import pairs  # noqa: E402
from matching.readings import table  # noqa: E402
from matching.terms import WORD  # noqa: E402
from matching.weights import Counts  # noqa: E402
from tests.benchmarks.corpus import corpus  # noqa: E402

TOP = 10
MOST_WHOLE, SAMPLE = 60_000, 5_000
CHECKED = 200
NEWCOMERS = 500
LEAST = 20


def texts_of(invented) -> list[str]:
    found = (
        invented.texts(at, min(at + 10_000, len(invented)))
        for at in range(0, len(invented), 10_000)
    )
    return [f"{title}\n{summary}" for some in found for title, summary in some]


def stems_of():
    """An analyser for scikit-learn: the same words, stop words and stemmer."""
    stemmer, words = Stemmer.Stemmer("english", 0), WORD.findall
    return lambda text: stemmer.stemWords(
        [word for word in words(text.lower()) if word not in ENGLISH_STOP_WORDS]
    )


def tokenised(side: str) -> dict:
    """Read the texts in this process, by one side; the time and the memory beside the texts."""
    texts = [json.loads(line) for line in sys.stdin]
    if side == "ours":
        table(texts[:2000])  # loads the machine code, which is timed by itself
    before, start = resident_mb(), time.perf_counter()
    counts = (
        table(texts)[0].matrix
        if side == "ours"
        else CountVectorizer(analyzer=stems_of()).fit_transform(texts)
    )
    return {
        "seconds": time.perf_counter() - start,
        "mb": peak_mb() - before,
        "shape": [*counts.shape, int(counts.nnz), int(counts.sum())],
    }


def in_a_process(side: str, texts: str) -> dict:
    told = subprocess.run(
        [sys.executable, __file__, "--tokenise", side],
        input=texts,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def resident_mb() -> float:
    """What this process has in memory now; where that is not told, the most that it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return peak_mb()
    return pages * resource.getpagesize() / 2**20


def peak_mb() -> float:
    """The most that this process had in memory.

    Where the kernel tells, not what the process that started this one had, which `getrusage` counts in.
    """
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8").partition("VmHWM:")[2]
        return int(told.split()[0]) / 1024
    except (OSError, IndexError):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reading(texts: list[str], rounds: int) -> dict:
    """Time, memory and counts of both sides, turn by turn."""
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    turns = [[in_a_process(side, lines) for side in ("ours", "peer")] for _ in range(rounds)]
    mine, theirs = zip(*turns, strict=True)
    seconds = [[one["seconds"] for one in side] for side in (mine, theirs)]
    mb = [[max(1, round(one["mb"])) for one in side] for side in (mine, theirs)]
    return {
        "ratios": {"tokenise": ratio(*seconds), "tokenise_memory": ratio(*mb)},
        "seconds": {"tokenise": middle(seconds[0]), "tokenise of the peer": middle(seconds[1])},
        "mb": {"tokenise": middle(mb[0]), "tokenise of the peer": middle(mb[1])},
        "rounds of tokenise": [round(b / a, 2) for a, b in zip(*seconds, strict=True)],
        "same counts": all(one["shape"] == other["shape"] for one, other in turns),
    }


def bodies_of(organisations) -> pairs.Bodies:
    none = np.zeros(len(organisations) + 1, dtype=np.int64)
    return pairs.Bodies(organisations.astype(np.int32), none, np.zeros(0, dtype=np.int32))


def timed(work, *given, **more):
    start = time.perf_counter()
    done = work(*given, **more)
    return time.perf_counter() - start, done


def peer_seconds(multiply, weights, *, whole: bool) -> float:
    columns = weights.T.tocsr()
    rows = weights if whole or weights.shape[0] <= MOST_WHOLE else weights[:SAMPLE]
    seconds, _ = timed(multiply, rows, columns, 2 * TOP, sort=True, n_threads=CORES)
    return seconds * weights.shape[0] / rows.shape[0]


def largest_difference(weights, organisations, lists) -> float:
    """Between our scores and brute force, over a sample of texts and all places of their lists."""
    rng, columns, largest = np.random.default_rng(1), weights.T.tocsr(), 0.0
    for at in rng.integers(weights.shape[0], size=CHECKED):
        scores = (weights[[at]] @ columns).toarray().ravel()
        scores[organisations == organisations[at]] = 0
        best = np.sort(scores)[::-1][:TOP]
        largest = max(largest, float(np.abs(best - lists.scores[at][: len(best)]).max()))
    return largest


def newcomers(weights, organisations) -> tuple[list[float], list[float], float]:
    """Seconds of ours and of scipy's for the last texts, met by all before them; lists entered."""
    count = min(NEWCOMERS, weights.shape[0] // 4)
    rest = weights.shape[0] - count
    group = bodies_of(organisations[:rest])
    standing = pairs.standing(weights[:rest], group, np.arange(rest), TOP)
    columns = weights[:rest].T.tocsr()
    leads = organisations[:rest]
    standing.met(weights[[rest]], leads >= 0, rest)
    mine, theirs, entered = [], [], 0
    for at in range(rest, weights.shape[0]):
        row, body = weights[[at]], organisations[at]
        seconds, (_, others) = timed(
            lambda row=row, body=body, at=at: standing.met(row, leads != body, at)
        )
        mine.append(seconds)
        entered += len(others)
        theirs.append(timed(lambda row=row: np.argpartition((row @ columns).toarray(), -TOP))[0])
    return mine, theirs, entered / count


def shape_of(weights) -> dict[str, float]:
    spread = np.bincount(weights.indices) / weights.shape[0]
    return {
        "documents": weights.shape[0],
        "vocabulary": weights.shape[1],
        "words a document": round(weights.nnz / weights.shape[0], 1),
        "sum of squared document frequencies": round(float((spread**2).sum()), 2),
    }


def milliseconds(seconds: list[float]) -> dict[str, float]:
    return {
        "median": round(1000 * statistics.median(seconds), 3),
        "p95": round(1000 * float(np.percentile(seconds, 95)), 3),
    }


def first_call() -> float:
    """Seconds from nothing loaded to lists of two thousand texts, in a new process."""
    program = (
        "import time, numpy as np; from scipy import sparse; from matching.weights import Counts;"
        "t = sparse.random(2000, 500, 0.1, 'csr', rng=1);"
        "start = time.perf_counter(); from matching import pairs;"
        "b = pairs.Bodies(np.arange(2000, dtype=np.int32), np.zeros(2001, dtype=np.int64), np.zeros(0, dtype=np.int32));"
        "pairs.nearest(t, b, np.arange(2000), 10); print(time.perf_counter() - start)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return float(told.stdout)


def measured(multiply, documents: int, rounds: int, *, whole: bool) -> dict:
    invented = corpus(documents)
    counts, _ = table(texts_of(invented))
    organisations = np.unique(invented.organisations, return_inverse=True)[1]
    group, ranks = bodies_of(organisations), np.arange(documents)
    weights, lists, laps = counts.weights, None, []
    pairs.nearest(weights[:2000], bodies_of(organisations[:2000]), ranks[:2000], TOP)
    for _ in range(rounds):
        mine, lists = timed(pairs.nearest, weights, group, ranks, TOP)
        warm, _ = timed(pairs.nearest, weights, group, ranks, TOP, earlier=lists.places)
        theirs = peer_seconds(multiply, weights, whole=whole)
        fresh, _ = timed(lambda: Counts(counts.names, counts.matrix, counts.firsts).weights)
        refit, _ = timed(TfidfTransformer().fit_transform, counts.matrix)
        laps.append((mine, warm, theirs, fresh, refit))
    mine, warm, theirs, fresh, refit = map(list, zip(*laps, strict=True))
    one, other, entered = newcomers(weights, organisations)
    read = reading(texts_of(invented), rounds)
    return shape_of(weights) | {
        "ratios": {
            "pairs": ratio(mine, theirs),
            "pairs_warm": ratio(warm, theirs),
            "one": ratio(one, other),
            "weights": ratio(fresh, refit),
            **read["ratios"],
        },
        "seconds": {
            "pairs": middle(mine),
            "pairs_warm": middle(warm),
            "pairs of the peer": middle(theirs),
            "weights": middle(fresh),
            "weights of the peer": middle(refit),
            **read["seconds"],
            "first call in a new process": round(first_call(), 2),
        },
        "milliseconds of one": milliseconds(one),
        "milliseconds of one, peer, one way": milliseconds(other),
        "lists that one enters": round(entered, 1),
        "mb": read["mb"],
        "rounds of tokenise": read["rounds of tokenise"],
        "same counts": read["same counts"],
        "largest difference": largest_difference(weights, organisations, lists),
        "peak_mb": round(peak_mb()),
    }


def ratio(ours: list[float], theirs: list[float]) -> float:
    return round(statistics.median(b / a for a, b in zip(ours, theirs, strict=True)), 2)


def middle(seconds: list[float]) -> float:
    return round(statistics.median(seconds), 3)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tandem bench matching", description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--documents", type=int, default=10_000, help="how many texts (10000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each side (3)")
    parser.add_argument("--whole", action="store_true", help="let the peer answer for every text")
    parser.add_argument("--reading", action="store_true", help="measure the reading of texts alone")
    parser.add_argument("--tokenise", choices=("ours", "peer"), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    documents = max(LEAST, wanted.documents)
    if wanted.tokenise:
        print(json.dumps(tokenised(wanted.tokenise)))
        return 0
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    if wanted.reading:
        told(reading(texts_of(corpus(documents)), max(1, wanted.rounds)), as_json=wanted.json)
        return 0
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError:
        print(
            "tandem: the peer is not here: run `./tandem bench matching`, which installs the "
            "packages of infra/locks/test.txt.",
            file=sys.stderr,
        )
        return 2
    found = measured(sp_matmul_topn, documents, max(1, wanted.rounds), whole=wanted.whole)
    told(found, as_json=wanted.json)
    return 0


def told(reported: dict, *, as_json: bool) -> None:
    for name, value in reported.items():
        print(f"{name}: {value}")
    if as_json:
        print(json.dumps(reported))


if __name__ == "__main__":
    sys.exit(main())
