"""The reports suite: what Pesut makes of reports, held against what is true of them."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.reports.cases import CorrectedReport, LabelledReport, read_labelled
from evals.reports.matters import Campaign, Pair, campaigns, groups_of, linked_city, pairs
from evals.reports.reading import Looked, Reader, faults_of
from evals.reports.truth import SCALE, Told, made_up
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.catalog.store import current_catalog
from pesut.city.loader import CityFolder
from pesut.city.models import City
from pesut.errors import NotFoundError
from pesut.evaluations.contracts import About, Part
from pesut.evaluations.proposals import accepted
from pesut.reports.classification.current import current_decider
from pesut.reports.classification.texts import reader_of
from pesut.reports.linking.telling import TellingReader

READ = 400  # made-up reports that are read one by one, evenly over all
MATTERS = "matters"


class ReportMaterial(Material):
    """Of one report its fields; of all together their pairs and campaigns."""

    fields: dict[str, Looked] = Field(default_factory=dict[str, Looked])
    pairs: tuple[Pair, ...] = ()
    campaigns: tuple[Campaign, ...] = ()


@dataclass
class Links:
    """Links the made-up reports when they are first asked for; the city of its own lives as long as `stack`."""

    beside: AsyncEngine
    city: City
    path: Path
    stack: AsyncExitStack
    scale: float = SCALE

    async def found(self, told: Sequence[Told]) -> ReportMaterial:
        engine = await self.stack.enter_async_context(linked_city(self.beside, self.city, self.path, self.scale))
        groups = await groups_of(engine)
        return ReportMaterial(pairs=tuple(pairs(told, groups)), campaigns=tuple(campaigns(told, groups)))


@dataclass(frozen=True)
class ReportSuite:
    """`told` are made up; without `links` nothing is asked of all together."""

    reader: Reader
    told: Sequence[Told]
    labelled: Sequence[LabelledReport]
    links: Links | None = None
    corrected: Sequence[CorrectedReport] = ()
    read: int = READ

    @property
    def cases(self) -> Sequence[SuiteCase]:
        some = self.told[:: max(len(self.told) // self.read, 1)]
        alone = [_case(f"made_up/{each.number}", each, _topic(each), each.body) for each in some]
        by_hand = [
            _case(f"labelled/{number}", each, f"labelled {number}", each.body)
            for number, each in enumerate(self.labelled, start=1)
        ]
        by_hand += [_case(f"corrected/{each.number}", each, each.number, each.body) for each in self.corrected]
        together = [_case(MATTERS, MATTERS, MATTERS, f"{len(self.told)} laporan")] if self.links else []
        return [*alone, *by_hand, *together]

    async def ask(self, inputs: Told | LabelledReport | CorrectedReport | str, key: str) -> ReportMaterial:
        del key  # nothing is written
        match inputs:
            case Told():
                return ReportMaterial(fields=self.reader.made_up(inputs))
            case LabelledReport():
                return ReportMaterial(fields=self.reader.labelled(inputs))
            case CorrectedReport():
                return ReportMaterial(fields=self.reader.corrected(inputs))
            case _:
                assert self.links
                return await self.links.found(self.told)


@dataclass
class Truthful(Evaluator[Any, ReportMaterial, About]):
    """Each field, pair and campaign."""

    def evaluate(self, ctx: EvaluatorContext[Any, ReportMaterial, About]) -> Checks:
        found: Checks = {}
        for name, looked in ctx.output.fields.items():
            check = f"{name}/1"
            found |= {
                check: held([*faults_of(looked)]),
                f"{check}:expected": looked.expected,
                f"{check}:got": looked.got,
            }
            found |= {f"{check}:confidence": looked.confidence} if looked.confidence is not None else {}
        for number, pair in enumerate(ctx.output.pairs):
            found |= _of_pair(number, pair)
        for campaign in ctx.output.campaigns:
            found[f"campaign/{campaign.code}"] = held(_campaign_faults(campaign))
        return found


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[ReportSuite]:
    """All of it, whatever the `part`. A city without a sample is asked what people labelled alone."""
    del part
    engine, folder, path = ground.asker.dependencies.engine, ground.folder, ground.settings.city
    told = await asyncio.to_thread(_made_up, path, folder)
    corrected = [CorrectedReport.model_validate(each) for each in await accepted(engine, "reports")]
    async with AsyncExitStack() as stack:
        links = Links(engine, folder.city, path, stack) if told else None
        yield ReportSuite(await reader_for(engine, folder), told, read_labelled(), links, corrected)


async def reader_for(engine: AsyncEngine, folder: CityFolder) -> Reader:
    """As the worker reads what arrives now."""
    _, catalog = await current_catalog(engine)
    async with engine.connect() as connection:
        decider = await current_decider(connection, folder.city, catalog)
    return Reader(decider, TellingReader(reader_of(folder.city.words), folder.regions))


KIND = SuiteKind(opened, ReportMaterial, lambda _: Truthful())


def _made_up(path: Path, folder: CityFolder) -> list[Told]:
    try:
        return list(made_up(path, folder))
    except NotFoundError:
        return []


def _case(name: str, inputs: Any, topic: str, question: str) -> SuiteCase:
    kind = name.partition("/")[0]
    return Case(name=name, inputs=inputs, metadata=About(topic=topic, kind=kind, part="", question=question))


def _topic(told: Told) -> str:
    """Reports of one kind of trouble share their words."""
    return f"{told.truth.category} {told.truth.issue or told.truth.classification}"


def _of_pair(number: int, pair: Pair) -> Checks:
    """What is told twice is to be linked, and what is linked is to be told twice."""
    both = f"{pair.one} and {pair.other}"
    found: Checks = {}
    if pair.told:
        found[f"retold/{number}"] = held([] if pair.linked else [f"{both} tell one matter and are not linked"])
    if pair.linked:
        found[f"linked/{number}"] = held([] if pair.told else [f"{both} are linked and do not tell one matter"])
    return found | {f"{check}:topic": pair.topic for check in list(found)}


def _campaign_faults(campaign: Campaign) -> list[str]:
    apart = campaign.reports - campaign.together
    faults = [f"{apart} of {campaign.reports} reports are not in its group"] if apart else []
    return faults + ([f"{campaign.strangers} others are in its group"] if campaign.strangers else [])
