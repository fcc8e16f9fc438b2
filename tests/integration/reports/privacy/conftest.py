"""The small town of the intake tests, with a vault."""

from pathlib import Path

import pytest

from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings
from tests.integration.intake.conftest import Importer, importer, make_importer, town, town_catalog, town_engine

__all__ = ["Importer", "importer", "make_importer", "town", "town_catalog", "town_engine"]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """The one that the importer seals with."""
    return Vault.of(Settings(data_dir=tmp_path / "data"))
