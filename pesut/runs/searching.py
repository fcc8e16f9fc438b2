"""All runs, for who operates Pesut: found by who, status, agent, time and error, with how long they took and what they cost."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import ColumnElement, Float, Select, cast, func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Agent, Contract, Role, RunStatus
from pesut.database.tables import AnswerRow, PrincipalRow, RunRow

PAGE = 50
_BODY: Any = col(AnswerRow.body)
_MODEL: Any = _BODY["model"]
_ENDED = func.coalesce(col(AnswerRow.created_at), col(RunRow.finished_at))
_SECONDS: Any = func.extract("epoch", _ENDED - col(RunRow.started_at))


class RunSearch(Contract):
    """What to look for; what is left out matches all. `who`: part of a name; `since` inclusive, `until` exclusive; `slower`: at
    least so many seconds; `before`: goes on after the last one seen.
    """

    who: str = Field(default="", max_length=100)
    status: RunStatus | None = None
    agent: Agent | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    error: str = Field(default="", max_length=200)
    slower: float | None = Field(default=None, ge=0)
    before: UUID | None = None


class FoundRun(Contract):
    """A run at a glance: `seconds` from the question to its answer, `cost_usd` as far as prices are known."""

    id: UUID
    principal: str
    role: Role
    question: str
    status: RunStatus
    answer: str | None
    degraded: bool
    started_at: AwareDatetime
    seconds: float | None
    calls: int
    cost_usd: float
    error: str | None
    repeats: UUID | None
    briefing: date | None


async def find_runs(engine: AsyncEngine, search: RunSearch) -> list[FoundRun]:
    """The newest first, at most PAGE."""
    async with engine.connect() as connection:
        rows = (await connection.execute(_query(search))).mappings().all()
    return [FoundRun.model_validate(dict(row)) for row in rows]


async def found_run(engine: AsyncEngine, run_id: UUID) -> FoundRun | None:
    """One run at a glance."""
    async with engine.connect() as connection:
        row = (await connection.execute(_columns().where(col(RunRow.id) == run_id))).mappings().first()
    return FoundRun.model_validate(dict(row)) if row else None


class Tally(Contract):
    """How runs went since a moment: how many, how many failed, and seconds to the answer; `oldest` seconds one has waited for it."""

    runs: int
    failed: int
    median: float | None
    slowest: float | None
    running: int
    oldest: float | None


async def tallied(engine: AsyncEngine, since: datetime) -> Tally:
    """Of the runs that began at `since` or later, and of all that are being answered now."""
    status, running = col(RunRow.status), col(RunRow.status) == RunStatus.RUNNING
    recent = col(RunRow.started_at) >= since
    waited: Any = func.extract("epoch", func.clock_timestamp() - func.min(col(RunRow.started_at)).filter(running))
    query = (
        select(
            func.count().filter(recent).label("runs"),
            func.count().filter(recent, status == RunStatus.FAILED).label("failed"),
            func.percentile_cont(0.5).within_group(cast(_SECONDS, Float)).filter(recent).label("median"),
            func.max(cast(_SECONDS, Float)).filter(recent).label("slowest"),
            func.count().filter(running).label("running"),
            cast(waited, Float).label("oldest"),
        )
        .select_from(RunRow)
        .outerjoin(AnswerRow, col(AnswerRow.run_id) == col(RunRow.id))
        .where(recent | running)
    )
    async with engine.connect() as connection:
        return Tally.model_validate(dict((await connection.execute(query)).mappings().one()))


def _columns() -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        col(RunRow.id), col(PrincipalRow.name).label("principal"), col(PrincipalRow.role), col(RunRow.question),
        col(RunRow.status), _BODY["status"].astext.label("answer"),
        func.coalesce(_BODY["degraded"].astext, "false").label("degraded"), col(RunRow.started_at),
        cast(_SECONDS, Float).label("seconds"), func.coalesce(_MODEL["calls"].astext, "0").label("calls"),
        func.coalesce(_MODEL["cost_usd"].astext, "0").label("cost_usd"),
        func.coalesce(col(RunRow.error), _MODEL["error"].astext).label("error"), col(RunRow.repeats), col(RunRow.briefing),
    ]  # fmt: skip
    return (
        select(*columns)
        .join(PrincipalRow, col(PrincipalRow.id) == col(RunRow.principal_id))
        .outerjoin(AnswerRow, col(AnswerRow.run_id) == col(RunRow.id))
    )


def _query(search: RunSearch) -> Select[*tuple[Any, ...]]:
    return _columns().where(*_conditions(search)).order_by(col(RunRow.id).desc()).limit(PAGE)


def _conditions(search: RunSearch) -> Iterator[ColumnElement[bool]]:
    if search.who:
        yield col(PrincipalRow.name).icontains(search.who, autoescape=True)
    if search.status:
        yield col(RunRow.status) == search.status
    if search.agent:
        yield _BODY["agents"].contains([search.agent])
    if search.since:
        yield col(RunRow.started_at) >= search.since
    if search.until:
        yield col(RunRow.started_at) < search.until
    if search.error:
        yield _error_says(search.error)
    if search.slower is not None:
        yield cast(_SECONDS, Float) >= search.slower
    if search.before:
        yield col(RunRow.id) < search.before


def _error_says(words: str) -> ColumnElement[bool]:
    said: Any = func.coalesce(col(RunRow.error), _MODEL["error"].astext)
    return said.icontains(words, autoescape=True)
