"""The steps of decisions and dispositions as activities. Each may be repeated: what was kept is recognised."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from agents.answer.check import ensure_supported
from agents.answer.compose.text import rendered_review
from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City
from pesut.city.workdays import start_of
from pesut.contracts import Answer, Scope
from pesut.contracts.decision import Approve, DecisionState, DecisionStatus, Edit, Move, Reject
from pesut.contracts.disposition import DispositionState
from pesut.database.moment import known_moment
from pesut.decisions.closing import close, regions_decided_on
from pesut.decisions.course import moved
from pesut.decisions.deciding import Effects
from pesut.decisions.dispositions import disposition_states
from pesut.decisions.edits import changed
from pesut.decisions.exhibits import exhibits
from pesut.decisions.expecting import expected_in_words
from pesut.decisions.filing import file_decision
from pesut.decisions.following import DispositionMoves
from pesut.decisions.listing import answer_behind, done_before, state_of
from pesut.decisions.moves import DecisionMoves
from pesut.decisions.orders import Ground, expectation, orders
from pesut.decisions.record import record_of
from pesut.decisions.sight import rests_on_supervision
from pesut.decisions.texts import sources_of, text_at
from tools.context import ToolContext
from tools.outcomes import OutcomeQuestion, measure_outcome
from workflows.decisions.messages import (
    BEGIN_DECISION,
    CARRY_OUT,
    HANDLE_DISPOSITION,
    LAPSE_DECISION,
    LOOK_UP_OUTCOME,
    MOVE_DECISION,
    WARN,
    Aftermath,
    Begun,
    Handled,
    Lapsed,
    Moved,
    Warned,
)

Clock = Callable[[AsyncEngine], Awaitable[datetime]]


class DecisionActivities:
    """`clock` gives the moment up to which everything is known; tests let it run ahead."""

    def __init__(self, engine: AsyncEngine, city: City, clock: Clock = known_moment) -> None:
        self._engine = engine
        self._city = city
        self._clock = clock
        self._moves = DecisionMoves(engine, city)
        self._dispositions = DispositionMoves(engine, city)

    @activity.defn(name=BEGIN_DECISION)
    async def begin(self, begun: Begun) -> DecisionState:
        restricted = await rests_on_supervision(self._engine, await answer_behind(self._engine, begun.decision_id))
        return await self._moves.begin(begun.decision_id, begun.at, restricted=restricted)

    @activity.defn(name=MOVE_DECISION)
    async def move(self, told: Moved) -> DecisionState:
        state = await state_of(self._engine, told.move.decision_id)
        if await done_before(self._engine, told.move):
            return state
        moved(state, told.move)  # what may not be is refused before anything is worked out
        answer = await answer_behind(self._engine, told.move.decision_id)
        effects = await self._effects(told.move, answer, told.at)
        return await self._moves.move(told.move, effects, answer, told.at)

    @activity.defn(name=LAPSE_DECISION)
    async def lapse(self, lapsed: Lapsed) -> DecisionState:
        return await self._moves.lapse(lapsed.decision_id, lapsed.due, lapsed.at)

    @activity.defn(name=CARRY_OUT)
    async def carry_out(self, told: Begun) -> Aftermath:
        """File what was decided, and tell what is to be followed and when to look at the outcome."""
        await file_decision(self._engine, told.decision_id)
        _, record = await record_of(self._engine, told.decision_id)
        given = await disposition_states(self._engine, told.decision_id)
        expected = record.expectation
        return Aftermath(
            dispositions=tuple(given), review_at=start_of(expected.review_on, self._city) if expected else None
        )

    @activity.defn(name=LOOK_UP_OUTCOME)
    async def look_up_outcome(self, told: Begun) -> DecisionState:
        """Measure, keep, and file it with the decision."""
        state = await state_of(self._engine, told.decision_id)
        if state.status is DecisionStatus.APPROVED:
            context, question = await self._question(state)
            state = await close(self._engine, await measure_outcome(context, question), told.at)
        await file_decision(self._engine, told.decision_id)
        return state

    @activity.defn(name=HANDLE_DISPOSITION)
    async def handle(self, told: Handled) -> DispositionState:
        return await self._dispositions.handle(told.move, told.at)

    @activity.defn(name=WARN)
    async def warn(self, warned: Warned) -> DispositionState:
        return await self._dispositions.warn(warned.disposition_id, warned.number, warned.at)

    async def _effects(self, move: Move, answer: Answer, at: datetime) -> Effects:
        match move.motion:
            case Edit():
                return await self._edited(move, move.motion, answer)
            case Approve():
                return self._ordered(move.motion, await self._ground(move.decision_id, move.version, answer, at))
            case Reject():
                return Effects(exhibits=exhibits(await sources_of(self._engine, answer, self._city)))
            case _:
                return Effects()

    async def _edited(self, move: Move, edit: Edit, answer: Answer) -> Effects:
        sources = await sources_of(self._engine, answer, self._city)
        before = await text_at(self._engine, move.decision_id, move.version)
        after = changed(before, edit.changes, sources)
        ensure_supported(before, after, sources)
        return Effects(text=rendered_review(after, sources, {label: label for label in sources.evidence}))

    def _ordered(self, approval: Approve, ground: Ground) -> Effects:
        ordered = orders(approval, ground)
        expected = expectation(approval, ground, self._city.decisions.outcome_days)
        metric = ground.catalog.metric(expected.metric) if expected else None
        return Effects(
            orders=ordered,
            expectation=expected,
            expected=expected_in_words(expected, metric, ground.sources) if expected and metric else "",
            exhibits=exhibits(ground.sources),
        )

    async def _ground(self, decision_id: UUID, version: int, answer: Answer, at: datetime) -> Ground:
        _, catalog = await current_catalog(self._engine)
        return Ground(
            review=await text_at(self._engine, decision_id, version),
            sources=await sources_of(self._engine, answer, self._city),
            catalog=catalog,
            gazetteer=await gazetteer_at(self._engine, await self._clock(self._engine)),
            today=at.astimezone(self._city.zone).date(),
        )

    async def _question(self, state: DecisionState) -> tuple[ToolContext, OutcomeQuestion]:
        """The decision's metric, as known now; under no more sight than the decision itself asks for."""
        _, record = await record_of(self._engine, state.decision_id)
        assert record.expectation is not None, "without an expectation there is no outcome to look up"
        as_of = await self._clock(self._engine)
        version, catalog = await current_catalog(self._engine, as_of)
        context = ToolContext(
            engine=self._engine,
            city=self._city,
            catalog=catalog,
            catalog_version=version,
            gazetteer=await gazetteer_at(self._engine, as_of),
            scope=Scope(supervision=state.restricted),
            as_of=as_of,
            run_id=record.run_id,
        )
        question = OutcomeQuestion(
            decision_id=state.decision_id,
            expectation=record.expectation,
            decided_on=record.decided_at.astimezone(self._city.zone).date(),
            elsewhere=await regions_decided_on(self._engine, record.expectation.metric, state.decision_id),
        )
        return context, question
