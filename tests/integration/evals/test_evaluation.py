"""Cases are asked once and kept whole, scored again from what is kept, and refused as a whole when one cannot be read."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from evals import suites
from evals.asking import Asker
from evals.data import suite as data
from evals.data.cases import DataCase
from evals.evaluation import SuiteEvaluation, ground_for, score_again
from pesut.city.load import load_city
from pesut.contracts import new_id
from pesut.database.tables import RunRow
from pesut.errors import InvalidInputError, UnavailableError
from pesut.evaluations import store
from pesut.evaluations.contracts import EvaluationOrder, EvaluationStatus
from pesut.evaluations.kept import results_of
from pesut.settings import Settings

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
ORDER = EvaluationOrder(suites=("data",), part="open")


def _written(case: str, status: str) -> DataCase:
    expect = {"status": [status], "tables": [{"columns": ["value"], "sql": "SELECT count(*) FROM report_state"}]}
    asked = "Berapa laporan bulan ini?", "brp laporan bln ini", "How many reports this month?"
    return DataCase.model_validate({"id": case, "kind": "count", "phrasings": asked, "expect": expect})


@pytest.fixture
async def evaluation(
    engine: AsyncEngine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SuiteEvaluation:
    await load_city(engine, HALIMUN)
    cases = [_written("right", "no_data"), _written("wrong", "declined")]
    monkeypatch.setattr(data, "read_cases", lambda _part: cases)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    return SuiteEvaluation(engine, Settings(data_dir=tmp_path, city=HALIMUN, database_url=database_url))


async def _questions(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(RunRow))).scalar_one()


async def test_a_case_is_asked_once_and_kept_with_its_answer(evaluation: SuiteEvaluation, engine: AsyncEngine) -> None:
    run_id = new_id()
    assert [await evaluation.begin(run_id, ORDER) for _ in range(2)] == [6, 6]
    for number in (0, 0, 3):
        await evaluation.ask(run_id, number)
    assert await _questions(engine) == 2
    await evaluation.close(run_id)
    run, [right, wrong] = await store.evaluation_of(engine, run_id), await _asked(engine, run_id)
    assert (run.status, run.cases, run.done) == (EvaluationStatus.FINISHED, 6, 2)
    assert run.catalog_version and run.code_version and run.data_digest
    assert [outcome.right for case in (right, wrong) for outcome in case.outcomes] == [True, False]
    assert right.material and right.material["answer"]["text"] and right.material["answer"]["evidence"]
    assert right.outcomes[0].evidence and right.outcomes[0].run_id and right.about.topic == "right"
    [(name, came_to)] = (await results_of(engine, [run_id]))[run_id].suites.items()
    assert (name, came_to.score, came_to.failures) == ("data", 0.5, ())


async def test_a_run_is_scored_again_without_asking(
    evaluation: SuiteEvaluation, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = new_id()
    await evaluation.begin(run_id, ORDER)
    await evaluation.ask(run_id, 3)
    questions = await _questions(engine)

    def lenient(*_: Any) -> list[str]:
        return []

    monkeypatch.setattr(data, "faults_of", lenient)
    await score_again(engine, run_id)
    [case] = await _asked(engine, run_id)
    assert case.outcomes[0].right
    assert await _questions(engine) == questions


async def test_cases_that_cannot_be_read_leave_nothing_planned(
    evaluation: SuiteEvaluation, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Any) -> list[DataCase]:
        raise InvalidInputError("words.yml, case 3: no phrasings")

    monkeypatch.setattr(data, "read_cases", unreadable)
    run_id = new_id()
    with pytest.raises(InvalidInputError):
        await evaluation.begin(run_id, ORDER)
    await evaluation.close(run_id, "words.yml, case 3: no phrasings")
    run = await store.evaluation_of(engine, run_id)
    assert (run.status, run.cases, run.error) == (EvaluationStatus.FAILED, 0, "words.yml, case 3: no phrasings")
    with pytest.raises(InvalidInputError, match="no suite poems"):
        await evaluation.begin(new_id(), EvaluationOrder(suites=("poems",)))


async def test_an_answer_that_was_given_is_found_again(evaluation: SuiteEvaluation, engine: AsyncEngine) -> None:
    ground = await ground_for(engine, evaluation.settings)
    first = await ground.asker.ask("Berapa laporan bulan ini?", "key")

    def away() -> Any:
        raise UnavailableError("nobody is to be asked")

    lost = Asker(replace(ground.asker.dependencies, reasoner=away), ground.asker.principal)
    assert await lost.ask("Berapa laporan bulan ini?", "key") == first


async def _asked(engine: AsyncEngine, run_id: Any) -> list[Any]:
    every = [await store.case_of(engine, run_id, case.number) for case in await store.cases_of(engine, run_id)]
    return [case for case in every if case.finished_at]


def test_every_suite_is_known_by_its_name() -> None:
    assert suites.known(()) == tuple(suites.SUITES)
