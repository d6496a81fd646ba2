"""Cypher for the questions that only a graph answers: what is alike, wanted, or has moved.

`this` is the node of the row, `near` the one that it is compared with. Whatever is counted is
counted as far as the viewer may see it.
"""

from graph.expressions import LEVELS, ranked
from graph.visibility import PROJECT_RULE, SIGNED_IN


def seen(name: str) -> str:
    """The rule of a project, for the name that it has in a pattern."""
    return PROJECT_RULE.replace("this", name)


def alike(council: str) -> str:
    """Pairs of projects, one of `near` and one of another council, that the matcher calls alike."""
    return (
        "MATCH (near)-[:LEADS]->(one:Project)-[alike:MATCHES]-(two:Project)"
        f"<-[:LEADS]-({council}) WHERE {SIGNED_IN} AND alike.weaker = false"
        f" AND {seen('one')} AND {seen('two')}"
    )


def sharing(council: str) -> str:
    """Pairs of projects, one of `near` and one of another council, about one service."""
    return (
        "MATCH (near)-[:LEADS]->(one:Project)-[:DELIVERS]->(shared:Service)"
        f"<-[:DELIVERS]-(two:Project)<-[:LEADS]-({council})"
        f" WHERE {seen('one')} AND {seen('two')}"
    )


ALIKE_PROJECTS = f"COUNT {{ {alike('this')} }}"
SHARED_SERVICES = f"size(COLLECT {{ {sharing('this')} RETURN DISTINCT shared.id }})"
# The same two, as a condition on `far`, which stands for the row where a list is filtered.
IN_COMMON = f"EXISTS {{ {alike('far')} }} OR EXISTS {{ {sharing('far')} }}"
NEEDED_BY = f"COUNT {{ MATCH (this)<-[:NEEDS]-(one:Project) WHERE {seen('one')} }}"
HELD_BY = f"COUNT {{ MATCH (this)<-[:HAS_SKILL]-(:Practitioner) WHERE {SIGNED_IN} }}"
UNMET = (
    f"COUNT {{ MATCH (this)<-[wanted:NEEDS]-(one:Project) WHERE {SIGNED_IN} AND {seen('one')}"
    " AND NOT EXISTS { (this)<-[held:HAS_SKILL]-(:Practitioner) WHERE"
    f" {ranked('held.level', *LEVELS)} >= {ranked('wanted.level', *LEVELS)} }} }}"
)
# How a person (`this`) could help a project (`near`): needs that a skill of theirs meets, and words
# which tell what it is about that stand in their profile. As a condition of a list the person is `far`.
# A skill has hundreds of holders and of projects, so both ends are tied to it one by one: along one
# path through it the embedded engine meets all of them, for each person anew.
IS_MET = f"{ranked('own.level', *LEVELS)} >= {ranked('need.level', *LEVELS)}"
NEEDS_MET = (
    "COUNT { MATCH (near)-[need:NEEDS]->(wanted:Skill), (this)-[own:HAS_SKILL]->(wanted)"
    f" WHERE {IS_MET} }}"
)
HAS_A_SKILL = (
    "EXISTS { (this)-[:NEEDS]->(wanted:Skill) WHERE EXISTS { (far)-[:HAS_SKILL]->(wanted) } }"
)
SAME_SERVICE = "EXISTS { (this)-[:CARES_ABOUT]->(:Service {id: near.serviceId}) }"
# Of a skill (`this`) that the project (`near`) looks for.
NEEDED_LEVEL = "COLLECT { MATCH (near)-[need:NEEDS]->(this) RETURN need.level LIMIT 1 }[0]"


def words_shared(person: str, project: str) -> str:
    """How many words tell what a project is about and stand in a person's profile.

    Either may not have been read yet. With that said of each list inside, it took thrice as long.
    """
    told = f"[stem IN {person}.profileStems WHERE stem IN {project}.tellingStems]"
    return f"coalesce(size({told}), 0)"


SHARED_WORDS = (
    "[at IN range(0, size(coalesce(near.tellingStems, [])) - 1)"
    " WHERE near.tellingStems[at] IN coalesce(this.profileStems, []) | near.tellingWords[at]]"
)
# One word may be shared by chance: of real projects and invented people one pair in fourteen has one.
# One in a hundred has two or more, and nine in ten of those read as they should.
FEWEST_WORDS = 2
COULD_HELP = (
    f"({HAS_A_SKILL} OR {words_shared('far', 'this')} >= {FEWEST_WORDS})"
    " AND NOT EXISTS { (far)-[:LOOKS_AFTER]->(this) }"
)
# A project has a dozen such words, so no number of them makes up for what comes before.
FIT = (
    f"1000 * {NEEDS_MET} + CASE WHEN {SAME_SERVICE} THEN 100 ELSE 0 END"
    f" + {words_shared('this', 'near')}"
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
def left_open_or(council: str, *names: str) -> str:
    """That a council is what each argument says, where it says anything."""
    return " AND ".join(f"(arg_{name} IS NULL OR {council}.{name} = arg_{name})" for name in names)


AMONG = f"far.kind = 'COUNCIL' AND {left_open_or('far', 'region', 'nation', 'tier')}"
OFFERED = (
    "far.current = true AND (arg_tier IS NULL OR arg_tier = 'SINGLE_TIER' OR far.tier = 'ALL'"
    " OR far.tier = arg_tier)"
)
IS_COVERED = (
    f"EXISTS {{ (far)<-[:DELIVERS]-(led:Project) WHERE {seen('led')}"
    " AND EXISTS { (led)<-[:LEADS]-(by:Council)"
    f" WHERE {left_open_or('by', 'region', 'nation', 'tier')} }} }}"
)
