"""Two switches for when something must stop at once: answering, and language models. Each flip is kept for ever, with who and why."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Principal, Role, new_id
from pesut.database.locks import AdvisoryLock
from pesut.database.tables import PrincipalRow, SwitchActRow
from pesut.errors import AnsweringOffError, ForbiddenError, InvalidInputError
from pesut.principals.audit import Act, record_act

MOST_WORDS = 500  # characters of a reason
LISTED = 50


class Switch(StrEnum):
    """`ANSWERING` off: no question is taken in, also no briefing. `MODELS` off: the offline reasoner answers alone."""

    ANSWERING = "answering"
    MODELS = "models"


class SwitchState(Contract):
    """Where a switch stands since its last flip: `why` and `by` (a name) say of that; one that nobody flipped is on."""

    switch: Switch
    on: bool = True
    why: str = ""
    by: str = ""
    since: AwareDatetime | None = None


async def switches_of(engine: AsyncEngine) -> dict[Switch, SwitchState]:
    """Every switch as it stands now."""
    async with engine.connect() as connection:
        return {switch: await state_in(connection, switch) for switch in Switch}


async def state_in(connection: AsyncConnection, switch: Switch) -> SwitchState:
    """Where it stands, as the caller's transaction sees it."""
    last = await _flips(connection, switch, 1)
    return last[0] if last else SwitchState(switch=switch)


async def flips_of(engine: AsyncEngine, switch: Switch) -> list[SwitchState]:
    """How it was flipped, the newest first, at most LISTED."""
    async with engine.connect() as connection:
        return await _flips(connection, switch, LISTED)


async def ensure_answering(connection: AsyncConnection) -> None:
    """Raises AnsweringOffError. Under the lock of admission, nothing is taken in once a flip has returned."""
    state = await state_in(connection, Switch.ANSWERING)
    if not state.on:
        raise AnsweringOffError(f"{state.by} switched answering off: {state.why}", remedy="Ask again later.")


async def flip(engine: AsyncEngine, person: Principal, switch: Switch, *, on: bool, why: str) -> SwitchState:
    """Turn a switch on or off; one that stands so already stays as it was, with its first reason.

    Raises ForbiddenError for who is no operator, InvalidInputError without a reason.
    """
    if person.role is not Role.OPERATOR:
        raise ForbiddenError(f"The role {person.role} flips no switches.", remedy="Ask an operator.")
    why = " ".join(why.split())
    if not 0 < len(why) <= MOST_WORDS or not why.isprintable():
        raise InvalidInputError("A flip needs its reason.", remedy=f"Say why in 1 to {MOST_WORDS} characters.")
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AdvisoryLock.ADMISSION.value})
        if (await state_in(connection, switch)).on is not on:
            values = {"id": new_id(), "switch": switch, "turned_on": on, "why": why, "principal_id": person.id}
            await connection.execute(insert(SwitchActRow).values(**values, at=func.clock_timestamp()))
            act = Act(f"switch.{'on' if on else 'off'}", f"switch/{switch}", person.id, {"why": why})
            await record_act(connection, act)
        return await state_in(connection, switch)


async def _flips(connection: AsyncConnection, switch: Switch, limit: int) -> list[SwitchState]:
    row = SwitchActRow
    query = (
        select(col(row.turned_on), col(row.why), col(PrincipalRow.name), col(row.at))
        .join(PrincipalRow, col(PrincipalRow.id) == col(row.principal_id))
        .where(col(row.switch) == switch)
        .order_by(col(row.id).desc())
        .limit(limit)
    )
    found = await connection.execute(query)
    return [SwitchState(switch=switch, on=on, why=why, by=by, since=at) for on, why, by, at in found]
