"""Addresses: what a letter can be written to, and what it cannot."""

import pytest

from backend.addresses import is_address


@pytest.mark.parametrize("text", ["a@b.example", "name.o'neill+x@sub-domain.council.gov.uk"])
def test_an_address_is_one(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "@b.example", "a@", "a@b", "a@b..example", "bilal.@b.example", "jo..e@b.example",
     "jörg@b.example", "o[r]@b.c", "jo(x)@c.example", "a b@c.example", "a@b.example\nBcc: x@y.example",
     "a@-b.example", "a@b.example, c@d.example", "a@c.example@b.example", "-@[@x@a.uk", "[@b.example", '"a"@b.example', "x" * 250 + "@b.example",
     "a@" + "." * 50_000 + "@"],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_a_letter_cannot_be_written_to_is_none(text):
    assert not is_address(text)
