"""What the finder found, as part of a statement: a list of each noun, whose rows meet its rule.

A hit of every noun is looked up whether or not that noun is asked for: one that may not be seen is
no hit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graph.meanings import Finds
from graph.selections import Selection
from graph.statements import Scope, Statement, names_of, written

Shape = Callable[[Statement, Selection, str, Scope], str]


def finds(statement: Statement, meaning: Finds, asked: Selection, shape: Shape) -> str:
    """The counts, and for each selection of the hits the rows of every noun."""
    parts = ["total: $foundTotal", "counts: $foundCounts"]
    most = statement.parameter(asked.arguments["first"])
    for at, part in enumerate(asked.children):
        if part.field == "hits":
            each = HitsOf(statement, meaning, part, most, shape)
            nouns = [f"{noun}: {each.found(noun)}" for noun in meaning.nouns]
            parts.append(f"h{at}: {{{', '.join(nouns)}}}")
    return "{" + ", ".join(parts) + "}"


@dataclass(frozen=True, slots=True)
class HitsOf:
    """Writes the hits of one noun after the other, each with its rank among those of all."""

    statement: Statement
    meaning: Finds
    asked: Selection
    most: str
    shape: Shape

    def found(self, noun: str) -> str:
        self.statement.count_list()
        kind = self.statement.kind(self.meaning.nouns[noun])
        far, hit = self.statement.name("n"), self.statement.name("hit")
        scope = Scope(this=far, rel=hit, near=far, depth=1)
        rule = written(kind.visible or "false", names_of(scope))
        return (
            f"COLLECT {{ UNWIND $found AS {hit}"
            f" MATCH ({far}:{kind.label} {{id: {hit}.id}}) WHERE {rule}"
            f" WITH {far}, {hit} ORDER BY {hit}.rank, {far}.id LIMIT {self.most}"
            + self.statement.returned(f"{far}, {hit}", lambda: self.row(noun, scope))
            + " }"
        )

    def row(self, noun: str, scope: Scope) -> str:
        parts = [f"rank: {scope.rel}.rank"]
        for at, part in enumerate(self.asked.children):
            if part.field in self.meaning.facts:
                parts.append(f"f{at}: {scope.rel}.{part.field}")
            elif part.field == noun:
                node = self.shape(self.statement, part, self.meaning.nouns[noun], scope)
                parts.append(f"f{at}: {node}")
        return "{" + ", ".join(parts) + "}"
