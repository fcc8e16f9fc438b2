"""The pages: ask, read the answer, open a number's evidence, run it again. They need no JavaScript."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.services import Services, WithServices
from api.web.session import Reader, remember
from pesut.catalog.store import catalog_of
from pesut.contracts import MAX_QUESTION_CHARACTERS, Answer, Evidence, MetricQuery, Principal, Replay, new_id
from pesut.evidence import ensure_may_see, load_evidence, replay
from pesut.principals import Act, authenticate, record_act
from pesut.runs import NewRun, answer_of, events_after, run_of
from pesut.runs.listing import latest_runs
from pesut.sample.presence import holds_sample

router = APIRouter(include_in_schema=False)
PATIENCE_SECONDS = 8  # for an answer before the page says that it is on its way
LISTED = 8


def _page(request: Request, name: str, **values: Any) -> HTMLResponse:
    fresh = {"longest": MAX_QUESTION_CHARACTERS, "key": str(new_id()), "conversation": None}
    page: HTMLResponse = request.app.state.templates.TemplateResponse(request, name, fresh | values)
    return page


@router.get("/masuk")
async def sign_in(request: Request, token: str, services: WithServices) -> RedirectResponse:
    """Check a token once and keep it as a cookie."""
    await authenticate(services.engine, token)
    return remember(request, token)


@router.get("/")
async def home(request: Request, reader: Reader, services: WithServices) -> HTMLResponse:
    earlier = await latest_runs(services.engine, reader.id, LISTED)
    return _page(request, "home.html", earlier=earlier, sample=await holds_sample(services.engine))


@router.post("/tanya")
async def ask(
    reader: Reader,
    services: WithServices,
    question: Annotated[str, Form(max_length=MAX_QUESTION_CHARACTERS)],
    key: Annotated[str, Form(max_length=80)],
    conversation: Annotated[UUID | None, Form()] = None,
) -> RedirectResponse:
    """Take in the question; the key of the form makes a second press find the same run."""
    run_id, _ = await services.client.ask(NewRun(reader.id, key, question, conversation))
    return RedirectResponse(f"/jawaban/{run_id}", status_code=303)


@router.get("/jawaban/{run_id}")
async def show_answer(request: Request, run_id: UUID, reader: Reader, services: WithServices) -> HTMLResponse:
    run = await run_of(services.engine, run_id, reader.id)
    answer = await _answer_soon(services, run_id)
    if answer is None:
        events = await events_after(services.engine, run_id)
        return _page(
            request, "waiting.html", question=run.question, events=events, sample=await holds_sample(services.engine)
        )
    labels = {str(each.id): each.label for each in answer.evidence}
    return _page(
        request,
        "answer.html",
        answer=answer,
        labels=labels,
        sample=answer.sample_data,
        conversation=run.conversation_id,
        language=answer.language.value,
    )


async def _answer_soon(services: Services, run_id: UUID) -> Answer | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await services.client.wait_for_answer(run_id)
    except TimeoutError:
        return await answer_of(services.engine, run_id)


@router.get("/bukti/{evidence_id}")
async def show_evidence(request: Request, evidence_id: UUID, reader: Reader, services: WithServices) -> HTMLResponse:
    return await _evidence_page(request, services, reader, await load_evidence(services.engine, evidence_id))


@router.post("/bukti/{evidence_id}")
async def run_again(request: Request, evidence_id: UUID, reader: Reader, services: WithServices) -> Response:
    evidence = await load_evidence(services.engine, evidence_id)
    ensure_may_see(reader, evidence)
    return await _evidence_page(request, services, reader, evidence, await replay(services.engine, evidence))


async def _evidence_page(
    request: Request, services: Services, reader: Principal, evidence: Evidence, replayed: Replay | None = None
) -> HTMLResponse:
    ensure_may_see(reader, evidence)
    if evidence.scope.supervision:
        async with services.engine.begin() as connection:
            await record_act(connection, Act("evidence.read", f"evidence/{evidence.id}", reader.id))
    catalog = await catalog_of(services.engine, evidence.catalog_version)
    query = evidence.query
    return _page(
        request,
        "evidence.html",
        evidence=evidence,
        replay=replayed,
        metric=catalog.metric(query.metric) if isinstance(query, MetricQuery) else None,
        query=_indented(query.model_dump(mode="json", exclude_defaults=True)),
        parameters=_indented(evidence.parameters),
        sample=evidence.sample,
    )


def _indented(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
