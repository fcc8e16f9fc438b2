"""Numbers that are pushed: a batch of observations, taken once per source and key."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.access import only
from api.problems import problems
from api.services import WithServices
from pesut.contracts import Principal, Role
from pesut.errors import ConflictError, ForbiddenError
from pesut.intake.observation_rows import ObservationInput
from pesut.intake.observations import write_observations
from pesut.intake.receipt import Receipt
from pesut.principals import Act, record_act

router = APIRouter(prefix="/v1/observations", tags=["observations"])
LARGEST_BATCH = 5000
Pusher = Annotated[Principal, Depends(only(Role.OPERATOR, Role.ANALYST))]


class ObservationBatch(BaseModel):
    """`source` names the sending system, `key` this batch: the same key with the same content changes nothing."""

    source: str = Field(min_length=1, max_length=120)
    key: str = Field(min_length=1, max_length=120)
    observations: list[ObservationInput] = Field(min_length=1, max_length=LARGEST_BATCH)


@router.post("", responses=problems(ConflictError, ForbiddenError, large=True))
async def push_observations(batch: ObservationBatch, asker: Pusher, services: WithServices) -> Receipt:
    """Take in up to 5000 values; once this answers, the next question sees them. Bad rows are listed, the rest goes in."""
    receipt = await write_observations(
        services.engine,
        services.city,
        [each.model_dump() for each in batch.observations],
        source=batch.source,
        key=batch.key,
    )
    detail = {"accepted": receipt.accepted, "rejected": receipt.rejected}
    async with services.engine.begin() as connection:
        await record_act(connection, Act("observations.push", f"{batch.source}/{batch.key}", asker.id, detail))
    return receipt
