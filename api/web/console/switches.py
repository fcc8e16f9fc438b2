"""The switches: where they stand, who flipped them, and flipping one, which asks once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.services import WithServices
from api.web.console.access import Operator, Watcher
from api.web.console.words import EFFECTS, SWITCHES
from api.web.pages import page
from pesut.switches import MOST_WORDS, Switch, flip, flips_of, switches_of

router = APIRouter(prefix="/sakelar")
Reason = Annotated[str, Form(min_length=1, max_length=MOST_WORDS)]


@router.get("")
async def show_switches(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    return page(
        request,
        "console/switches.html",
        watcher=watcher,
        states=await switches_of(services.engine),
        flips={switch: await flips_of(services.engine, switch) for switch in Switch},
        names=SWITCHES,
    )


@router.get("/{switch}")
async def ask_once(request: Request, switch: Switch, operator: Operator, services: WithServices) -> HTMLResponse:
    state = (await switches_of(services.engine))[switch]
    return page(
        request,
        "console/flip.html",
        watcher=operator,
        state=state,
        called=SWITCHES[switch],
        effect=EFFECTS[switch, not state.on],
        longest_reason=MOST_WORDS,
    )


@router.post("/{switch}")
async def flip_switch(
    switch: Switch, operator: Operator, services: WithServices, on: Annotated[bool, Form()], why: Reason
) -> RedirectResponse:
    await flip(services.engine, operator, switch, on=on, why=why)
    return RedirectResponse("/konsol/sakelar", status_code=303)
