"""Runs a statement for somebody and keeps what came back as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut import __version__
from pesut.catalog.models import Catalog, Dataset
from pesut.city.models import Gazetteer
from pesut.contracts import DatasetReference, Derivation, Evidence, Measure, Query, Scope, digest_of, new_id
from pesut.database.access import reading_as
from pesut.database.tables import EvidenceRow
from pesut.errors import NotFoundError
from pesut.evidence.freshness import freshness
from pesut.evidence.methods import derived
from pesut.evidence.rendering import Rendered, render
from pesut.evidence.rows import Fetched, fetch


class RunView(Protocol):
    """What all evidence of one run shares; `tools.context.ToolContext` is one."""

    @property
    def engine(self) -> AsyncEngine: ...
    @property
    def run_id(self) -> UUID: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def as_of(self) -> datetime: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def catalog_version(self) -> str: ...
    @property
    def gazetteer(self) -> Gazetteer: ...
    @property
    def statement_limit(self) -> timedelta: ...


@dataclass(frozen=True)
class Lookup:
    """A typed query and the statement that answers it as of the run's moment.

    `derivation` names the method that the rows go through. Columns whose names start with `_` are taken out of the result: `_first` and `_last` (timestamptz) become
    `Evidence.observed`, `_sample` (boolean) `Evidence.sample`. The statement must order its rows totally.
    """

    query: Query
    statement: Select[*tuple[Any, ...]]
    datasets: Sequence[Dataset] = ()
    measure: Measure | None = None
    derivation: Derivation | None = None


async def record(run: RunView, lookup: Lookup, *, key: str, label: str) -> Evidence:
    """Run the lookup under the run's scope and store its evidence under (run, `key`); a second call returns the stored one.

    Raises TooSlowError, UnavailableError, or InvalidInputError for too many rows, or too few for the method.
    """
    if stored := await _stored(run.engine, run.run_id, key):
        return stored
    evidence = await gather(run, lookup, label=label)
    await _store(run.engine, evidence, key)
    return await _stored(run.engine, run.run_id, key) or evidence


async def gather(run: RunView, lookup: Lookup, *, label: str) -> Evidence:
    """As `record`, for somebody who only looks: nothing is kept. Raises as `record` does."""
    rendered = render(lookup.statement)
    async with reading_as(run.engine, run.scope, run.statement_limit) as connection:
        fetched = await fetch(connection, rendered)
        fetched = derived(fetched, lookup.derivation)
        since = fetched.observed is None
        ages = await freshness(connection, run.catalog, lookup.datasets, run.as_of, since=since)
    return _evidence(run, lookup, rendered, fetched, label).model_copy(update={"freshness": ages})


async def load_evidence(engine: AsyncEngine, evidence_id: UUID) -> Evidence:
    """Raises NotFoundError."""
    async with engine.connect() as connection:
        query = select(col(EvidenceRow.body)).where(col(EvidenceRow.id) == evidence_id)
        body = (await connection.execute(query)).scalar_one_or_none()
    if body is None:
        raise NotFoundError(f"There is no evidence {evidence_id}.", remedy="Copy the id from the answer that names it.")
    return Evidence.model_validate(body)


def references(run: RunView, datasets: Sequence[Dataset]) -> tuple[DatasetReference, ...]:
    """The datasets with their producing agency's name as it stood at the run's moment."""
    return tuple(
        DatasetReference(
            code=dataset.code,
            title=dataset.title.id,
            agency=dataset.producer,
            agency_name=agency.name if (agency := run.gazetteer.agency(dataset.producer)) else dataset.producer,
        )
        for dataset in datasets
    )


def _evidence(run: RunView, lookup: Lookup, rendered: Rendered, fetched: Fetched, label: str) -> Evidence:
    return Evidence(
        id=new_id(),
        run_id=run.run_id,
        label=label,
        kind=lookup.query.kind,
        query=lookup.query,
        sql=rendered.sql,
        parameters=rendered.parameters,
        derivation=lookup.derivation,
        datasets=references(run, lookup.datasets),
        measure=lookup.measure,
        observed=fetched.observed,
        as_of=run.as_of,
        row_count=len(fetched.rows),
        result=fetched.rows,
        digest=digest_of(fetched.rows),
        catalog_version=run.catalog_version,
        code_version=__version__,
        scope=run.scope,
        sample=fetched.sample,
    )


async def _stored(engine: AsyncEngine, run_id: UUID, key: str) -> Evidence | None:
    query = select(col(EvidenceRow.body)).where(col(EvidenceRow.run_id) == run_id, col(EvidenceRow.key) == key)
    async with engine.connect() as connection:
        body = (await connection.execute(query)).scalar_one_or_none()
    return Evidence.model_validate(body) if body is not None else None


async def _store(engine: AsyncEngine, evidence: Evidence, key: str) -> None:
    row = {
        "id": evidence.id,
        "run_id": evidence.run_id,
        "key": key,
        "label": evidence.label,
        "digest": evidence.digest,
        "body": evidence.model_dump(mode="json"),
        "recorded_at": func.clock_timestamp(),
    }
    async with engine.begin() as connection:
        await connection.execute(insert(EvidenceRow).values(row).on_conflict_do_nothing())
