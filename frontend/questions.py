"""Every question that the site itself asks, so that an engine can have planned them beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from frontend import explore
from frontend.asking import Question
from frontend.documents import HERE, Operation, document

# As long as real ids are: Neo4j plans a statement anew for a text of another order of length.
SOME_ID = "an-id-of-nothing-that-exists-anywhere"
SOME = {
    "ID": SOME_ID,
    "Instant": "2026-10-25T00:00:00.000Z",
    "String": "parking permits",
    "Int": 1,
    "Boolean": True,
}


def questions() -> Iterator[Question]:
    """The question of every page and letter, about nothing in particular."""
    for folder in ("pages", "letters"):
        for file in sorted((HERE / folder).glob("*.graphql")):
            found = document(folder, file.stem)
            yield Question(found.text, found.query.name, _about_nothing(found.query))
    yield from explore.questions()


def _about_nothing(query: Operation) -> dict[str, object]:
    wanted = [each for each in query.variables if each.is_required and each.default is None]
    return {each.name: [SOME[each.kind]] if each.is_list else SOME[each.kind] for each in wanted}
