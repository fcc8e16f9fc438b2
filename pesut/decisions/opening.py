"""A staff review that somebody takes forward becomes a decision."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts import Answer, Dimension, Plan, Principal, RecommendStep, ReviewPoint, StaffReview, new_id
from pesut.contracts.decision import DecisionActKind, DecisionState
from pesut.database.tables import DecisionRow, DecisionVersionRow, RunRow
from pesut.decisions.acts import NewAct, append_act

TITLE_CHARACTERS = 160


async def open_decision(connection: AsyncConnection, answer: Answer, opener: Principal) -> UUID:
    """Make the answer's staff review the first text of a decision, once per run. The decision's id."""
    assert answer.staff_review is not None, "an answer without a staff review has nothing to decide on"
    asker = select(col(RunRow.principal_id)).where(col(RunRow.id) == answer.run_id)
    state = DecisionState(
        decision_id=new_id(), asked_by=(await connection.execute(asker)).scalar_one(), opened_by=opener.id
    )
    if not await _insert(connection, answer, state):
        known = select(col(DecisionRow.id)).where(col(DecisionRow.run_id) == answer.run_id)
        return (await connection.execute(known)).scalar_one()
    await _keep_draft(connection, answer, answer.staff_review, state)
    await append_act(connection, state, NewAct(DecisionActKind.OPENED, "opened", opener.id))
    return state.decision_id


async def _insert(connection: AsyncConnection, answer: Answer, state: DecisionState) -> bool:
    statement = (
        insert(DecisionRow)
        .values(
            id=state.decision_id,
            run_id=answer.run_id,
            title=" ".join(answer.question.split())[:TITLE_CHARACTERS],
            categories=list(categories_of(answer.plan)),
            sample=answer.sample_data,
            status=state.status,
            restricted=state.restricted,
            state=state.model_dump(mode="json"),
            opened_at=func.clock_timestamp(),
        )
        .on_conflict_do_nothing(index_elements=["run_id"])
        .returning(col(DecisionRow.id))
    )
    return (await connection.execute(statement)).first() is not None


async def _keep_draft(connection: AsyncConnection, answer: Answer, review: StaffReview, state: DecisionState) -> None:
    labels = {str(each.id): each.label for each in answer.evidence}

    def labelled(point: ReviewPoint) -> ReviewPoint:
        return point.model_copy(update={"evidence": tuple(labels[each] for each in point.evidence)})

    await connection.execute(
        insert(DecisionVersionRow).values(
            decision_id=state.decision_id,
            version=state.version,
            draft=review.with_points(labelled).model_dump(mode="json"),
            difference=[],
            principal_id=state.asked_by,
            note="",
            at=answer.created_at,
        )
    )


def categories_of(plan: Plan) -> tuple[str, ...]:
    """The report categories that the plan is about."""
    asked = [step.categories for step in plan.steps if isinstance(step, RecommendStep)]
    filters = [
        each
        for step in plan.steps
        if not isinstance(step, RecommendStep)
        for each in getattr(step.query, "filters", ())
    ]
    kept = [each.values for each in filters if each.dimension is Dimension.CATEGORY and not each.exclude]
    return tuple(dict.fromkeys(code for codes in (*asked, *kept) for code in codes))
