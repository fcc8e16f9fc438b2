"""The switches for answering and for language models: where they stand, and flipping one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.access import only
from api.problems import problems
from api.services import WithServices
from pesut.contracts import Principal, Role
from pesut.errors import ForbiddenError
from pesut.switches import MOST_WORDS, Switch, SwitchState, flip, switches_of

router = APIRouter(prefix="/v1/switches", tags=["operating"])
REFUSALS = problems(ForbiddenError)


class Flip(BaseModel):
    """Where the switch is to stand, and why; the reason is kept for ever."""

    on: bool
    why: str = Field(min_length=1, max_length=MOST_WORDS)


@router.get("", responses=REFUSALS, dependencies=[Depends(only(Role.OPERATOR, Role.INSPECTOR))])
async def list_switches(services: WithServices) -> list[SwitchState]:
    """Each switch as it stands, with who flipped it last, when and why."""
    return list((await switches_of(services.engine)).values())


@router.post("/{switch}", responses=REFUSALS)
async def flip_switch(
    switch: Switch, wanted: Flip, operator: Annotated[Principal, Depends(only(Role.OPERATOR))], services: WithServices
) -> SwitchState:
    """Turn answering or models off or on, from the next question on. One that stands so already stays as it was."""
    return await flip(services.engine, operator, switch, on=wanted.on, why=wanted.why)
