"""The made-up highland regency with citizens' reports in its own categories."""

import csv
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from api.app import create_app
from api.services import Services, services_for
from api.web.pages import pages_for
from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.contracts import Role
from pesut.principals import issue_token
from pesut.settings import Settings
from tests.integration.intake.conftest import Importer
from workflows.client import open_client

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
def arriving(regency: AsyncEngine, halimun: City, tmp_path: Path) -> Importer:
    return Importer(regency, halimun, tmp_path)


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


@dataclass(frozen=True)
class Desk:
    """The API of the regency, in this process; `tokens` by role."""

    app: FastAPI
    http: httpx.AsyncClient
    tokens: dict[Role, str]

    def public(self, **settings: Any) -> None:
        """Everybody may read over Open311; `settings` are further ones of the city."""
        services: Services = self.app.state.services
        open311 = services.city.open311.model_copy(update={"public": True} | settings)
        city = services.city.model_copy(update={"open311": open311})
        self.app.state.services = replace(services, city=city)

    async def post(self, path: str, body: Any, role: Role = Role.OPERATOR, *, key: str = "") -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} | ({"Idempotency-Key": key} if key else {})
        return await self.http.post(path, json=body, headers=headers)


@pytest.fixture
async def desk(regency: AsyncEngine, database_url: str, tmp_path: Path) -> AsyncGenerator[Desk]:
    settings = Settings(data_dir=tmp_path / "data", city=HALIMUN, database_url=database_url)
    app = create_app(settings)
    tokens = {role: (await issue_token(regency, f"sent-{role}", role))[1] for role in Role}
    async with open_client(settings, regency) as client:
        services = app.state.services = services_for(settings, regency, client)
        app.state.pages = pages_for(services.city)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://pesut") as http:
            yield Desk(app, http, tokens)
        await services.live.close()
