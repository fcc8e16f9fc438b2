"""The reasoner that asks a language model."""

from agents.reasoners.model.reasoner import ModelReasoner

__all__ = ["ModelReasoner"]
