"""What is personal reaches the vault and nothing else; who opens it is written down."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Principal, ReportQuery, Role
from pesut.database.access import reading_as
from pesut.database.tables import AuditLogRow
from pesut.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from pesut.evidence import Lookup, record, replay
from pesut.intake.mapping import ImportKind
from pesut.principals import issue_token
from pesut.reports.privacy.earlier import EARLIER, mask_earlier_reports, masked
from pesut.reports.privacy.originals import open_original, report_called
from pesut.reports.privacy.vault import Vault
from pesut.search.reports import REPORT
from tests.integration.intake.conftest import Importer
from tests.integration.search.town import decide, settle, tell, visit

TOLD = "Nama saya Wagiman Prawiro, NIK 6472051203850001, HP 0812-0000-4321. Lampu jalan padam."
SHOWN = "Nama saya [nama], NIK [NIK], HP [telepon]. Lampu jalan padam."
SECRETS = ("Wagiman", "6472051203850001", "0000-4321", "00004321")
WHY = "Pelapor meminta dihubungi kembali."
FILE = f"""id,judul,isi,tanggal,pelapor,lokasi kejadian
1,HP 081200004321,"{TOLD}",2026-06-01,Wagiman Prawiro,"Jl. Mawar, hubungi 081200004321"
2,Sampah,Sampah menumpuk di pasar,2026-06-02,,
"""


async def _everything(engine: AsyncEngine) -> str:
    """All that the database holds outside the vault, as text."""
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    async with engine.connect() as connection:
        names = (await connection.execute(text(tables))).scalars().all()
        rows = [
            (
                await connection.execute(text(f"SELECT coalesce(string_agg(t::text, '\n'), '') FROM {name} t"))
            ).scalar_one()
            for name in names
        ]
    return "\n".join(rows)


async def _person(engine: AsyncEngine, role: Role) -> Principal:
    return (await issue_token(engine, role.value, role))[0]


async def _acts(engine: AsyncEngine, action: str) -> list[tuple[Any, ...]]:
    query = select(col(AuditLogRow.principal_id), col(AuditLogRow.subject), col(AuditLogRow.detail))
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(query.where(col(AuditLogRow.action) == action))]


async def test_an_import_masks_before_anything_is_stored(importer: Importer) -> None:
    assert (await importer.text(ImportKind.REPORTS, FILE)).tally.created == 2
    rows = await importer.rows("SELECT title, body, address FROM report ORDER BY number")
    assert rows == [("HP [telepon]", SHOWN, "Jl. Mawar, hubungi [telepon]"), ("Sampah", "Sampah menumpuk di pasar", "")]
    kept = await importer.rows("SELECT decided -> 'personal_data' -> 'found' FROM report_state ORDER BY submitted_at")
    assert kept == [({"name": 1, "nik": 1, "phone": 3},), (None,)]
    everything = await _everything(importer.engine)
    assert "Lampu jalan padam" in everything
    assert not [secret for secret in SECRETS if secret in everything]


async def test_only_what_was_masked_lies_in_the_vault(importer: Importer, vault: Vault) -> None:
    await importer.text(ImportKind.REPORTS, FILE)
    inspector = await _person(importer.engine, Role.INSPECTOR)
    report = await report_called(importer.engine, inspector, "1")
    opened = await open_original(importer.engine, vault, inspector, report, WHY)
    assert (opened.text.title, opened.text.body, opened.masked) == ("HP 081200004321", TOLD, True)
    other = await report_called(importer.engine, inspector, "2")
    assert not (await open_original(importer.engine, vault, inspector, other, WHY)).masked
    assert await importer.rows("SELECT count(*) FROM report_original") == [(1,)]


async def test_each_opening_and_each_refusal_is_written_down(importer: Importer, vault: Vault) -> None:
    await importer.text(ImportKind.REPORTS, FILE)
    inspector = await _person(importer.engine, Role.INSPECTOR)
    report = await report_called(importer.engine, inspector, "1")
    await open_original(importer.engine, vault, inspector, report, "  Kembali menghubungi  081200004321 ")
    opened = await _acts(importer.engine, "report.original.open")
    assert opened == [(inspector.id, f"report/{report}", {"reason": "Kembali menghubungi [telepon]"})]
    for role in (Role.MAYOR, Role.REVIEWER, Role.ANALYST, Role.OPERATOR):
        person = await _person(importer.engine, role)
        with pytest.raises(ForbiddenError, match=role.value):
            await open_original(importer.engine, vault, person, report, WHY)
    assert len(await _acts(importer.engine, "report.original.refuse")) == 4
    assert len(await _acts(importer.engine, "report.original.open")) == 1


@pytest.mark.parametrize("reason", ["", "   ", "mau lihat", "x" * 501, "alasan \x00 rahasia"])
async def test_no_original_without_a_reason(importer: Importer, vault: Vault, reason: str) -> None:
    await importer.text(ImportKind.REPORTS, FILE)
    inspector = await _person(importer.engine, Role.INSPECTOR)
    report = await report_called(importer.engine, inspector, "1")
    with pytest.raises(InvalidInputError, match="reason"):
        await open_original(importer.engine, vault, inspector, report, reason)
    assert not await _acts(importer.engine, "report.original.open")


async def test_a_report_is_called_by_one_number(importer: Importer) -> None:
    inspector = await _person(importer.engine, Role.INSPECTOR)
    await importer.text(ImportKind.REPORTS, FILE)
    await importer.text(ImportKind.REPORTS, FILE, source="lain")
    with pytest.raises(ConflictError, match="lain"):
        await report_called(importer.engine, inspector, "1")
    with pytest.raises(NotFoundError):
        await report_called(importer.engine, inspector, "tidak ada")


async def test_the_agents_role_cannot_read_the_vault(importer: Importer) -> None:
    inspector = await _person(importer.engine, Role.INSPECTOR)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with reading_as(importer.engine, inspector.scope) as connection:
            await connection.execute(text("SELECT * FROM report_original"))


async def test_the_same_report_again_is_known_by_what_the_vault_holds(importer: Importer) -> None:
    await importer.text(ImportKind.REPORTS, FILE)
    again = await importer.text(
        ImportKind.REPORTS, FILE + "3,Baru,laporan baru,2026-06-03,,\n", name="lagi.csv", source="data"
    )
    assert (again.tally.created, again.tally.unchanged, again.tally.rejected) == (1, 2, 0)
    other = await importer.text(ImportKind.REPORTS, FILE.replace("0812-0000-4321", "0812-0000-4322"), source="data")
    assert [(row["row"], "another body" in row["reason"]) for row in other.rejects] == [("2", True)]


async def test_rows_without_a_number_are_told_apart_by_what_is_masked(importer: Importer) -> None:
    rows = "isi,tanggal\nHubungi 081200001111 segera,2026-06-01\nHubungi 081200002222 segera,2026-06-01\n"
    assert (await importer.text(ImportKind.REPORTS, rows)).tally.created == 2
    assert await importer.rows("SELECT DISTINCT body FROM report") == [("Hubungi [telepon] segera",)]


async def test_what_is_refused_is_quoted_masked(importer: Importer) -> None:
    rows = "id,isi,tanggal\n1,Halo,kemarin telepon 081200004321\n"
    imported = await importer.text(ImportKind.REPORTS, rows)
    assert imported.tally.problems[0].value == "kemarin telepon [telepon]"
    assert imported.rejects[0]["value"] == "kemarin telepon [telepon]"
    assert imported.rejects[0]["tanggal"] == "kemarin telepon 081200004321"  # its owner's file, to be mended
    assert "081200004321" not in await _everything(importer.engine)


async def test_the_folders_of_an_import_are_closed_to_others(importer: Importer, tmp_path: Path) -> None:
    await importer.text(ImportKind.REPORTS, "id,isi,tanggal\n1,Halo,kapan-kapan\n")
    assert (tmp_path / "data" / "rejects").stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "data" / "imports").iterdir())
    order = importer.plan(ImportKind.REPORTS, tmp_path / "data.csv").order
    importer.work.keep(tmp_path / "data.csv", order)
    assert (tmp_path / "data" / "imports" / order.id).stat().st_mode & 0o077 == 0


async def test_earlier_reports_are_masked_and_their_evidence_replays(engine: AsyncEngine, vault: Vault) -> None:
    await settle(engine)
    report = (await tell(engine, TOLD, title="Air 081200004321"))[0]
    before = await visit(engine)
    statement = select(masked(REPORT.c.title).label("title"), masked(REPORT.c.body).label("body"))
    evidence = await record(before, Lookup(ReportQuery(), statement), key="k", label="E1")
    assert await mask_earlier_reports(engine, vault) == 1
    assert await mask_earlier_reports(engine, vault) == 0
    assert (await replay(engine, evidence)).same
    async with engine.connect() as connection:
        shown = (await connection.execute(text("SELECT masked_by, title, body FROM report"))).one()
    assert shown == (
        EARLIER,
        "Air [telepon]",
        TOLD.replace("6472051203850001", "[NIK]").replace("0812-0000-4321", "[telepon]"),
    )
    inspector = await _person(engine, Role.INSPECTOR)
    assert (await open_original(engine, vault, inspector, report, WHY)).text.body == TOLD


async def test_supervision_cases_are_opened_within_the_scope_alone(engine: AsyncEngine, vault: Vault) -> None:
    await settle(engine)
    report = (await tell(engine, TOLD))[0]
    await mask_earlier_reports(engine, vault)
    await decide(engine, report, classification="supervision", agency_code="pdam")
    inspector = await _person(engine, Role.INSPECTOR)
    assert (await open_original(engine, vault, inspector, report, WHY)).text.body == TOLD
    elsewhere = inspector.model_copy(update={"agencies": ("dlh",)})
    await mask_earlier_reports(engine, vault)
    hidden = (await tell(engine, TOLD, classification="supervision"))[0]
    with pytest.raises(NotFoundError):
        await open_original(engine, vault, elsewhere, hidden, WHY)
