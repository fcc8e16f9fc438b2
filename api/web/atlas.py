"""The map of the city: one metric by kelurahan (or kecamatan), as it is known now, and what each of its numbers rests on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime

from agents.presenting.charts import region_map
from api.live.looking import looking
from api.services import Services, WithServices
from api.web.basis import basis
from api.web.maps import map_view, said
from api.web.pages import page, pages_of
from api.web.session import Reader
from pesut.catalog.compiler.semantics import adds_up_over_time
from pesut.catalog.models import Catalog, Metric
from pesut.contracts import (
    Dimension,
    Evidence,
    Filter,
    Language,
    MetricQuery,
    Order,
    Period,
    Principal,
    RegionMap,
    Replay,
    Row,
)
from pesut.database.moment import known_by, known_moment
from pesut.drawing.words import later
from pesut.errors import NotFoundError
from pesut.evidence.replay import looked_again
from pesut.placeholders.dates import written_period
from pesut.runs.briefings import midnight
from tools.metrics import look_at_metric

router = APIRouter(prefix="/peta")
SPANS = {"7": timedelta(days=7), "30": timedelta(days=30), "365": timedelta(days=365)}
USUAL = "30"
MASA = {
    "": later("Yang biasa"), "baru": later("Terbaru"), "7": later("Tujuh hari"), "30": later("Tiga puluh hari"),
    "365": later("Setahun"),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What the map shows, as its address says. `masa`: of the last so many days, or the newest value of each region."""

    metrik: str = ""
    kategori: str = ""
    masa: Literal["", "baru", "7", "30", "365"] = ""

    def address(self, **more: str) -> str:
        return urlencode({name: value for name, value in (vars(self) | more).items() if value})


Chosen = Annotated[Choice, Depends()]


@router.get("")
async def show_map(request: Request, chosen: Chosen, reader: Reader, services: WithServices) -> HTMLResponse:
    """The map with its table, and a form to choose another."""
    evidence, catalog = await _read(services, reader, chosen, await known_moment(services.engine))
    wording = pages_of(request).wording
    spec = _spec(evidence, services, catalog, wording.language)
    moment = evidence.as_of.isoformat()

    def lead(row: Row, _: int) -> str:
        return f"/peta/{row[spec.level]}?{chosen.address(as_of=moment)}"

    shown = await map_view(services.engine, spec, evidence, wording, lead)
    metrics = [each for each in catalog.metrics if _level(each, catalog)]
    assert isinstance(evidence.query, MetricQuery)
    return page(
        request,
        "atlas.html",
        map=shown,
        source=None,
        chosen=chosen,
        shown=evidence.query,
        metrics=metrics,
        categories=catalog.categories,
        spans=MASA,
        during=written_period(evidence.query.period, wording.zone, wording.language) if evidence.query.period else "",
        takes_category=_takes_category(evidence.query.metric, catalog),
        sample=evidence.sample,
    )


@router.get("/{region}")
async def show_region(
    request: Request, region: str, chosen: Chosen, reader: Reader, services: WithServices, as_of: AwareDatetime
) -> HTMLResponse:
    """What the region's number rests on, as of the moment that the map was drawn for."""
    evidence, _ = await _read(services, reader, chosen, await known_by(services.engine, as_of))
    return await _shown(request, services, chosen, region, evidence)


@router.post("/{region}")
async def read_again(
    request: Request,
    region: str,
    chosen: Chosen,
    reader: Reader,
    services: WithServices,
    as_of: Annotated[AwareDatetime, Form()],
    digest: Annotated[str, Form(max_length=64)],
) -> HTMLResponse:
    """Read the map's values once more as of that moment: the digest that was shown comes back, or another."""
    evidence, _ = await _read(services, reader, chosen, await known_by(services.engine, as_of))
    return await _shown(request, services, chosen, region, evidence, looked_again(evidence, digest))


async def _read(services: Services, reader: Principal, chosen: Choice, as_of: datetime) -> tuple[Evidence, Catalog]:
    context = await looking(services.engine, services.city, reader.scope, as_of)
    query = _query(chosen, services, context.catalog, as_of)
    return await look_at_metric(context, query, label="peta"), context.catalog


def _query(chosen: Choice, services: Services, catalog: Catalog, as_of: datetime) -> MetricQuery:
    """Raises NotFoundError for a metric that is not known by region."""
    metric = catalog.metric(chosen.metrik) if chosen.metrik else _usual(services, catalog)
    level = _level(metric, catalog) if metric else None
    if metric is None or level is None:
        raise NotFoundError(later("Angka itu tidak punya peta."), remedy=later("Pilih dari daftar di /peta."))
    wanted = bool(chosen.kategori) and _takes_category(metric.code, catalog)
    return MetricQuery(
        metric=metric.code,
        period=_period(chosen, metric, services, as_of),
        group_by=(level,),
        filters=(Filter(dimension=Dimension.CATEGORY, values=(chosen.kategori,)),) if wanted else (),
        order=Order(by="value", descending=metric.better != "higher"),
    )


def _usual(services: Services, catalog: Catalog) -> Metric | None:
    """The first of the city's tiles that is known by region."""
    tiles = (catalog.metric(each.metric) for each in services.city.tiles)
    usual = (each for each in (*tiles, *catalog.metrics) if each and adds_up_over_time(each) and _level(each, catalog))
    return next(usual, None)


def _level(metric: Metric, catalog: Catalog) -> Dimension | None:
    offered = catalog.dimensions_of(metric)
    return next((each for each in (Dimension.VILLAGE, Dimension.DISTRICT) if each in offered), None)


def _takes_category(metric: str, catalog: Catalog) -> bool:
    found = catalog.metric(metric)
    return found is not None and Dimension.CATEGORY in catalog.dimensions_of(found)


def _period(chosen: Choice, metric: Metric, services: Services, as_of: datetime) -> Period | None:
    """Days up to and with today; of what does not add up over time, the newest value where that or nothing is asked for."""
    sums = adds_up_over_time(metric)
    masa = USUAL if sums and chosen.masa == "baru" else chosen.masa or (USUAL if sums else "baru")
    if masa == "baru":
        return None
    tomorrow = as_of.astimezone(services.city.zone).date() + timedelta(days=1)
    return Period(start=midnight(tomorrow - SPANS[masa], services.city), end=midnight(tomorrow, services.city))


def _spec(evidence: Evidence, services: Services, catalog: Catalog, language: Language) -> RegionMap:
    """The map, titled by its metric and what it is narrowed to."""
    spec = region_map(evidence, services.city, language)
    assert spec is not None, "the query is split by regions of one level"
    assert isinstance(evidence.query, MetricQuery)
    narrowed = [code for each in evidence.query.filters for code in each.values]
    names = [term.name.in_(language) for term in catalog.categories if term.code in narrowed]
    return spec.model_copy(update={"title": ": ".join([spec.title, *names])})


async def _shown(
    request: Request,
    services: Services,
    chosen: Choice,
    region: str,
    evidence: Evidence,
    replayed: Replay | None = None,
) -> HTMLResponse:
    query = evidence.query
    assert isinstance(query, MetricQuery)
    level = query.group_by[0].value
    found = ((number, row) for number, row in enumerate(evidence.result, start=1) if row.get(level) == region)
    number, row = next(found, (0, None))
    if row is None:
        raise NotFoundError(
            later("Tidak ada angka untuk wilayah itu."), remedy=later("Buka /peta dan pilih dari sana.")
        )
    shown = await basis(services, evidence, pages_of(request).wording, row=number, replayed=replayed)
    wording = pages_of(request).wording
    return page(
        request,
        "atlas_region.html",
        place=row[f"{level}_name"],
        said=said(row, "value", evidence, wording),
        again=f"/peta/{region}?{chosen.address()}",
        **shown,
    )
