"""From a flood finding to a decision, to what came of it, and on to the next draft."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from agents.dependencies import AgentDependencies, providing
from agents.reasoners.offline import OfflineReasoner
from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.contracts import Answer, Dimension, Filter, Operator, Principal, Role, new_id
from pesut.contracts.decision import Approve, Change, DecisionStatus, Directive, Edit, Expectation, Target
from pesut.contracts.disposition import Acknowledge, DispositionActKind, Finish, Proof
from pesut.contracts.outcome import OutcomeVerdict
from pesut.database.moment import known_moment, writing
from pesut.database.tables import FOREVER, ReportRow, ReportStateRow
from pesut.decisions.closing import outcome_of
from pesut.decisions.dispositions import dispositions_of
from pesut.decisions.filing import paper_code
from pesut.decisions.listing import decision_of, state_of
from pesut.runs import NewRun
from pesut.settings import SAMARINDA, Settings
from tests.workflows.decisions.conftest import SERVER, Office, People, eventually
from workflows.client import PesutClient
from workflows.decisions.worker import decision_worker
from workflows.worker import question_worker

pytestmark = pytest.mark.slow
CITY = read_city(SAMARINDA)
QUESTION = "Berapa laporan banjir di Sungai Pinang bulan lalu dibanding tahun lalu, dan apa yang sebaiknya dilakukan?"
FLOODED = "64.72.08.1002"  # Sungai Pinang Dalam
OTHERS = ("64.72.01.1001", "64.72.02.1001", "64.72.03.1001", "64.72.04.1001", "64.72.07.1002")
REVIEW_DAYS = 90
SOON = timedelta(seconds=60)


async def reports(engine: AsyncEngine, region: str, first: datetime, count: int, days: int = REVIEW_DAYS) -> None:
    """`count` flood reports of one village, spread over `days` from `first`."""
    async with writing(engine) as (connection, recorded_at):
        for number in range(count):
            report, submitted_at = new_id(), first + timedelta(days=days * number / count, hours=1)
            await connection.execute(
                insert(ReportRow).values(
                    id=report, source="test", source_key=str(report), number=str(report)[:8], title="Banjir",
                    body="Air masuk rumah.", channel="app", reporter=f"p{number}", address="", submitted_at=submitted_at,
                    recorded_at=recorded_at, sample=True,
                )
            )  # fmt: skip
            await connection.execute(
                insert(ReportStateRow).values(
                    report_id=report, recorded_at=recorded_at, superseded_at=FOREVER, submitted_at=submitted_at,
                    channel="app", region_code=region, agency_code="dpupr", category="flood", classification="complaint",
                    status="waiting", reporter=f"p{number}", decided={}, sample=True,
                )
            )  # fmt: skip


@dataclass
class Hall:
    """The city at work: questions and decisions, on a server whose time the test lets pass."""

    office: Office
    client: PesutClient

    async def ask(self, principal: Principal, text: str = QUESTION) -> Answer:
        run_id, _ = await self.client.ask(NewRun(principal.id, str(new_id()), text))
        return await self.client.wait_for_answer(run_id, SOON)


@asynccontextmanager
async def at_work(engine: AsyncEngine, settings: Settings) -> AsyncGenerator[Hall]:
    dependencies = AgentDependencies(engine=engine, city=CITY, reasoner=OfflineReasoner)
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(SERVER), data_converter=pydantic_data_converter
    ) as environment:

        async def clock(engine: AsyncEngine) -> datetime:
            return max(await known_moment(engine), await environment.get_current_time())

        with providing(dependencies):
            async with (
                question_worker(environment.client, dependencies, settings),
                decision_worker(environment.client, engine, CITY, clock),
            ):
                client = PesutClient(environment.client, engine, settings)
                yield Hall(Office(environment, engine, client.decisions), client)
                await client.close()


@pytest.fixture
async def floods(engine: AsyncEngine) -> date:
    """Flood reports of Sungai Pinang and five other districts around a decision taken today, which is returned."""
    await load_city(engine, SAMARINDA)
    now = await known_moment(engine)
    today = now.astimezone(CITY.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    steps = [today + timedelta(days=REVIEW_DAYS * step) for step in (-2, -1, 0)]
    for first, flooded, others in zip(steps, (60, 60, 20), (10, 10, 12), strict=True):
        await reports(engine, FLOODED, first, flooded)
        for village in OTHERS:
            await reports(engine, village, first, others)
    await reports(engine, FLOODED, today - timedelta(days=430), 20)
    return today.date()


async def test_from_finding_to_decision_to_outcome_to_precedent(
    engine: AsyncEngine, floods: date, people: People, database_url: str, tmp_path: Path
) -> None:
    mayor, sekda = await people(Role.MAYOR, "wali kota"), await people(Role.REVIEWER, "sekda")
    dpupr = await people(Role.ANALYST, "dpupr", ("dpupr",))
    settings = Settings(data_dir=tmp_path, city=SAMARINDA, database_url=database_url)
    async with at_work(engine, settings) as hall:
        answer = await hall.ask(sekda)
        assert answer.staff_review is not None
        decision_id = await hall.client.open_decision(answer.run_id, sekda)
        await _until_status(hall, decision_id, DecisionStatus.APPROVAL)  # who opened it has thereby read it

        change = Change(op="replace", path="/conclusion/text", value="Penanganan didahulukan di Sungai Pinang")
        await hall.office.move(mayor, decision_id, Edit(changes=(change,)))
        approval = _approval(floods)
        assert (await hall.office.move(mayor, decision_id, approval, version=2)).status is DecisionStatus.APPROVED

        done, late = await dispositions_of(engine, decision_id, CITY)
        for motion in (Acknowledge(), Proof(title="Foto", address="https://samarinda.example/foto.jpg"), Finish()):
            await hall.office.handle(dpupr, done.id, motion)
        await hall.office.until(_moment(floods + timedelta(days=60)))
        kinds = [act.kind for act in (await dispositions_of(engine, decision_id, CITY))[1].acts]
        assert kinds[:4] == [
            DispositionActKind.SENT, DispositionActKind.REMINDED, DispositionActKind.REMINDED, DispositionActKind.ESCALATED,
        ]  # fmt: skip
        assert late.agency == "bpbd"

        await hall.office.until(_moment(floods + timedelta(days=REVIEW_DAYS)))
        await _until_status(hall, decision_id, DecisionStatus.CLOSED)
        await _its_outcome(engine, decision_id)
        await _its_place_among_the_papers(hall, decision_id, sekda)


def _approval(today: date) -> Approve:
    """Two agencies for the first option, and a third fewer reports of Sungai Pinang within 90 days."""
    deadline = today + timedelta(days=14)
    return Approve(
        directives=(
            Directive(option=0, agency="dpupr", deadline=deadline),
            Directive(option=0, agency="bpbd", deadline=deadline, instruction="Siagakan pompa."),
        ),
        expectation=Expectation(
            metric="reports_count",
            filters=(
                Filter(dimension=Dimension.CATEGORY, values=("flood",)),
                Filter(dimension=Dimension.REGION, values=("64.72.08",)),
            ),
            target=Target(operator=Operator.AT_MOST, value=40),
            review_on=today + timedelta(days=REVIEW_DAYS),
        ),
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), CITY.zone)


async def _until_status(hall: Hall, decision_id: UUID, status: DecisionStatus) -> None:
    async def look() -> bool | None:
        return (await state_of(hall.office.engine, decision_id)).status is status or None

    await eventually(look)


async def _its_outcome(engine: AsyncEngine, decision_id: UUID) -> None:
    outcome = await outcome_of(engine, decision_id)
    assert outcome is not None
    assert (outcome.verdict, outcome.before, outcome.after) == (OutcomeVerdict.MET, 60, 20)
    difference = outcome.difference
    assert difference is not None
    assert len(difference.controls) == 9, "the other districts, four of them without any report"
    others = 5 * (12 - 10) / 9
    assert difference.estimate == pytest.approx((20 - 60) - others)
    assert difference.earlier == pytest.approx(0)
    assert difference.as_good == 0
    assert "Sasaran paling banyak 40 laporan tercapai." in outcome.text
    assert "Banjir dan drainase, Kecamatan Sungai Pinang" in outcome.text


async def _its_place_among_the_papers(hall: Hall, decision_id: UUID, sekda: Principal) -> None:
    again = await hall.ask(sekda)
    assert again.staff_review is not None
    cited: list[Any] = [row["code"] for each in again.evidence if each.kind == "documents" for row in each.result]
    assert paper_code(decision_id) in cited
    facts = " ".join(fact.rendered for fact in again.staff_review.facts)
    assert "Sudah diputuskan pada" in facts
    assert "tercatat jumlah laporan warga (Banjir dan drainase, Kecamatan Sungai Pinang): 20 laporan" in facts
    told = await hall.ask(sekda, "apa yang sudah diputuskan tentang banjir dan hasilnya?")
    assert "Hasilnya: “Sejak keputusan" in told.text
    assert "Sasaran paling banyak 40 laporan tercapai." in told.text
    decision = await decision_of(hall.office.engine, decision_id, sekda)
    assert decision.record is not None
