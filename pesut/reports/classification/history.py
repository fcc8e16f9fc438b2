"""Labelled reports in the city's own database: what sources, agencies and people decided; never what a machine guessed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement
from sqlmodel import col

from pesut.database.tables import FOREVER, ReportRow, ReportStateRow
from pesut.errors import InvalidInputError
from pesut.reports.classification.decisions import By, Task
from pesut.reports.classification.labelled import LabelledReport, LabelledReports, in_order
from pesut.reports.classification.texts import ReportText

MOST = 30_000  # reports that are learned from: the newest, and before them those that a person corrected
CORRECTED = 5.0  # how often a label counts that a person gave
PUT_RIGHT = 2.0  # and one that the agency put right
_GUESSED = (By.MODEL, By.RULE, By.QUEUE)
_COLUMNS: Mapping[Task, Any] = {
    Task.AGENCY: col(ReportStateRow.agency_code),
    Task.CATEGORY: col(ReportStateRow.category),
}


async def read_history(connection: AsyncConnection) -> LabelledReports:
    """The reports that have an agency or a category which no machine guessed. Made-up ones only where there is no other.

    Raises InvalidInputError where there is none.
    """
    for sample in (False, True):
        rows = (await connection.execute(_query(sample))).mappings().all()
        if rows:
            notes = ["these are the sample city's made-up reports"] if sample else []
            return in_order([_report(dict(row)) for row in rows], notes)
    raise InvalidInputError(
        "There are no labelled reports in the database.", remedy="Import some that name their agency, or give a file."
    )


def _query(sample: bool) -> Any:
    decided = {task: _given(task) for task in Task}
    corrected = or_(*(_by(task) == By.PERSON for task in Task))
    labels = [case((decided[task], _COLUMNS[task])).label(task.value) for task in Task]
    return (
        select(
            col(ReportRow.title), col(ReportRow.body), col(ReportRow.number), col(ReportRow.submitted_at),
            col(ReportStateRow.decided), *labels,
        )
        .join(ReportStateRow, col(ReportStateRow.report_id) == col(ReportRow.id))
        .where(
            col(ReportStateRow.superseded_at) == FOREVER,
            cast(col(ReportRow.sample), Boolean) == sample,
            or_(*decided.values()),
        )
        .order_by(func.coalesce(corrected, False).desc(), col(ReportRow.submitted_at).desc(), col(ReportRow.id))
        .limit(MOST)
    )  # fmt: skip


def _by(task: Task) -> ColumnElement[str]:
    return func.coalesce(col(ReportStateRow.decided)[task.value]["by"].astext, "")


def _given(task: Task) -> ColumnElement[bool]:
    return and_(_COLUMNS[task].is_not(None), _by(task).not_in(_GUESSED))


def _report(row: Mapping[str, Any]) -> LabelledReport:
    text = ReportText(row["title"], row["body"])
    labels = {task: str(row[task.value]) for task in Task if row[task.value] is not None}
    weights = {task: _weight(row["decided"].get(task.value, {}).get("by")) for task in labels}
    return LabelledReport(text, text, labels, row["submitted_at"], row["number"], weights)


def _weight(by: str | None) -> float:
    return {By.PERSON.value: CORRECTED, "agency": PUT_RIGHT}.get(by or "", 1.0)
