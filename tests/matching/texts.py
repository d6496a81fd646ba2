"""Texts to match, and scikit-learn's plain answer to hold ours against."""

import json
import random
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matching import Document
from matching.terms import stems

REGISTERS = Path(__file__).resolve().parents[2] / "backend" / "registers"
WORDS = """
    parking permits permit bins waste collection planning housing repairs repair CRM FixMyStreet
    dŵr gwasanaethau café naïve self-service libraries library the council of and digital
    2026 £1.8m residents’ e-books Hackney tree trees
    """.split()


def real_projects() -> list[Document]:
    lines = (REGISTERS / "projects.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Document(
            row["id"],
            row["lead"],
            row["title"],
            row["summary"],
            phase=row["phase"],
            partners=frozenset(row["partners"]),
        )
        for row in map(json.loads, lines)
    ]


def random_projects(seed: int, count: int) -> list[Document]:
    """Short texts of few words and few bodies: many ties, many zeros, some with nothing to say."""
    draw = random.Random(seed)
    bodies = [f"body-{n}" for n in range(max(2, count // 4))]
    found = [
        Document(
            f"p{n}",
            draw.choice(bodies),
            " ".join(draw.choices(WORDS, k=draw.randint(0, 4))),
            " ".join(draw.choices(WORDS, k=draw.randint(0, 12))),
            partners=frozenset(draw.sample(bodies, draw.choice((0, 0, 0, 1)))),
        )
        for n in range(count)
    ]
    draw.shuffle(found)
    return found


def reference(documents: list[Document]) -> np.ndarray:
    """Cosines of scikit-learn's own TF-IDF, read anew from every text."""
    vectoriser = TfidfVectorizer(analyzer=stems)
    weights = vectoriser.fit_transform([document.text for document in documents])
    return (weights @ weights.T).toarray()


def may_match(one: Document, other: Document) -> bool:
    return (
        one.id != other.id
        and one.organisation not in other.bodies
        and other.organisation not in one.bodies
    )


def reference_lists(documents: list[Document], top: int) -> dict[str, list[tuple[str, float]]]:
    """For each document the ids and scores that sorting everything gives; ties by id."""
    scores = reference(documents)
    lists = {}
    for at, one in enumerate(documents):
        found = [
            (other.id, scores[at, there])
            for there, other in enumerate(documents)
            if scores[at, there] > 0 and may_match(one, other)
        ]
        lists[one.id] = sorted(found, key=lambda pair: (-round(pair[1], 12), pair[0]))[:top]
    return lists
