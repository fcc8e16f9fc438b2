"""Evidence is stored once per run and key, replays to the same digest, and opens only for who may see what it rests on."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.catalog.models import Catalog
from pesut.city.models import Gazetteer
from pesut.contracts import AgencyQuery, Principal, Role, Scope, new_id
from pesut.database.moment import known_moment, writing
from pesut.database.tables import FOREVER, AgencyRow
from pesut.errors import ForbiddenError, NotFoundError
from pesut.evidence import Lookup, TooSlowError, ensure_may_see, load_evidence, record, replay
from tests.integration.evidence.runs import start_run


@dataclass(frozen=True)
class Run:
    engine: AsyncEngine
    run_id: UUID
    as_of: datetime
    scope: Scope = field(default_factory=Scope)
    catalog: Catalog = field(default_factory=Catalog)
    catalog_version: str = "v1"
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer(regions=(), agencies=()))
    statement_limit: timedelta = timedelta(seconds=10)


async def _run(engine: AsyncEngine) -> Run:
    return Run(engine, await start_run(engine), await known_moment(engine))


async def _agency(engine: AsyncEngine, code: str, name: str) -> None:
    async with writing(engine) as (connection, now):
        await connection.execute(
            update(AgencyRow)
            .where(col(AgencyRow.code) == code, col(AgencyRow.superseded_at) == FOREVER)
            .values(superseded_at=now)
        )
        await connection.execute(
            insert(AgencyRow).values(
                code=code, recorded_at=now, superseded_at=FOREVER, name=name, short_name="", aliases=[], mandate="",
                categories=[], provisional=False, sample=True,
            )
        )  # fmt: skip


def _agencies(as_of: datetime) -> Lookup:
    columns: list[Any] = [
        col(AgencyRow.code),
        col(AgencyRow.name),
        literal(as_of).label("_first"),
        literal(as_of).label("_last"),
        col(AgencyRow.sample).label("_sample"),
    ]
    statement = (
        select(*columns)
        .where(col(AgencyRow.recorded_at) <= as_of, col(AgencyRow.superseded_at) > as_of)
        .order_by(col(AgencyRow.code))
    )
    return Lookup(AgencyQuery(), statement)


async def test_evidence_is_stored_once_and_replays_after_a_correction(engine: AsyncEngine) -> None:
    await _agency(engine, "dlh", "Dinas LH")
    await _agency(engine, "dishub", "Dishub")
    run = await _run(engine)
    evidence = await record(run, _agencies(run.as_of), key="agencies", label="E1")
    assert evidence.result == ({"code": "dishub", "name": "Dishub"}, {"code": "dlh", "name": "Dinas LH"})
    assert evidence.sample
    assert evidence.observed
    assert evidence.observed.start == run.as_of

    await _agency(engine, "dlh", "Dinas Lingkungan Hidup")
    again = await record(run, _agencies(run.as_of), key="agencies", label="E9")
    assert again == evidence == await load_evidence(engine, evidence.id)
    assert (await replay(engine, evidence)).same

    later = replace(run, as_of=await known_moment(engine))
    corrected = await record(later, _agencies(later.as_of), key="later", label="E2")
    assert corrected.digest != evidence.digest


async def test_a_replay_says_what_differs(engine: AsyncEngine) -> None:
    await _agency(engine, "dlh", "Dinas LH")
    await _agency(engine, "dpupr", "PUPR")
    run = await _run(engine)
    evidence = await record(run, _agencies(run.as_of), key="agencies", label="E1")
    async with engine.begin() as connection:
        await connection.execute(update(AgencyRow).where(col(AgencyRow.code) == "dlh").values(name="DLH"))
        await connection.execute(update(AgencyRow).where(col(AgencyRow.code) == "dpupr").values(code="pu"))
    outcome = await replay(engine, evidence)
    assert not outcome.same
    assert outcome.difference == (
        "dlh: name Dinas LH menjadi DLH",
        "dpupr: baris ini tidak ada lagi",
        "pu: baris ini baru",
    )


async def test_a_slow_statement_is_ended_with_a_clear_message(engine: AsyncEngine) -> None:
    run = replace(await _run(engine), statement_limit=timedelta(milliseconds=50))
    with pytest.raises(TooSlowError, match="time limit"):
        await record(run, Lookup(AgencyQuery(), select(func.pg_sleep(5).label("nap"))), key="slow", label="E1")


async def test_evidence_opens_only_for_a_scope_that_covers_it(engine: AsyncEngine) -> None:
    run = replace(await _run(engine), scope=Scope(supervision=True))
    evidence = await record(run, _agencies(run.as_of), key="agencies", label="E1")
    ensure_may_see(Principal(id=new_id(), name="w", role=Role.MAYOR), evidence)
    with pytest.raises(ForbiddenError):
        ensure_may_see(Principal(id=new_id(), name="a", role=Role.ANALYST), evidence)


async def test_unknown_evidence_is_not_found(engine: AsyncEngine) -> None:
    with pytest.raises(NotFoundError):
        await load_evidence(engine, new_id())
