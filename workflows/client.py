"""The one door through which questions are asked, awaited, reviewed and cancelled."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from pesut.contracts import Answer, Principal, Review, RunEvent, RunStatus, Verdict
from pesut.database.engine import connect
from pesut.database.listener import Listener
from pesut.decisions.listing import decision_on
from pesut.errors import ConflictError, UnavailableError
from pesut.runs import CHANNEL, NewRun, Run, admit, answer_of, events_after, question_of, run_of
from pesut.settings import Settings
from workflows.calling import LONGEST_CALL, temporal_away
from workflows.decisions.client import DecisionClient
from workflows.messages import ANSWER_QUESTION, REVIEW, AnswerRequest
from workflows.refusing import refused

QUESTIONS = "pesut-questions"  # the task queue
DUTY = "keeps questions safe until they are answered"
_LOCAL = "127.0.0.1:7233"


def workflow_id(principal_id: UUID, idempotency_key: str) -> str:
    return f"answer/{principal_id}/{idempotency_key}"


@asynccontextmanager
async def open_client(settings: Settings, engine: AsyncEngine | None = None) -> AsyncGenerator["PesutClient"]:
    """A client for these settings; without an `engine` it makes, and disposes of, its own.

    Connects to Temporal at the first call, so that it opens also while Temporal is away. Raises UnavailableError where the
    settings name no database.
    """
    temporal = await connect_temporal(settings, lazy=True)
    own = connect(_database(settings)) if engine is None else None
    client = PesutClient(temporal, engine or own or connect(_database(settings)), settings)
    try:
        yield client
    finally:
        await client.close()
        if own is not None:
            await own.dispose()


async def connect_temporal(settings: Settings, *, lazy: bool = False) -> Client:
    """Raises UnavailableError unless `lazy`."""
    address = settings.temporal_address or _LOCAL
    try:
        return await Client.connect(
            address, namespace=settings.temporal_namespace, data_converter=pydantic_data_converter, lazy=lazy
        )
    except RuntimeError as error:
        raise temporal_away(DUTY) from error


class PesutClient:
    """For the API, the command line and evaluations alike. All ids are of runs."""

    def __init__(self, temporal: Client, engine: AsyncEngine, settings: Settings) -> None:
        self.temporal = temporal
        self._engine = engine
        self._settings = settings
        self._listener = Listener(engine, CHANNEL)
        self.decisions = DecisionClient(temporal, engine)

    async def close(self) -> None:
        await self._listener.close()

    async def ask(self, run: NewRun) -> tuple[UUID, UUID]:
        """Take a question in and start to answer it: ids of run and conversation, once both are durable.

        The same key again finds the first run. Raises TooMuchWorkError before accepting, ConflictError for a key that was
        used for another question, NotFoundError for a conversation of somebody else, UnavailableError when the database
        or Temporal is away (asking again with the same key is then safe).
        """
        try:
            run_id, conversation_id = await admit(self._engine, run, self._settings.max_open_runs)
            taken_in = await run_of(self._engine, run_id)
        except (OperationalError, InterfaceError, OSError) as error:
            raise UnavailableError("The database does not answer.", remedy="See `pesut doctor`.") from error
        if taken_in.status is RunStatus.RUNNING:
            await self.start(taken_in)
        return run_id, conversation_id

    async def start(self, run: Run) -> bool:
        """Start the run's workflow, or find it. False when it ran before and ended. Raises UnavailableError."""
        request = AnswerRequest(
            question=await question_of(self._engine, run), review_within=self._settings.review_within
        )
        try:
            await self.temporal.start_workflow(
                ANSWER_QUESTION,
                request,
                id=workflow_id(run.principal_id, run.idempotency_key),
                task_queue=QUESTIONS,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                rpc_timeout=LONGEST_CALL,
            )
        except WorkflowAlreadyStartedError:
            return False
        except (RPCError, RuntimeError) as error:
            raise temporal_away(DUTY) from error
        return True

    async def wait_for_answer(self, run_id: UUID, timeout: timedelta | None = None) -> Answer:  # noqa: ASYNC109
        """The run's answer, as soon as it is there. Raises NotFoundError, ConflictError when the run was cancelled, and
        UnavailableError when it is not there in time.
        """
        try:
            async with asyncio.timeout(timeout.total_seconds() if timeout else None):
                return await self._answer(run_id)
        except TimeoutError as error:
            raise UnavailableError(
                "The answer is not there yet.", remedy="Ask for it again, or see `pesut doctor`."
            ) from error

    async def events(self, run_id: UUID, after: int = 0) -> AsyncGenerator[RunEvent]:
        """What happens in the run, in order, from the event after the id `after`; ends when the run is answered or over."""
        async with self._listener.signal(str(run_id)) as signal:
            while True:
                signal.clear()
                running = (await run_of(self._engine, run_id)).status is RunStatus.RUNNING
                for event in await events_after(self._engine, run_id, after):
                    after = event.id
                    yield event
                if not running:
                    return
                await signal.wait()

    async def review(self, run_id: UUID, review: Review) -> None:
        """Decide on the answer's staff review; returns once the verdict is kept. Approval opens a decision and starts it.

        Raises NotFoundError, ConflictError when the answer does not wait for a decision, ForbiddenError for a role that may
        not take it, InvalidInputError for a rejection without a reason, UnavailableError.
        """
        run = await run_of(self._engine, run_id)
        if run.status is not RunStatus.AWAITING_REVIEW:
            raise _no_decision_awaited()
        try:
            await self._handle(run).execute_update(REVIEW, review)  # pyright: ignore[reportUnknownMemberType]
        except WorkflowUpdateFailedError as error:
            raise refused(error.cause) or _not_kept() from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise _no_decision_awaited() from error
            raise temporal_away(DUTY) from error
        if decision_id := await decision_on(self._engine, run_id):
            await self.decisions.start(decision_id)

    async def open_decision(self, run_id: UUID, principal: Principal) -> UUID:
        """The decision on this run's staff review, opened by approving the review where nobody did yet.

        Raises as `review`; ConflictError also for a review that was rejected, withdrawn or has expired.
        """
        if await decision_on(self._engine, run_id) is None:
            await self.review(run_id, Review(principal=principal, verdict=Verdict.APPROVED))
        decision_id = await decision_on(self._engine, run_id)
        assert decision_id is not None, "an approved staff review opens a decision"
        return decision_id

    async def cancel(self, run_id: UUID) -> None:
        """Stop answering, or waiting for a review. A run that is over stays as it is. Raises NotFoundError, UnavailableError."""
        handle = self._handle(await run_of(self._engine, run_id))
        try:
            await handle.cancel(rpc_timeout=LONGEST_CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise temporal_away(DUTY) from error

    async def terminate(self, run_id: UUID, reason: str) -> None:
        """End the run's workflow without asking it. Its row stays as it is. Raises NotFoundError, UnavailableError."""
        handle = self._handle(await run_of(self._engine, run_id))
        try:
            await handle.terminate(reason=reason, rpc_timeout=LONGEST_CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise temporal_away(DUTY) from error

    def history_address(self, run: Run) -> str | None:
        """Where Temporal's pages show what its server knows of the run; None while no address of them is set."""
        if not self._settings.temporal_ui:
            return None
        name = quote(workflow_id(run.principal_id, run.idempotency_key), safe="")
        return f"{self._settings.temporal_ui.rstrip('/')}/namespaces/{self.temporal.namespace}/workflows/{name}"

    async def temporal_there(self) -> bool:
        """Whether Temporal answers."""
        try:
            return await self.temporal.service_client.check_health(timeout=timedelta(seconds=1))
        except (RPCError, RuntimeError):
            return False

    async def worker_there(self) -> bool:
        """Whether a worker asked for questions within the last minute."""
        request = DescribeTaskQueueRequest(
            namespace=self.temporal.namespace,
            task_queue=TaskQueue(name=QUESTIONS),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        try:
            found = await self.temporal.workflow_service.describe_task_queue(request, timeout=timedelta(seconds=1))
        except (RPCError, RuntimeError):
            return False
        latest = max((poller.last_access_time.ToDatetime(UTC) for poller in found.pollers), default=None)
        return latest is not None and datetime.now(UTC) - latest < timedelta(minutes=1)

    async def _answer(self, run_id: UUID) -> Answer:
        async with self._listener.signal(str(run_id)) as signal:
            while True:
                signal.clear()
                status = (await run_of(self._engine, run_id)).status
                if status is not RunStatus.RUNNING:
                    if answer := await answer_of(self._engine, run_id):
                        return answer
                    raise ConflictError("The question was cancelled.", remedy="Ask it again.")
                await signal.wait()

    def _handle(self, run: Run) -> WorkflowHandle[Any, Any]:
        return self.temporal.get_workflow_handle(workflow_id(run.principal_id, run.idempotency_key))


def _database(settings: Settings) -> str:
    if settings.database_url is None:
        raise UnavailableError("No database is named.", remedy="Run `pesut up`, or set PESUT_DATABASE_URL.")
    return settings.database_url


def _no_decision_awaited() -> ConflictError:
    return ConflictError("This answer does not wait for a decision.")


def _not_kept() -> ConflictError:
    return ConflictError("The decision could not be kept.", remedy="Look at the run, then decide again.")
