"""Non-interference: change anything that a viewer may not see, and every byte they get stays the same.

A world grows at random. In each round something is changed that some may not see, through the
writes of the product; those are asked everything before and after. `TANDEM_CASES=20000 ./tandem
test tests/backend/test_non_interference.py` asks as often as that.
"""

import os
from dataclasses import dataclass, replace
from itertools import zip_longest
from random import Random

import orjson
import pytest

from backend.product import NOBODY, Viewer
from backend.schema import plans
from backend.schema.asking import reply
from graph import people, proposals, questions, registers, requests, tokens
from graph.model import TYPES
from graph.questions import Keeper
from tests.oracle.dump import dumped
from tests.world import (
    ADA,
    ASHBY,
    BILAL,
    BRACKLEY,
    CERYS,
    COSBY,
    MEALS,
    NOW,
    OONA,
    SCHOOL,
    SEED,
    built,
    claim,
    person,
    project,
    service,
    uid,
    writing_of,
)

CASES = {"embedded": int(os.environ.get("TANDEM_CASES", "500")), "neo4j": 60}
DUNSBY = "council-DUN"
PEOPLE = {ASHBY: ADA, BRACKLEY: BILAL, COSBY: CERYS}
VIEWERS = {
    "nobody": NOBODY,
    "ada": Viewer(ADA, ASHBY, "PRACTITIONER"),
    "bilal": Viewer(BILAL, BRACKLEY, "COUNCIL_LEAD"),
    "cerys": Viewer(CERYS, COSBY, "PRACTITIONER"),
    "manager": Viewer(uid("practitioner", 99), DUNSBY, "PROGRAMME_MANAGER"),
    "operator": Viewer(OONA, DUNSBY, "OPERATOR"),
}
WORDS = "meals school pupils telecare alarms bins parking permits census benefits potholes budget zebra library loans planning broadband housing repairs fostering".split()  # fmt: skip
PHASES = ["IDEA", "DISCOVERY", "ALPHA", "BETA", "LIVE", "RETIRED", "STOPPED"]

# Small questions: Neo4j plans a large one for seconds, and these are planned once.
BATTERY = (
    "{ projects { totalCount facets { phase { value count } council { value count } service { value count } } } }",
    "{ projects { facets { freshness { value count } region { value count } duty { value count } audience { value count } } } }",
    """{ projects(first: 40, orderBy: CHANGED_AT) { pageInfo { hasNextPage endCursor } edges { cursor node {
        id title summary phase audience changedAt version isConfirmed lead { id }
        partners { totalCount nodes { id } } needs { totalCount } contacts { totalCount } } } } }""",
    """{ projects(first: 40) { nodes { id matches(first: 5, weaker: true) { totalCount nodes {
        score probability kind timing differences lift theme through { id } terms { word share ours theirs } project { id } } } } } }""",
    """{ councils(first: 20) { totalCount facets { region { value count } } nodes { id projects { totalCount facets { phase { value count } } }
        partnerProjects(first: 20) { totalCount nodes { id } } } } }""",
    "{ councils(first: 20) { nodes { people(first: 9) { totalCount nodes { id email letters tokens { totalCount } projects { totalCount } } } } } }",
    """{ councils(filter: {projects: {some: {phase: {in: [ALPHA, LIVE]}}}}) { totalCount nodes { id } }
      without: councils(filter: {projects: {none: {text: "zebra"}}}) { totalCount nodes { id } }
      partners: councils(filter: {partnerProjects: {exists: true}}) { totalCount } }""",
    """{ services(filter: {projects: {exists: true}}) { totalCount nodes { id projects { totalCount } people { totalCount } } }
      skills { nodes { id neededBy { totalCount } people { totalCount } } } edition { projects } }""",
    """{ coverage { councils silent services uncovered byRegion { value silent } byTier { value silent } byDuty { value uncovered }
        silentCouncils { nodes { id } } uncoveredServices { nodes { id } } } }""",
    "{ network { councils projects from to partners matches weights } }",
    """{ demand { totalCount nodes { skill { id } neededBy heldBy unmet } }
      changes(since: "2026-01-01") { totalCount nodes { at kinds project { id } } } }""",
    """{ similarCouncils(council: "council-ASH") { totalCount nodes { council { id } alikeProjects sharedServices } }
      experts(skill: "skill-user-research") { totalCount nodes { person { id } } } }""",
    """{ projects(first: 40) { nodes { id peopleWhoCouldHelp(first: 9) { totalCount nodes {
        needsMet sharedWords person { id } } } } } }""",
    """{ me { email letters tokens { totalCount } } people { totalCount nodes { id name about } facets { council { value count } skill { value count } } }
      guarded: people(filter: {email: {contains: "@"}}) { totalCount } held: people(filter: {tokens: {exists: true}}) { totalCount } }""",
    """{ proposals { totalCount facets { status { value count } } nodes { id status theyWouldLikeToTalk viewerMayAnswer
        introducedAt ourAnswer { answer reason } contacts { email } match { score } theirs { id } } } }""",
    "{ requests { totalCount nodes { id wish note } } questions { totalCount nodes { id name } } }",
    """{ search(text: "zebra telecare meals", first: 50) { totalCount counts { kind count } hits { kind score words project { id } person { id } } } }""",
    """{ similarTo(text: "free school meals for pupils, and telecare alarms before the zebra budget", first: 20) {
        score probability lift theme through { id } terms { word share } project { id } } }""",
)  # fmt: skip


@dataclass
class World:
    """A product under change, and the choices that change it."""

    product: object
    random: Random
    made: int = 100
    tick: int = 0
    last: str = ""

    @property
    def graph(self):
        return self.product.graph

    def number(self):
        self.made += 1
        return self.made

    def words(self):
        return " ".join(self.random.choice(WORDS) for _ in range(14)).capitalize() + "."

    async def told(self, who):
        """Everything that one viewer gets, as bytes."""
        found = [await reply(self.product, VIEWERS[who], text) for text in BATTERY]
        assert not any("errors" in one for one in found), found
        return [orjson.dumps(one, option=orjson.OPT_INDENT_2) for one in found]

    # What anybody may see: the world grows.

    async def show(self):
        row = project(
            uid("project", self.number()),
            self.words()[:40],
            self.random.choice([SCHOOL, MEALS, self.words()]),
            self.random.choice([*PEOPLE, DUNSBY]),
            audience=self.random.choice(["PUBLIC", "NETWORK"]),
            phase=self.random.choice(PHASES),
        )
        row["service"] = self.random.choice(["service-4", "service-5", "service-6", None])
        row["partners"] = self.random.sample([one for one in [*PEOPLE, DUNSBY] if one != row["lead"]], 1)  # fmt: skip
        await self.graph.write(registers.projects, rows=[row], now=NOW)
        if row["lead"] in PEOPLE:
            claims = [claim(row["id"], PEOPLE[row["lead"]])]
            await self.graph.write(registers.claims, rows=claims, now=NOW)
        await self.product.index.refresh(self.product, row["id"])

    # What some may not see; each returns who may not.

    async def narrow_project(self):
        lead = self.random.choice([*PEOPLE])
        partner = self.random.choice([one for one in PEOPLE if one != lead])
        audience = self.random.choice(["COUNCIL", "PARTNERS"])
        # one of a few ids a council, so that some are added, and others written anew
        slot = [*PEOPLE].index(lead) * 10 + self.random.randrange(4)
        row = project(
            uid("project", 900 + slot),
            self.words()[:40],
            self.random.choice([SCHOOL, MEALS, self.words()]),
            lead,
            audience=audience,
            phase=self.random.choice(PHASES),
        )
        row["service"] = self.random.choice(["service-4", "service-5", "service-6", None])
        row["partners"] = [partner]
        now = f"2026-11-24T12:{self.tick // 60 % 60:02}:{self.tick % 60:02}.000Z"
        await self.graph.write(registers.projects, rows=[row], now=now)
        if self.random.random() < 0.5:
            claims = [claim(row["id"], PEOPLE[lead])]
            await self.graph.write(registers.claims, rows=claims, now=now)
        await self.product.index.refresh(self.product, row["id"])
        # Written over, it may have had another partner before: no council of these is asked.
        return {who for who, one in VIEWERS.items() if one.council not in PEOPLE}

    async def secret_project(self):
        lead = self.random.choice([*PEOPLE])
        row = project(uid("project", self.number()), self.words()[:40], self.words(), lead, audience="COUNCIL", phase=self.random.choice(PHASES))  # fmt: skip
        row["service"] = self.random.choice(["service-4", "service-5", "service-6", None])
        row["partners"] = [one for one in PEOPLE if one != lead]
        await self.graph.write(registers.projects, rows=[row], now=NOW)
        await self.graph.write(registers.claims, rows=[claim(row["id"], PEOPLE[lead])], now=NOW)
        await self.product.index.refresh(self.product, row["id"])
        return {who for who, one in VIEWERS.items() if one.council != lead}

    async def answer(self):
        dump = await dumped(self.graph)
        home = self.random.choice([*PEOPLE])
        mine = [
            one.id
            for one in dump.all("Proposal")
            if any(end.leadId == home for end in dump.out(one, "ABOUT"))
        ]
        if mine:
            await self.graph.write(
                proposals.answer,
                proposal=self.random.choice(sorted(mine)),
                person=PEOPLE[home],
                council=home,
                reply=proposals.Reply(
                    answer=self.random.choice(["NOT_FOR_US", "NOT_NOW"]),
                    reason=self.words(),
                    until="2027-03-01",
                    only_if_agree=True,
                    other_work=True,
                    contact_name=None,
                    contact_email=None,
                ),
                now=NOW,
            )
        return {who for who, one in VIEWERS.items() if one.council != home}

    async def private_question(self):
        home = self.random.choice([*PEOPLE])
        await self.graph.write(
            questions.save,
            id=uid("question", self.number()),
            keeper=Keeper(PEOPLE[home], home),
            name=self.words()[:60],
            address="what=projects",
            shared_with=self.random.choice(["NOBODY", "COUNCIL"]),
            now=NOW,
        )
        return {who for who, one in VIEWERS.items() if one.council != home}

    async def own_affairs(self):
        home = self.random.choice([*PEOPLE])
        mine = {"person": PEOPLE[home], "council": home}
        number = self.number()
        token = {"id": uid("token", number), "hash": str(number), "name": "T", "scope": "READ", "endsAt": "2099-01-01T00:00:00.000Z"}  # fmt: skip
        await self.graph.write(tokens.make, **mine, token=token, now=NOW, who="x", rule="r")
        await self.graph.write(people.choose_letters, **mine, letters=self.random.choice(["WEEKLY", "NONE"]), now=NOW)  # fmt: skip
        return {who for who, one in VIEWERS.items() if one.council != home}

    async def request(self):
        home = self.random.choice([*PEOPLE])
        await self.graph.write(
            requests.ask,
            id=uid("request", self.number()),
            person=PEOPLE[home],
            council=home,
            project=SEED,
            wish="CORRECT",
            note=self.words(),
            now=NOW,
        )
        return {who for who, one in VIEWERS.items() if one.council != home} - {"operator"}

    async def hidden_change(self):
        self.tick += 1
        change = self.random.choice(
            [
                self.narrow_project,
                self.narrow_project,
                self.secret_project,
                self.answer,
                self.private_question,
                self.own_affairs,
                self.request,
            ]
        )
        self.last = change.__name__
        return await change()


def differing(one, other):
    pairs = zip_longest(one.decode().splitlines(), other.decode().splitlines())
    return [pair for pair in pairs if pair[0] != pair[1]][:4]


async def run(graph, clock, cases, seed):
    product = await built(graph, clock)
    await graph.write(registers.services, rows=[service(6, "Telecare")], now=NOW)
    said = "Telecare alarms, school meals from benefits and census data, permits for parking."
    cerys = writing_of(person(CERYS, "Cerys", "COS"), said)
    await graph.write(registers.people, rows=[cerys], now=NOW)
    world = World(product, Random(seed))
    done, asked = 0, 0
    while done < cases:
        if world.random.random() < 0.25:
            await world.show()
            asked = 0
        if not asked:
            before = {who: await world.told(who) for who in VIEWERS}
        unseen = await world.hidden_change()
        after = {who: await world.told(who) for who in VIEWERS}
        for who in sorted(unseen):
            for one, other in zip(before[who], after[who], strict=True):
                assert one == other, f"{who} was told of {world.last}: {differing(one, other)}"
        before, asked, done = after, asked + 1, done + len(unseen)
    return done


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
async def test_what_may_not_be_seen_changes_no_byte(graph, clock):
    assert await run(graph, clock, CASES["embedded"], 20261125) >= CASES["embedded"]


@pytest.mark.parametrize("engine_graph", ["neo4j"], indirect=True)
async def test_nor_does_it_on_neo4j(graph, clock):
    await run(graph, clock, CASES["neo4j"], 4)


async def test_what_everybody_sees_is_told(graph, clock):
    """What the test looks at does look at everything: a project that may be seen changes it."""
    world = World(await built(graph, clock), Random(1))
    before = await world.told("bilal")
    await world.show()
    after = await world.told("bilal")
    assert all(one != other for one, other in zip(before[:4], after[:4], strict=True))


async def test_a_leak_would_be_noticed(graph, clock, monkeypatch):
    """With the rule of projects taken away, what is hidden is found in what others get."""
    world = World(await built(graph, clock), Random(1))
    monkeypatch.setitem(TYPES, "Project", replace(TYPES["Project"], visible="true"))
    plans.kept.cache_clear()
    before = {who: await world.told(who) for who in VIEWERS}
    unseen = await world.secret_project()
    told = [who for who in unseen if await world.told(who) != before[who]]
    plans.kept.cache_clear()
    assert sorted(told) == sorted(unseen)
