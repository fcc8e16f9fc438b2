"""The durable life of an evaluation: its cases are planned, then asked a few at a time, each kept as soon as it is known."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from workflows.evaluation.messages import (
        ASK_CASE,
        AT_ONCE,
        BEGIN,
        BREAK_CASE,
        EVALUATION_RUN,
        FAIL,
        FINISH,
        Beginning,
        BrokenCase,
        CaseNumber,
        EvaluationWork,
        FailedRun,
    )

_WRITING: dict[str, Any] = {
    "start_to_close_timeout": timedelta(minutes=2),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=1)),  # a night outlasts a database that is away
}
_ASKING: dict[str, Any] = {
    # A process that gives way to everything may get a fiftieth of a core: setting up a suite then takes half an hour, and a sign
    # of life waits for an import.
    "start_to_close_timeout": timedelta(hours=1),
    "heartbeat_timeout": timedelta(minutes=2),
    "schedule_to_close_timeout": timedelta(hours=6),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=1)),
}


@workflow.defn(name=EVALUATION_RUN)
class EvaluationRun:
    """Asks every case of an order once per repetition. A case that cannot be asked is kept as such, and the others go on."""

    @workflow.run
    async def run(self, work: EvaluationWork) -> UUID:
        run_id = work.run_id or workflow.uuid4()
        cases = await _begun(run_id, work) if work.cases is None else work.cases
        end = min(work.next + work.a_history, cases)
        numbers = iter(range(work.next, end))
        await asyncio.gather(*(_ask_each(run_id, numbers) for _ in range(AT_ONCE)))
        if end < cases:
            workflow.continue_as_new(work.model_copy(update={"run_id": run_id, "cases": cases, "next": end}))
        await workflow.execute_activity(FINISH, Beginning(run_id=run_id, order=work.order), **_WRITING)
        return run_id


async def _begun(run_id: UUID, work: EvaluationWork) -> int:
    try:
        beginning = Beginning(run_id=run_id, order=work.order)
        return await workflow.execute_activity(BEGIN, beginning, result_type=int, **_ASKING)
    except ActivityError as error:
        if not is_cancelled_exception(error):
            await workflow.execute_activity(FAIL, FailedRun(run_id=run_id, reason=_reason(error)), **_WRITING)
        raise


async def _ask_each(run_id: UUID, numbers: Iterator[int]) -> None:
    for number in numbers:
        try:
            await workflow.execute_activity(ASK_CASE, CaseNumber(run_id=run_id, number=number), **_ASKING)
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            broken = BrokenCase(run_id=run_id, number=number, reason=_reason(error))
            await workflow.execute_activity(BREAK_CASE, broken, **_WRITING)


def _reason(error: ActivityError) -> str:
    return str(error.cause or error)
