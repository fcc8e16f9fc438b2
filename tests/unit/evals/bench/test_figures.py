"""Figures say what was measured and whether it is what was aimed at; programs and people read the same."""

from datetime import UTC, datetime

import jsonschema
import pytest

from cli.figures import print_list, print_result
from evals.bench.figures import BenchResult, Figure, Measured, Unit, at_most, below, milliseconds, quantile
from evals.bench.machine import this_machine
from evals.bench.measurements import MEASUREMENTS


@pytest.fixture
def result() -> BenchResult:
    beside = (Figure(name="in process", value=80.5, unit=Unit.MILLISECONDS),)
    figures = (
        Figure(name="p50", value=241.37, unit=Unit.MILLISECONDS, aim=below(300), beside=beside),
        Figure(name="ratio", value=3.5, unit=Unit.RATIO, aim=below(3)),
    )
    return BenchResult(
        machine=this_machine({"Python": "3.12"}),
        city="Halimun",
        measured_at=datetime(2026, 11, 24, tzinfo=UTC),
        measurements=(
            Measured(name="answers", title="Questions answered", seconds=12, figures=figures),
            Measured(name="memory", title="Memory", left_out="Nothing runs.", remedy="Start it."),
        ),
    )


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (1, 5), (0.2, 1), (0.21, 2)])
def test_a_quantile_is_one_of_the_values(share: float, value: float) -> None:
    assert quantile([5, 1, 4, 2, 3], share) == value


def test_an_aim_is_held_beside_the_figure() -> None:
    assert milliseconds("p50", [0.2, 0.1], 0.5, below(300)).reached is True
    assert milliseconds("p50", [0.4, 0.3], 0.5, below(300)).reached is False
    assert Figure(name="errors", value=0, aim=at_most(0)).reached is True
    assert Figure(name="answers", value=0).reached is None


def test_programs_get_all_of_it(result: BenchResult) -> None:
    schema = BenchResult.model_json_schema(mode="serialization")
    written = result.model_dump(mode="json")
    jsonschema.validate(written, schema)
    assert [figure["reached"] for figure in written["measurements"][0]["figures"]] == [True, False]
    assert written["machine"]["cores"] >= 1
    assert written["machine"]["memory"] > 0


def test_people_get_a_table(result: BenchResult, capsys: pytest.CaptureFixture[str]) -> None:
    print_result(result)
    shown = capsys.readouterr().out
    assert result.machine.cpu in shown
    assert "Python 3.12" in shown
    assert "241 ms" in shown
    assert "aim < 300 ms" in shown
    assert "in process 80.5 ms" in shown
    assert shown.rstrip().endswith("Not measured: Memory (memory). Nothing runs.\nStart it.")


def test_all_that_can_be_measured_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    print_list(MEASUREMENTS.values())
    shown = capsys.readouterr().out
    assert all(name in shown for name in MEASUREMENTS)
