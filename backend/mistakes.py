"""Mistakes of a person, told in one sentence that says what to do."""


class Mistake(Exception):
    """A person's mistake, told in one sentence that says what to do."""
