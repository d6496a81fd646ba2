"""Explore: a question put together from an address, asked as GraphQL, and shown, kept or taken away."""

from frontend.explore.asked import kept_address
from frontend.explore.first import questions
from frontend.explore.pages import DOWNLOADS, routes

__all__ = ["DOWNLOADS", "kept_address", "questions", "routes"]
