"""What a number rests on, and the same query run again."""

from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.services import Services, WithServices
from api.web.pages import page, pages_of
from api.web.session import Reader
from api.web.tables import table_of
from pesut.catalog.store import catalog_of
from pesut.contracts import Evidence, MetricQuery, Replay
from pesut.evidence import replay
from pesut.evidence.opening import open_evidence

router = APIRouter(prefix="/bukti")


@router.get("/{evidence_id}")
async def show_evidence(
    request: Request, evidence_id: UUID, reader: Reader, services: WithServices, baris: int = 0
) -> HTMLResponse:
    """Definition, sources, times, query and rows; `baris` is the number of the row to point at."""
    evidence = await open_evidence(services.engine, reader, evidence_id, "evidence.read")
    return await _shown(request, services, evidence, row=baris)


@router.post("/{evidence_id}")
async def run_again(
    request: Request, evidence_id: UUID, reader: Reader, services: WithServices, baris: int = 0
) -> HTMLResponse:
    evidence = await open_evidence(services.engine, reader, evidence_id, "evidence.replay")
    return await _shown(request, services, evidence, row=baris, replayed=await replay(services.engine, evidence))


async def _shown(
    request: Request, services: Services, evidence: Evidence, *, row: int, replayed: Replay | None = None
) -> HTMLResponse:
    catalog = await catalog_of(services.engine, evidence.catalog_version)
    query = evidence.query
    return page(
        request,
        "evidence.html",
        evidence=evidence,
        table=table_of(evidence, pages_of(request).wording),
        row=row,
        replay=replayed,
        metric=catalog.metric(query.metric) if isinstance(query, MetricQuery) else None,
        query=_indented(query.model_dump(mode="json", exclude_defaults=True)),
        parameters=_indented(evidence.parameters),
        sample=evidence.sample,
    )


def _indented(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
