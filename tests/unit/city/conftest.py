"""A small city's folder that a test may spoil."""

import shutil
from pathlib import Path

import pytest

HIGHLAND = Path(__file__).parents[2] / "cities" / "lembah_halimun"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the highland city."""
    return shutil.copytree(HIGHLAND, tmp_path / "city")
