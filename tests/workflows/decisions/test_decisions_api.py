"""Decisions over the API: taken forward, approved, answered by the agency, and refused with a clear reason."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from api.access import TOKEN_COOKIE
from api.app import create_app
from api.services import services_for
from api.web.pages import pages_for
from pesut.contracts import Role
from pesut.database.tables import AuditLogRow
from pesut.decisions.record import record_of
from pesut.principals import issue_token
from pesut.settings import Settings
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import Office
from workflows.client import PesutClient

PROOF = b"%PDF-1.7 foto"
APPROVE = {"kind": "approve", "directives": [{"option": 0, "agency": "badan_bencana"}]}


@pytest.fixture
async def http(
    office: Office, engine: AsyncEngine, database_url: str, tmp_path: Path
) -> AsyncGenerator[httpx.AsyncClient]:
    """The API and the pages over the office's city."""
    settings = Settings(data_dir=tmp_path, city=HIGHLAND, database_url=database_url)
    app = create_app(settings)
    client = PesutClient(office.environment.client, engine, settings)
    services = app.state.services = services_for(settings, engine, client)
    app.state.pages = pages_for(services.city)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://pesut") as http:
        yield http
    await client.close()


@pytest.fixture
async def tokens(engine: AsyncEngine) -> tuple[str, str]:
    """Of who decides, and of the agency that carries it out."""
    _, mayor = await issue_token(engine, "wakil", Role.MAYOR)
    _, agency = await issue_token(engine, "bpbd", Role.ANALYST, ("badan_bencana",))
    return mayor, agency


async def test_from_approval_to_an_agencys_answer(
    begun: UUID, engine: AsyncEngine, http: httpx.AsyncClient, tokens: tuple[str, str]
) -> None:
    mayor, agency = tokens

    async def call(token: str, method: str, path: str, body: Any = None) -> httpx.Response:
        return await http.request(method, f"/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"})

    shown = (await call(mayor, "GET", f"/decisions/{begun}")).json()
    assert shown["state"]["status"] == "approval"
    assert (await call(mayor, "POST", "/decisions", {"run_id": shown["run_id"]})).json()["id"] == str(begun)
    draft = await call(mayor, "GET", f"/decisions/{begun}/papers/telaahan-staf.pdf")
    assert (draft.status_code, draft.headers["content-type"]) == (200, "application/pdf")
    assert (await call(mayor, "GET", f"/decisions/{begun}/papers/nota-dinas.pdf")).status_code == 409
    stale = {"key": "a", "version": 2, "motion": APPROVE}
    assert (await call(mayor, "POST", f"/decisions/{begun}/acts", stale)).status_code == 409
    step = {"key": "a", "version": 1, "motion": APPROVE}
    assert (await call(agency, "POST", f"/decisions/{begun}/acts", step)).status_code == 403
    approved = await call(mayor, "POST", f"/decisions/{begun}/acts", step)
    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    await _its_papers(engine, begun, partial(call, mayor, "GET"))
    (given,) = (await call(agency, "GET", "/dispositions")).json()
    told = {"key": "b", "motion": {"kind": "acknowledge"}}
    answered = await call(agency, "POST", f"/dispositions/{given['id']}/acts", told)
    assert (answered.status_code, answered.json()["status"]) == (200, "acknowledged")
    assert (await call(mayor, "GET", f"/decisions/{begun}/outcome")).status_code == 404
    http.cookies.set(TOKEN_COOKIE, mayor)
    page = await http.get(f"/keputusan/{begun}")
    assert page.status_code == 200
    for said in ("Disetujui, sedang dilaksanakan", "Telaahan staf", "tenggat", "/naskah/nota-dinas.pdf", "wakil"):
        assert said in page.text
    assert (await http.get(f"/keputusan/{begun}/naskah/nota-dinas.docx")).status_code == 200
    assert len((await call(mayor, "GET", "/decisions?status=approved")).json()) == 1


async def _its_papers(engine: AsyncEngine, decision_id: UUID, get: Callable[[str], Awaitable[httpx.Response]]) -> None:
    """The same bytes whenever they are asked for, and each time on the trail."""
    _, record = await record_of(engine, decision_id)
    assert [each.label for each in record.exhibits] == [each.label for each in record.evidence]
    for name in ("nota-dinas.pdf", "nota-dinas.docx", "lembar-disposisi.pdf"):
        first, again = [await get(f"/decisions/{decision_id}/papers/{name}") for _ in range(2)]
        assert first.status_code == 200
        assert first.content == again.content
        assert name.partition(".")[0] in first.headers["content-disposition"]
    query = select(col(AuditLogRow.detail)).where(col(AuditLogRow.action) == "decision.paper")
    async with engine.connect() as connection:
        kept = (await connection.execute(query.order_by(col(AuditLogRow.id)))).scalars().all()
    assert [each["kind"] for each in kept] == ["telaahan-staf", *["nota-dinas"] * 4, *["lembar-disposisi"] * 2]
    assert kept[-1]["sha256"] == sha256(again.content).hexdigest()


async def test_the_mayor_decides_on_the_page(begun: UUID, http: httpx.AsyncClient, tokens: tuple[str, str]) -> None:
    mayor, agency = tokens
    http.cookies.set(TOKEN_COOKIE, agency)
    assert "/approve" not in (await http.get(f"/keputusan/{begun}")).text
    approval = {"key": "a", "version": "1", "option": "0", "words": "segera"}
    assert (await http.post(f"/keputusan/{begun}/approve", data=approval)).status_code == 403
    http.cookies.set(TOKEN_COOKIE, mayor)
    assert f'href="/keputusan/{begun}"' in (await http.get("/keputusan")).text.split("Lainnya")[0]
    assert "/approve" in (await http.get(f"/keputusan/{begun}")).text
    for told in ({"key": "b", "version": "1"}, {"key": "b", "version": "1", "option": "9"}):
        assert (await http.post(f"/keputusan/{begun}/approve", data=told)).status_code == 422
    assert (await http.post(f"/keputusan/{begun}/reject", data={"key": "c", "version": "1"})).status_code == 422
    other_site = {"Origin": "https://elsewhere.example"}
    refused = await http.post(f"/keputusan/{begun}/approve", data=approval, headers=other_site)
    assert refused.status_code == 403
    for _ in range(2):  # a second press does nothing more
        assert (await http.post(f"/keputusan/{begun}/approve", data=approval)).status_code == 303
    page = (await http.get(f"/keputusan/{begun}")).text
    assert "Disetujui, sedang dilaksanakan" in page
    assert page.count("segera") == 1
    assert "Yang dapat Anda lakukan" not in page


async def test_the_text_is_changed_on_its_page(begun: UUID, http: httpx.AsyncClient, tokens: tuple[str, str]) -> None:
    mayor, agency = tokens
    edit = f"/keputusan/{begun}/ubah"
    http.cookies.set(TOKEN_COOKIE, agency)
    assert (await http.get(edit)).status_code == 403
    http.cookies.set(TOKEN_COOKIE, mayor)
    assert f'href="{edit}"' in (await http.get(f"/keputusan/{begun}")).text
    form = {"key": "a", "version": "1", "/conclusion": "Ada 93 petani yang menunggu", "/assumptions/-": "Panen tetap"}
    refused = await http.post(edit, data=form)
    assert refused.status_code == 422
    for said in ("Belum disimpan", "memuat angka yang tidak berasal dari bukti", 'href="#/conclusion"', "Panen tetap"):
        assert said in refused.text or said.startswith("href")
    assert "Ada 93 petani yang menunggu</textarea>" in refused.text, "what was written is not lost"
    for told in ({"key": "b", "version": "1"}, {"key": "b", "version": "7"}, {"version": "1"}, {"key": "b"}):
        assert (await http.post(edit, data=told)).status_code == 422
    form["/conclusion"] = "Segera ditangani"
    for _ in range(2):  # a second press does nothing more
        assert (await http.post(edit, data=form)).status_code == 303
    shown = (await http.get(f"/keputusan/{begun}")).text
    assert "naskah versi 2" in shown
    assert "<ins>Segera ditangani</ins>" in shown
    assert "<ins>Panen tetap</ins>" in shown


async def test_an_agency_proves_with_a_file(
    begun: UUID, engine: AsyncEngine, http: httpx.AsyncClient, tokens: tuple[str, str]
) -> None:
    mayor, agency = tokens
    http.cookies.set(TOKEN_COOKIE, mayor)
    approval = {"key": "a", "version": "1", "option": "0"}
    assert (await http.post(f"/keputusan/{begun}/approve", data=approval)).status_code == 303
    bearer = {mayor: {"Authorization": f"Bearer {mayor}"}, agency: {"Authorization": f"Bearer {agency}"}}
    (given,) = (await http.get("/v1/dispositions", headers=bearer[mayor])).json()
    address, told = f"/v1/dispositions/{given['id']}", {"key": "p", "title": "Foto lapangan"}

    async def prove(token: str, name: str, content: bytes, **said: str) -> httpx.Response:
        file = {"file": (name, content, "text/html")}
        return await http.post(f"{address}/proofs", headers=bearer[token], data=told | said, files=file)

    assert (await prove(mayor, "a.pdf", PROOF)).status_code == 403
    assert (await prove(agency, "a.html", b"<script>")).status_code == 422
    assert await _kept(engine, "disposition.file") == []
    for _ in range(2):  # a repeated request does nothing more
        answered = await prove(agency, "a.pdf", PROOF)
        assert (answered.status_code, answered.json()["proofs"]) == (200, 1)
    (kept,) = await _kept(engine, "disposition.file")
    assert kept["sha256"] == sha256(PROOF).hexdigest()
    stranger = {"key": "q", "motion": {"kind": "proof", "title": "Foto", "file": str(begun)}}
    assert (await http.post(f"{address}/acts", headers=bearer[agency], json=stranger)).status_code == 422
    for path in (f"{address}/files/{kept['file']}", f"/disposisi/{given['id']}/berkas/{kept['file']}"):
        file = await http.get(path, headers=bearer[mayor])
        assert (file.status_code, file.content, file.headers["x-content-type-options"]) == (200, PROOF, "nosniff")
        assert file.headers["content-type"] == "application/octet-stream"
        assert file.headers["content-disposition"] == 'attachment; filename="a.pdf"'
    assert len(await _kept(engine, "disposition.file_read")) == 2
    assert (await http.get(f"{address}/files/{begun}", headers=bearer[mayor])).status_code == 404
    await _answered_on_the_page(http, given["id"], agency)


async def _answered_on_the_page(http: httpx.AsyncClient, disposition: str, agency: str) -> None:
    page = f"/disposisi/{disposition}"
    assert "Nyatakan selesai" not in (await http.get(page)).text, "the mayor does not answer for an agency"
    http.cookies.set(TOKEN_COOKIE, agency)
    assert f'href="{page}"' in (await http.get("/disposisi")).text
    assert "Unduh berkasnya" in (await http.get(page)).text
    assert (await http.post(f"{page}/progress", data={"key": "r"})).status_code == 422
    photo = {"file": ("foto.png", b"\x89PNG\r\n\x1a\n...", "image/png")}
    assert (await http.post(f"{page}/proof", data={"key": "s", "words": "Foto"}, files=photo)).status_code == 303
    assert (await http.post(f"{page}/finish", data={"key": "t"})).status_code == 303
    shown = (await http.get(page)).text
    assert "Dinyatakan selesai" in shown
    assert "Yang dapat Anda lakukan" not in shown


async def _kept(engine: AsyncEngine, action: str) -> list[dict[str, Any]]:
    query = select(col(AuditLogRow.detail)).where(col(AuditLogRow.action) == action)
    async with engine.connect() as connection:
        return list((await connection.execute(query.order_by(col(AuditLogRow.id)))).scalars())
