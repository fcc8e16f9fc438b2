"""The data suite: each phrasing of each case is asked and held against the case's own SQL."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import JsonValue
from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from evals.data.cases import DataCase, Expectation, Table, parts_of, read_cases
from evals.data.scorers import faults_of
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.evaluations.contracts import About, Part
from pesut.evaluations.proposals import accepted


@dataclass(frozen=True)
class Wording:
    """One wording of a case."""

    case: DataCase
    phrasing: str


class DataMaterial(Material):
    """`rows`: what each expected table holds by the case's own SQL, at the moment of the answer."""

    expect: Expectation
    rows: tuple[tuple[tuple[JsonValue, ...], ...], ...]


@dataclass(frozen=True)
class DataSuite:
    """Expected rows are read as the database's owner, so that security cannot hide a fault."""

    ground: Ground
    part: Part = "all"
    from_use: Sequence[DataCase] = ()

    @property
    def cases(self) -> Sequence[SuiteCase]:
        """Every phrasing of these parts, in the order of the cases."""
        return [
            Case(
                name=f"{case.id}/{number}",
                inputs=Wording(case, phrasing),
                metadata=About(topic=case.id, kind=case.kind, part=part, question=phrasing),
            )
            for part, case in self._written()
            for number, phrasing in enumerate(case.phrasings, start=1)
        ]

    def _written(self) -> Iterator[tuple[str, DataCase]]:
        yield from ((part, case) for part in parts_of(self.part) for case in read_cases(part))
        yield from (("use", case) for case in self.from_use)

    async def ask(self, inputs: Wording, key: str) -> DataMaterial:
        asker, conversation = self.ground.asker, None
        for number, earlier in enumerate(inputs.case.after):
            answer = await asker.ask(earlier, key and f"{key}/{number}", conversation)
            conversation = answer.conversation_id
        answer = await asker.ask(inputs.phrasing, key, conversation)
        async with asker.dependencies.engine.connect() as connection:
            rows = [await self._rows(connection, table, answer.as_of) for table in inputs.case.expect.tables]
        return DataMaterial(answer=answer, expect=inputs.case.expect, rows=tuple(rows))

    async def _rows(
        self, connection: AsyncConnection, table: Table, as_of: datetime
    ) -> tuple[tuple[JsonValue, ...], ...]:
        city = self.ground.folder.city
        parameters = {"now": as_of, "tz": city.timezone, "today": as_of.astimezone(city.zone).date()}
        used = {name: value for name, value in parameters.items() if f":{name}" in table.sql}
        found = await connection.execute(text(table.sql), used)
        return tuple(tuple(_plain(cell) for cell in row) for row in found)


@dataclass
class Right(Evaluator[Any, DataMaterial, About]):
    """Execution accuracy: the status and every expected table."""

    def evaluate(self, ctx: EvaluatorContext[Any, DataMaterial, About]) -> Checks:
        return {"right": held(self.faults(ctx.output))}

    @staticmethod
    def faults(kept: DataMaterial) -> list[str]:
        assert kept.answer
        return faults_of(kept.answer, kept.expect, [list(table) for table in kept.rows])


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[DataSuite]:
    from_use = await accepted(ground.asker.dependencies.engine, "data")
    yield DataSuite(ground, part, [DataCase.model_validate(each) for each in from_use])


KIND = SuiteKind(opened, DataMaterial, lambda _: Right())


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
