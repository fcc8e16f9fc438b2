"""The reasoner that asks a language model, and lets the offline reasoner answer where the model cannot."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel

from agents.reasoners.base import Draft, PlanRequest, Reading, ReadRequest, Reasoner, WriteRequest
from agents.reasoners.model import planning, reading, writing
from agents.reasoners.model.asking import Asked, Meter, ask
from agents.reasoners.model.drafts import PlanDraft
from agents.reasoners.model.prompts import prompt
from pesut.contracts import DeclineReason, ModelUse, Plan
from pesut.llm import Gateway, Message, ModelOutputError, ModelRefusedError, ModelUnavailableError

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

_OURS = {DeclineReason.UNREADABLE, DeclineReason.NOT_ALLOWED}  # decided by rule, before any model sees the question


async def _always() -> bool:
    return True


class ModelReasoner:
    """Asks the model for typed drafts, tells it once what does not hold, and otherwise lets `fallback` answer.

    `use` says what was used and, when `fallback` had to answer, why. Make one per run of a node. `allowed` is asked before each
    question to the model, so that models can be switched off at once.
    """

    def __init__(self, gateway: Gateway, fallback: Reasoner, allowed: Callable[[], Awaitable[bool]] = _always) -> None:
        self._gateway = gateway
        self._fallback = fallback
        self._allowed = allowed
        self._meter = Meter(gateway.model)
        self._prompts: dict[str, None] = {}
        self._error: str | None = None

    @property
    def use(self) -> ModelUse:
        used = self._meter.used
        return ModelUse(
            reasoner="model",
            model=self._gateway.model,
            prompts=tuple(self._prompts),
            calls=used.calls,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            cost_usd=used.cost_usd,
            error=self._error,
        )

    async def plan(self, request: PlanRequest) -> Plan:
        offline = await self._fallback.plan(request)
        if offline.decline and offline.decline.reason in _OURS:
            return offline
        asked = planning.messages_for(request)
        return await self._ask(
            "plan", asked, PlanDraft, lambda draft: planning.plan_from(draft, request), lambda: _ready(offline)
        )

    async def read(self, request: ReadRequest) -> Reading:
        if not request.texts:
            return Reading()
        asked, schema = reading.messages_for(request), reading.draft_for(request)
        found = await self._ask(
            "read",
            asked,
            schema,
            lambda draft: reading.reading_from(draft, request),
            lambda: self._fallback.read(request),
        )
        return found.checked(request)

    async def write(self, request: WriteRequest) -> Draft:
        asked = writing.messages_for(request)
        draft = await self._ask(
            "write", asked, writing.AnswerDraft, writing.Judge(request), lambda: self._fallback.write(request)
        )
        if request.wants_review and draft.staff_review is None:
            self._error = self._error or "write: the model gave no staff review that holds"
            offline = await self._fallback.write(request)
            return draft.model_copy(update={"staff_review": offline.staff_review})
        return draft

    async def _ask(
        self,
        task: str,
        messages: list[Message],
        schema: type[T],
        accept: Callable[[T], R],
        otherwise: Callable[[], Awaitable[R]],
    ) -> R:
        if not await self._allowed():
            self._error = f"{task}: models are switched off"
            return await otherwise()
        self._prompts[prompt(task).mark] = None
        try:
            return await ask(self._gateway, Asked(task, messages, schema), accept, self._meter)
        except (ModelUnavailableError, ModelRefusedError, ModelOutputError) as error:
            self._error = f"{task}: {error.detail}"
            return await otherwise()


async def _ready(plan: Plan) -> Plan:
    return plan
