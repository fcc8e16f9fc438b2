"""The decider for a city as it stands now. Models are read once per process and version."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.catalog.models import Catalog
from pesut.city.models import Agency, City
from pesut.database.tables import FOREVER, AgencyRow
from pesut.reports.classification.classifier import TextClassifier
from pesut.reports.classification.deciding import Decider, Model
from pesut.reports.classification.decisions import Task
from pesut.reports.classification.store import CurrentModel, current_models, read_body

_read: dict[Task, tuple[str, Model]] = {}  # a process decides for one city, and a version never changes


async def current_decider(connection: AsyncConnection, city: City, catalog: Catalog) -> Decider:
    """Raises DamagedModelError where a model that is in use cannot be read."""
    models = {model.task: await _model(connection, model) for model in await current_models(connection, city.root)}
    return Decider(city, catalog, await _agencies(connection), models)


async def _model(connection: AsyncConnection, model: CurrentModel) -> Model:
    known = _read.get(model.task)
    if known is None or known[0] != model.version:
        body = await read_body(connection, model)
        known = _read[model.task] = (model.version, Model(model.version, await asyncio.to_thread(_classifier, body)))
    return known[1]


def _classifier(body: bytes) -> TextClassifier:
    from pesut.reports.classification.saving import from_bytes

    return from_bytes(body)


async def _agencies(connection: AsyncConnection) -> list[Agency]:
    """Those that hold now, in the order of the city's list; those that came otherwise behind."""
    columns = [col(getattr(AgencyRow, name)) for name in Agency.model_fields]
    order = (col(AgencyRow.ordinal).asc().nulls_last(), col(AgencyRow.code))
    query = select(*columns).where(col(AgencyRow.superseded_at) == FOREVER).order_by(*order)
    return [Agency.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]
