"""The oracle: graphql-core with plain resolvers over a dump, and visibility said again in Python.

It shares nothing with the compiled read but the printed schema, so what the two agree on is not
agreed on by construction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema, execute_sync, get_named_type, parse

from backend.product import Viewer
from tests.oracle import orders
from tests.oracle.dump import Dump, Link, Node
from tests.oracle.filters import Filter
from tests.oracle.pictures import coverage, network

WIDE = {"PUBLIC", "NETWORK"}
EVERY_LIST = {"first", "after", "filter", "orderBy", "descending"}
NODES = {"Council", "Practitioner", "Project", "Proposal", "Question", "Request", "Service", "Skill", "Token"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Seen:
    """A node as it was reached: over which relationship, and from which node."""

    node: Node
    link: Link | None = None
    near: Node | None = None
    since: str = ""


@dataclass(frozen=True)
class Oracle:
    dump: Dump
    viewer: Viewer
    today: str
    demo: bool
    contact: str
    schema: GraphQLSchema | None = None
    fresh_since: str = ""
    quiet_since: str = ""

    # Who may see what.

    def sees(self, node: Node) -> bool:
        rules = {
            "Answer": self.sees_answer,
            "Practitioner": lambda _: self.viewer.is_signed_in,
            "Project": self.sees_project,
            "Proposal": self.sees_proposal,
            "Question": self.sees_question,
            "Request": self.sees_own,
            "Token": self.sees_own,
        }
        return rules.get(node.label, lambda _: True)(node)

    def sees_answer(self, node: Node) -> bool:
        return self.home in self.dump.into(node, "GAVE")

    def sees_own(self, node: Node) -> bool:
        """What one asked or holds; operators see every request too."""
        owners = [*self.dump.into(node, "ASKED"), *self.dump.out(node, "OF")]
        is_mine = any(one.id == self.viewer.id for one in owners)
        return is_mine or (node.label == "Request" and self.viewer.role == "OPERATOR")

    @property
    def home(self) -> Node | None:
        return self.dump.nodes["Council"].get(self.viewer.council or "")

    def leads(self, project: Node) -> bool:
        return self.home is not None and self.home in self.dump.into(project, "LEADS")

    def sees_project(self, project: Node) -> bool:
        if project.removedAt is not None:
            return False
        if project.audience == "PUBLIC" or self.leads(project):
            return True
        if project.audience == "NETWORK":
            return self.viewer.is_signed_in
        partners = self.dump.into(project, "PARTNERS_IN")
        return project.audience == "PARTNERS" and self.home in partners

    def sees_proposal(self, proposal: Node) -> bool:
        return bool(self.met(proposal))

    def met(self, proposal: Node) -> list[tuple[Node, Link, Node]]:
        """Our project, and each of another council that a proposal puts it together with."""
        links = [link for link in self.dump.links["ABOUT"] if link.start is proposal]
        ends = [
            (link, link.end)
            for link in sorted(links, key=lambda one: (one.properties.get("rank") or 0, one.end.id))
        ]
        ends = [(link, end) for link, end in ends if end.removedAt is None and end.audience in WIDE]
        return [
            (mine, link, other)
            for _, mine in ends
            for link, other in ends
            if self.leads(mine) and mine.confirmedAt and not self.leads(other)
            if proposal.aroundId in {None, mine.id, other.id}
        ]

    def sees_question(self, question: Node) -> bool:
        if question.endedAt is not None:
            return False
        shared = {"COUNCIL": question.councilId == self.viewer.council, "NETWORK": True}
        mine = any(one.id == self.viewer.id for one in self.dump.into(question, "KEEPS"))
        return mine or (self.viewer.is_signed_in and shared.get(question.sharedWith, False))

    # What each field means.

    def resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        kind, name = info.parent_type.name, info.field_name
        if isinstance(source, orders.Facets):
            return source.groups(name, arguments["first"])
        if isinstance(source, dict):
            found = source[name]
            return found(**arguments) if callable(found) else found
        arguments = {k: v for k, v in arguments.items() if v is not None}
        wrapper = get_named_type(info.return_type).name
        if not wrapper.endswith("Connection"):
            return self.value(kind, name, source, arguments)
        noun = wrapper.removesuffix("Connection")
        own = {k: v for k, v in arguments.items() if k not in EVERY_LIST}
        return self.page(noun, self.value(kind, name, source, own), arguments)

    def value(self, kind: str, name: str, source: Any, arguments: Any = None) -> Any:
        if kind == "Query":
            return getattr(self, f"root_{name}")(**arguments)
        known = getattr(self, f"{kind}_{name}", None)
        if known:
            return known(source, **(arguments or {}))
        return source.node.properties.get(name)

    def page(self, noun: str, found: Iterable[Seen], asked: dict[str, Any]) -> dict[str, Any]:
        """A page of a list, in the order that is asked for; what it counts is the whole list."""
        fits = [one for one in found if self.sees(one.node)]
        fits = [one for one in fits if self.fits(noun, one, asked.get("filter") or {})]
        key, down = orders.ORDERS[noun][asked.get("orderBy") or orders.default(noun, asked)]
        down = asked.get("descending", down)
        rows = sorted(fits, key=lambda one: one.node.id)
        rows.sort(key=lambda one: key(self, one), reverse=down)
        page = rows[: asked["first"]]
        return {
            "totalCount": len(rows),
            "nodes": page,
            "edges": [{"node": one, "cursor": ""} for one in page],
            "pageInfo": {"hasNextPage": len(rows) > asked["first"], "endCursor": None},
            "facets": orders.Facets(self, noun, rows),
        }

    def fits(self, noun: str, one: Seen, given: dict[str, Any]) -> bool:
        return Filter(self, self.schema).fits(noun, one, given)

    def named(self, found: Iterable[Node], *, source: Seen | None = None) -> list[Seen]:
        near = source.node if source else None
        return [Seen(one, None, near) for one in found]

    def maybe(self, found: Iterable[Node]) -> Seen | None:
        return next((Seen(one) for one in found if self.sees(one)), None)

    def root_me(self) -> Any:
        return self.root_person(id=self.viewer.id or "")

    def root_edition(self) -> dict[str, Any]:
        return {
            "demo": self.demo,
            "today": self.today,
            "contact": self.contact,
            "councils": sum(one.kind == "COUNCIL" for one in self.dump.all("Council")),
            "projects": sum(self.sees(one) for one in self.dump.all("Project")),
        }

    def by_id(self, label: str, id: str) -> Seen | None:
        found = self.dump.nodes[label].get(id)
        return Seen(found) if found and self.sees(found) else None

    def root_council(self, id: str) -> Any:
        return self.by_id("Council", id)

    def root_project(self, id: str) -> Any:
        return self.by_id("Project", id)

    def root_service(self, id: str) -> Any:
        return self.by_id("Service", id)

    def root_skill(self, id: str) -> Any:
        return self.by_id("Skill", id)

    def root_person(self, id: str) -> Any:
        return self.by_id("Practitioner", id)

    def root_proposal(self, id: str) -> Any:
        return self.by_id("Proposal", id)

    def root_request(self, id: str) -> Any:
        return self.by_id("Request", id)

    def every(self, label: str) -> list[Seen]:
        return [Seen(one) for one in self.dump.all(label)]

    def root_councils(self) -> list[Seen]:
        return self.every("Council")

    def root_projects(self) -> list[Seen]:
        return self.every("Project")

    def root_services(self) -> list[Seen]:
        return self.every("Service")

    def root_skills(self) -> list[Seen]:
        return self.every("Skill")

    def root_people(self) -> list[Seen]:
        return self.every("Practitioner")

    def root_proposals(self) -> list[Seen]:
        return self.every("Proposal")

    def root_requests(self) -> list[Seen]:
        return self.every("Request")

    def root_token(self, id: str) -> Any:
        return self.by_id("Token", id)

    def root_question(self, id: str) -> Any:
        return self.by_id("Question", id)

    def root_questions(self) -> list[Seen]:
        return self.every("Question")

    def root_node(self, id: str) -> Any:
        label = id.partition("-")[0].capitalize()
        return self.by_id(label, id) if label in NODES else None

    def root_experts(self, skill: str, level: str = "AWARENESS") -> list[Seen]:
        found = self.dump.nodes["Skill"].get(skill)
        held = self.dump.either(found, "HAS_SKILL") if found else ()
        least = orders.LEVELS.index(level)
        return [
            Seen(far, link, found)
            for link, far in held
            if orders.LEVELS.index(link.properties["level"]) >= least
        ]

    def root_changes(self, since: str) -> list[Seen]:
        return [
            Seen(one, None, None, since)
            for one in self.dump.all("Project")
            if one.changedAt >= since
        ]

    def root_demand(self) -> list[Seen]:
        found = (Seen(one) for one in self.dump.all("Skill"))
        return [one for one in found if self.Demand_neededBy(one) or self.Demand_heldBy(one)]

    def root_similarCouncils(self, council: str) -> list[Seen]:
        near = self.dump.nodes["Council"].get(council)
        others = [one for one in self.dump.all("Council") if near and one is not near]
        found = (Seen(one, None, near) for one in others)
        return [
            one
            for one in found
            if self.CouncilLikeness_alikeProjects(one) or self.CouncilLikeness_sharedServices(one)
        ]

    # What moved, what is wanted, what is alike.

    def Change_at(self, it: Seen) -> str:
        return it.node.changedAt

    def Change_project(self, it: Seen) -> Seen:
        return Seen(it.node)

    def Change_kinds(self, it: Seen) -> list[str]:
        when = {
            "ADDED": it.node.addedAt,
            "CONFIRMED": it.node.confirmedAt,
            "MOVED": it.node.phaseChangedAt,
        }
        found = [kind for kind, at in when.items() if at and at >= it.since]
        return found or ["CHANGED"]

    def Demand_skill(self, it: Seen) -> Seen:
        return Seen(it.node)

    def wanted(self, skill: Node) -> list[Link]:
        return [
            link for link, project in self.dump.either(skill, "NEEDS") if self.sees_project(project)
        ]

    def held(self, skill: Node) -> list[Link]:
        return [
            link for link, _ in self.dump.either(skill, "HAS_SKILL") if self.viewer.is_signed_in
        ]

    def Demand_neededBy(self, it: Seen) -> int:
        return len(self.wanted(it.node))

    def Demand_heldBy(self, it: Seen) -> int | None:
        return len(self.held(it.node)) if self.viewer.is_signed_in else None

    def Demand_unmet(self, it: Seen) -> int | None:
        if not self.viewer.is_signed_in:
            return None
        best = max((level_of(link) for link in self.held(it.node)), default=-1)
        return sum(level_of(link) > best for link in self.wanted(it.node))

    def CouncilLikeness_council(self, it: Seen) -> Seen:
        return Seen(it.node)

    def led(self, council: Node) -> list[Node]:
        return [one for one in self.dump.out(council, "LEADS") if self.sees_project(one)]

    def CouncilLikeness_alikeProjects(self, it: Seen) -> int | None:
        if not self.viewer.is_signed_in:
            return None
        theirs = self.led(it.node)
        return sum(
            far in theirs and not link.properties["weaker"]
            for one in self.led(it.near)
            for link, far in self.dump.either(one, "MATCHES")
        )

    def CouncilLikeness_sharedServices(self, it: Seen) -> int:
        def services(council: Node) -> set[str]:
            return {s.id for one in self.led(council) for s in self.dump.out(one, "DELIVERS")}

        return len(services(it.near) & services(it.node))

    def CouncilLikeness_sameTier(self, it: Seen) -> bool:
        return it.near.tier is not None and it.near.tier == it.node.tier

    def CouncilLikeness_sameRegion(self, it: Seen) -> bool:
        return it.near.region is not None and it.near.region == it.node.region

    # Coverage and the network.

    def root_coverage(self, region: Any = None, nation: Any = None, tier: Any = None) -> Any:
        return coverage(self, region, nation, tier)

    def root_network(self, region: Any = None, service: Any = None, phase: Any = None) -> Any:
        return network(self, region, service, phase)

    # Councils.

    def Council_isMine(self, it: Seen) -> bool:
        return it.node is self.home

    def Council_projects(self, it: Seen) -> Any:
        return self.named(self.dump.out(it.node, "LEADS"), source=it)

    def Council_partnerProjects(self, it: Seen) -> Any:
        return self.named(self.dump.out(it.node, "PARTNERS_IN"))

    def Council_people(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "WORKS_FOR"))

    # Projects and matches.

    def Project_isConfirmed(self, it: Seen) -> bool:
        return it.node.confirmedAt is not None

    def Project_lead(self, it: Seen) -> Any:
        return self.maybe(self.dump.into(it.node, "LEADS"))

    def Project_partners(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "PARTNERS_IN"))

    def Project_service(self, it: Seen) -> Any:
        return self.maybe(self.dump.out(it.node, "DELIVERS"))

    def Project_contacts(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "LOOKS_AFTER"))

    def Project_needs(self, it: Seen) -> Any:
        return self.linked(it, "NEEDS")

    def linked(self, it: Seen, kind: str) -> Any:
        return [Seen(far, link, it.node) for link, far in self.dump.either(it.node, kind)]

    def Project_freshness(self, it: Seen) -> str:
        at = it.node.confirmedAt
        if at is None:
            return "NEVER"
        return (
            "FRESH" if at >= self.fresh_since else "AGEING" if at >= self.quiet_since else "QUIET"
        )

    def Project_matches(self, it: Seen, weaker: bool = False) -> Any:
        return [
            Seen(far, link, it.node)
            for link, far in self.dump.either(it.node, "MATCHES")
            if self.viewer.is_signed_in and (weaker or not link.properties["weaker"])
        ]

    def Project_peopleWhoCouldHelp(self, it: Seen) -> list[Seen]:
        wanted = [*self.dump.out(it.node, "NEEDS")]
        busy = [*self.dump.into(it.node, "LOOKS_AFTER")]
        return [
            Seen(one, near=it.node)
            for one in self.dump.all("Practitioner")
            if one not in busy
            and (
                any(skill in wanted for skill in self.dump.out(one, "HAS_SKILL"))
                or len(words_of_both(it.node, one)) > 1
            )
        ]

    def Candidate_skills(self, it: Seen) -> list[Seen]:
        wanted = [*self.dump.out(it.near, "NEEDS")]
        links = [one for one in self.dump.links["HAS_SKILL"] if one.start is it.node]
        found = [Seen(one.end, one, it.near) for one in links if one.end in wanted]
        return sorted(found, key=lambda one: (one.node.sortName, one.node.id))

    def Candidate_needsMet(self, it: Seen) -> int:
        return sum(self.UsefulSkill_isEnough(one) for one in self.Candidate_skills(it))

    def Candidate_sharedWords(self, it: Seen) -> list[str]:
        return words_of_both(it.near, it.node)

    def Candidate_sameService(self, it: Seen) -> bool:
        return any(
            one in [*self.dump.out(it.near, "DELIVERS")]
            for one in self.dump.out(it.node, "CARES_ABOUT")
        )

    def need(self, it: Seen) -> Link:
        links = self.dump.links["NEEDS"]
        return next(one for one in links if one.start is it.near and one.end is it.node)

    def UsefulSkill_neededLevel(self, it: Seen) -> str:
        return self.need(it).properties["level"]

    def UsefulSkill_isEnough(self, it: Seen) -> bool:
        return level_of(it.link) >= level_of(self.need(it))

    def Project_viewerMayEdit(self, it: Seen) -> bool:
        return it.node.confirmedAt is not None and self.leads(it.node)

    def Project_viewerMayClaim(self, it: Seen) -> bool:
        return it.node.confirmedAt is None and self.leads(it.node)

    def side(self, it: Seen, name: str, *, mine: bool = True) -> Any:
        is_start = it.link.start is it.near
        return it.link.properties[f"{name}{'From' if is_start is mine else 'To'}"]

    def Match_id(self, it: Seen) -> str:
        return it.link.properties["id"]

    def Match_project(self, it: Seen) -> Seen:
        return Seen(it.node)

    def Match_outOfHundred(self, it: Seen) -> int:
        return min(99, int(it.link.properties["probability"] * 100 + 0.5))

    def Match_strength(self, it: Seen) -> str:
        link = it.link.properties
        return "WEAK" if link["weaker"] else "STRONG" if link["probability"] >= 0.95 else "GOOD"

    def Match_kind(self, it: Seen) -> str:
        return self.side(it, "kind")

    def Match_area(self, it: Seen) -> str:
        return it.link.properties.get("area") or ""

    def Match_timing(self, it: Seen) -> str:
        return self.side(it, "timing")

    def Match_differences(self, it: Seen) -> list[str]:
        return self.side(it, "differences")

    def Match_terms(self, it: Seen) -> list[dict[str, Any]]:
        link = it.link.properties
        columns = {
            "word": link["words"],
            "share": link["shares"],
            "percent": link["percents"],
            "width": link["widths"],
            "ours": self.side(it, "phrases"),
            "theirs": self.side(it, "phrases", mine=False),
        }
        return [
            {name: values[at] for name, values in columns.items()}
            for at in range(len(link["words"]))
        ]

    def Match_proposal(self, it: Seen) -> Any:
        both = {it.near.id, it.node.id}
        if not (self.leads(it.near) or self.leads(it.node)):
            return None
        return self.maybe(
            one
            for one in self.dump.into(it.node, "ABOUT")
            if both <= {end.id for end in self.dump.out(one, "ABOUT")}
            and (one.aroundId is None or one.aroundId in both)
        )

    # Skills and people.

    def Need_skill(self, it: Seen) -> Seen:
        return Seen(it.node)

    Holding_skill = Need_skill
    Holder_person = Candidate_person = UsefulSkill_skill = Need_skill

    def Service_projects(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "DELIVERS"))

    def Service_people(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "CARES_ABOUT"))

    def Skill_people(self, it: Seen) -> Any:
        return self.linked(it, "HAS_SKILL")

    def Skill_neededBy(self, it: Seen) -> Any:
        return self.named(self.dump.into(it.node, "NEEDS"))

    def Practitioner_isInvented(self, it: Seen) -> bool:
        return bool(it.node.invented)

    def Practitioner_isMe(self, it: Seen) -> bool:
        return it.node.id == self.viewer.id

    def own(self, it: Seen, name: str) -> Any:
        return it.node.properties.get(name) if it.node.id == self.viewer.id else None

    def Practitioner_email(self, it: Seen) -> Any:
        return self.own(it, "email")

    def Practitioner_letters(self, it: Seen) -> Any:
        return self.own(it, "letters")

    def Practitioner_welcomedAt(self, it: Seen) -> Any:
        return self.own(it, "welcomedAt")

    def Practitioner_council(self, it: Seen) -> Any:
        return self.maybe(self.dump.out(it.node, "WORKS_FOR"))

    def Practitioner_skills(self, it: Seen) -> Any:
        return self.linked(it, "HAS_SKILL")

    def Practitioner_services(self, it: Seen) -> Any:
        return self.named(self.dump.out(it.node, "CARES_ABOUT"))

    def Practitioner_projects(self, it: Seen) -> Any:
        return self.named(self.dump.out(it.node, "LOOKS_AFTER"))

    def Practitioner_tokens(self, it: Seen) -> Any:
        return self.named(one for one in self.dump.into(it.node, "OF") if one.label == "Token")

    def Question_isMine(self, it: Seen) -> bool:
        return any(one.id == self.viewer.id for one in self.dump.into(it.node, "KEEPS"))

    def Question_keeper(self, it: Seen) -> Any:
        return self.maybe(self.dump.into(it.node, "KEEPS"))

    def Token_isLive(self, it: Seen) -> bool:
        one = it.node
        is_here = one.councilId == self.viewer.council
        return is_here and one.revokedAt is None and one.endsAt[:10] > self.today

    # Proposals, answers and requests.

    def answers(self, it: Seen) -> list[tuple[Node, Node]]:
        """Each answer with the council that gave it."""
        return [(next(self.dump.into(one, "GAVE")), one) for one in self.dump.into(it.node, "TO")]

    def our_answer(self, it: Seen) -> Node | None:
        return next((one for by, one in self.answers(it) if by is self.home), None)

    def introduced_to(self, it: Seen) -> set[str]:
        """The councils that ours has met by a proposal, and whose project in it is still open."""
        mine = self.our_answer(it)
        known = {*(mine.introducedTo or ())} if mine else set()
        ends = self.dump.out(it.node, "ABOUT")
        return known & {end.leadId for end in ends if not end.removedAt and end.audience in WIDE}

    def Proposal_status(self, it: Seen) -> str:
        mine = self.our_answer(it)
        if self.introduced_to(it):
            return "INTRODUCED"
        if mine is None:
            return "WAITING"
        resting = mine.answer == "NOT_NOW" and mine.until > self.today
        words = {"INTERESTED": "ANSWERED", "NOT_FOR_US": "CLOSED"}
        return words.get(mine.answer, "RESTING" if resting else "WAITING")

    def Proposal_viewerMayAnswer(self, it: Seen) -> bool:
        return self.Proposal_status(it) in {"WAITING", "RESTING"}

    def said_yes(self, it: Seen) -> dict[str, Node]:
        """The yeses of the councils that a proposal puts ours together with."""
        others = {other.leadId for _, _, other in self.met(it.node)}
        answers = {by.id: one for by, one in self.answers(it) if one.answer == "INTERESTED"}
        return {by: one for by, one in answers.items() if by in others}

    def Proposal_theyWouldLikeToTalk(self, it: Seen) -> bool:
        return any(not one.onlyIfAgree for one in self.said_yes(it).values())

    def Proposal_introducedAt(self, it: Seen) -> Any:
        mine = self.our_answer(it)
        return mine.introducedAt if mine and self.introduced_to(it) else None

    def Proposal_ours(self, it: Seen) -> Any:
        return Seen(self.first_of_ours(it))

    def first_of_ours(self, it: Seen) -> Node:
        return min((mine for mine, _, _ in self.met(it.node)), key=lambda one: one.id)

    def Proposal_theirs(self, it: Seen) -> Any:
        return Seen(self.Proposal_others(it)[0].node)

    def Proposal_others(self, it: Seen) -> list[Any]:
        ours = self.first_of_ours(it)
        return [Seen(other, link, mine) for mine, link, other in self.met(it.node) if mine is ours]

    def Party_project(self, it: Seen) -> Any:
        return Seen(it.node)

    def Party_match(self, it: Seen) -> Any:
        found = self.dump.either(it.near, "MATCHES")
        return next((Seen(it.node, link, it.near) for link, end in found if end is it.node), None)

    def known_yes(self, it: Seen) -> Node | None:
        """What another side said, if it was yes and our side may know."""
        proposal = Seen(it.link.start)
        yes = self.said_yes(proposal).get(it.node.leadId)
        has_met = it.node.leadId in self.introduced_to(proposal)
        return yes if yes is not None and (has_met or not yes.onlyIfAgree) else None

    def Party_wouldLikeToTalk(self, it: Seen) -> bool:
        return self.known_yes(it) is not None

    def Party_message(self, it: Seen) -> str | None:
        yes = self.known_yes(it)
        return yes.message if yes else None

    def any_match(self, it: Seen) -> list[Seen]:
        """Those of our project with each of the others."""
        near, others = self.first_of_ours(it), [one.node for one in self.Proposal_others(it)]
        return [
            Seen(far, link, near)
            for link, far in self.dump.either(near, "MATCHES")
            if far in others and self.sees(far)
        ]

    def Proposal_match(self, it: Seen) -> Any:
        found = self.any_match(it)
        return min(
            found, key=lambda one: (-one.link.properties["score"], one.node.id), default=None
        )

    def Proposal_ourAnswer(self, it: Seen) -> Any:
        mine = self.our_answer(it)
        return Seen(mine) if mine else None

    def Proposal_contacts(self, it: Seen) -> list[dict[str, Any]]:
        met = self.introduced_to(it)
        shown = met and met | {self.home.id}
        said_yes = [
            (by, one)
            for by, one in self.answers(it)
            if by.id in shown and one.answer == "INTERESTED"
        ]
        return [
            {
                "council": by.shortName,
                "councilId": by.id,
                "name": one.contactName,
                "email": one.contactEmail,
                "isOurs": by is self.home,
                "message": one.message,
            }
            for by, one in sorted(said_yes, key=lambda each: (each[0].sortName, each[1].id))
        ]

    def Answer_otherWork(self, it: Seen) -> bool:
        return bool(it.node.otherWork)

    def Request_project(self, it: Seen) -> Any:
        return self.maybe(self.dump.out(it.node, "CONCERNS"))

    def Request_person(self, it: Seen) -> Any:
        return self.maybe(self.dump.into(it.node, "ASKED"))

    def level(self, it: Seen) -> str:
        return it.link.properties["level"]

    Need_level = Holding_level = Holder_level = UsefulSkill_level = level

    def Match_score(self, it: Seen) -> Any:
        return it.link.properties["score"]

    def Match_probability(self, it: Seen) -> Any:
        return it.link.properties["probability"]

    def Match_weaker(self, it: Seen) -> Any:
        return it.link.properties["weaker"]

    def Match_restCount(self, it: Seen) -> Any:
        return it.link.properties["restCount"]

    def Match_restPercent(self, it: Seen) -> Any:
        return it.link.properties["restPercent"]

    def Match_rest(self, it: Seen) -> Any:
        return it.link.properties.get("rest", 0.0)

    def Match_lift(self, it: Seen) -> Any:
        return it.link.properties.get("lift", 0.0)

    def Match_liftPercent(self, it: Seen) -> Any:
        return it.link.properties.get("liftPercent", 0)

    def Match_theme(self, it: Seen) -> Any:
        return it.link.properties.get("theme")

    def Match_through(self, it: Seen) -> Any:
        known = self.dump.nodes["Project"].get(it.link.properties.get("throughId"))
        return self.maybe([known] if known else [])

    def Match_sameService(self, it: Seen) -> Any:
        return it.link.properties["sameService"]


def words_of_both(project: Node, person: Node) -> list[str]:
    """The words that tell what a project is about and stand in somebody's profile."""
    told = zip(project.tellingStems or [], project.tellingWords or [], strict=True)
    written = {*(person.profileStems or [])}
    return [word for stem, word in told if stem in written]


def level_of(link: Link) -> int:
    return orders.LEVELS.index(link.properties["level"])


def noun_of(value: Seen, *_: Any) -> str:
    return value.node.label


def answered(
    oracle: Oracle, schema: GraphQLSchema, document: str, variables: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What the oracle says to a document."""
    result = execute_sync(
        schema,
        parse(document),
        field_resolver=oracle.resolve,
        type_resolver=noun_of,
        variable_values=variables,
    )
    return result.formatted
