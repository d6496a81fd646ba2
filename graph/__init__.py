"""Cypher: the model, the compiled read, the writes and the embedded engine."""

from graph.connection import Graph, Transaction

__all__ = ["Graph", "Transaction"]
