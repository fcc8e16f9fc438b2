"""The offline reasoner: deterministic, driven by the catalog and the city's words alone, without a network."""

from agents.reasoners.base import Draft, PlanRequest, Reading, ReadRequest, WriteRequest
from agents.reasoners.offline import extracting
from agents.reasoners.offline.planning import Understanding, understand
from agents.reasoners.offline.writing import draft
from pesut.contracts import ModelUse, Plan

__all__ = ["OfflineReasoner", "Understanding", "understand"]


class OfflineReasoner:
    """Understands questions, chooses words worth quoting and writes claims, the same each time."""

    @property
    def use(self) -> ModelUse:
        return ModelUse(reasoner="offline")

    async def plan(self, request: PlanRequest) -> Plan:
        return understand(request).plan

    async def read(self, request: ReadRequest) -> Reading:
        return extracting.read(request).checked(request)

    async def write(self, request: WriteRequest) -> Draft:
        return draft.write(request)
