"""Layers of the city's map over what many reports together tell: where they lie close, and where hardly any come from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime
from shapely.geometry import Polygon

from api.live.looking import looking
from api.services import Services, WithServices
from api.web.basis import basis
from api.web.maps import MapView, drawn_map, map_view, said
from api.web.pages import page, pages_of
from api.web.session import Reader
from pesut.city.models import RegionLevel
from pesut.city.outlines import outlines_at
from pesut.contracts import (
    Dimension,
    Evidence,
    Filter,
    HotspotQuery,
    Period,
    Principal,
    RegionMap,
    Replay,
    Row,
    SilentQuery,
)
from pesut.database.moment import known_by, known_moment
from pesut.drawing.maps import Place
from pesut.drawing.wording import Wording
from pesut.drawing.words import later
from pesut.errors import InvalidInputError, NotFoundError
from pesut.evidence.replay import looked_again
from pesut.placeholders.numbers import percent
from pesut.reports.patterns.hotspots import outline
from pesut.runs.briefings import midnight
from tools.context import ToolContext
from tools.patterns import look_at_pattern

router = APIRouter(prefix="/peta/lapis/{layer}")
Layer = Literal["rawan", "diam"]
SPANS = {"90": later("Sembilan puluh hari"), "365": later("Setahun")}
TITLES: dict[Layer, str] = {"rawan": later("Titik rawan laporan"), "diam": later("Kelurahan yang jarang melapor")}
MEANINGS: dict[Layer, str] = {
    "rawan": later(
        "Petak heksagon seluas tiga perempat kilometer persegi, dengan laporan lebih banyak daripada menurut penduduk, laporan lain dan masa"
        " lalunya."
    ),
    "diam": later(
        "Bagian laporan yang tidak datang, dari yang diharapkan menurut penduduk tiap kelurahan. Diam belum berarti baik."
    ),
}


@dataclass(frozen=True)
class Choice:
    """The layer and what it shows, as its address says: reports of a category, of the last so many days."""

    layer: Layer
    kategori: str = ""
    masa: Literal["", "90", "365"] = ""

    @property
    def days(self) -> str:
        """Those chosen, else the layer's usual ones."""
        return self.masa or ("365" if self.layer == "rawan" else "90")

    def row(self, number: int, **more: str) -> str:
        """The address of what a row rests on."""
        said = {"kategori": self.kategori, "masa": self.masa} | more
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/peta/lapis/{self.layer}/{number}?{query}"


Chosen = Annotated[Choice, Depends()]


@router.get("")
async def show_layer(request: Request, chosen: Chosen, reader: Reader, services: WithServices) -> HTMLResponse:
    """The layer with its table and a form to choose another; or why the data are too few for it."""
    context = await looking(services.engine, services.city, reader.scope, await known_moment(services.engine))
    wording, shown, refused = pages_of(request).wording, None, None
    try:
        evidence = await _read(context, chosen)
        shown = await _map(services, evidence, wording, chosen)
    except InvalidInputError as error:
        refused = error
    unplaced = shown.evidence.result[0].get("unplaced_share") if shown and shown.evidence.result else None
    return page(
        request,
        "layer.html",
        layer=chosen.layer,
        title=TITLES[chosen.layer],
        meaning=MEANINGS[chosen.layer],
        map=shown,
        source=None,
        refused=refused,
        chosen=chosen,
        categories=context.catalog.categories,
        spans=SPANS,
        unplaced=percent(Decimal(str(unplaced)), wording.language) if isinstance(unplaced, int | float) else "–",
        sample=shown.evidence.sample if shown else False,
    )


@router.get("/{number}")
async def show_row(
    request: Request,
    number: int,
    chosen: Chosen,
    reader: Reader,
    services: WithServices,
    as_of: AwareDatetime,
) -> HTMLResponse:
    """What the number of a place rests on, as of the moment that the layer was drawn for."""
    evidence = await _read_past(services, reader, chosen, as_of)
    return await _shown(request, services, chosen, number, evidence)


@router.post("/{number}")
async def read_again(
    request: Request,
    number: int,
    chosen: Chosen,
    reader: Reader,
    services: WithServices,
    as_of: Annotated[AwareDatetime, Form()],
    digest: Annotated[str, Form(max_length=64)],
) -> HTMLResponse:
    """Read once more as of that moment: the digest that was shown comes back, or another."""
    evidence = await _read_past(services, reader, chosen, as_of)
    return await _shown(request, services, chosen, number, evidence, looked_again(evidence, digest))


async def _read_past(services: Services, reader: Principal, chosen: Choice, moment: datetime) -> Evidence:
    as_of = await known_by(services.engine, moment)
    return await _read(await looking(services.engine, services.city, reader.scope, as_of), chosen)


async def _read(context: ToolContext, chosen: Choice) -> Evidence:
    city = context.city
    tomorrow = context.as_of.astimezone(city.zone).date() + timedelta(days=1)
    period = Period(
        start=midnight(tomorrow - timedelta(days=int(chosen.days)), city),
        end=midnight(tomorrow, city),
    )
    filters = (Filter(dimension=Dimension.CATEGORY, values=(chosen.kategori,)),) if chosen.kategori else ()
    query = (
        HotspotQuery(period=period, filters=filters)
        if chosen.layer == "rawan"
        else SilentQuery(period=period, filters=filters, whole=True)
    )
    return await look_at_pattern(context, query, label="peta")


async def _map(services: Services, evidence: Evidence, wording: Wording, chosen: Choice) -> MapView:
    moment = evidence.as_of.isoformat()
    title = wording.say(TITLES[chosen.layer])

    def lead(_: Row, number: int) -> str:
        return chosen.row(number, as_of=moment)

    if chosen.layer == "diam":
        spec = RegionMap(title=title, evidence=evidence.label, level="village", column="missing_share")
        return await map_view(services.engine, spec, evidence, wording, lead)
    outlines = await outlines_at(services.engine, RegionLevel.VILLAGE, evidence.as_of)
    around = [Place(name="", value=None, said="", outline=each) for each in outlines.values()]
    places = [
        Place(
            name=_called(row),
            value=float(str(row["value"])),
            said=said(row, "value", evidence, wording),
            href=lead(row, number),
            outline=Polygon(outline(str(row["cell"]))),
        )
        for number, row in enumerate(evidence.result, start=1)
        if row["hot"]
    ]
    return await drawn_map(title, "value", evidence, places, wording, around)


def _called(row: Row) -> str:
    return (
        f"{row['village_name'] or '–'} ({row['latitude']}, {row['longitude']})"
        if "cell" in row
        else str(row["village_name"])
    )


async def _shown(
    request: Request,
    services: Services,
    chosen: Choice,
    number: int,
    evidence: Evidence,
    replayed: Replay | None = None,
) -> HTMLResponse:
    if not 1 <= number <= len(evidence.result):
        raise NotFoundError(f"Lapisan ini tidak mempunyai baris {number}.", remedy="Buka /peta dan pilih dari sana.")
    row, wording = evidence.result[number - 1], pages_of(request).wording
    shown = await basis(services, evidence, wording, row=number, replayed=replayed)
    return page(
        request,
        "atlas_region.html",
        place=_called(row),
        said=said(row, "value" if chosen.layer == "rawan" else "missing_share", evidence, wording),
        again=chosen.row(number),
        **shown,
    )
