"""What people decided on the staff reviews of answers; one that is approved goes on as a decision."""

from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Review, RunEventKind, RunStatus, Verdict
from pesut.database.tables import RunRow
from pesut.decisions.opening import open_decision
from pesut.principals.audit import Act, record_act
from pesut.runs.answers import answer_of
from pesut.runs.events import NewEvent, append_events


async def keep_review(engine: AsyncEngine, run_id: UUID, review: Review | None) -> bool:
    """End the run that waits for a review, with the verdict in its events and the audit log; None: nobody decided in time.

    Approval opens a decision, whose id is told in the event. False when the run did not wait any more; then nothing changes.
    """
    answer = await answer_of(engine, run_id)
    verdict = review.verdict if review else Verdict.EXPIRED
    detail = {"verdict": verdict.value, "note": review.note if review else ""}
    by = review.principal.id if review else None
    statement = (
        update(RunRow)
        .where(col(RunRow.id) == run_id, col(RunRow.status) == RunStatus.AWAITING_REVIEW)
        .values(status=RunStatus.FINISHED, finished_at=func.clock_timestamp())
    )
    async with engine.begin() as connection:
        if not (await connection.execute(statement)).rowcount:
            return False
        if review is not None and answer is not None and verdict is Verdict.APPROVED:
            detail["decision_id"] = str(await open_decision(connection, answer, review.principal))
        await record_act(connection, Act(f"staff_review.{verdict}", f"run/{run_id}", by, detail))
        told = detail | ({"principal_id": str(by)} if by else {})
        await append_events(connection, run_id, [NewEvent(RunEventKind.REVIEWED, "review", "", told)])
    return True
