"""Whether an answer rests on the rows that the case's own SQL gives."""

from collections.abc import Sequence
from typing import Any

from evals.data.cases import Expectation, Table
from pesut.contracts import Answer, Dimension, Evidence, ValueFormat

Cells = tuple[Any, ...]


def faults_of(answer: Answer, expect: Expectation, tables: Sequence[list[Cells]]) -> list[str]:
    """Why the answer is wrong; empty when it is right. `tables` are the expected rows, one list per expected table."""
    faults: list[str] = []
    if answer.status not in expect.status:
        faults.append(f"status {answer.status}, wanted {' or '.join(expect.status)}")
    for table, rows in zip(expect.tables, tables, strict=True):
        if not any(_equal(evidence, table, rows) for evidence in answer.evidence):
            faults.append(f"no evidence has the rows {rows[:3]}{' …' if len(rows) > 3 else ''} in {table.columns}")
    faults += [f"agent {name} took no part" for name in expect.agents if name not in answer.agents]
    if expect.staff_review and answer.staff_review is None:
        faults.append("no staff review")
    return faults


def _equal(evidence: Evidence, table: Table, expected: list[Cells]) -> bool:
    rows = _told(evidence, table, expected)
    if len(rows) != len(expected):
        return False
    if not table.ordered:
        rows, expected = sorted(rows, key=_sorting), sorted(expected, key=_sorting)
    tolerance = _tolerance(evidence)
    return all(
        _same(got, wanted, tolerance)
        for row, other in zip(rows, expected, strict=True)
        for got, wanted in zip(row, other, strict=True)
    )


def _told(evidence: Evidence, table: Table, expected: list[Cells]) -> list[Cells]:
    """The answer's rows in the table's columns. The group of all that has no place, category and so on is left out where the
    case leaves it out: whether such a row is shown beside the others is presentation.
    """
    rows = [tuple(row.get(column) for column in table.columns) for row in evidence.result]
    keys = [number for number, column in enumerate(table.columns) if column in set(Dimension)]
    nameless = [row for row in rows if keys and all(row[number] is None for number in keys)]
    wanted = any(all(row[number] is None for number in keys) for row in expected)
    return rows if wanted else [row for row in rows if row not in nameless]


def _tolerance(evidence: Evidence) -> float:
    """Half a unit of the last decimal that the measure keeps, and a little."""
    if evidence.measure is None:
        return 0.0
    extra = 2 if evidence.measure.format is ValueFormat.PERCENT else 0
    return 0.6 * 10.0 ** -(evidence.measure.decimals + extra)


def _same(got: Any, wanted: Any, tolerance: float) -> bool:
    if isinstance(got, int | float) and isinstance(wanted, int | float):
        # Ratios and shares may keep four decimals whatever the measure's own.
        return abs(got - wanted) <= max(tolerance, 6e-5, 1e-9 * abs(wanted))
    return got == wanted


def _sorting(row: Cells) -> list[tuple[int, Any]]:
    return [
        (0, "") if cell is None else (1, f"{cell:020.6f}" if isinstance(cell, int | float) else cell) for cell in row
    ]
