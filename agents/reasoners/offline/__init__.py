"""The offline reasoner: deterministic, driven by the catalog and the city's words alone, without a network."""

from agents.reasoners.offline.reasoner import OfflineReasoner

__all__ = ["OfflineReasoner"]
