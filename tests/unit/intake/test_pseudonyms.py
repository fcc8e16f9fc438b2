"""Reporters' names are hidden by a key that is made once and kept private."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pesut.errors import UnavailableError
from pesut.intake.pseudonyms import SECRET_FILE, Pseudonyms


def test_one_person_has_one_pseudonym_per_city(tmp_path: Path) -> None:
    here, there = Pseudonyms.of(tmp_path / "a"), Pseudonyms.of(tmp_path / "b")
    assert here("Budi  Santoso") == here("budi santoso") == Pseudonyms.of(tmp_path / "a")("Budi Santoso")
    assert len({here("Budi"), here("Siti"), there("Budi")}) == 3
    assert "budi" not in here("Budi")


def test_the_key_is_private_and_made_once_by_many(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = {tell("Budi") for tell in pool.map(Pseudonyms.of, [tmp_path] * 32)}
    assert len(told) == 1
    assert (tmp_path / SECRET_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


def test_a_spoiled_key_is_not_replaced(tmp_path: Path) -> None:
    for content in ("not hexadecimal", "", "abcd"):
        (tmp_path / SECRET_FILE).write_text(content)
        with pytest.raises(UnavailableError, match="backup"):
            Pseudonyms.of(tmp_path)
