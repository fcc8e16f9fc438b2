"""The faithfulness suite: what answers say, held against what they cite, and what they cite, run again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.faithfulness.scorers import Check, checks
from evals.report import Outcome
from pesut.catalog.store import catalog_of
from pesut.contracts import Answer, Evidence
from pesut.evidence import replay


@dataclass(frozen=True)
class Judged:
    answer: Answer
    checks: list[Check]


@dataclass(frozen=True)
class FaithfulnessSuite:
    """`ask` answers a question; what it rests on lies behind `engine`."""

    engine: AsyncEngine
    ask: Callable[[str], Awaitable[Answer]]
    told: Callable[[], None] = lambda: None

    async def run(self, questions: Sequence[str], concurrency: int = 4) -> list[Outcome]:
        """One outcome for each number, citation and evidence of the answers."""
        cases = [Case(name=str(number), inputs=question) for number, question in enumerate(questions, start=1)]
        dataset = Dataset(name="faithfulness", cases=cases, evaluators=[Faithful()])
        report = await dataset.evaluate(self._judge, max_concurrency=concurrency, progress=False)
        broken = [Outcome.broken(failure.name, "answer", "", failure.error_message) for failure in report.failures]
        return [outcome for case in report.cases for outcome in _outcomes(case.name, case.output)] + broken

    async def _judge(self, question: str) -> Judged:
        answer = await self.ask(question)
        catalog = await catalog_of(self.engine, answer.catalog_version)
        found = [*checks(answer, catalog), *[await self._replayed(evidence) for evidence in answer.evidence]]
        self.told()
        return Judged(answer, found)

    async def _replayed(self, evidence: Evidence) -> Check:
        again = await replay(self.engine, evidence)
        return Check("replay", evidence.label, "; ".join(again.difference) or ("" if again.same else "another digest"))


@dataclass
class Faithful(Evaluator[str, Judged, None]):
    """Whether all of an answer holds."""

    def evaluate(self, ctx: EvaluatorContext[str, Judged, None]) -> bool:
        return not any(check.fault for check in ctx.output.checks)


def _outcomes(name: str, judged: Judged) -> list[Outcome]:
    answer = judged.answer
    return [
        Outcome(
            name=f"{name}/{number}",
            kind=check.kind,
            part=answer.status.value,
            question=answer.question,
            right=not check.fault,
            faults=(check.fault,) if check.fault else (),
            answer=check.about,
            status=answer.status.value,
            run_id=answer.run_id,
        )
        for number, check in enumerate(judged.checks, start=1)
    ]
