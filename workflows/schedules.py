"""Temporal's schedules: keeping one as the city wants it, and for who operates Pesut which there are, pausing and running one."""

from collections.abc import Sequence
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import (
    Client,
    Schedule,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleListDescription,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from pesut.contracts import Contract, Principal, Role
from pesut.errors import ForbiddenError, NotFoundError
from pesut.principals.audit import Act, record_once
from workflows.calling import LONGEST_CALL, temporal_away

DUTY = "keeps the schedules"


class ScheduleAct(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    RUN = "run"


class ScheduleState(Contract):
    """`next_at`: None while it is paused or has no further time. `last_at`: when it ran last, as far as Temporal remembers."""

    id: str
    paused: bool
    note: str
    next_at: AwareDatetime | None
    last_at: AwareDatetime | None


def every_day(at: time, timezone: str) -> ScheduleSpec:
    """At that hour and minute of the zone (an IANA name)."""
    hour, minute = ScheduleRange(at.hour), ScheduleRange(at.minute)
    return ScheduleSpec(
        calendars=[ScheduleCalendarSpec(hour=[hour], minute=[minute])],
        time_zone_name=timezone,
    )


async def keep(temporal: Client, name: str, schedule: Schedule) -> None:
    """Make the schedule, or bring it to what is wanted now; one that an operator paused stays paused."""
    try:
        await temporal.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:

        def brought(found: ScheduleUpdateInput) -> ScheduleUpdate:
            schedule.state = found.description.schedule.state
            return ScheduleUpdate(schedule)

        await temporal.get_schedule_handle(name).update(brought)


async def schedules_of(temporal: Client) -> list[ScheduleState]:
    """All of them, by id. Raises UnavailableError."""
    try:
        listed = await temporal.list_schedules()
        return sorted([_state(each) async for each in listed], key=lambda each: each.id)
    except (RPCError, RuntimeError) as error:
        raise temporal_away(DUTY) from error


async def act_on_schedule(
    temporal: Client, engine: AsyncEngine, person: Principal, schedule: str, act: ScheduleAct, key: UUID
) -> None:
    """Do it, and keep in the audit log that it was done; the same `key` again runs nothing a second time.

    Raises ForbiddenError for who is no operator, NotFoundError, UnavailableError.
    """
    if person.role is not Role.OPERATOR:
        raise ForbiddenError(f"The role {person.role} moves no schedules.", remedy="Ask an operator.")
    handle = temporal.get_schedule_handle(schedule)
    try:
        await handle.describe(rpc_timeout=LONGEST_CALL)
        async with engine.begin() as connection:
            kept = Act(f"schedule.{act}", f"schedule/{schedule}", person.id, id=key)
            if not await record_once(connection, kept):
                return
            match act:
                case ScheduleAct.PAUSE:
                    await handle.pause(note=f"paused by {person.name}", rpc_timeout=LONGEST_CALL)
                case ScheduleAct.RESUME:
                    await handle.unpause(note=f"resumed by {person.name}", rpc_timeout=LONGEST_CALL)
                case ScheduleAct.RUN:
                    await handle.trigger(rpc_timeout=LONGEST_CALL)
    except (RPCError, RuntimeError) as error:
        if isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND:
            raise NotFoundError(f"There is no schedule {schedule!r}.", remedy="Look at the list.") from error
        raise temporal_away(DUTY) from error


def _state(found: ScheduleListDescription) -> ScheduleState:
    info, schedule = found.info, found.schedule
    upcoming: Sequence[datetime] = info.next_action_times if info else ()
    done = [each.started_at for each in info.recent_actions] if info else []
    paused = bool(schedule and schedule.state.paused)
    return ScheduleState(
        id=found.id,
        paused=paused,
        note=(schedule.state.note or "") if schedule else "",
        next_at=None if paused else min(upcoming, default=None),
        last_at=max(done, default=None),
    )
