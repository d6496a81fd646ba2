"""Every page, as everyone who may open it sees it, on a desk and on a phone 320 pixels wide.

axe-core finds nothing, nothing scrolls sideways, and the browser has nothing to complain of: no
error, nothing that the policy refused, no request to anybody else's server.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import expect

from backend.digest import introductions
from frontend.routes import PAGES
from graph import questions, registers
from graph.questions import Keeper
from tests.journeys.visitor import Visitor
from tests.world import ADA, ASHBY, AWARD, BILAL, ENROL, SEED, person, uid, writing_of

pytestmark = [
    pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True),
    pytest.mark.usefixtures("long_names"),
]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
SUBJECTS = {
    "council": ASHBY,
    "project": ENROL,
    "person": BILAL,
    "skill": "skill-user-research",
    "service": "service-4",
    "question": uid("question", 1),
}
# Addresses that are no page of their own but look unlike the others.
ASIDES = (
    f"/projects/{SEED}",
    f"/projects/{ENROL}?weaker=true&done=changed",
    "/projects?text=zebra",
    "/projects/new?suggest=true&title=Meals&summary=Free+school+meals+for+pupils+from+the+census",
    f"/projects/{ENROL}/change?suggest=true&summary=Free+school+meals+for+pupils",
    "/how-matching-works?text=zzyzx",
    "/search?text=meals",
    "/explore",
    "/explore?what=projects&by=council&show=chart",
    "/explore?what=projects&by=council&split=phase&show=chart",
    "/explore?what=projects&text=meals&region=North&show=network",
    "/explore?what=councils&projects=none&about=meals&startsFrom=today&column=name&column=county",
    "/explore?what=skills&text=zebra",
    "/explore?what=people",
    "/explore?what=bananas&phase=GAMMA&endsFrom=soon&by=x&show=y&column=z&order=w",
    "/sign-in",
    "/sign-in/demo",
    "/letter",
    "/mailbox",
    "/nothing-here",
)


def addresses(*, signed_in: bool, **more: str) -> list[str]:
    pages = [page for page in PAGES if page.name != "similar" and (signed_in or not page.signed_in)]
    subjects = SUBJECTS | more
    return [page.path.replace("{id}", subjects.get(page.subject or "", "")) for page in pages]


@pytest.fixture
async def proposal(site) -> str:
    """That of Ada's project and Bilal's."""

    async def found(tx) -> str:
        query = (
            "MATCH (:Project {id: $one})<-[:ABOUT]-(p)-[:ABOUT]->(:Project {id: $other})"
            " WHERE p.aroundId IS NULL RETURN p.id"
        )
        return (await (await tx.run(query, one=ENROL, other=AWARD)).single(strict=True)).value()

    return await site.product.graph.read(found)


@pytest.fixture
async def helper(site) -> None:
    """Somebody who could help with Ada's project, by what he writes."""
    bilal = writing_of(person(BILAL, "Bilal", "BRA"), "Enrols pupils for free school meals.")
    await site.product.graph.write(registers.people, rows=[bilal], now=site.product.now)


@pytest.fixture
async def long_names(site) -> None:
    """Names as long as the registers have them, which a phone must break somewhere."""

    async def lengthen(tx) -> None:
        await tx.run("MATCH (s:Skill) SET s.name = 'Programming and build (software engineering)'")
        await tx.run("MATCH (:Project)-[need:NEEDS]->() SET need.level = 'PRACTITIONER'")
        await tx.run("MATCH (c:Council) SET c.name = 'Bournemouth, Christchurch and Poole Council'")

    await site.product.graph.write(lengthen)
    await site.product.graph.write(
        questions.save,
        id=SUBJECTS["question"],
        keeper=Keeper(ADA, ASHBY),
        name="Antidisestablishmentarianism " * 4,
        address="what=projects",
        shared_with="NETWORK",
        now=site.product.now,
    )


async def faults(visitor: Visitor) -> list[str]:
    """What is wrong with the page as it stands, at both widths."""
    found = []
    await visitor.page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        await visitor.page.set_viewport_size(size)
        seen = await visitor.page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{each['id']} at {size['width']} px: {each['nodes'][0]['html']}"
            for each in seen["violations"]
        ]
    if await visitor.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append("scrolls sideways on a phone")
    return [f"{visitor.page.url}: {each}" for each in found]


async def faults_at(visitor: Visitor, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        await visitor.goes_to(path)
        found += await faults(visitor)
    return found


async def test_pages_for_strangers(visit, proposal):
    stranger = await visit()
    assert (
        await faults_at(stranger, [*addresses(signed_in=False, proposal=proposal), *ASIDES]) == []
    )


@pytest.mark.usefixtures("helper")
async def test_pages_for_an_officer(visit, proposal):
    ada = await visit()
    await ada.signs_in("Ada")
    await ada.goes_to(f"/projects/{ENROL}")
    await expect(ada.page.get_by_text("Writes of: ")).to_contain_text("meals")
    assert await faults_at(ada, addresses(signed_in=True, proposal=proposal)) == []


async def test_explore_for_an_officer_and_a_question_of_another(visit):
    bilal = await visit()
    await bilal.signs_in("Bilal")
    own = [path for path in ASIDES if path.startswith("/explore")]
    asides = [
        "/explore?what=people&by=skill&show=chart",
        "/questions",
        f"/questions/{SUBJECTS['question']}",
    ]
    assert await faults_at(bilal, [*own, *asides]) == []


async def test_the_operators_list(visit):
    ada, oona = await visit(), await visit()
    await ada.signs_in("Ada")
    for wish, note in (("CORRECT", "It ended last year."), ("REMOVE", "It never began.")):
        await ada.goes_to(f"/projects/{SEED}/ask?wish={wish}")
        await ada.page.get_by_label("What should we know?").fill(note)
        await ada.presses("Send")
        await ada.follows("See what you asked")
        await ada.reads(note)
    await oona.signs_in("Oona")
    await oona.goes_to("/requests")
    assert await faults(oona) == []
    await oona.presses("Mark as corrected")
    await oona.reads("Settled, and recorded.")
    await oona.presses("Remove it")
    await oona.reads("A project that has been removed")
    assert await faults(oona) == []


async def test_forms_with_mistakes(visit, proposal):
    ada = await visit()
    await ada.signs_in("Ada")
    found = []
    for path, button, mistake in (
        ("/projects/new", "Add the project", "Say what the project is called"),
        (f"/projects/{SEED}/ask", "Send", "Choose what should happen"),
        (f"/proposals/{proposal}", "Send my answer", "Choose an answer"),
    ):
        await ada.goes_to(path)
        await ada.presses(button)
        await ada.reads(mistake, within=ada.page.get_by_role("alert"))
        assert (await ada.page.title()).startswith("Error:")
        found += await faults(ada)
    assert found == []


async def test_what_each_answer_asks(visit, proposal):
    ada = await visit()
    await ada.signs_in("Ada")
    await ada.goes_to(f"/proposals/{proposal}")
    found = []
    for answer in ("Interested", "Not now", "Not for us"):
        await ada.page.get_by_label(answer, exact=True).check()
        found += await faults(ada)
    assert found == []


async def test_letters_and_an_introduction(visit, site, proposal):
    ada = await visit()
    for name in ("Bilal", "Ada"):
        await ada.page.context.clear_cookies()
        await ada.signs_in(name)
        await ada.goes_to(f"/proposals/{proposal}")
        await ada.page.get_by_label("Interested", exact=True).check()
        await ada.presses("Send my answer")
    await ada.stands_at("both said yes")
    await introductions(site.product, site.post)
    assert await faults_at(ada, [ada.page.url, "/mailbox", "/mailbox/1"]) == []
