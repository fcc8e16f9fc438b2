"""The durable life of a disposition: agencies answer, and the calendar reminds, escalates and redirects."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from pesut.city.load import write_city
from pesut.city.loader import CityFolder, read_city, read_folder
from pesut.city.workdays import end_of, workday
from pesut.contracts import Principal, Role
from pesut.contracts.decision import Approve, Directive
from pesut.contracts.disposition import (
    Acknowledge,
    Cancel,
    DispositionActKind,
    DispositionState,
    DispositionStatus,
    Finish,
    Progress,
    Proof,
)
from pesut.database.tables import AuditLogRow, DispositionActRow, DispositionRow
from pesut.decisions.dispositions import disposition_of, disposition_states, dispositions_for
from pesut.errors import ConflictError, ForbiddenError
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import Office, eventually
from workflows.decisions.messages import disposition_workflow

K = DispositionActKind
CITY = read_city(HIGHLAND)
PROOF = Proof(title="Berita acara", address="https://halimun.example/ba.pdf", sha256="0" * 64)


@pytest.fixture
async def given(office: Office, begun: UUID, mayor: Principal) -> DispositionState:
    """Told to the disaster agency, with six working days to go."""
    deadline = workday((await office.now()).astimezone(CITY.zone).date(), 6, CITY)
    directive = Directive(option=0, agency="badan_bencana", deadline=deadline)
    await office.move(mayor, begun, Approve(directives=(directive,)))

    async def look() -> DispositionState | None:
        (state,) = await disposition_states(office.engine, begun)
        found = office.environment.client.get_workflow_handle(disposition_workflow(state.disposition_id))
        with contextlib.suppress(RPCError):
            return state if (await found.describe()).status is WorkflowExecutionStatus.RUNNING else None
        return None

    return await eventually(look)


@pytest.fixture
async def agency(people: Any) -> Principal:
    return await people(Role.ANALYST, "bpbd", ("badan_bencana",))


async def kinds(office: Office, given: DispositionState, mayor: Principal) -> list[DispositionActKind]:
    found = await disposition_of(office.engine, given.disposition_id, mayor, CITY)
    return [act.kind for act in found.acts]


async def warned_times(office: Office, given: DispositionState, number: int) -> DispositionState:
    """The disposition once `number` warnings were given; time passes for them."""

    async def look() -> DispositionState | None:
        (state,) = await disposition_states(office.engine, given.decision_id)
        return state if state.warnings >= number else None

    return await eventually(look)


async def test_from_sent_to_done(office: Office, given: DispositionState, agency: Principal, mayor: Principal) -> None:
    for motion in (Acknowledge(), Progress(note="Selimut dikirim."), PROOF, Finish()):
        state = await office.handle(agency, given.disposition_id, motion)
    assert state.status is DispositionStatus.DONE
    found = await disposition_of(office.engine, given.disposition_id, mayor, CITY)
    assert [act.kind for act in found.acts] == [K.SENT, K.ACKNOWLEDGE, K.PROGRESS, K.PROOF, K.FINISH]
    assert found.acts[3].detail == {"address": PROOF.address, "sha256": PROOF.sha256}
    with pytest.raises(ConflictError, match="is done"):
        await office.handle(agency, given.disposition_id, Progress(note="Lagi."))


async def test_who_does_not_answer_for_it_is_refused(
    office: Office, given: DispositionState, people: Any, mayor: Principal
) -> None:
    other = await people(Role.ANALYST, "dpu", ("dinas_jalan",))
    for who in (other, mayor):
        with pytest.raises(ForbiddenError):
            await office.handle(who, given.disposition_id, Acknowledge())
    assert await dispositions_for(office.engine, other, CITY) == []


async def test_an_agency_that_is_late_is_reminded_then_escalated(
    office: Office, given: DispositionState, agency: Principal, mayor: Principal
) -> None:
    assert (await dispositions_for(office.engine, agency, CITY))[0].late is False
    for number in range(1, 4):
        (state,) = await disposition_states(office.engine, given.decision_id)
        await office.until(state.warn_at)
        state = await warned_times(office, given, number)
    assert await kinds(office, given, mayor) == [K.SENT, K.REMINDED, K.REMINDED, K.ESCALATED]
    found = await disposition_of(office.engine, given.disposition_id, mayor, CITY)
    assert found.acts[-1].at >= end_of(workday(given.deadline, 3, CITY), CITY)
    assert "belum diterima" in found.acts[-1].note
    assert await office.handle(agency, given.disposition_id, Acknowledge())


async def test_what_is_done_in_time_is_never_warned_about(
    office: Office, given: DispositionState, agency: Principal, mayor: Principal
) -> None:
    await office.handle(agency, given.disposition_id, PROOF)
    await office.handle(agency, given.disposition_id, Finish())
    await office.until(end_of(given.deadline, CITY) + timedelta(days=30))
    assert await kinds(office, given, mayor) == [K.SENT, K.PROOF, K.FINISH]


async def test_years_of_silence_fit_into_short_histories(
    office: Office, given: DispositionState, mayor: Principal
) -> None:
    handle = office.environment.client.get_workflow_handle(disposition_workflow(given.disposition_id))
    first = (await handle.describe()).run_id
    await office.until(end_of(given.deadline, CITY) + timedelta(days=200))

    async def look() -> str | None:
        described = await handle.describe()
        return described.run_id if described.run_id != first else None

    await eventually(look)
    await office.handle(mayor, given.disposition_id, Cancel(reason="Tidak perlu lagi."))
    acts = await kinds(office, given, mayor)
    assert acts.count(K.ESCALATED) > 40
    assert acts[-1] is K.CANCEL


async def test_an_agency_that_was_merged_hands_its_dispositions_on(
    office: Office, given: DispositionState, mayor: Principal, people: Any
) -> None:
    await write_city(office.engine, merged(read_folder(HIGHLAND)))
    await office.until(given.warn_at)
    state = await warned_times(office, given, 1)
    assert state.agency == "dinas_jalan"
    assert await kinds(office, given, mayor) == [K.SENT, K.REDIRECTED, K.REMINDED]
    heir = await people(Role.ANALYST, "dpu", ("dinas_jalan",))
    await office.handle(heir, given.disposition_id, Acknowledge())


async def test_an_agency_that_is_gone_is_told_to_who_decides(
    office: Office, given: DispositionState, mayor: Principal
) -> None:
    async with office.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE agency SET superseded_at = now() WHERE code = 'badan_bencana'")
    await office.until(given.warn_at)
    await warned_times(office, given, 1)
    found = await disposition_of(office.engine, given.disposition_id, mayor, CITY)
    assert found.acts[-1].kind is K.ESCALATED
    assert "tidak ada lagi" in found.acts[-1].note


async def test_the_audit_and_the_dispatch_tell_the_same(
    office: Office, given: DispositionState, agency: Principal, mayor: Principal
) -> None:
    await asyncio.gather(
        *(office.handle(agency, given.disposition_id, Progress(note="Jalan."), key="same") for _ in range(3)),
        office.handle(agency, given.disposition_id, PROOF, key="proof"),
    )
    await office.until(given.warn_at)
    await warned_times(office, given, 1)
    async with office.engine.connect() as connection:
        subject = f"disposition/{given.disposition_id}"
        audited = await connection.execute(
            select(col(AuditLogRow.action), col(AuditLogRow.detail)["key"].astext)
            .where(col(AuditLogRow.subject) == subject)
            .order_by(col(AuditLogRow.id))
        )
        acted = await connection.execute(
            select(col(DispositionActRow.kind), col(DispositionActRow.key)).order_by(col(DispositionActRow.id))
        )
        status = (await connection.execute(select(col(DispositionRow.status)))).scalar_one()
        told = acted.all()
        assert audited.all() == [(f"disposition.{kind}", key) for kind, key in told]
    assert len(told) == 4, "sent, progress once, proof, reminded"
    assert status == "in_progress"


async def test_a_disposition_whose_workflow_was_ended_goes_on(
    office: Office, given: DispositionState, agency: Principal
) -> None:
    await office.environment.client.get_workflow_handle(disposition_workflow(given.disposition_id)).terminate()
    assert (await office.handle(agency, given.disposition_id, Acknowledge())).status is DispositionStatus.ACKNOWLEDGED


def merged(folder: CityFolder) -> CityFolder:
    """The highlands after the disaster agency became part of the road agency."""
    rest = [each for each in folder.agencies if each.code not in {"badan_bencana", "dinas_jalan"}]
    heir = next(each for each in folder.agencies if each.code == "dinas_jalan")
    heir = heir.model_copy(update={"aliases": (*heir.aliases, "badan_bencana")})
    return CityFolder(folder.city, folder.regions, (*rest, heir), folder.catalog, folder.documents)
