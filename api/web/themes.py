"""Themes of reports as pages: what grows, what is new, the largest; one theme opened to all its reports, and signed off."""

from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.live.looking import looking
from api.services import WithServices
from api.themes.endpoints import themes_seen
from api.web.pages import page
from api.web.session import Reader
from pesut.contracts import Row
from pesut.database.moment import moment_now
from pesut.drawing.words import later
from pesut.reports.themes.model import ChangeKind
from pesut.reports.themes.opening import open_theme, reports_of
from pesut.reports.themes.signing import SIGNERS, Label, SignOff, sign_off
from pesut.sample.presence import holds_sample

router = APIRouter(prefix="/tema")
SPANS = {"7": later("Tujuh hari"), "30": later("Tiga puluh hari"), "365": later("Setahun")}
PARTS = {"growing": later("Sedang tumbuh"), "new": later("Baru muncul"), "large": later("Terbesar")}
CHANGES = {
    ChangeKind.OPENED: later("Dibuka"), ChangeKind.MERGED: later("Digabung"), ChangeKind.SPLIT: later("Dipecah"),
    ChangeKind.RENAMED: later("Diberi nama"), ChangeKind.CONFIRMED: later("Dikonfirmasi"),
    ChangeKind.DOUBTED: later("Konfirmasi dicabut"), ChangeKind.LOCKED: later("Dikunci"),
    ChangeKind.UNLOCKED: later("Kunci dibuka"),
}  # fmt: skip
MOST, LISTED, A_PAGE = 200, 20, 50
Region = Annotated[str, Query(max_length=20)]


@router.get("")
async def show_themes(
    request: Request,
    reader: Reader,
    services: WithServices,
    hari: Literal["7", "30", "365"] = "30",
    wilayah: Region = "",
) -> HTMLResponse:
    """Every theme stands in the first part that fits it."""
    evidence = await themes_seen(services, reader, int(hari), "size", wilayah or None, MOST)
    rows = evidence.result
    context = await looking(services.engine, services.city, reader.scope, evidence.as_of)
    regions = [each for each in context.gazetteer.regions if each.parent == services.city.root]
    return page(
        request,
        "themes.html",
        parts=PARTS,
        themes=_parted(rows),
        days=hari,
        spans=SPANS,
        region=wilayah,
        regions=sorted(regions, key=lambda each: each.name),
        told=rows[0] if rows else None,
        sample=evidence.sample,
    )


@router.get("/{theme}")
async def show_theme(
    request: Request, theme: UUID, reader: Reader, services: WithServices, sesudah: UUID | None = None
) -> HTMLResponse:
    """The theme, or the one that it was merged into, with a page of its reports."""
    found = await open_theme(services.engine, reader, theme)
    reports = await reports_of(services.engine, reader, found.id, limit=A_PAGE, after=sesudah)
    context = await looking(services.engine, services.city, reader.scope, await moment_now(services.engine))
    places = {each.code: each.name for each in context.gazetteer.regions}
    return page(
        request,
        "theme.html",
        theme=found,
        reports=reports,
        places=places,
        after=reports[-1].id if len(reports) == A_PAGE else None,
        changes=CHANGES,
        signs=reader.role in SIGNERS,
        sample=await holds_sample(services.engine),
    )


@router.post("/{theme}")
async def decide(
    theme: UUID,
    reader: Reader,
    services: WithServices,
    label: Annotated[Label | None, Form()] = None,
    confirmed: Annotated[bool | None, Form()] = None,
    locked: Annotated[bool | None, Form()] = None,
) -> RedirectResponse:
    wanted = SignOff(label=label, confirmed=confirmed, locked=locked)
    signed = await sign_off(services.engine, reader, theme, wanted)
    return RedirectResponse(f"/tema/{signed.id}", status_code=303)


def _parted(rows: tuple[Row, ...]) -> dict[str, list[Row]]:
    """What grows, the strongest first; what is new; and the largest of the rest."""
    grows = sorted((row for row in rows if row["growing"]), key=_rise)
    new = [row for row in rows if row["new"] and not row["growing"]]
    rest = [row for row in rows if not row["growing"] and not row["new"]]
    return {"growing": grows, "new": new, "large": rest[:LISTED]}


def _rise(row: Row) -> float:
    return cast("float", row["expected"]) - cast("float", row["value"])
