"""What happens to a disposition after it was given: answers of its agency, and warnings when its time runs out."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City, Gazetteer
from pesut.contracts.disposition import (
    DispositionActKind,
    DispositionMove,
    DispositionState,
    DispositionStatus,
    Proof,
)
from pesut.database.moment import known_moment
from pesut.decisions.dispatch import NewDispositionAct, append_disposition_act, locked_disposition, warned
from pesut.decisions.dispositions import disposition_happened
from pesut.decisions.handling import OVER, handled
from pesut.decisions.orders import successor
from pesut.decisions.proofs import digest_of_file

_K = DispositionActKind


class DispositionMoves:
    """The moves of a city's dispositions. `at` (aware) is always the moment at which the thing happened."""

    def __init__(self, engine: AsyncEngine, city: City) -> None:
        self._engine = engine
        self._city = city

    async def handle(self, move: DispositionMove, at: datetime) -> DispositionState:
        """Do what the person asks, once per key. Raises NotFoundError, InvalidInputError for a file that was not handed in, and as `handled` does."""
        async with locked_disposition(self._engine, move.disposition_id) as (connection, state):
            if await disposition_happened(connection, move):
                return state
            after = handled(state, move)
            act = _act(move, at)
            if isinstance(move.motion, Proof) and move.motion.file is not None:
                digest = await digest_of_file(connection, move.disposition_id, move.motion.file)
                act = replace(act, detail={"file": str(move.motion.file), "sha256": digest})
            await append_disposition_act(connection, after, act)
            return after

    async def warn(self, disposition_id: UUID, number: int, at: datetime) -> DispositionState:
        """Give warning `number` (from 0), once, to whoever answers for the matter now; nothing where all is done."""
        gazetteer = await gazetteer_at(self._engine, await known_moment(self._engine))
        async with locked_disposition(self._engine, disposition_id) as (connection, state):
            if state.status in OVER or state.warnings != number:
                return state
            addressed = await _redirected(connection, state, gazetteer, at)
            kind, note = _warning(addressed, gazetteer)
            after = warned(addressed.model_copy(update={"warnings": number + 1}), self._city, at)
            await append_disposition_act(connection, after, NewDispositionAct(kind, f"warning/{number}", at, note=note))
            return after


def _act(move: DispositionMove, at: datetime) -> NewDispositionAct:
    motion = move.motion
    said = next((text for name in ("reason", "note", "title") if (text := getattr(motion, name, ""))), "")
    detail = motion.model_dump(mode="json", include={"address", "sha256"}) if isinstance(motion, Proof) else {}
    return NewDispositionAct(_K(motion.kind), move.key, at, move.principal.id, said, detail)


def _warning(state: DispositionState, gazetteer: Gazetteer) -> tuple[DispositionActKind, str]:
    """What the warning is, and what it says; one that nobody can answer goes to who decides at once."""
    if gazetteer.agency(state.agency) is None:
        return _K.ESCALATED, f"{state.agency_name} tidak ada lagi dan belum ada penggantinya."
    waits = "belum diterima" if state.status is DispositionStatus.SENT else "belum selesai"
    said = (f"Tenggat {state.deadline:%d-%m-%Y} mendekat", f"Tenggat {state.deadline:%d-%m-%Y} terlewati")
    kind = _K.REMINDED if state.warnings < 2 else _K.ESCALATED
    return kind, f"{said[min(state.warnings, 1)]}; {waits}."


async def _redirected(
    connection: AsyncConnection, state: DispositionState, gazetteer: Gazetteer, at: datetime
) -> DispositionState:
    """To the agency that took over from one that is no more, where one says so among its aliases."""
    if gazetteer.agency(state.agency) is not None:
        return state
    heir = successor(state.agency, state.agency_name, gazetteer)
    if heir is None:
        return state
    after = state.model_copy(update={"agency": heir.code, "agency_name": heir.name})
    note = f"{state.agency_name} kini {heir.name}."
    act = NewDispositionAct(_K.REDIRECTED, f"redirected/{state.warnings}", at, note=note, detail={"from": state.agency})
    await append_disposition_act(connection, after, act)
    return after
