"""The recommendation suite: what is proposed in a situation, held against what a proposal must hold."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.recommendation.cases import Counted, Situation, Wanted, read_situations
from evals.recommendation.scorers import found
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.catalog.store import catalog_of
from pesut.evaluations.contracts import About, Part
from pesut.evaluations.proposals import accepted

_PERIODS = {
    "last_month": "to_char(s.submitted_at AT TIME ZONE :tz, 'YYYY-MM') = to_char(:today - interval '1 month', 'YYYY-MM')",
    "this_year": "to_char(s.submitted_at AT TIME ZONE :tz, 'YYYY') = to_char(:today, 'YYYY')",
    "days_30": "(s.submitted_at AT TIME ZONE :tz)::date > :today - 30",
}
_COUNT = """
    SELECT count(*) FROM report_state s WHERE s.recorded_at <= :now AND s.superseded_at > :now AND s.submitted_at <= :now
    AND s.category = :category AND coalesce(s.region_code, '') LIKE :place AND
"""


class RecommendationMaterial(Material):
    """`count`: the reports that there are, by the case's own SQL."""

    wanted: Wanted
    count: int | None


@dataclass(frozen=True)
class RecommendationSuite:
    ground: Ground
    written: Sequence[Wanted]

    @property
    def cases(self) -> Sequence[SuiteCase]:
        return [
            Case(
                name=each.situation.id,
                inputs=each,
                metadata=About(topic=each.situation.id, kind="proposal", part="", question=each.situation.ask),
            )
            for each in self.written
        ]

    async def ask(self, inputs: Wanted, key: str) -> RecommendationMaterial:
        answer = await self.ground.asker.ask(inputs.situation.ask, key)
        counted = inputs.situation.reports
        count = await self._count(counted, answer.as_of) if counted else None
        return RecommendationMaterial(answer=answer, wanted=inputs, count=count)

    async def _count(self, counted: Counted, as_of: datetime) -> int:
        city = self.ground.folder.city
        values = {"now": as_of, "tz": city.timezone, "today": as_of.astimezone(city.zone).date()}
        of = {"category": counted.category, "place": f"{counted.place}%"}
        async with self.ground.asker.dependencies.engine.connect() as connection:
            return (await connection.execute(text(_COUNT + _PERIODS[counted.period]), values | of)).scalar_one()


@dataclass
class Sound(Evaluator[Any, RecommendationMaterial, About]):
    """Facts, support of every claim, each option and all together, and what may not be said. Catalogs are read from `engine`."""

    engine: AsyncEngine

    async def evaluate(self, ctx: EvaluatorContext[Any, RecommendationMaterial, About]) -> Checks:
        kept = ctx.output
        assert kept.answer
        catalog = await catalog_of(self.engine, kept.answer.catalog_version)
        looked = found(kept.answer, kept.wanted, kept.count, catalog)
        return {f"{name}/{number}": held(faults) for number, (name, faults) in enumerate(looked, start=1)}


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[RecommendationSuite]:
    """All of it, whatever the `part`."""
    del part
    written = await asyncio.to_thread(lambda: list(read_situations()))
    for each in await accepted(ground.asker.dependencies.engine, "recommendation"):
        written.append(Wanted(situation=Situation.model_validate(each), papers=()))
    yield RecommendationSuite(ground, written)


KIND = SuiteKind(opened, RecommendationMaterial, Sound)
