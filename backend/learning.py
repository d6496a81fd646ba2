"""`./tandem match --learn`: fits the probability anew on what councils answered, if that is better.

It runs only when an operator says so, and learns in aggregate: what is told and kept are counts,
never a council, a project or a reason.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.index import SHIPPED, told_fit
from backend.match_files import documents, judged
from backend.mistakes import Mistake
from backend.running import joined
from backend.settings import Settings
from graph import fits
from matching import Fit, Matcher
from matching.learning import Pair, Trial, Unlearnable, judged_pairs, telling, tried

if TYPE_CHECKING:
    from backend.product import Product

Row = dict[str, Any]

FEWEST_COUNCILS = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What there is to learn from, councils and projects unnamed in what is told of it."""

    answered: list[Pair]
    councils: int
    judged: list[Pair]

    def counts(self) -> dict[str, int]:
        return {
            "councils": self.councils,
            "answered": len(self.answered),
            "answeredAlike": sum(pair.alike for pair in self.answered),
            "judged": len(self.judged),
            "judgedAlike": sum(pair.alike for pair in self.judged),
        }


def likeness(answer: Row) -> bool | None:
    """Whether an answer says that two projects are alike; None if it does not say.

    "Not for us" has many reasons, and most say nothing of likeness (no money, done already).
    """
    if answer["answer"] == "INTERESTED":
        return True
    return False if answer["otherWork"] else None


def answered(answers: list[Row]) -> tuple[list[Pair], int]:
    """One pair for both answers to it, alike if nobody says no; and how many councils said."""
    told = [(row, alike) for row in answers if (alike := likeness(row)) is not None]
    said: defaultdict[str, list[bool]] = defaultdict(list)
    for row, alike in told:
        said[row["pair"]].append(alike)
    pairs = {
        row["pair"]: Pair(row["score"], row["words"], all(said[row["pair"]]), bodies(row))
        for row, _ in told
    }
    return telling(pairs.values()), len({row["council"] for row, _ in told})


def bodies(row: Row) -> frozenset[str]:
    return frozenset(row["bodies"])


def from_files(pairs: Path | None, file: Path | None) -> list[Pair]:
    """The operator's own judged pairs.

    Raises:
        Mistake: a file cannot be read.
    """
    if pairs is None or file is None:
        return []
    matcher = Matcher.of(documents(file))
    return telling(judged_pairs(matcher, judged(pairs, matcher)))


async def learn(
    settings: Settings, pairs: Path | None, file: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    """Decide, keep the try, and state matches anew if it is adopted.

    Raises:
        Mistake: there is too little to learn from, or a file is wrong.
    """
    from_operator = from_files(pairs, file)
    async with joined(settings) as here:
        done = await learnt(here.product, from_operator, dry_run=dry_run)
    print(json.dumps(done) if as_json else in_words(done))


async def learnt(product: "Product", from_operator: list[Pair], *, dry_run: bool) -> Row:
    """What was learnt from, both fits, the decision, and what came of it."""
    holds = await product.graph.read(fits.adopted, shipped=SHIPPED)
    old = told_fit(holds)
    lesson = Lesson(*answered(await product.graph.read(fits.answers)), from_operator)
    done = lesson.counts() | told(decided(lesson, old))
    if dry_run:
        return done | {"recorded": None}
    recorded = await product.graph.write(
        fits.record,
        after=holds["id"] if holds else None,
        properties=kept(done),
        now=product.now,
    )
    if recorded is None:
        message = "Another fit was adopted meanwhile: run this again."
        raise Mistake(message)
    if not done["adopted"]:
        return done | {"recorded": recorded}
    matches, proposals = await product.index.state(product)
    return done | {"recorded": recorded, "matches": matches, "proposals": proposals}


def decided(lesson: Lesson, old: Fit) -> Trial:
    if lesson.councils < FEWEST_COUNCILS:
        message = (
            f"It takes answers from {FEWEST_COUNCILS} councils that say whether two projects are alike,"
            f" and there are answers from {lesson.councils}: nothing was learnt. A yes to several"
            " councils at once does not say to which."
        )
        raise Mistake(message)
    try:
        return tried([*lesson.answered, *lesson.judged], old)
    except Unlearnable as problem:
        message = (
            f"Nothing was learnt, for {problem}: add judged pairs with --judged PAIRS.tsv"
            " --file PROJECTS.jsonl."
        )
        raise Mistake(message) from problem


def told(trial: Trial) -> Row:
    return {
        "pairs": trial.pairs,
        "alike": trial.alike,
        "old": trial.old._asdict() | {"loss": trial.loss.old},
        "new": trial.new._asdict() | {"loss": trial.loss.new} if trial.new else None,
        "gain": [trial.loss.low, trial.loss.high],
        "proposed": trial.proposed,
        "right": trial.right,
        "adopted": trial.is_better,
        "why": trial.why,
    }


def kept(done: Row) -> Row:
    """The try as the graph keeps it: flat."""
    new = done["new"] or {}
    flat = {name: value for name, value in done.items() if name not in {"old", "new", "gain"}}
    return (
        flat
        | {f"old{name.title()}": value for name, value in done["old"].items()}
        | {name: new[name] for name in Fit._fields if name in new}
        | {"loss": new.get("loss"), "gainLow": done["gain"][0], "gainHigh": done["gain"][1]}
        | {"shipped": SHIPPED}
    )


def in_words(done: Mapping[str, Any]) -> str:
    low, high = done["gain"]
    return "\n".join(
        [
            "{answered:,} pairs answered by {councils} councils, {answeredAlike:,} of them alike".format_map(
                done
            ),
            "{judged:,} pairs of the files, {judgedAlike:,} of them alike".format_map(done),
            curve("old fit", done["old"]),
            curve("new fit", done["new"]) if done["new"] else "new fit  none",
            f"by the new one the loss is lower by {low:.5f} to {high:.5f} (95 % interval, over councils)",
            decision(done),
        ]
    )


def curve(name: str, fit: Row) -> str:
    return (
        f"{name}  intercept {fit['intercept']:.3f}, slope {fit['slope']:.3f},"
        f" threshold {fit['threshold']:.2f}, cross-validated loss {fit['loss']:.5f}"
    )


def decision(done: Mapping[str, Any]) -> str:
    noted = f" Noted as {done['recorded']}." if done["recorded"] else " Nothing was written."
    if not done["adopted"]:
        return f"The old fit is kept: {done['why']}.{noted}"
    if "matches" not in done:
        return f"The new fit would be adopted.{noted}"
    return (
        f"The new fit is adopted.{noted} {done['matches']:,} matches stated,"
        f" {done['proposals']:,} new proposals."
    )
