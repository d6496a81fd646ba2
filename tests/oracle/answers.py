"""The oracle: graphql-core with plain resolvers over a dump, and visibility said again in Python.

It shares nothing with the compiled read but the printed schema, so what the two agree on is not
agreed on by construction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema, execute_sync, parse

from backend.product import Viewer
from tests.oracle.dump import Dump, Link, Node

WIDE = {"PUBLIC", "NETWORK"}


@dataclass(frozen=True, eq=False)
class Seen:
    """A node as it was reached: over which relationship, and from which node."""

    node: Node
    link: Link | None = None
    near: Node | None = None


@dataclass(frozen=True)
class Oracle:
    dump: Dump
    viewer: Viewer
    today: str
    demo: bool
    contact: str

    # Who may see what.

    def sees(self, node: Node) -> bool:
        match node.label:
            case "Project":
                return self.sees_project(node)
            case "Practitioner":
                return self.viewer.is_signed_in
            case "Proposal":
                return self.sees_proposal(node)
            case "Answer":
                return self.home in self.dump.into(node, "GAVE")
            case "Request" | "Token":
                return self.sees_own(node)
            case _:
                return True

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
        ends = [*self.dump.out(proposal, "ABOUT")]
        open_ends = all(one.removedAt is None and one.audience in WIDE for one in ends)
        return open_ends and any(self.leads(one) and one.confirmedAt for one in ends)

    # What each field means.

    def resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        kind, name = info.parent_type.name, info.field_name
        if isinstance(source, dict):
            return source[name]
        arguments = {k: v for k, v in arguments.items() if v is not None}
        if kind == "Query":
            return getattr(self, f"root_{name}")(**arguments)
        known = getattr(self, f"{kind}_{name}", None)
        if known:
            return known(source, **arguments)
        return source.node.properties.get(name)

    def connection(
        self, found: Iterable[Seen], order: Any, first: int, *, down: bool = False
    ) -> dict[str, Any]:
        rows = sorted((one for one in found if self.sees(one.node)), key=lambda one: one.node.id)
        rows.sort(key=order, reverse=down)
        page = rows[:first]
        return {
            "totalCount": len(rows),
            "nodes": page,
            "edges": [{"node": one, "cursor": ""} for one in page],
            "pageInfo": {"hasNextPage": len(rows) > first, "endCursor": None},
        }

    def named(self, found: Iterable[Node], first: int, *, source: Seen | None = None) -> Any:
        near = source.node if source else None
        return self.connection(
            (Seen(one, None, near) for one in found), lambda one: one.node.sortName, first
        )

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

    def root_token(self, id: str) -> Any:
        return self.by_id("Token", id)

    def with_text(self, label: str, text: str | None) -> list[Node]:
        return [
            one
            for one in self.dump.all(label)
            if text is None or text.lower() in (one.searchText or "")
        ]

    def root_councils(
        self, first: int, text: Any = None, hasProjects: Any = None, **equal: Any
    ) -> Any:
        found = [one for one in self.with_text("Council", text) if is_equal(one, equal)]
        if hasProjects is not None:
            found = [one for one in found if self.has(one, "LEADS") is hasProjects]
        return self.named(found, first)

    def has(self, node: Node, kind: str) -> bool:
        ends = self.dump.out(node, kind) if kind == "LEADS" else self.dump.into(node, kind)
        return any(self.sees(one) for one in ends)

    def root_projects(
        self, first: int, text: Any = None, lead: Any = None, service: Any = None,
        confirmed: Any = None, **equal: Any,
    ) -> Any:  # fmt: skip
        found = [one for one in self.with_text("Project", text) if is_equal(one, equal)]
        return self.named(
            (
                one
                for one in found
                if (lead is None or any(c.id == lead for c in self.dump.into(one, "LEADS")))
                and (
                    service is None or any(s.id == service for s in self.dump.out(one, "DELIVERS"))
                )
                and (confirmed is None or (one.confirmedAt is not None) is confirmed)
            ),
            first,
        )

    def root_services(
        self, first: int, text: Any = None, hasProjects: Any = None, ids: Any = None, **equal: Any
    ) -> Any:
        found = [one for one in self.with_text("Service", text) if is_equal(one, equal)]
        if ids is not None:
            found = [one for one in found if one.id in ids]
        if hasProjects is not None:
            found = [one for one in found if self.has(one, "DELIVERS") is hasProjects]
        return self.named(found, first)

    def root_skills(self, first: int, text: Any = None) -> Any:
        return self.named(self.with_text("Skill", text), first)

    def root_people(
        self,
        first: int,
        text: Any = None,
        skill: Any = None,
        level: Any = None,
        council: Any = None,
    ) -> Any:
        def fits(one: Node) -> bool:
            held = [(link.end.id, link.properties["level"]) for link in self.dump.links["HAS_SKILL"] if link.start is one]  # fmt: skip
            return (
                (skill is None or any(known == skill for known, _ in held))
                and (
                    level is None
                    or any(lv == level and skill in (None, known) for known, lv in held)
                )
                and (
                    council is None or any(c.id == council for c in self.dump.out(one, "WORKS_FOR"))
                )
            )

        return self.named((one for one in self.with_text("Practitioner", text) if fits(one)), first)

    def root_proposals(self, first: int, status: Any = None) -> Any:
        found = (Seen(one) for one in self.dump.all("Proposal"))
        chosen = (one for one in found if status is None or self.Proposal_status(one) == status)
        return self.connection(chosen, lambda one: one.node.place, first, down=True)

    def root_requests(self, first: int, settled: Any = None) -> Any:
        found = (Seen(one) for one in self.dump.all("Request"))
        chosen = (
            one for one in found if settled is None or (one.node.settledAt is not None) is settled
        )
        return self.connection(chosen, lambda one: one.node.askedAt, first)

    # Councils.

    def Council_isMine(self, it: Seen) -> bool:
        return it.node is self.home

    def Council_projects(
        self, it: Seen, first: int, phase: Any = None, confirmed: Any = None
    ) -> Any:
        found = (
            one
            for one in self.dump.out(it.node, "LEADS")
            if (phase is None or one.phase == phase)
            and (confirmed is None or (one.confirmedAt is not None) is confirmed)
        )
        return self.named(found, first, source=it)

    def Council_partnerProjects(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.out(it.node, "PARTNERS_IN"), first)

    def Council_people(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "WORKS_FOR"), first)

    # Projects and matches.

    def Project_isConfirmed(self, it: Seen) -> bool:
        return it.node.confirmedAt is not None

    def Project_lead(self, it: Seen) -> Any:
        return self.maybe(self.dump.into(it.node, "LEADS"))

    def Project_partners(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "PARTNERS_IN"), first)

    def Project_service(self, it: Seen) -> Any:
        return self.maybe(self.dump.out(it.node, "DELIVERS"))

    def Project_contacts(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "LOOKS_AFTER"), first)

    def Project_needs(self, it: Seen, first: int) -> Any:
        return self.linked(it, "NEEDS", first)

    def linked(self, it: Seen, kind: str, first: int) -> Any:
        found = (Seen(far, link, it.node) for link, far in self.dump.either(it.node, kind))
        return self.connection(found, lambda one: one.node.sortName, first)

    def Project_matches(self, it: Seen, first: int, weaker: bool = False) -> Any:
        found = (
            Seen(far, link, it.node)
            for link, far in self.dump.either(it.node, "MATCHES")
            if self.viewer.is_signed_in and (weaker or not link.properties["weaker"])
        )
        return self.connection(found, lambda one: one.link.properties["score"], first, down=True)

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
        found = self.dump.into(it.node, "ABOUT")
        return self.maybe(
            one for one in found if {end.id for end in self.dump.out(one, "ABOUT")} == both
        )

    # Skills and people.

    def Need_skill(self, it: Seen) -> Seen:
        return Seen(it.node)

    Holding_skill = Need_skill
    Holder_person = Need_skill

    def Service_projects(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "DELIVERS"), first)

    def Service_people(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "CARES_ABOUT"), first)

    def Skill_people(self, it: Seen, first: int) -> Any:
        return self.linked(it, "HAS_SKILL", first)

    def Skill_neededBy(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.into(it.node, "NEEDS"), first)

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

    def Practitioner_skills(self, it: Seen, first: int) -> Any:
        return self.linked(it, "HAS_SKILL", first)

    def Practitioner_services(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.out(it.node, "CARES_ABOUT"), first)

    def Practitioner_projects(self, it: Seen, first: int) -> Any:
        return self.named(self.dump.out(it.node, "LOOKS_AFTER"), first)

    def Practitioner_tokens(self, it: Seen, first: int) -> Any:
        found = (Seen(one) for one in self.dump.into(it.node, "OF") if one.label == "Token")
        return self.connection(found, lambda one: one.node.madeAt, first, down=True)

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

    def Proposal_status(self, it: Seen) -> str:
        mine = self.our_answer(it)
        if it.node.introducedAt is not None:
            return "INTRODUCED"
        if mine is None:
            return "WAITING"
        resting = mine.answer == "NOT_NOW" and mine.until > self.today
        words = {"INTERESTED": "ANSWERED", "NOT_FOR_US": "CLOSED"}
        return words.get(mine.answer, "RESTING" if resting else "WAITING")

    def Proposal_viewerMayAnswer(self, it: Seen) -> bool:
        return self.Proposal_status(it) in {"WAITING", "RESTING"}

    def Proposal_theyWouldLikeToTalk(self, it: Seen) -> bool:
        return any(
            by is not self.home and one.answer == "INTERESTED" and not one.onlyIfAgree
            for by, one in self.answers(it)
        )

    def ends(self, it: Seen, *, mine: bool) -> Iterable[Node]:
        return (one for one in self.dump.out(it.node, "ABOUT") if self.leads(one) is mine)

    def Proposal_ours(self, it: Seen) -> Any:
        return self.maybe(self.ends(it, mine=True))

    def Proposal_theirs(self, it: Seen) -> Any:
        return self.maybe(self.ends(it, mine=False))

    def Proposal_match(self, it: Seen) -> Any:
        near, far = next(iter(self.ends(it, mine=True))), next(iter(self.ends(it, mine=False)))
        found = (
            Seen(far, link, near)
            for link, end in self.dump.either(near, "MATCHES")
            if end is far and self.sees(far)
        )
        return next(found, None)

    def Proposal_ourAnswer(self, it: Seen) -> Any:
        mine = self.our_answer(it)
        return Seen(mine) if mine else None

    def Proposal_contacts(self, it: Seen) -> list[dict[str, Any]]:
        if it.node.introducedAt is None:
            return []
        said_yes = [(by, one) for by, one in self.answers(it) if one.answer == "INTERESTED"]
        return [
            {
                "council": by.shortName,
                "name": one.contactName,
                "email": one.contactEmail,
                "isOurs": by is self.home,
            }
            for by, one in sorted(said_yes, key=lambda each: (each[0].sortName, each[1].id))
        ]

    def Request_project(self, it: Seen) -> Any:
        return self.maybe(self.dump.out(it.node, "CONCERNS"))

    def Request_person(self, it: Seen) -> Any:
        return self.maybe(self.dump.into(it.node, "ASKED"))

    def level(self, it: Seen) -> str:
        return it.link.properties["level"]

    Need_level = Holding_level = Holder_level = level

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

    def Match_sameService(self, it: Seen) -> Any:
        return it.link.properties["sameService"]


def is_equal(node: Node, wanted: dict[str, Any]) -> bool:
    return all(node.properties.get(name) == value for name, value in wanted.items())


def answered(oracle: Oracle, schema: GraphQLSchema, document: str) -> dict[str, Any]:
    """What the oracle says to a document."""
    result = execute_sync(schema, parse(document), field_resolver=oracle.resolve)
    return result.formatted
