"""The data suite: each phrasing of each case is asked through Temporal and held against the case's own SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from evals.asking import asked
from evals.data.cases import DataCase, Part, Table, read_cases
from evals.data.scorers import Cells, faults_of
from evals.judged import Judged
from evals.report import Outcome
from pesut.city.models import City
from pesut.contracts import Principal
from workflows.client import PesutClient


@dataclass(frozen=True)
class Wording:
    """One wording of a case."""

    case: DataCase
    phrasing: str


@dataclass(frozen=True)
class DataSuite:
    """Asks as `principal`; expected rows are read as the database's owner, so that security cannot hide a fault."""

    client: PesutClient
    engine: AsyncEngine
    city: City
    principal: Principal
    told: Callable[[], None] = lambda: None

    async def run(self, parts: tuple[Part, ...], concurrency: int = 4) -> list[Outcome]:
        """Ask every phrasing of these parts; outcomes in the order of the cases."""
        cases = [
            Case(name=f"{case.id}/{number}", inputs=Wording(case, phrasing), metadata=part)
            for part in parts
            for case in read_cases(part)
            for number, phrasing in enumerate(case.phrasings, start=1)
        ]
        dataset = Dataset(name="data", cases=cases, evaluators=[Right()])
        report = await dataset.evaluate(self._ask, max_concurrency=concurrency, progress=False)
        broken = [Outcome.broken(f.name, f.inputs.case.kind, f.metadata, f.error_message) for f in report.failures]
        return [_outcome(each) for each in report.cases] + broken

    async def _ask(self, wording: Wording) -> Judged:
        conversation = None
        for earlier in wording.case.after:
            answer = await asked(self.client, self.principal, earlier, conversation)
            conversation = answer.conversation_id
        answer = await asked(self.client, self.principal, wording.phrasing, conversation)
        expected = await self._expected(wording.case, answer.as_of)
        self.told()
        return Judged(answer, faults_of(answer, wording.case.expect, expected))

    async def _expected(self, case: DataCase, as_of: datetime) -> list[list[Cells]]:
        async with self.engine.connect() as connection:
            return [await self._rows(connection, table, as_of) for table in case.expect.tables]

    async def _rows(self, connection: AsyncConnection, table: Table, as_of: datetime) -> list[Cells]:
        today = as_of.astimezone(self.city.zone).date()
        parameters = {"now": as_of, "tz": self.city.timezone, "today": today}
        used = {name: value for name, value in parameters.items() if f":{name}" in table.sql}
        found = await connection.execute(text(table.sql), used)
        return [tuple(_plain(cell) for cell in row) for row in found]


@dataclass
class Right(Evaluator[Wording, Judged, str]):
    """Execution accuracy: the status and every expected table."""

    def evaluate(self, ctx: EvaluatorContext[Wording, Judged, str]) -> bool:
        return not ctx.output.faults


def _outcome(case: Any) -> Outcome:
    judged: Judged = case.output
    return judged.outcome(case.name, case.inputs.case.kind, case.metadata, case.inputs.phrasing, case.task_duration)


def _plain(cell: Any) -> Any:
    match cell:
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case datetime():
            return cell.isoformat()
        case date():
            return cell.isoformat()
        case _:
            return cell
