"""Whether the service lives, and whether it can answer."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.services import WithServices
from pesut import __version__

router = APIRouter(prefix="/v1/health", tags=["health"])


class Liveness(BaseModel):
    version: str


class Readiness(BaseModel):
    """`ready` when every part is there; `missing` names what is away."""

    ready: bool
    missing: list[str]


@router.get("/live")
async def live() -> Liveness:
    """The process answers."""
    return Liveness(version=__version__)


@router.get("/ready", responses={503: {"model": Readiness, "description": "A part is away"}})
async def ready(services: WithServices, response: Response) -> Readiness:
    """Database, Temporal and a worker are there, so that a question will be answered."""
    missing = [
        name
        for name, there in {
            "database": await _database(services),
            "temporal": await services.client.temporal_there(),
            "worker": await services.client.worker_there(),
        }.items()
        if not there
    ]
    response.status_code = 503 if missing else 200
    return Readiness(ready=not missing, missing=missing)


async def _database(services: WithServices) -> bool:
    try:
        async with services.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
