"""What operators do to a run: cancel it, end it at once, ask its question again. Each is kept in the audit log, and done once."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Principal, Role, RunEventKind, RunStatus
from pesut.errors import ConflictError, ForbiddenError
from pesut.principals.audit import Act, record_once
from pesut.runs import NewEvent, NewRun, Run, close_run, run_of
from pesut.runs.status import OPEN
from workflows.client import PesutClient


@dataclass(frozen=True)
class RunOrder:
    """What somebody wants done to a run; `key` makes a repeated order do nothing more."""

    run_id: UUID
    person: Principal
    key: UUID


async def cancel_run(client: PesutClient, engine: AsyncEngine, order: RunOrder) -> Run:
    """Ask the run to stop where it is; its asker is told. Raises NotFoundError, ForbiddenError, UnavailableError, ConflictError
    for a run that is over.
    """
    await _begin(engine, order, "run.cancel")
    await client.cancel(order.run_id)
    return await run_of(engine, order.run_id)


async def terminate_run(client: PesutClient, engine: AsyncEngine, order: RunOrder) -> Run:
    """End the run's workflow without asking it, where it no longer listens. Raises as `cancel_run`."""
    await _begin(engine, order, "run.terminate")
    await client.terminate(order.run_id, f"terminated by {order.person.name}")
    event = NewEvent(RunEventKind.CANCELLED, "terminated", "Pertanyaan dihentikan operator.")
    await close_run(
        engine, order.run_id, RunStatus.CANCELLED, event, error=f"terminated by the operator {order.person.name}"
    )
    return await run_of(engine, order.run_id)


async def rerun(
    client: PesutClient, engine: AsyncEngine, order: RunOrder, reasoner: Literal["offline"] | None = None
) -> Run:
    """Ask the run's question again, as the person who orders it, with their sight and after the same turns.

    Raises ForbiddenError, NotFoundError, ConflictError for a briefing, and what `PesutClient.ask` does.
    """
    run = await _operated(engine, order)
    if run.briefing:
        raise ConflictError("A briefing is not asked again.", remedy="`pesut briefing --now` writes a new one.")
    act = Act("run.rerun", f"run/{run.id}", order.person.id, {"reasoner": reasoner or "as set"}, order.key)
    async with engine.begin() as connection:
        await record_once(connection, act)
    wanted = NewRun(
        order.person.id, f"rerun/{order.key}", run.question, as_of=run.as_of, repeats=run.id, reasoner=reasoner
    )
    run_id, _ = await client.ask(wanted)
    return await run_of(engine, run_id)


async def _begin(engine: AsyncEngine, order: RunOrder, action: str) -> None:
    """Keep what is ordered, before it is done: what is cut off in between is done by the same order again."""
    run = await _operated(engine, order)
    async with engine.begin() as connection:
        new = await record_once(connection, Act(action, f"run/{run.id}", order.person.id, id=order.key))
        if new and run.status not in OPEN:
            raise ConflictError(f"The run is {run.status}; there is nothing to stop.", remedy="Look at it again.")


async def _operated(engine: AsyncEngine, order: RunOrder) -> Run:
    if order.person.role is not Role.OPERATOR:
        raise ForbiddenError(f"The role {order.person.role} does nothing to runs.", remedy="Ask an operator.")
    return await run_of(engine, order.run_id)
