"""The live city: its tiles as they change, and what each of them rests on."""

from collections.abc import AsyncGenerator
from datetime import datetime
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime
from sse_starlette import EventSourceResponse, ServerSentEvent

from agents.presenting.charts import chart
from api.live.looking import looking
from api.runs.stream import KEEP_ALIVE_SECONDS
from api.services import Services, WithServices
from api.web.basis import basis
from api.web.figures import figure
from api.web.pages import Pages, page, pages_of
from api.web.session import Reader
from api.web.tiles import tile_view
from pesut.contracts import Principal, Replay
from pesut.database.moment import known_by, known_moment
from pesut.drawing.words import later
from pesut.errors import NotFoundError
from pesut.evidence.replay import looked_again
from tools.tiles import Reading, read_tile

router = APIRouter(prefix="/kota")
KEPT = 512  # tiles as pieces of a page: a city's, for a few kinds of reader, in each language


@router.get("/arus")
async def follow_city(request: Request, reader: Reader, services: WithServices) -> EventSourceResponse:
    """Each tile as a piece of the page, now and whenever it changes."""
    tiles = _pieces(services.live.board(reader.scope).follow(), pages_of(request))
    return EventSourceResponse(tiles, ping=KEEP_ALIVE_SECONDS)


@router.get("/{code}")
async def show_tile(request: Request, code: str, reader: Reader, services: WithServices) -> HTMLResponse:
    """What a tile's number rests on, and its line as a chart with its table."""
    reading = await _read(services, reader, code, await known_moment(services.engine))
    return await _shown(request, services, reading)


@router.post("/{code}")
async def read_again(
    request: Request,
    code: str,
    reader: Reader,
    services: WithServices,
    as_of: Annotated[AwareDatetime, Form()],
    digest: Annotated[str, Form(max_length=64)],
) -> HTMLResponse:
    """Read the tile once more as of the moment it was shown for: the digest that was shown comes back, or another."""
    reading = await _read(services, reader, code, await known_by(services.engine, as_of))
    return await _shown(request, services, reading, looked_again(reading.value, digest))


@lru_cache(KEPT)
def tile_html(reading: Reading, pages: Pages) -> str:
    """The tile as a piece of the first page; drawn once for all who look at it."""
    return pages.templates.get_template("_tile.html").render(tile=tile_view(reading, pages.wording))


@lru_cache(KEPT)
def _event(html: str) -> bytes:
    """Written once for all who look at it."""
    return ServerSentEvent(html, event="tile").encode()


async def _pieces(readings: AsyncGenerator[Reading], pages: Pages) -> AsyncGenerator[bytes]:
    """What a reader would see change; the rest, such as a value that was observed again, is not sent."""
    shown: dict[str, str] = {}
    async for reading in readings:
        html = tile_html(reading, pages)
        if shown.get(reading.tile.code) != html:
            shown[reading.tile.code] = html
            yield _event(html)


async def _read(services: Services, reader: Principal, code: str, as_of: datetime) -> Reading:
    tile = next((each for each in services.city.tiles if each.code == code), None)
    if tile is None:
        raise NotFoundError(later("Petak itu tidak ada."), remedy=later("Buka halaman pertama dan pilih dari sana."))
    return await read_tile(await looking(services.engine, services.city, reader.scope, as_of), tile)


async def _shown(
    request: Request, services: Services, reading: Reading, replayed: Replay | None = None
) -> HTMLResponse:
    wording = pages_of(request).wording
    drawn = chart(reading.trend, services.city, wording.language)
    shown = await basis(services, reading.value, wording, row=1, replayed=replayed)
    return page(
        request,
        "tile.html",
        tile=tile_view(reading, wording),
        figure=await figure(drawn, reading.trend, wording) if drawn else None,
        **shown,
    )
