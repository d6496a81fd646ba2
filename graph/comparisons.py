"""Cypher for the questions that only a graph answers: what is alike, wanted, or has moved.

`this` is the node of the row, `near` the one that it is compared with. Whatever is counted is
counted as far as the viewer may see it.
"""

from graph.expressions import LEVELS, ranked
from graph.visibility import PROJECT_RULE, SIGNED_IN


def seen(name: str) -> str:
    """The rule of a project, for the name that it has in a pattern."""
    return PROJECT_RULE.replace("this", name)


ALIKE_PROJECTS = (
    "COUNT { MATCH (near)-[:LEADS]->(one:Project)-[alike:MATCHES]-(two:Project)<-[:LEADS]-(this)"
    f" WHERE {SIGNED_IN} AND alike.weaker = false AND {seen('one')} AND {seen('two')} }}"
)
SHARED_SERVICES = (
    "size(COLLECT { MATCH (near)-[:LEADS]->(one:Project)-[:DELIVERS]->(shared:Service)"
    f"<-[:DELIVERS]-(two:Project)<-[:LEADS]-(this) WHERE {seen('one')} AND {seen('two')}"
    " RETURN DISTINCT shared.id })"
)
# The same two, as a condition on `far`, which stands for the row where a list is filtered.
IN_COMMON = (
    f"EXISTS {{ (near)-[:LEADS]->(one:Project)-[alike:MATCHES]-(two:Project)<-[:LEADS]-(far)"
    f" WHERE {SIGNED_IN} AND alike.weaker = false AND {seen('one')} AND {seen('two')} }}"
    f" OR EXISTS {{ (near)-[:LEADS]->(one:Project)-[:DELIVERS]->(:Service)"
    f"<-[:DELIVERS]-(two:Project)<-[:LEADS]-(far) WHERE {seen('one')} AND {seen('two')} }}"
)
NEEDED_BY = f"COUNT {{ MATCH (this)<-[:NEEDS]-(one:Project) WHERE {seen('one')} }}"
HELD_BY = f"COUNT {{ MATCH (this)<-[:HAS_SKILL]-(:Practitioner) WHERE {SIGNED_IN} }}"
UNMET = (
    f"COUNT {{ MATCH (this)<-[wanted:NEEDS]-(one:Project) WHERE {SIGNED_IN} AND {seen('one')}"
    " AND NOT EXISTS { (this)<-[held:HAS_SKILL]-(:Practitioner) WHERE"
    f" {ranked('held.level', *LEVELS)} >= {ranked('wanted.level', *LEVELS)} }} }}"
)
CHANGE_KINDS = (
    "[kind IN ['ADDED', 'CONFIRMED', 'MOVED', 'CHANGED'] WHERE CASE kind"
    " WHEN 'ADDED' THEN this.addedAt >= arg_since"
    " WHEN 'CONFIRMED' THEN coalesce(this.confirmedAt >= arg_since, false)"
    " WHEN 'MOVED' THEN coalesce(this.phaseChangedAt >= arg_since, false)"
    " ELSE this.addedAt < arg_since AND coalesce(this.confirmedAt < arg_since, true)"
    " AND coalesce(this.phaseChangedAt < arg_since, true) END]"
)
LEADS_SOMETHING = f"EXISTS {{ (far)-[:LEADS]->(led:Project) WHERE {seen('led')} }}"

# Coverage: of the councils of a region, nation and tier (each may be left open), and of the
# services that councils of such a tier provide.
AMONG = (
    "far.kind = 'COUNCIL' AND (arg_region IS NULL OR far.region = arg_region)"
    " AND (arg_nation IS NULL OR far.nation = arg_nation)"
    " AND (arg_tier IS NULL OR far.tier = arg_tier)"
)
OFFERED = (
    "far.current = true AND (arg_tier IS NULL OR arg_tier = 'SINGLE_TIER' OR far.tier = 'ALL'"
    " OR far.tier = arg_tier)"
)
IS_COVERED = (
    f"EXISTS {{ (far)<-[:DELIVERS]-(led:Project) WHERE {seen('led')}"
    " AND EXISTS { (led)<-[:LEADS]-(by:Council)"
    " WHERE (arg_region IS NULL OR by.region = arg_region)"
    " AND (arg_nation IS NULL OR by.nation = arg_nation)"
    " AND (arg_tier IS NULL OR by.tier = arg_tier) } }"
)
