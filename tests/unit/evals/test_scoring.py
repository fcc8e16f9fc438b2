"""An answer is right only with the right status and rows; a score comes with its interval."""

from datetime import UTC, datetime
from typing import Any

import pytest

from evals.data.cases import Expectation, Table
from evals.data.scorers import faults_of
from pesut.contracts import (
    Answer,
    AnswerStatus,
    Evidence,
    Language,
    Measure,
    MetricQuery,
    Plan,
    Row,
    Scope,
    digest_of,
    new_id,
)
from pesut.evaluations.contracts import Outcome
from pesut.evaluations.report import summed

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def _answer(*results: list[Row], status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    run = new_id()
    evidence = tuple(
        Evidence(
            id=new_id(), run_id=run, label=f"E{n}", kind="metric", query=MetricQuery(metric="m"), sql="SELECT 1",
            parameters={}, datasets=(), measure=Measure(metric="m", name_id="m", name_en="m", decimals=1), as_of=NOW,
            row_count=len(rows), result=tuple(rows), digest=digest_of(rows), catalog_version="c", code_version="0",
            scope=Scope(),
        )
        for n, rows in enumerate(results, start=1)
    )  # fmt: skip
    return Answer(
        id=new_id(), run_id=run, conversation_id=new_id(), question="?", language=Language.ID, status=status, text="",
        evidence=evidence, plan=Plan(), as_of=NOW, created_at=NOW, catalog_version="c", code_version="0",
    )  # fmt: skip


def _expect(*columns: str, ordered: bool = False) -> Expectation:
    return Expectation(tables=(Table(columns=columns, ordered=ordered, sql="SELECT 1"),))


@pytest.mark.parametrize(
    ("rows", "expected", "ordered", "right"),
    [
        ([{"value": 5}], [(5,)], False, True),
        ([{"value": 5}], [(6,)], False, False),
        ([{"value": 5.04}], [(5,)], False, True),
        ([{"value": 5.1}], [(5,)], False, False),
        ([{"value": None}], [(0,)], False, False),
        ([{"value": 1}, {"value": 2}], [(2,), (1,)], False, True),
        ([{"value": 1}, {"value": 2}], [(2,), (1,)], True, False),
        ([{"value": 1}, {"value": 2}], [(1,)], False, False),
    ],
)
def test_rows_must_equal(rows: list[Row], expected: list[tuple[Any, ...]], ordered: bool, right: bool) -> None:
    assert (faults_of(_answer(rows), _expect("value", ordered=ordered), [expected]) == []) is right


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ([("9.1", 3)], True),
        ([("9.1", 3), (None, 2)], True),
        ([("9.1", 3), (None, 1)], False),
        ([("9.2", 3)], False),
    ],
)
def test_the_group_without_a_name_counts_only_where_the_case_has_one(
    expected: list[tuple[Any, ...]], right: bool
) -> None:
    answer = _answer([{"district": "9.1", "value": 3}, {"district": None, "value": 2}])
    assert (faults_of(answer, _expect("district", "value"), [expected]) == []) is right


def test_any_evidence_may_hold_the_rows_but_each_table_needs_one() -> None:
    answer = _answer([{"value": 1}], [{"value": 2}])
    both = Expectation(tables=(Table(columns=("value",), sql="x"), Table(columns=("value",), sql="y")))
    assert faults_of(answer, both, [[(2,)], [(1,)]]) == []
    assert len(faults_of(answer, both, [[(2,)], [(3,)]])) == 1


def test_a_wrong_status_or_a_missing_part_is_a_fault() -> None:
    answer = _answer(status=AnswerStatus.NO_DATA)
    assert faults_of(answer, Expectation(status=(AnswerStatus.NO_DATA,)), []) == []
    assert len(faults_of(answer, Expectation(agents=("recommendation",), staff_review=True), [])) == 3


def test_a_score_has_an_interval_and_asking_nothing_is_no_score() -> None:
    outcomes = [Outcome(name=str(n), kind="count", part="open", right=n < 9) for n in range(10)]
    result = summed("data", outcomes)
    assert (result.score, len(result.failures)) == (0.9, 1)
    assert result.interval[0] < 0.9 < result.interval[1]
    with pytest.raises(ValueError, match="asked nothing"):
        summed("data", [])
