"""The moment of decision: the record is frozen and the dispositions are given, in the transaction that decides."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut import __version__
from pesut.city.models import City
from pesut.contracts import Answer, StaffReview
from pesut.contracts.decision import Approve, DecisionState, Expectation, Move
from pesut.database.tables import DecisionRow
from pesut.decisions.acts import acts_of
from pesut.decisions.dispatch import dispatch
from pesut.decisions.exhibits import Exhibit
from pesut.decisions.orders import Order
from pesut.decisions.record import Decider, DecisionRecord, Government, freeze
from pesut.decisions.texts import draft_of, text_of


@dataclass(frozen=True)
class Effects:
    """What a move brings with it, worked out before: the new text of an edit, or what a ruling orders, expects and rests on."""

    text: StaffReview | None = None
    orders: tuple[Order, ...] = ()
    expectation: Expectation | None = None
    expected: str = ""
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """An approval or a rejection; `state` is the decision's after it."""

    state: DecisionState
    move: Move
    effects: Effects
    answer: Answer
    city: City
    at: datetime


async def decide(connection: AsyncConnection, ruling: Ruling) -> None:
    """Freeze what was decided and give its orders."""
    record = await _record(connection, ruling)
    await freeze(connection, record)
    if record.verdict == "approved":
        await dispatch(connection, ruling.state, record.orders, record.expectation, ruling.city, ruling.at)
    if record.expectation is not None:
        statement = update(DecisionRow).where(col(DecisionRow.id) == record.decision_id)
        await connection.execute(statement.values(expectation=record.expectation.model_dump(mode="json")))


async def _record(connection: AsyncConnection, ruling: Ruling) -> DecisionRecord:
    state, answer, principal, motion = ruling.state, ruling.answer, ruling.move.principal, ruling.move.motion
    title = select(col(DecisionRow.title)).where(col(DecisionRow.id) == state.decision_id)
    return DecisionRecord(
        decision_id=state.decision_id,
        run_id=answer.run_id,
        title=(await connection.execute(title)).scalar_one(),
        question=answer.question,
        language=answer.language,
        verdict="approved" if isinstance(motion, Approve) else "rejected",
        decided_at=ruling.at,
        decided_by=Decider(id=principal.id, name=principal.name, role=principal.role),
        draft=await draft_of(connection, state.decision_id),
        review=await text_of(connection, state.decision_id, state.version),
        version=state.version,
        orders=ruling.effects.orders,
        expectation=ruling.effects.expectation,
        expected=ruling.effects.expected,
        acts=await acts_of(connection, state.decision_id),
        evidence=answer.evidence,
        exhibits=ruling.effects.exhibits,
        model=answer.model,
        as_of=answer.as_of,
        catalog_version=answer.catalog_version,
        code_version=answer.code_version,
        frozen_by=__version__,
        sample=answer.sample_data,
        restricted=state.restricted,
        government=Government.of(ruling.city),
    )
