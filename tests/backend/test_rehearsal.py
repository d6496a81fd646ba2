"""What the site itself asks has been asked once before anybody waits for it."""

from backend.product import NOBODY
from backend.schema.asking import reply
from frontend import questions
from tests.world import VIEWERS, built


async def test_every_question_of_the_site_can_be_asked_beforehand(graph, clock):
    product = await built(graph, clock)
    asked = 0
    for question in questions():
        for viewer in (NOBODY, VIEWERS["ada"]):
            found = await reply(
                product, viewer, question.document, question.variables, question.operation
            )
            assert "errors" not in found, (question.operation, found["errors"])
        asked += 1
    assert asked > 25
