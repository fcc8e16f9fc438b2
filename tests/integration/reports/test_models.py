"""Models are kept in versions, and one can go back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.database.tables import ClassifierModelRow
from pesut.errors import InvalidInputError, NotFoundError
from pesut.reports.classification.damage import DamagedModelError
from pesut.reports.classification.decisions import Task
from pesut.reports.classification.files import Columns
from pesut.reports.classification.labelled import Ordered
from pesut.reports.classification.store import CurrentModel, current_models, list_models, load, roll_back
from pesut.reports.classification.texts import ReportText, reader_of
from pesut.reports.classification.training import Source, TrainingReport, Wanted, train_and_keep
from tests.integration.search.town import tell

WriteReports = Callable[[int, int], Path]


async def _train(
    engine: AsyncEngine, city: City, path: Path | None = None, columns: Columns | None = None
) -> TrainingReport:
    return await train_and_keep(engine, city, Wanted(Source(path, columns=columns or Columns()), tell=lambda _: None))


async def _current(engine: AsyncEngine, city: City) -> dict[str, str]:
    async with engine.connect() as connection:
        return {model.task: model.version for model in await current_models(connection, city.root)}


async def test_a_file_is_learned_from_and_the_model_is_in_use(
    regency: AsyncEngine, halimun: City, write_reports: WriteReports
) -> None:
    report = await _train(regency, halimun, write_reports(20, 1))
    assert report.model.ordered is Ordered.DATE
    assert report.agency
    assert report.category
    assert report.category.later_dated.accuracy == 1.0
    assert await _current(regency, halimun) == dict.fromkeys(Task, report.model.version)
    async with regency.connect() as connection:
        classifier = await load(connection, CurrentModel(version=report.model.version, task=Task.AGENCY))
    said = reader_of(halimun.words).read(ReportText("", "ana wereng nang sawah"))
    assert classifier.guess([said])[0].label == "dinas_tani"


async def test_going_back_and_forth(regency: AsyncEngine, halimun: City, write_reports: WriteReports) -> None:
    first = (await _train(regency, halimun, write_reports(20, 1))).model
    again = (await _train(regency, halimun, write_reports(20, 1))).model
    assert again == first
    second = (await _train(regency, halimun, write_reports(20, 2))).model
    assert second.data_digest != first.data_digest
    listed = await list_models(regency, halimun.root)
    assert [(each.version, each.current) for each in listed if each.task is Task.AGENCY] == [
        (second.version, True),
        (first.version, False),
    ]
    await roll_back(regency, halimun.root, None, None)
    assert set((await _current(regency, halimun)).values()) == {first.version}
    await roll_back(regency, halimun.root, second.version[:8], None)
    assert set((await _current(regency, halimun)).values()) == {second.version}
    await roll_back(regency, halimun.root, first.version, None)
    assert await roll_back(regency, halimun.root, None, None) == []
    with pytest.raises(NotFoundError, match="No model is in use"):
        await roll_back(regency, halimun.root, None, None)
    with pytest.raises(NotFoundError, match="is not kept"):
        await roll_back(regency, halimun.root, "0000", None)


async def test_a_task_without_labels_keeps_its_model(regency: AsyncEngine, halimun: City, tmp_path: Path) -> None:
    path = tmp_path / "saja.csv"
    rows = [
        f"{number},{'padi' if number % 2 else 'jalan'} rusak {number},{'A' if number % 2 else 'B'}\n"
        for number in range(60)
    ]
    path.write_text("nomor,keluhan warga,bagian\n" + "".join(rows))
    with pytest.raises(InvalidInputError, match="No column for the text"):
        await _train(regency, halimun, path)
    with pytest.raises(InvalidInputError, match="has a label"):
        await _train(regency, halimun, path, Columns(("keluhan warga",)))
    with pytest.raises(InvalidInputError, match="no column 'tiada'"):
        await _train(regency, halimun, path, Columns(("keluhan warga",), "tiada"))
    report = await _train(regency, halimun, path, Columns(("keluhan warga",), "bagian"))
    assert report.category is None
    assert report.agency
    assert report.agency.labels == 2
    assert await _current(regency, halimun) == {Task.AGENCY: report.model.version}


async def test_a_model_that_was_tampered_with_is_not_used(
    regency: AsyncEngine, halimun: City, write_reports: WriteReports
) -> None:
    version = (await _train(regency, halimun, write_reports(20, 1))).model.version
    async with regency.begin() as connection:
        await connection.execute(update(ClassifierModelRow).values(body=col(ClassifierModelRow.body).concat(b"x")))
    async with regency.connect() as connection:
        with pytest.raises(DamagedModelError, match="was changed"):
            await load(connection, CurrentModel(version=version, task=Task.AGENCY))


async def test_the_city_s_own_reports_are_learned_from_but_no_guess_of_a_machine(
    regency: AsyncEngine, halimun: City
) -> None:
    with pytest.raises(InvalidInputError, match="no labelled reports"):
        await _train(regency, halimun)
    pests = [f"wereng di petak {number}" for number in range(30)]
    roads = [f"jalan berlubang {number}" for number in range(30)]
    await tell(regency, *pests, agency_code="dinas_tani", category="hama")
    await tell(
        regency, *roads, agency_code="dinas_jalan", category="jalan_desa", decided={"category": {"by": "person"}}
    )
    guessed = {field: {"by": "model"} for field in ("agency", "category")}
    await tell(regency, "entah apa", agency_code="badan_bencana", category="lain", decided=guessed)
    report = await _train(regency, halimun)
    assert report.model.reports == 60
    assert report.category
    assert report.category.labels == 2
