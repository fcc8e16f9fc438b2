"""Signing in, the first page, and taking in a question."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from api.services import WithServices
from api.web.briefing import today
from api.web.console.access import READERS
from api.web.live import tile_html
from api.web.pages import page, pages_of
from api.web.session import Reader, remember
from pesut.contracts import MAX_QUESTION_CHARACTERS
from pesut.decisions.listing import decisions_waiting
from pesut.errors import AnsweringOffError
from pesut.principals import authenticate
from pesut.runs import NewRun
from pesut.runs.briefings import may_read
from pesut.runs.listing import latest_runs
from pesut.sample.presence import holds_sample
from pesut.switches import Switch, switches_of

router = APIRouter()
LISTED = 8


@router.get("/masuk")
async def sign_in(request: Request, token: str, services: WithServices) -> RedirectResponse:
    """Check a token once and keep it as a cookie."""
    await authenticate(services.engine, token)
    return remember(request, token)


@router.get("/")
async def home(request: Request, reader: Reader, services: WithServices) -> HTMLResponse:
    pages = pages_of(request)
    readings = await services.live.board(reader.scope).readings()
    return page(
        request,
        "home.html",
        earlier=await latest_runs(services.engine, reader.id, LISTED),
        tiles=[Markup(tile_html(each, pages)) for each in readings],  # noqa: S704  (a piece that escaped its values)
        briefing=today(services) if may_read(reader) else None,
        answering=(await switches_of(services.engine))[Switch.ANSWERING],
        waiting=len(await decisions_waiting(services.engine, reader)),
        operates=reader.role in READERS,
        sample=await holds_sample(services.engine),
    )


@router.post("/tanya")
async def ask(
    request: Request,
    reader: Reader,
    services: WithServices,
    question: Annotated[str, Form(max_length=MAX_QUESTION_CHARACTERS)],
    key: Annotated[str, Form(max_length=80)],
    conversation: Annotated[UUID | None, Form()] = None,
    follow: Annotated[bool, Form()] = False,
) -> Response:
    """Take in the question; the key of the form makes a second press find the same run. `follow`: scripts will."""
    try:
        run_id, _ = await services.client.ask(NewRun(reader.id, key, question, conversation))
    except AnsweringOffError as error:
        state = (await switches_of(services.engine))[Switch.ANSWERING]
        return page(request, "off.html", error.status, state=state, question=question)
    return RedirectResponse(f"/jawaban/{run_id}{'?follow=1' if follow else ''}", status_code=303)
