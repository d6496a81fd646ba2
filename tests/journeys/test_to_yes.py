"""The main job: from the first page to an introduction, as two councils live it."""

import asyncio

import pytest

from tests.journeys.visitor import Visitor


async def signs_in_from_the_first_page(visitor: Visitor, name: str) -> None:
    """The first sign-in asks for three services, and leads on to the work."""
    await visitor.goes_to("/")
    await visitor.follows("As a council officer")
    await visitor.presses("Sign in with")
    await visitor.presses(f"Sign in as {name}")
    await visitor.stands_at("Which three services matter most to you?")
    await visitor.page.get_by_label("Free school meals").check()
    await visitor.page.get_by_label("Part of a service’s name").fill("park")
    await visitor.presses("Show services")
    await visitor.page.get_by_label("Parking").check()
    await visitor.presses("Keep these")
    await visitor.stands_at("My work")
    await visitor.reads("Your three services are kept.")


async def says_yes(visitor: Visitor, other: str) -> None:
    await visitor.goes_to("/my-work")
    await visitor.follows(f"{other}:")
    await visitor.reads("Why we put you together")
    await visitor.page.get_by_label("Interested", exact=True).check()
    await visitor.presses("Send my answer")


async def waits_for_letters(visitor: Visitor, count: int) -> None:
    """Reload the mailbox until the letters are there: they are posted beside the request."""
    async with asyncio.timeout(10):
        await visitor.goes_to("/mailbox")
        while await visitor.page.locator("tbody tr").count() < count:
            await visitor.page.reload()


async def two_councils_meet(visit, **manner: object) -> None:
    ada, bilal = await visit(**manner), await visit(**manner)
    await signs_in_from_the_first_page(ada, "Ada")
    await ada.follows("Brackley: Automatic free school meals")
    await ada.stands_at("You and Brackley")
    await ada.does_not_read("bilal@bra.example")
    await says_yes(ada, "Brackley")
    await ada.reads("Brackley reads that you would like to talk.")

    await signs_in_from_the_first_page(bilal, "Bilal")
    await bilal.reads("Ashby would like to talk.")
    await bilal.does_not_read("ada@ash.example")
    await says_yes(bilal, "Ashby")
    await bilal.stands_at("You and Ashby both said yes")
    await bilal.reads("ada@ash.example")

    await ada.page.reload()
    await ada.stands_at("You and Brackley both said yes")
    await ada.reads("bilal@bra.example")
    await waits_for_letters(ada, 2)
    await ada.follows("You and Brackley both said yes")
    await ada.reads("Brackley: Bilal, bilal@bra.example")


async def test_from_the_first_page_to_an_introduction(visit, newcomers):
    await two_councils_meet(visit)


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
async def test_the_same_without_javascript(visit, newcomers):
    await two_councils_meet(visit, java_script_enabled=False)


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
@pytest.mark.parametrize(
    ("answer", "said"), [("Not now", "Not now until"), ("Not for us", "Not for us")]
)
async def test_a_refusal_is_not_shown_to_the_other_council(visit, answer, said):
    ada, bilal = await visit(), await visit()
    await bilal.signs_in("Bilal")
    await bilal.goes_to("/my-work")
    before = await bilal.page.get_by_role("main").inner_text()

    await ada.signs_in("Ada")
    await ada.goes_to("/my-work")
    await ada.follows("Brackley:")
    await ada.page.get_by_label(answer, exact=True).check()
    await ada.page.get_by_label("Why?").fill("The money is spent")
    await ada.presses("Send my answer")
    await ada.reads(said)
    await ada.reads("Brackley sees nothing of this.")

    await bilal.page.reload()
    assert await bilal.page.get_by_role("main").inner_text() == before


SAME = "It is not the same work"


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
@pytest.mark.parametrize("scripts", [True, False])
async def test_other_work_is_said_with_not_for_us_alone(visit, scripts):
    ada = await visit(java_script_enabled=scripts)
    await ada.signs_in("Ada")
    await ada.goes_to("/my-work")
    await ada.follows("Brackley:")
    await ada.page.get_by_label("Not for us", exact=True).check()
    await ada.page.get_by_label(SAME).check()
    await ada.page.get_by_label("Not now", exact=True).check()
    await ada.page.get_by_label("Ask me again in").select_option(index=1)
    await ada.presses("Send my answer")
    await ada.reads("Not now until")
    await ada.page.get_by_label("Not for us", exact=True).check()
    await ada.page.get_by_label(SAME).check()
    await ada.presses("Send my answer")
    await ada.reads(f"Not for us {SAME}.")


@pytest.mark.parametrize("engine_graph", ["embedded"], indirect=True)
async def test_a_proposal_says_what_the_law_asks_where_that_is_known(visit, site):
    async def asked(tx) -> None:
        await tx.run("MATCH (s:Service {id: 'service-4'}) SET s.duty = 'DUTY'")

    await site.product.graph.write(asked)
    ada = await visit()
    await ada.signs_in("Ada")
    await ada.goes_to("/my-work")
    await ada.follows("Brackley: Automatic free school meals")
    await ada.reads("Free school meals (statutory duty)")
