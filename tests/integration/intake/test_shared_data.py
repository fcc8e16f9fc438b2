"""The real files beside the project load into the sample city, whole, by one command each."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.intake.mapping import ImportKind
from pesut.settings import SAMARINDA

if TYPE_CHECKING:
    from tests.integration.intake.conftest import Importer

SHARED = Path(__file__).parents[4] / "shared" / "data"
LAPOR, KELURAHAN = SHARED / "lapor-2017.csv", SHARED / "samarinda-kelurahan.geojson"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")


@pytest.fixture
async def samarinda(engine: AsyncEngine, tmp_path: Path, make_importer: "type[Importer]") -> AsyncGenerator["Importer"]:
    await load_city(engine, SAMARINDA)
    yield make_importer(engine, read_city(SAMARINDA), tmp_path)


async def test_all_685_reports(samarinda: "Importer") -> None:
    """Eleven of them are in the file twice, word for word, under one number: they are the same report."""
    done = await samarinda.file(ImportKind.REPORTS, LAPOR, create_missing=True, submitted_at="2017-06-01")
    assert (done.tally.created, done.tally.unchanged, done.tally.rejected) == (674, 11, 0)
    own = await samarinda.rows(
        "SELECT DISTINCT a.name FROM report_state s JOIN agency a ON a.code = s.agency_code"
        " WHERE NOT a.provisional AND a.name LIKE 'Dinas%' ORDER BY 1"
    )
    assert all("Kota" not in name and "Kab" not in name for (name,) in own)
    strangers = await samarinda.rows("SELECT count(*) FROM agency WHERE provisional AND name LIKE '%Kota Semarang'")
    assert strangers[0][0] > 10, "agencies of other cities are not taken for the city's own"
    again = await samarinda.file(ImportKind.REPORTS, LAPOR, create_missing=True, submitted_at="2017-06-01")
    assert (again.tally.created, again.tally.corrected, again.tally.unchanged) == (0, 0, 685)


async def test_all_59_polygons(samarinda: "Importer") -> None:
    done = await samarinda.file(ImportKind.REGIONS, KELURAHAN)
    assert (done.tally.created + done.tally.corrected, done.tally.rejected) == (59, 0)
    rows = await samarinda.rows(
        "SELECT count(*), count(polygon) FROM region WHERE superseded_at = :f AND level = 'village'"
    )
    assert rows == [(59, 59)]
    again = await samarinda.file(ImportKind.REGIONS, KELURAHAN)
    assert again.tally.unchanged == 59
