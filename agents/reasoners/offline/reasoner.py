"""The reasoner that needs no model and no network."""

from agents.reasoners.base import Draft, PlanRequest, Reading, ReadRequest, WriteRequest
from agents.reasoners.offline.extracting import read
from agents.reasoners.offline.nearest import Nearest
from agents.reasoners.offline.planning import understand
from agents.reasoners.offline.writing import write
from pesut.contracts import ModelUse, Plan


class OfflineReasoner:
    """Deterministic: the same request always gives the same plan, reading and draft.

    `nearest` is asked for metrics near in meaning where a question's words name none; without it, nothing is offered then.
    """

    def __init__(self, nearest: Nearest | None = None) -> None:
        self._nearest = nearest

    @property
    def use(self) -> ModelUse:
        return ModelUse(reasoner="offline")

    async def plan(self, request: PlanRequest) -> Plan:
        return understand(request, self._nearest).plan

    async def read(self, request: ReadRequest) -> Reading:
        return read(request).checked(request)

    async def write(self, request: WriteRequest) -> Draft:
        return write(request)
