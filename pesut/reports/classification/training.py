"""Training, from labelled reports to a kept version with its figures."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.city.models import Agency, City
from pesut.contracts.base import Contract
from pesut.errors import InvalidInputError
from pesut.intake.kinds.registry import read_agencies, read_regions
from pesut.intake.names import AgencyNames, term_names
from pesut.reports.classification.classifier import TextClassifier
from pesut.reports.classification.decisions import Task
from pesut.reports.classification.files import Columns, Reading, read_labelled
from pesut.reports.classification.history import read_history
from pesut.reports.classification.labelled import LabelledReports, Ordered
from pesut.reports.classification.learning import Names
from pesut.reports.classification.store import keep
from pesut.reports.classification.texts import reader_of
from pesut.reports.classification.trial import Setting, TaskFigures, Tell, train
from pesut.reports.privacy.masking import Masker

SHARE = 0.9  # of the labels that are trusted, so many are to be right


class TrainedModel(Contract):
    version: str
    data_digest: str
    city: str
    reports: int
    ordered: Ordered


class TrainingReport(Contract):
    """What `pesut reports train --json` prints. A task is null where no report had its label."""

    model: TrainedModel
    agency: TaskFigures | None
    category: TaskFigures | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The file to learn from; without `path` the database."""

    path: Path | None = None
    mapping: Path | None = None
    columns: Columns = field(default_factory=Columns)


@dataclass(frozen=True)
class Wanted:
    """`share` of the labels that are trusted is to be right; `tell` hears what goes on."""

    source: Source
    share: float = SHARE
    by: UUID | None = None
    tell: Tell = print


async def train_and_keep(engine: AsyncEngine, city: City, wanted: Wanted) -> TrainingReport:
    """Learn, score, keep, and make current. Raises InvalidInputError where there is too little to learn from, and what reading the
    source raises; nothing is kept then.
    """
    agencies, reports = await _read(engine, city, wanted.source)
    names = _names(agencies, reader_of(city.words).evened)
    learned = await asyncio.to_thread(_learn, reports, names, city, wanted)
    about = {
        task: {"data_digest": reports.digest, "reports": figures.reports, "figures": _kept(figures)}
        for task, (_, figures) in learned.items()
    }
    version = await keep(engine, city.root, {task: each[0] for task, each in learned.items()}, about, wanted.by)
    figures = {task: each[1] for task, each in learned.items()}
    return TrainingReport(
        model=TrainedModel(
            version=version,
            data_digest=reports.digest,
            city=city.root,
            reports=len(reports.reports),
            ordered=reports.ordered,
        ),
        agency=figures.get(Task.AGENCY),
        category=figures.get(Task.CATEGORY),
        notes=reports.notes,
    )


async def _read(engine: AsyncEngine, city: City, source: Source) -> tuple[Sequence[Agency], LabelledReports]:
    _, catalog = await current_catalog(engine)
    async with engine.connect() as connection:
        agencies, regions = await read_agencies(connection), await read_regions(connection)
        if source.path is None:
            return agencies, await read_history(connection)
    found, terms = AgencyNames(agencies, city), term_names(catalog.categories)
    public = [name for each in (*agencies, *regions) for name in (each.name, *each.aliases)]
    codes: dict[Task, Callable[[str], str]] = {
        Task.AGENCY: lambda said: found.find(said).code or said,
        Task.CATEGORY: lambda said: terms.find(said).code or said,
    }
    reading = Reading(city.zone, Masker(public), codes)
    return agencies, await asyncio.to_thread(read_labelled, source.path, source.mapping, source.columns, reading)


def _learn(
    reports: LabelledReports, names: Names, city: City, wanted: Wanted
) -> dict[Task, tuple[TextClassifier, TaskFigures]]:
    reader, learned = reader_of(city.words), dict[Task, tuple[TextClassifier, TaskFigures]]()
    for task in Task:
        examples = reports.examples(task, reader)
        if examples:
            called = names if task is Task.AGENCY else _nothing
            setting = Setting(called, wanted.share, lambda step, task=task: wanted.tell(f"{task}: {step}"))
            learned[task] = train(examples, setting)
    if not learned:
        raise InvalidInputError("No report has a label.", remedy="Name its column with --agency or --category.")
    return learned


def _names(agencies: Sequence[Agency], evened: Callable[[str], str]) -> Names:
    """What an agency's code, or the name that stands for an unknown agency, is called in a salutation."""
    known: Mapping[str, list[str]] = {
        each.code: [evened(name) for name in (each.name, each.short_name, *each.aliases) if name] for each in agencies
    }
    return lambda label: known.get(label) or [evened(label)]


def _nothing(_: str) -> list[str]:
    return []


def _kept(figures: TaskFigures) -> dict[str, Any]:
    """The figures without the long list of what was taken for what."""
    splits = ("held_out", "later_dated", "held_out_unaddressed", "later_dated_unaddressed")
    return figures.model_dump(mode="json", exclude={split: {"confusion"} for split in splits})
