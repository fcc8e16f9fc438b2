"""The reasoner that needs no model and no network."""

from agents.reasoners.base import Draft, PlanRequest, Reading, ReadRequest, WriteRequest
from agents.reasoners.offline.extracting import read
from agents.reasoners.offline.planning import understand
from agents.reasoners.offline.writing import write
from pesut.contracts import ModelUse, Plan


class OfflineReasoner:
    """Deterministic: the same request always gives the same plan, reading and draft."""

    @property
    def use(self) -> ModelUse:
        return ModelUse(reasoner="offline")

    async def plan(self, request: PlanRequest) -> Plan:
        return understand(request).plan

    async def read(self, request: ReadRequest) -> Reading:
        return read(request).checked(request)

    async def write(self, request: WriteRequest) -> Draft:
        return write(request)
