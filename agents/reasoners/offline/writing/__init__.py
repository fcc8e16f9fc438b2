"""Writing without a model: short plain sentences from templates, every value a placeholder."""

from agents.reasoners.offline.writing.draft import write

__all__ = ["write"]
