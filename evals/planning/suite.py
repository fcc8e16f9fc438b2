"""The planning suite: what a question is taken for, and whether it is left unanswered only where it should be."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext

from evals.planning.cases import ROUTE_OF, PlanningCase, Route, read_planning
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.contracts import Answer
from pesut.evaluations.contracts import About, Part
from pesut.evaluations.proposals import accepted

_FOREMOST = (Route.RECOMMEND, Route.PATTERN, Route.STANDING, Route.DOCUMENT, Route.REPORT, Route.METRIC)


@dataclass(frozen=True)
class Questions:
    """A case's question, and those asked before it in the same conversation."""

    before: tuple[str, ...]
    ask: str
    expect: tuple[Route, ...]


class PlanningMaterial(Material):
    expect: tuple[Route, ...]


@dataclass(frozen=True)
class PlanningSuite:
    ground: Ground
    written: Sequence[tuple[str, PlanningCase, tuple[str, ...]]]

    @property
    def cases(self) -> Sequence[SuiteCase]:
        return [
            Case(
                name=case.id,
                inputs=Questions(before, case.ask, case.expect),
                metadata=About(topic=case.id, kind=case.expect[0].value, part=part, question=case.ask),
            )
            for part, case, before in self.written
        ]

    async def ask(self, inputs: Questions, key: str) -> PlanningMaterial:
        conversation = None
        for number, earlier in enumerate(inputs.before):
            answer = await self.ground.asker.ask(earlier, key and f"{key}/{number}", conversation)
            conversation = answer.conversation_id
        answer = await self.ground.asker.ask(inputs.ask, key, conversation)
        return PlanningMaterial(answer=answer, expect=inputs.expect)


@dataclass
class Routed(Evaluator[Any, PlanningMaterial, About]):
    """The route that was taken, among those that will do."""

    def evaluate(self, ctx: EvaluatorContext[Any, PlanningMaterial, About]) -> Checks:
        kept = ctx.output
        assert kept.answer
        got = route_of(kept.answer)
        wanted = " or ".join(each.value for each in kept.expect)
        faults = [] if got in kept.expect else [f"taken for {got.value}, wanted {wanted}"]
        wanted_label = got if got in kept.expect else kept.expect[0]
        return {"routed": held(faults), "expected": wanted_label.value, "got": got.value}


def route_of(answer: Answer) -> Route:
    """What the question was taken for: by the answer's status where it leaves the question open, else by its plan's foremost
    step. An answer that failed was abstained from.
    """
    if answer.status in ROUTE_OF:
        return ROUTE_OF[answer.status]
    kinds = {step.kind for step in answer.plan.steps}
    return next((route for route in _FOREMOST if route.value in kinds), Route.ABSTAIN)


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[PlanningSuite]:
    written: list[tuple[str, PlanningCase, tuple[str, ...]]] = [
        *await asyncio.to_thread(lambda: list(read_planning(part)))
    ]
    from_use = await accepted(ground.asker.dependencies.engine, "planning")
    written += [("use", PlanningCase.model_validate(each), ()) for each in from_use]
    yield PlanningSuite(ground, written)


KIND = SuiteKind(opened, PlanningMaterial, lambda _: Routed())
