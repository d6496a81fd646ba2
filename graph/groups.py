"""Facets: how many of a list fall into each group, under the list's own filter and rules."""

from graph.meanings import Facet, Type
from graph.selections import Selection
from graph.statements import Hop, NotDeclared, Scope, Statement, names_of, written

MOST_GROUPS = 20


def facets(statement: Statement, kind: Type, asked: Selection, found: Hop, where: str) -> str:
    """The facets of a list that were asked for, each a list of groups.

    Raises:
        NotDeclared: the model does not say what one of them means.
    """
    parts = []
    for at, part in enumerate(asked.children):
        if part.field == "__typename":
            continue
        facet = kind.facets.get(part.field)
        if facet is None:
            message = f"{kind.label} has no facet {part.field}, so it is not served."
            raise NotDeclared(message)
        parts.append(f"f{at}: {groups(statement, facet, part, found, where)}")
    return "{" + ", ".join(parts) + "}" if parts else "{there: true}"


def groups(statement: Statement, facet: Facet, asked: Selection, found: Hop, where: str) -> str:
    """The largest groups first; those of a size in the order of their values (rule 3)."""
    statement.count_list()
    statement.groups += 1
    most = statement.parameter(asked.arguments.get("first") or MOST_GROUPS)
    start = f"COLLECT {{ MATCH {found.match} WHERE {where} WITH {found.carried}"
    end = f" ORDER BY size DESC, value, label LIMIT {most}"
    shape = " RETURN {value: value, label: label, count: size} }"
    if facet.pattern:
        return start + through_pattern(statement, facet, found.scope) + end + shape
    if facet.of:
        return start + through_id(statement, facet, found.scope) + end + shape
    names = names_of(found.scope)
    by = f" UNWIND {written(facet.each, names)} AS value" if facet.each else ""
    value = "value" if facet.each else written(facet.by, names)
    return f"{start}{by} WITH {value} AS value, null AS label, count(*) AS size{end}{shape}"


def through_pattern(statement: Statement, facet: Facet, scope: Scope) -> str:
    """Group by the nodes that a relationship reaches; each node of the list counts once a group."""
    far = statement.name("n")
    names = {**names_of(scope), "far": far}
    rule = written(statement.kind(facet.of).visible or "false", {"this": far})
    value, label = written(facet.value, names), written(facet.label, names)
    return (
        f" MATCH {written(facet.pattern, names)} WHERE {rule}"
        f" WITH {value} AS value, {label} AS label, count(DISTINCT {scope.this}) AS size"
    )


def through_id(statement: Statement, facet: Facet, scope: Scope) -> str:
    """Group by an id on the node, then look up what the id stands for, once a group."""
    far, names = statement.name("n"), names_of(scope)
    kind = statement.kind(facet.of)
    rule = written(kind.visible or "false", {"this": far})
    value, label = (written(part, {"far": far}) for part in (facet.value, facet.label))
    return (
        f" WITH {written(facet.by, names)} AS key, count(*) AS part"
        f" OPTIONAL MATCH ({far}:{kind.label} {{id: key}}) WHERE {rule}"
        f" WITH {value} AS value, {label} AS label, sum(part) AS size"
    )
