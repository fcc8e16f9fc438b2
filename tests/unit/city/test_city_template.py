"""`pesut init` writes a city that is whole, and never over something else."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import build
from pesut.city.loader import inspect_folder
from pesut.city.template import write_template
from pesut.errors import ConflictError


def test_the_written_city_passes_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "city"
    written = write_template(folder)
    assert {path.name for path in written} >= {"city.yml", "regions.csv", "agencies.yml", "aliases.yml"}
    found = inspect_folder(folder)
    assert (found.problems, found.warnings) == ([], [])
    assert found.folder is not None
    assert len(found.folder.documents) == 1


def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path: Path) -> None:
    write_template(tmp_path)
    (tmp_path / "city.yml").write_text("mine")
    with pytest.raises(ConflictError, match="not an empty folder"):
        write_template(tmp_path)
    assert (tmp_path / "city.yml").read_text() == "mine"
    with pytest.raises(ConflictError):
        write_template(tmp_path / "city.yml")


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "kota"
    result = CliRunner().invoke(build(["init"]), ["init", str(folder)])
    assert result.exit_code == 0
    assert str(folder / "city.yml") in result.output
    assert f"pesut catalog check {folder}" in result.output
