"""The situations can be read; a proposal is sound only when nothing that a careful expert would ask of it is missing."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evals.recommendation.cases import CASES, SituationFile, read_situations
from pesut.city.loader import CityFolder, read_folder
from pesut.errors import InvalidInputError
from pesut.settings import Settings


@pytest.fixture(scope="module")
def folder() -> CityFolder:
    return read_folder(Settings().city)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_each_file_follows_the_schema(path: Path) -> None:
    schema = json.loads((CASES / "schema.json").read_text())
    assert schema == SituationFile.model_json_schema()
    jsonschema.validate(yaml.safe_load(path.read_text()), schema)


def test_there_are_sixty_situations_about_what_the_city_has(folder: CityFolder) -> None:
    written = list(read_situations())
    asked = {each.situation.ask for each in written}
    assert len(written) == len(asked) == len({each.situation.id for each in written}) >= 60
    agencies, regions = {each.code for each in folder.agencies}, {each.code for each in folder.regions}
    categories, titles = (
        {each.code for each in folder.catalog.categories},
        {each.head.title for each in folder.documents},
    )
    for each in written:
        assert set(each.situation.agencies) <= agencies
        assert set(each.papers) <= titles
        if counted := each.situation.reports:
            assert counted.category in categories
            assert not counted.place or counted.place in regions


def test_a_situation_that_names_papers_that_are_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.yml").write_text("version: 1\ncases: [{id: a, ask: '?', agencies: [x], papers: none}]\n")
    monkeypatch.setattr("evals.recommendation.cases.CASES", tmp_path)
    with pytest.raises(InvalidInputError, match=r"broken\.yml"):
        list(read_situations())
