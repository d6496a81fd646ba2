"""Explore: a question put together from an address, asked as GraphQL, and shown, kept or taken away."""

from frontend.explore.asked import kept_address
from frontend.explore.pages import routes
from frontend.explore.warm import questions

__all__ = ["kept_address", "questions", "routes"]
