"""How long a few words take to find among N invented entries: plain, begun, mistyped and long ones.

`--entries N`, `--rounds R`; with `--json` the last line has the milliseconds, by what was asked.
There is no peer in the run: the bounds are ours, 5 ms at 10,000 entries and 50 ms at 100,000.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# In the place of this folder, where `matching.py` would hide `matching`.
sys.path[:] = [str(ROOT), *(at for at in sys.path if Path(at or ".").resolve() not in {HERE, ROOT})]

import numpy as np  # noqa: E402 - the path comes first

from matching import Document, Entry, Finder, Wish, find  # noqa: E402
from matching.terms import words  # noqa: E402

SEED = 20261124
TOKENS = 66  # leaves about 59 different words that count in a text
OF_ITS_TOPIC, OF_ANY = 0.3, 0.6  # the rest are rare words of its own kind

PHASES = ("IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE")
QUESTIONS = {
    "one word": "parking",
    "three words": "free school meals",
    "begun": "automatic sch",
    "one letter": "s",
    "mistyped": "parkng permts",
    "two slips": "tranzformtaion programe",
    "a sentence": "how could residents with disabilities renew their blue badge without forms",
    "twenty mistyped": " ".join(f"acommodatn{letter}x" for letter in "abcdefghijklmnopqrst"),
    "no words": "🎉",
}


def real_texts() -> list[list[str]]:
    rows = (ROOT / "backend" / "registers" / "projects.jsonl").read_text(encoding="utf-8")
    projects = [json.loads(line) for line in rows.splitlines()]
    texts = [f"{project['title']}\n{project['summary']}" for project in projects]
    return [[written.lower() for _, written, _ in words(text)] for text in texts]


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


def entries(count: int) -> list[Entry]:
    return [
        Entry(
            one.id,
            "PROJECT",
            one.title,
            one.summary,
            facts={"phase": (PHASES[at % 5],), "council": (one.organisation,)},
        )
        for at, one in enumerate(invented(count))
    ]


def milliseconds(act, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 2)


def measured(count: int, rounds: int) -> dict[str, float]:
    made = entries(count)
    start = time.perf_counter()
    finder = Finder.of(made)
    result = {"build, s": round(time.perf_counter() - start, 2)}
    find("parkng", Wish(), finder)
    for name, text in QUESTIONS.items():
        result[name] = milliseconds(lambda text=text: find(text, Wish(), finder), rounds)
    wish = Wish(facts={"phase": ("ALPHA", "BETA"), "council": tuple(f"o{at}" for at in range(9))})
    result["filtered"] = milliseconds(lambda: find("parking permits", wish, finder), rounds)
    changed = Entry("new", "PROJECT", "Parking zeppelins", "On a mast.")

    def add() -> None:
        find("parkng permits", Wish(), finder.with_entry(changed))

    result["one added, then mistyped"] = milliseconds(add, 3)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = measured(given.entries, given.rounds)
    for name, value in result.items():
        print(f"{name:28} {value:10.2f}", file=sys.stderr)
    if given.json:
        print(json.dumps({"entries": given.entries, "milliseconds": result}))


if __name__ == "__main__":
    main()
