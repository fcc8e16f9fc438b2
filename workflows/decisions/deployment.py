"""Which build of the code carries decisions on: each worker names its own, and the one that started last leads.

A decision or disposition is never held to the build under which it began: it goes on under the leading one, which replays its
history (`tests/workflows` keeps histories of earlier shapes). So a timer of months outlives any deployment, and Temporal shows
under which build each step was taken.
"""

import asyncio
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from pesut import __version__
from pesut.errors import UnavailableError

DEPLOYMENT = "pesut-decisions"
PATIENCE = timedelta(seconds=60)  # for the server to hear of a worker that has just begun to ask
LOOK_AGAIN = timedelta(milliseconds=200)
_ROOTS = ("workflows", "pesut/decisions", "pesut/contracts")  # what a decision's workflow is made of
_UNHEARD = {RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.UNAVAILABLE}


@cache
def this_build() -> str:
    """Pesut's version and a digest of the code that workflows of decisions run: equal code, equal build."""
    home = Path(__file__).parents[2]
    digest = sha256()
    for path in sorted(path for root in _ROOTS for path in (home / root).rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__}-{digest.hexdigest()[:12]}"


def deployed_as(build: str) -> WorkerDeploymentConfig:
    """What a worker of this build says of itself."""
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(DEPLOYMENT, build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )


async def take_the_lead(temporal: Client, build: str) -> None:
    """Let this build's workers, which must be asking for work already, take on all decisions. Raises UnavailableError."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=temporal.namespace, deployment_name=DEPLOYMENT, build_id=build, identity=temporal.identity
    )
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            while not await _accepted(temporal, request):  # noqa: ASYNC110 - the server tells nobody that it has heard
                await asyncio.sleep(LOOK_AGAIN.total_seconds())
    except (TimeoutError, RPCError) as error:
        raise UnavailableError(
            f"Temporal does not let build {build} carry decisions on.", remedy="See `pesut doctor`."
        ) from error


async def _accepted(temporal: Client, request: SetWorkerDeploymentCurrentVersionRequest) -> bool:
    try:
        await temporal.workflow_service.set_worker_deployment_current_version(request)
    except RPCError as error:
        if error.status not in _UNHEARD:
            raise
        return False
    return True
