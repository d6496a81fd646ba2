"""A site whose answers come from the schema, seen by somebody who has or has not signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import frontend
from frontend import Answer, Frame, Question, assets
from tests.frontend import sample

NONCE = "nonce-of-the-test"
CSRF = "token-of-the-test"


def frame(*, signed_in: bool) -> Frame:
    return Frame(
        demo=True,
        signed_in=signed_in,
        csrf=CSRF,
        nonce=NONCE,
        today=date(2026, 11, 23),
        base_url="https://tandem.example",
    )


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    assets.build()


SiteOf = Callable[..., TestClient]


@pytest.fixture
def site() -> SiteOf:
    """A browser at a site that is full, or empty, or whose roots a test answers itself."""

    def opened(
        resolver: object = sample.full, *, signed_in: bool = True, root: object = None
    ) -> TestClient:
        async def ask(question: Question, _request: object) -> Answer:
            return await sample.answer(question, resolver, root)

        routes = frontend.site(ask, lambda _request: frame(signed_in=signed_in))
        return TestClient(Starlette(routes=routes), follow_redirects=False)

    return opened
