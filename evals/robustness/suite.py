"""The robustness suite: the same question again, with noise, and after a correction of what it is about."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.data.cases import DataCase, read_cases
from evals.data.suite import DataMaterial, DataSuite, Right, Wording
from evals.robustness.correcting import Corrected, Corrections, correctable, faults_of, question_of
from evals.robustness.noise import NOISES, noisy
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.catalog.models import ObservationMetric
from pesut.contracts import Answer, AnswerStatus
from pesut.evaluations.contracts import About, Part

SAME = 5  # times that a question is asked
QUESTIONS = 30  # evenly over the open cases of the data suite
CORRECTIONS = 10  # metrics of different datasets


class RobustnessMaterial(Material):
    """One of them: an answer with the rows that it must rest on, or the answers around a correction."""

    data: DataMaterial | None = None
    corrected: Corrected | None = None


@dataclass(frozen=True)
class RobustnessSuite:
    data: DataSuite
    questions: Sequence[DataCase]
    corrections: Corrections
    metrics: Sequence[ObservationMetric]

    @property
    def cases(self) -> Sequence[SuiteCase]:
        same = [_case("same", case, str(number), case.phrasings[0]) for case in self.questions for number in _times()]
        noise = [
            _case("noise", case, kind, noisy(case.phrasings[0], kind)) for case in self.questions for kind in NOISES
        ]
        return [*same, *noise, *map(_correction, self.metrics)]

    async def ask(self, inputs: Wording | ObservationMetric, key: str) -> RobustnessMaterial:
        if isinstance(inputs, Wording):
            kept = await self.data.ask(inputs, key)
            return RobustnessMaterial(answer=kept.answer, data=kept)
        corrected = await self.corrections.asked(inputs)
        return RobustnessMaterial(answer=corrected.after, corrected=corrected)


@dataclass
class Steady(Evaluator[Any, RobustnessMaterial, About]):
    """Whether the answer is right, and by a digest ("got") whether it is the same as the others."""

    def evaluate(self, ctx: EvaluatorContext[Any, RobustnessMaterial, About]) -> Checks:
        if told := ctx.output.corrected:
            return {f"{name}/1": held(faults) for name, faults in faults_of(told).items()}
        assert ctx.output.data and ctx.output.answer
        return {"right": held(Right.faults(ctx.output.data)), "got": digest_of(ctx.output.answer)}


def digest_of(answer: Answer) -> str:
    """Of what the answer rests on: equal where status and rows are."""
    rows = [evidence.result for evidence in answer.evidence] if answer.status is AnswerStatus.ANSWERED else []
    return f"{answer.status.value} {sha256(orjson.dumps(rows)).hexdigest()[:12]}"


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[RobustnessSuite]:
    """Of the open cases alone, whatever the `part`: those held out are for the data suite."""
    del part
    cases = await asyncio.to_thread(_questions)
    engine: AsyncEngine = ground.asker.dependencies.engine
    async with AsyncExitStack() as stack:
        corrections = Corrections(engine, ground.folder, ground.reasoner, stack)
        metrics = correctable(ground.folder.catalog)[:CORRECTIONS]
        yield RobustnessSuite(DataSuite(ground, "open"), cases, corrections, metrics)


KIND = SuiteKind(opened, RobustnessMaterial, lambda _: Steady())


def _questions() -> list[DataCase]:
    """Those that are answered with rows, without a question before."""
    fitting = [each for each in read_cases("open") if each.expect.tables and not each.after]
    return fitting[:: max(len(fitting) // QUESTIONS, 1)][:QUESTIONS]


def _times() -> range:
    return range(1, SAME + 1)


def _case(kind: str, case: DataCase, which: str, asked: str) -> SuiteCase:
    about = About(topic=f"{kind} {case.id}", kind=kind, part=which if kind == "noise" else "", question=asked)
    return Case(name=f"{kind}/{case.id}/{which}", inputs=Wording(case, asked), metadata=about)


def _correction(metric: ObservationMetric) -> SuiteCase:
    about = About(topic=metric.code, kind="correction", part="", question=question_of(metric))
    return Case(name=f"correction/{metric.code}", inputs=metric, metadata=about)
