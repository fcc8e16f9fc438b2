"""The steps of an evaluation as activities."""

from temporalio import activity

from workflows.evaluation.messages import (
    ASK_CASE,
    BEGIN,
    BREAK_CASE,
    FAIL,
    FINISH,
    Beginning,
    BrokenCase,
    CaseNumber,
    Evaluation,
    FailedRun,
)


class EvaluationActivities:
    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    @activity.defn(name=BEGIN)
    async def begin(self, beginning: Beginning) -> int:
        return await self._evaluation.begin(beginning.run_id, beginning.order)

    @activity.defn(name=ASK_CASE)
    async def ask(self, case: CaseNumber) -> None:
        await self._evaluation.ask(case.run_id, case.number)

    @activity.defn(name=BREAK_CASE)
    async def break_(self, broken: BrokenCase) -> None:
        await self._evaluation.break_(broken.run_id, broken.number, broken.reason)

    @activity.defn(name=FINISH)
    async def finish(self, run: Beginning) -> None:
        await self._evaluation.close(run.run_id)

    @activity.defn(name=FAIL)
    async def fail(self, run: FailedRun) -> None:
        await self._evaluation.close(run.run_id, run.reason)
