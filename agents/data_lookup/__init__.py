"""The data lookup agent."""

from agents.data_lookup.graph import look_up

__all__ = ["look_up"]
