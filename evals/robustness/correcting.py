"""A value is corrected between two questions: what was answered stays as of its moment, and the next answer has the new value."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.dependencies import AgentDependencies
from agents.reasoners.base import Reasoner
from evals.asking import Asker
from evals.scratch import scratch_city
from pesut.catalog.models import Catalog, ObservationMetric
from pesut.city.loader import CityFolder
from pesut.city.models import RegionLevel
from pesut.contracts import Answer, Contract, Role
from pesut.intake.observations import write_observations
from pesut.principals.store import service_principal

FIRST, CORRECTED = 41.0, 47.0  # whole, whatever decimals a metric keeps; nothing else is in this city
ANSWERS = timedelta(hours=1)  # how old the value is


class Corrected(Contract):
    """The answers before the correction, as of that moment after it, and after it."""

    before: Answer
    again: Answer
    after: Answer


@dataclass
class Corrections:
    """A city of its own, made when it is first asked for, that lives as long as `stack`."""

    beside: AsyncEngine
    folder: CityFolder
    reasoner: Callable[[], Reasoner]
    stack: AsyncExitStack
    _asker: Asker | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def asked(self, metric: ObservationMetric) -> Corrected:
        async with self._one:
            self._asker = self._asker or await self.stack.enter_async_context(self._city())
        asker, question = self._asker, question_of(metric)
        at = datetime.now(UTC) - ANSWERS
        await self._write(asker, metric, FIRST, at)
        before = await asker.ask(question)
        await self._write(asker, metric, CORRECTED, at)
        again = await asker.ask(question, as_of=before.as_of)
        return Corrected(before=before, again=again, after=await asker.ask(question))

    @asynccontextmanager
    async def _city(self) -> AsyncGenerator[Asker]:
        async with scratch_city(self.beside, self.folder) as engine:
            dependencies = AgentDependencies(engine=engine, city=self.folder.city, reasoner=self.reasoner)
            yield Asker(dependencies, await service_principal(engine, "evaluation", Role.MAYOR))

    async def _write(self, asker: Asker, metric: ObservationMetric, value: float, at: datetime) -> None:
        row = _place(self.folder, metric) | {"value": value, "observed_at": at.isoformat()}
        key = f"{metric.code}/{at.isoformat()}/{value}"
        await write_observations(asker.dependencies.engine, self.folder.city, [row], source="evaluation", key=key)


def correctable(catalog: Catalog) -> Sequence[ObservationMetric]:
    """A metric of each dataset of which one value alone is the answer."""
    found: dict[str, ObservationMetric] = {}
    for metric in catalog.metrics:
        if isinstance(metric, ObservationMetric) and not metric.counts and (of := catalog.indicator(metric.indicator)):
            found.setdefault(of.dataset, metric)
    return tuple(found.values())


def question_of(metric: ObservationMetric) -> str:
    return f"Berapa {metric.name.id} hari ini?"


def faults_of(told: Corrected) -> dict[str, list[str]]:
    """By what was looked at: the first answer, the same again as of its moment, and the new one."""
    same = [each.digest for each in told.before.evidence] == [each.digest for each in told.again.evidence]
    return {
        "before": [] if _holds(told.before, FIRST) else [f"{told.before.status} without {FIRST}"],
        "as of": [] if same and told.before.evidence else ["what was answered before comes out otherwise"],
        "after": [] if _holds(told.after, CORRECTED) else [f"{told.after.status} without {CORRECTED}"],
    }


def _holds(answer: Answer, value: float) -> bool:
    cells = (cell for evidence in answer.evidence for row in evidence.result for cell in row.values())
    return any(isinstance(cell, int | float) and abs(cell - value) < 1e-6 for cell in cells)


def _place(folder: CityFolder, metric: ObservationMetric) -> dict[str, str]:
    indicator = folder.catalog.indicator(metric.indicator)
    dataset = folder.catalog.dataset(indicator.dataset) if indicator else None
    assert indicator and dataset, "a metric's indicator is in the catalog"
    village = next(region.code for region in folder.regions if region.level is RegionLevel.VILLAGE)
    first = dataset.items[0] if dataset.items else None
    item = {"item": first.code} if first else {}
    return {"indicator": indicator.code, "region": (first.region if first else None) or village, **item}
