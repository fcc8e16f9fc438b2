"""The recommendation agent."""

from agents.recommendation.graph import consult

__all__ = ["consult"]
