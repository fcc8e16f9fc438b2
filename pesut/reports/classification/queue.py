"""Reports that no machine was sure of, oldest first, and the corrections of people: each a new version of the report's state, which
the next training learns from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.catalog.models import Catalog
from pesut.catalog.store import current_catalog
from pesut.city.models import City
from pesut.contracts import Contract, Principal
from pesut.database.access import reading_as
from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ReportRow, ReportStateRow
from pesut.database.tables.reports import QUEUED
from pesut.errors import InvalidInputError, NotFoundError
from pesut.intake.kinds.registry import read_agencies
from pesut.intake.kinds.reports import lock_sources
from pesut.intake.names import AgencyNames, term_names
from pesut.intake.versions import stamp
from pesut.principals.audit import Act, record_act
from pesut.reports.classification.decisions import By, Candidate, Decision, Task
from pesut.reports.classification.flags import Flag

_COLUMNS = {Task.AGENCY: "agency_code", Task.CATEGORY: "category"}
_STATE = ReportStateRow


class QueuedReport(Contract):
    """A report of which something waits for a person: for each such field the likeliest values. `agency` and `category` are what
    is decided already, `flags` what is odd about it.
    """

    id: UUID
    number: str
    title: str
    body: str
    submitted_at: datetime
    agency: str | None
    category: str | None
    waiting: dict[Task, tuple[Candidate, ...]]
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Correction:
    """What a person decided, by code or name; None leaves a field as it is."""

    agency: str | None = None
    category: str | None = None


async def list_queue(engine: AsyncEngine, asker: Principal, limit: int) -> list[QueuedReport]:
    """The first `limit` reports that wait, of those that the asker may see."""
    async with reading_as(engine, asker.scope) as connection:
        rows = (await connection.execute(_waiting().limit(limit))).mappings().all()
    return [_queued(dict(row)) for row in rows]


async def correct(
    engine: AsyncEngine, city: City, person: Principal, number: str, correction: Correction
) -> dict[Task, str]:
    """Record what a person decided of the report with this number (as people quote it). Returns the codes.

    Raises NotFoundError for a report that the person cannot see, InvalidInputError for an unknown agency or category.
    """
    _, catalog = await current_catalog(engine)
    report, source = await _find(engine, person, number)
    async with engine.connect() as connection:
        decided = await _codes(connection, city, catalog, correction)
    if not decided:
        raise InvalidInputError("Nothing was decided.", remedy="Name an agency, a category, or both.")
    async with writing(engine) as (connection, _):
        await lock_sources(connection, [source])
        now = await stamp(connection)
        await _supersede(connection, report, decided, person, now)
        detail = {str(task): code for task, code in decided.items()}
        await record_act(connection, Act("report.correct", f"report/{report}", person.id, detail))
    return decided


def _waiting() -> Any:
    columns: list[Any] = [
        col(ReportRow.id), col(ReportRow.number), col(ReportRow.title), col(ReportRow.body), col(ReportRow.submitted_at),
        col(_STATE.agency_code).label("agency"), col(_STATE.category), col(_STATE.decided),
    ]  # fmt: skip
    query = select(*columns).join(_STATE, col(_STATE.report_id) == col(ReportRow.id)).where(text(QUEUED))
    return query.order_by(col(_STATE.submitted_at), col(ReportRow.id))


def _queued(row: dict[str, Any]) -> QueuedReport:
    decisions: Mapping[str, Mapping[str, Any]] = row.pop("decided")
    waiting = {
        task: tuple(Candidate.model_validate(each) for each in decisions[task].get("candidates", ()))
        for task in Task
        if decisions.get(task, {}).get("by") == By.QUEUE
    }
    return QueuedReport(**row, waiting=waiting, flags=decisions.get("flags", {}).get("found", ()))


async def _find(engine: AsyncEngine, person: Principal, number: str) -> tuple[UUID, str]:
    visible: ColumnElement[bool] = col(_STATE.superseded_at) == FOREVER
    query = select(col(ReportRow.id), col(ReportRow.source)).join(_STATE, col(_STATE.report_id) == col(ReportRow.id))
    async with reading_as(engine, person.scope) as connection:
        result = await connection.execute(query.where(visible, col(ReportRow.number) == number).limit(2))
        found = result.mappings().all()
    if len(found) != 1:
        why = "There is no report" if not found else "There are several reports"
        raise NotFoundError(f"{why} with the number {number}.", remedy="`pesut reports queue` lists those that wait.")
    return found[0]["id"], found[0]["source"]


async def _codes(connection: AsyncConnection, city: City, catalog: Catalog, correction: Correction) -> dict[Task, str]:
    decided: dict[Task, str] = {}
    if correction.agency:
        match = AgencyNames(await read_agencies(connection), city).find(correction.agency)
        if match.code is None:
            raise InvalidInputError(f"{correction.agency!r} {match.why} as an agency.", remedy="Give its code or name.")
        decided[Task.AGENCY] = match.code
    if correction.category:
        match = term_names(catalog.categories).find(correction.category)
        if match.code is None:
            raise InvalidInputError(
                f"{correction.category!r} {match.why} as a category.", remedy="Give its code or name."
            )
        decided[Task.CATEGORY] = match.code
    return decided


async def _supersede(
    connection: AsyncConnection, report: UUID, decided: Mapping[Task, str], person: Principal, now: datetime
) -> None:
    holds = (col(_STATE.report_id) == report, col(_STATE.superseded_at) == FOREVER)
    ended = update(_STATE).where(*holds).values(superseded_at=now).returning(_STATE)
    before = (await connection.execute(ended)).mappings().one()
    how = Decision(by=By.PERSON, person=person.id, at=now).stored()
    again = {
        **before,
        **{_COLUMNS[task]: code for task, code in decided.items()},
        "decided": before["decided"] | {task.value: how for task in decided},
        "recorded_at": now,
        "superseded_at": FOREVER,
    }
    await connection.execute(insert(_STATE).values(again))
