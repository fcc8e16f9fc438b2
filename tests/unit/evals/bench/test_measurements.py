"""What needs no server is measured on the highland city; questions are made of its words."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from evals.bench.files import write_observations, write_reports
from evals.bench.ground import Ground
from evals.bench.measurements import MEASUREMENTS, measured
from evals.bench.questions import questions
from pesut.catalog.models import Catalog
from pesut.city.loader import CityFolder
from pesut.settings import Settings


@pytest.fixture
def ground(highland: CityFolder, tmp_path: Path) -> Ground:
    return Ground(Settings(data_dir=tmp_path), highland, lambda _: None)


async def test_every_metric_is_compiled(ground: Ground) -> None:
    [found] = [each async for each in measured(["compile"], ground)]
    assert found.left_out == ""
    assert [figure.name for figure in found.figures] == ["plain, p50", "plain, p95", "rich, p50", "rich, p95"]
    assert all(figure.value > 0 for figure in found.figures)
    assert found.figures[-1].beside[-1].value == len(ground.folder.catalog.metrics)


async def test_what_cannot_be_measured_says_why(ground: Ground) -> None:
    empty = replace(ground, folder=replace(ground.folder, catalog=Catalog()))
    [found] = [each async for each in measured(["compile"], empty)]
    assert found.figures == ()
    assert found.left_out
    assert found.remedy


def test_each_measurement_has_its_module() -> None:
    for name, measurement in MEASUREMENTS.items():
        assert measurement.name == name
        assert measurement.found()


def test_questions_are_in_the_citys_words_and_of_many_kinds(highland: CityFolder) -> None:
    asked = questions(highland)
    assert asked[:3] == list(highland.city.questions)
    assert asked == questions(highland)
    assert len(asked) == len(set(asked)) > 15
    names = [metric.name.id.lower() for metric in highland.catalog.metrics]
    assert sum(any(name in question.lower() for name in names) for question in asked) > 10
    assert any("desa dengan" in question for question in asked)
    assert not any("kelurahan" in question for question in asked)


def test_files_to_import_have_the_rows_asked_for(highland: CityFolder, tmp_path: Path) -> None:
    until = datetime(2026, 11, 24, tzinfo=highland.city.zone)
    for write in (write_observations, write_reports):
        write(tmp_path / "file.csv", highland, 100, until)
        assert len((tmp_path / "file.csv").read_text().splitlines()) == 101
