"""Morning briefings: one run a day, of Pesut's own, with the sight of the head of the city."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.contracts import Answer, AnswerStatus, Language, Principal, Role, Scope
from pesut.database.tables import AnswerRow, RunRow
from pesut.errors import ForbiddenError
from pesut.placeholders.dates import written_date
from pesut.principals.store import service_principal
from pesut.runs.admission import NewRun
from pesut.runs.answers import answer_of

WRITER, MORNING = "briefing", "morning"
SIGHT = Scope(supervision=True)


def may_read(principal: Principal) -> bool:
    """Whether they see no less than a briefing was written with."""
    return principal.scope.covers(SIGHT)


def ensure_may_read(principal: Principal) -> None:
    """Raises ForbiddenError."""
    if not may_read(principal):
        raise ForbiddenError(
            "Ringkasan pagi ditulis untuk kepala daerah.", remedy="Tanyakan sendiri yang ingin diketahui."
        )


async def new_briefing(engine: AsyncEngine, day: date, key: str, as_of: datetime | None) -> NewRun:
    """The run that writes the briefing of `day` (of the city's calendar); the same `key` again is the same run. The day's own, of
    which there is one, has the key MORNING.
    """
    writer = await service_principal(engine, WRITER, Role.MAYOR)
    title = f"Ringkasan pagi {written_date(day, Language.ID)}"
    return NewRun(writer.id, f"briefing/{day}/{key}", title, as_of=as_of, briefing=day)


def known_at(day: date, city: City, now: datetime) -> datetime | None:
    """The moment that a briefing of `day` speaks of: for a day that is over, when it should have been written; today, now."""
    if day >= now.astimezone(city.zone).date():
        return None
    return datetime.combine(day, city.briefing_at, city.zone)


def midnight(day: date, city: City) -> datetime:
    """When `day` begins in the city."""
    return datetime.combine(day, time(), city.zone)


async def briefing_of(engine: AsyncEngine, day: date) -> Answer | None:
    """The newest briefing of the day that was written; None where there is none yet."""
    query = (
        select(col(RunRow.id))
        .join(AnswerRow, col(AnswerRow.run_id) == col(RunRow.id))
        .where(col(RunRow.briefing) == day, col(AnswerRow.body)["status"].astext != AnswerStatus.FAILED)
        .order_by(col(RunRow.id).desc())
        .limit(1)
    )
    async with engine.connect() as connection:
        run_id: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    return await answer_of(engine, run_id) if run_id else None


async def briefing_beside(engine: AsyncEngine, day: date, *, later: bool) -> date | None:
    """The nearest day before or after `day` that has a briefing."""
    briefing = col(RunRow.briefing)
    query = select(briefing).join(AnswerRow, col(AnswerRow.run_id) == col(RunRow.id)).limit(1)
    beyond = query.where(briefing > day).order_by(briefing) if later else query.where(briefing < day)
    async with engine.connect() as connection:
        return (await connection.execute(beyond if later else beyond.order_by(briefing.desc()))).scalar_one_or_none()
