"""Three councils on one piece of work, as each of them lives it: one question, one conversation."""

import pytest

from tests.journeys.test_access import faults
from tests.journeys.visitor import Visitor
from tests.world import with_group


@pytest.fixture
async def group(site) -> None:
    await with_group(site.product)


async def comes_to_the_group(visitor: Visitor, name: str) -> None:
    await visitor.signs_in(name)
    await visitor.goes_to("/my-work")
    await visitor.follows("2 projects like yours")


async def says_yes(visitor: Visitor, *, only_if_they_do: bool = False, asking: str = "") -> None:
    await visitor.page.get_by_label("Interested", exact=True).check()
    await visitor.page.get_by_label("What would you like to ask or tell them").fill(asking)
    if only_if_they_do:
        await visitor.page.get_by_label("Tell only those who say yes too").check()
    await visitor.presses("Send my answer")


async def test_three_councils_are_asked_once_and_meet(visit, group):
    ada, bilal, cerys = [await visit() for _ in range(3)]
    await comes_to_the_group(ada, "Ada")
    await ada.stands_at("You and 2 other councils seem to be doing the same work")
    await ada.page.get_by_text("Why Cosby is like you").click()
    await ada.reads("of 100 pairs like this one")
    assert await faults(ada) == []
    await says_yes(ada, asking="Who holds the hose?")
    await ada.reads("The others read that you would like to talk.")

    await comes_to_the_group(cerys, "Cerys")
    await cerys.reads("Ashby would like to talk.")
    await cerys.reads("Who holds the hose?")
    await says_yes(cerys, only_if_they_do=True)
    await cerys.stands_at("You and Ashby both said yes")

    await ada.page.reload()
    await ada.stands_at("You and Cosby both said yes")
    await ada.reads("Introduced: you and Cosby both said yes")
    await ada.does_not_read("Introduced: you and Brackley")
    await ada.goes_to("/proposals?status=INTRODUCED")
    await ada.reads("Cosby: Street trees")

    await comes_to_the_group(bilal, "Bilal")
    await bilal.reads("Ashby would like to talk.")
    await bilal.does_not_read("Cosby would like to talk")
    await bilal.does_not_read("cerys@cos.example")
    await says_yes(bilal)
    await bilal.stands_at("You, Ashby and Cosby have all said yes")
    assert await faults(bilal) == []

    await ada.page.reload()
    await ada.follows("Brackley and Cosby: 2 projects like yours")
    await ada.reads("bilal@bra.example")
    await ada.reads("cerys@cos.example")


async def test_in_a_group_nobody_is_asked_whether_it_is_the_same_work(visit, group):
    ada = await visit()
    await comes_to_the_group(ada, "Ada")
    await ada.page.get_by_label("Not for us", exact=True).check()
    await ada.reads("These projects are not put before you together again.")
    await ada.does_not_read("It is not the same work")
