"""The catalog in force: what is measured, by whom, in which words and units."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.catalog.models import Catalog, Dataset, Metric
from pesut.catalog.store import current_catalog
from pesut.contracts import Dimension
from pesut.errors import NotFoundError

router = APIRouter(prefix="/v1/catalog", tags=["catalog"])


class MetricPage(BaseModel):
    """A metric with what it can be split by and the datasets it rests on."""

    metric: Metric
    dimensions: list[Dimension]
    datasets: list[Dataset]


class CatalogPage(BaseModel):
    version: str
    catalog: Catalog


@router.get("", responses=problems())
async def show_catalog(_: Asker, services: WithServices) -> CatalogPage:
    """The whole catalog with its version (SHA-256 of its canonical JSON)."""
    version, catalog = await current_catalog(services.engine)
    return CatalogPage(version=version, catalog=catalog)


@router.get("/metrics/{code}", responses=problems(NotFoundError))
async def show_metric(code: str, _: Asker, services: WithServices) -> MetricPage:
    """One metric: definition, unit, dimensions, datasets with their producing agencies."""
    _version, catalog = await current_catalog(services.engine)
    metric = catalog.metric(code)
    if metric is None:
        raise NotFoundError(f"The catalog has no metric {code!r}.", remedy="GET /v1/catalog lists them.")
    return MetricPage(
        metric=metric, dimensions=sorted(catalog.dimensions_of(metric)), datasets=list(catalog.datasets_of(metric))
    )
