"""The made-up highland regency with citizens' reports in its own categories."""

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.city.models import City

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
MATTERS = {
    "hama": ("wereng menyerang padi", "tikus sawah merajalela", "ulat makan daun kubis"),
    "irigasi": ("parit sawah jebol", "bendung retak", "saluran sawah tersumbat"),
    "jalan_desa": ("jembatan gantung putus", "jalan desa berlubang", "talud ke jalan ambrol"),
    "longsor": ("tebing runtuh menimpa rumah", "tanah gerak sejak semalam", "longsor menutup kebun"),
}
AGENCIES = {"hama": "dinas_tani", "irigasi": "dinas_tani", "jalan_desa": "dinas_jalan", "longsor": "badan_bencana"}
WriteReports = Callable[[int, int], Path]


@pytest.fixture(scope="session")
def halimun() -> City:
    return read_city(HALIMUN)


@pytest.fixture
async def regency(engine: AsyncEngine) -> AsyncEngine:
    await load_city(engine, HALIMUN)
    return engine


@pytest.fixture
def write_reports(tmp_path: Path) -> WriteReports:
    """A file of so many reports of each category, mixed, from a seed."""

    def write(count: int, seed: int) -> Path:
        dice = random.Random(seed)
        path = tmp_path / f"laporan-{seed}-{count}.csv"
        rows = [
            (matter, code)
            for code, matters in MATTERS.items()
            for matter in (dice.choice(matters) for _ in range(count))
        ]
        dice.shuffle(rows)
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "judul", "isi laporan", "instansi", "kategori", "tanggal"])
            for place, (matter, code) in enumerate(rows):
                body = f"{matter} di dusun {dice.randint(1, 99)} {dice.choice(('mohon ditangani', 'sudah lama', 'warga resah'))}"
                day = f"{1 + place % 28:02}/{1 + place // 28 % 12:02}/2025"
                writer.writerow([f"{seed}-{place}", matter, body, AGENCIES[code], code, day])
        return path

    return write
