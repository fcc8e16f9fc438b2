"""A city's own files: what goes in, what is refused and why, and that loading twice changes nothing."""

import asyncio
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from pesut.intake.mapping import ImportKind

if TYPE_CHECKING:
    from tests.integration.intake.conftest import Importer

OBSERVATIONS, REPORTS, BUDGETS = ImportKind.OBSERVATIONS, ImportKind.REPORTS, ImportKind.BUDGETS
REGIONS, AGENCIES, DOCUMENTS = ImportKind.REGIONS, ImportKind.AGENCIES, ImportKind.DOCUMENTS
SQUARE = [[[107.0, -0.5], [107.0, -0.4], [107.1, -0.4], [107.1, -0.5], [107.0, -0.5]]]


def _feature(kode: str, nama: str, coordinates: Any = SQUARE) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kode": kode, "nama": nama}, "geometry": geometry}


def _collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


async def test_boundaries_add_to_what_is_known(importer: "Importer") -> None:
    bowtie = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    done = await importer.text(
        REGIONS,
        _collection(
            _feature("9001011001", "Rawa Elok"),
            _feature("90.01.01.1009", "Baru"),
            _feature("90.01.07.1001", "Tanpa Induk"),
            _feature("91.01.01.1001", "Kota Lain"),
            _feature("90.01.02.1001", "Sukamaju", bowtie),
        ),
        "batas.geojson",
    )
    assert (done.tally.created, done.tally.corrected, done.tally.rejected) == (1, 1, 3)
    assert [each["column"] for each in done.rejects] == ["parent", "kode", "geometry"]
    rows = await importer.rows(
        "SELECT name, aliases, latitude, longitude, area_km2, polygon IS NOT NULL, parent_code FROM region"
        " WHERE code IN ('90.01.01.1001', '90.01.01.1009') AND superseded_at = :f ORDER BY code"
    )
    assert rows[0][:2] == ("Rawa Indah", ["Rw Indah", "Rawa Elok"])
    assert rows[0][2:4] == (-0.45, 107.05)
    assert rows[0][4] == pytest.approx(123.9, abs=0.5)
    assert rows[1][5:] == (True, "90.01.01")


async def test_districts_and_villages_in_one_file_without_codes_for_known_ones(importer: "Importer") -> None:
    text = "kode,nama,kecamatan\n90.01.03,Tengah,\n90.01.03.1001,Pasar,Tengah\n,Sukamaju,Muara\n,Entah,Muara\n"
    done = await importer.text(REGIONS, text)
    assert (done.tally.created, done.tally.unchanged, done.tally.rejected) == (2, 1, 1)
    rows = await importer.rows("SELECT code, level, parent_code FROM region WHERE code LIKE '90.01.03%' ORDER BY code")
    assert rows == [("90.01.03", "district", "90.01"), ("90.01.03.1001", "village", "90.01.03")]


async def test_agencies_are_renamed_and_added(importer: "Importer") -> None:
    text = (
        "Kode;Nama OPD;Singkatan;Nama Lain;Kategori\n"
        "dlh;Dinas Lingkungan Hidup dan Kebersihan;DLHK;kebersihan;sampah\n;Dinas Perhubungan;Dishub;;\n;X;;;api\n"
    )
    done = await importer.text(AGENCIES, text)
    assert (done.tally.created, done.tally.corrected, done.tally.rejected) == (1, 1, 1)
    rows = await importer.rows(
        "SELECT code, name, short_name, aliases, categories FROM agency WHERE superseded_at = :f ORDER BY 1"
    )
    assert rows == [
        ("dinas-perhubungan", "Dinas Perhubungan", "Dishub", [], []),
        (
            "dlh",
            "Dinas Lingkungan Hidup dan Kebersihan",
            "DLHK",
            ["Dinas LH", "Dinas Lingkungan Hidup", "kebersihan"],
            ["waste"],
        ),
    ]


LEVELS = (
    "Tanggal;Pos;Indikator;Nilai;Satuan\n"
    "01/06/2026 07.00;Bendungan Hulu;Tinggi muka air;7,90;m\n"
    "13/06/2026 07.00;Jembatan Lama;level;1.007,5;M\n"
    "13/06/2026 07.00;Menara;level;1;m\n"
    "13/06/2026 08.00;bdg hulu;level;abc;m\n"
    "13/06/2026 08.00;bdg hulu;level;5;cm\n"
)


async def test_observations_by_names_in_the_citys_time(importer: "Importer") -> None:
    done = await importer.text(OBSERVATIONS, LEVELS)
    assert (done.tally.created, done.tally.rejected) == (2, 3)
    assert [(each["row"], each["column"]) for each in done.rejects] == [("4", "Pos"), ("5", "Nilai"), ("6", "Satuan")]
    rows = await importer.rows(
        "SELECT s.region_code, s.item, o.observed_at, o.value FROM observation o JOIN series s ON s.id = o.series_id ORDER BY 2"
    )
    assert rows == [
        ("90.01", "bridge", datetime(2026, 6, 13, 0, tzinfo=UTC), Decimal("1007.5")),
        ("90.01.01.1001", "dam", datetime(2026, 6, 1, 0, tzinfo=UTC), Decimal("7.90")),
    ]


async def test_a_workbook_of_years_by_district(importer: "Importer") -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ["Penduduk"],
        ["Kecamatan", "Tahun", "Jumlah"],
        ["Hulu", 2024, 1200],
        ["Muara", 2024, 900],
        ["Jumlah", 2024, 2100],
    ):
        sheet.append(row)
    workbook.save(importer.folder / "p.xlsx")
    done = await importer.file(OBSERVATIONS, importer.folder / "p.xlsx", indicator="population")
    assert (done.tally.created, [each["reason"] for each in done.rejects]) == (2, ["is a row of totals"])
    rows = await importer.rows("SELECT month, total FROM observation_month ORDER BY total")
    assert rows == [(date(2024, 1, 1), 900), (date(2024, 1, 1), 1200)]


async def test_loading_twice_changes_nothing_and_another_file_corrects(importer: "Importer") -> None:
    await importer.text(OBSERVATIONS, LEVELS)
    tables = "SELECT count(*), max(recorded_at), max(superseded_at) FROM {}"
    before = [await importer.rows(tables.format(table)) for table in ("observation", "observation_month")]
    again = await importer.text(OBSERVATIONS, LEVELS)
    assert (again.tally.created, again.tally.unchanged, again.tally.repeated, again.tally.rejected) == (0, 2, 1, 3)
    assert len(again.rejects) == 3
    assert [await importer.rows(tables.format(table)) for table in ("observation", "observation_month")] == before
    corrected = await importer.text(OBSERVATIONS, LEVELS.replace("7,90", "8,10"))
    assert (corrected.tally.corrected, corrected.tally.unchanged) == (1, 1)
    earlier = await importer.text(OBSERVATIONS, LEVELS)
    assert earlier.tally.corrected == 0, "a file that was loaded once does not undo what came after it"


async def test_rows_that_were_rejected_are_tried_again(importer: "Importer") -> None:
    text = "indicator,tahun,wilayah,nilai\npopulation,2024,90.01.03,5\npopulation,2024,90.01.01,6\npopulation,2024,90.01.04,7\n"
    assert (await importer.text(OBSERVATIONS, text)).tally.rejected == 2
    await importer.text(REGIONS, "kode,nama\n90.01.03,Tengah\n", "r.csv")
    done = await importer.text(OBSERVATIONS, text)
    assert (done.tally.created, done.tally.unchanged, done.tally.rejected) == (1, 1, 1)
    await importer.text(REGIONS, "kode,nama\n90.01.04,Timur\n", "r.csv")
    assert (await importer.text(OBSERVATIONS, text)).tally.created == 1
    done = await importer.text(OBSERVATIONS, text)
    assert (done.tally.created, done.tally.unchanged, done.tally.rejected, done.rejects) == (0, 3, 0, [])


REPORT_HEADER = (
    "id,judul,isi,tanggal,instansi,kategori,kelurahan,kecamatan,status,klasifikasi,pelapor,tanggal selesai,lat,lon\n"
)
FLOOD = '1,Banjir,"Banjir di depan rumah\\nsudah 2 hari &amp; belum surut",01/06/2026 08:00,DLH,genangan,Rw Indah,Hulu,,,Budi,,,\n'


async def test_reports_with_what_is_decided_of_them(importer: "Importer") -> None:
    done = await importer.text(
        REPORTS,
        REPORT_HEADER
        + FLOOD
        + "2,,Sampah menumpuk,02/06/2026 08:00,,sampah,,Muara,,,budi,05/06/2026 10:00,,\n"
        + "3,,Pungli,03/06/2026 08:00,,,,,diproses,pengawasan,,,,\n",
    )
    assert (done.tally.created, done.tally.rejected) == (3, 0)
    rows = await importer.rows(
        "SELECT r.source, r.number, r.title, r.body, r.submitted_at, s.region_code, s.agency_code, s.category, s.status,"
        " s.classification, s.channel FROM report r JOIN report_state s ON s.report_id = r.id ORDER BY r.number"
    )
    moment = datetime(2026, 6, 1, 1, tzinfo=UTC)
    body = "Banjir di depan rumah\nsudah 2 hari & belum surut"
    assert rows[0] == (
        "data",
        "1",
        "Banjir",
        body,
        moment,
        "90.01.01.1001",
        "dlh",
        "flood",
        "waiting",
        "complaint",
        "import",
    )
    assert rows[1][5:9] == ("90.01.02", None, "waste", "done")
    assert rows[2][8:10] == ("in_process", "supervision")
    reporters = await importer.rows("SELECT reporter FROM report ORDER BY number")
    assert reporters[0] == reporters[1] != ("",)
    assert "budi" not in reporters[0][0].lower()
    events = await importer.rows(
        "SELECT kind FROM report_event e JOIN report r ON r.id = e.report_id WHERE r.number = '2' ORDER BY happened_at"
    )
    assert events == [("received",), ("closed",)]
    decided = await importer.rows(
        "SELECT decided FROM report_state s JOIN report r ON r.id = s.report_id WHERE number = '1'"
    )
    assert decided[0][0]["category"] == {"by": "source", "how": "name", "said": "genangan"}


async def test_a_report_that_comes_again_changes_only_what_is_decided(importer: "Importer") -> None:
    await importer.text(REPORTS, REPORT_HEADER + FLOOD)
    done = await importer.text(
        REPORTS, REPORT_HEADER + FLOOD.replace("Hulu,,,Budi,", "Hulu,selesai,,Budi,07/06/2026 09:00")
    )
    assert (done.tally.created, done.tally.corrected) == (0, 1)
    rows = await importer.rows("SELECT status, superseded_at = :f FROM report_state ORDER BY recorded_at")
    assert rows == [("waiting", False), ("done", True)]
    done = await importer.text(REPORTS, REPORT_HEADER + FLOOD.replace("depan", "belakang"))
    assert "with another body" in done.rejects[0]["reason"]
    other = await importer.text(REPORTS, REPORT_HEADER + FLOOD.replace("depan", "belakang"), source="other-system")
    assert other.tally.created == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1,,x,,,,,,,,,,,\n", "tanggal"),
        ("1,,x,31/12/1989,,,,,,,,,,\n", "tanggal"),
        ("1,,x,01/06/2026,,api,,,,,,,,\n", "kategori"),
        ("1,,x,01/06/2026,,,Atlantis,,,,,,,\n", "kelurahan"),
        ("1,,x,01/06/2026,,,,,entah,,,,,\n", "status"),
        ("1,,x,01/06/2026,,,,,,,,01/05/2026,,\n", "tanggal selesai"),
        ("1,,x,01/06/2026,,,,,,,,,95,10\n", "lat"),
        (f"1,,{'x' * 110_000},01/06/2026,,,,,,,,,,\n", "isi"),
        ("1,,x,01/06/2026,,,,,,,,,,,surplus\n", "row"),
    ],
)
async def test_reports_that_cannot_be_used(importer: "Importer", row: str, column: str) -> None:
    done = await importer.text(REPORTS, REPORT_HEADER + FLOOD.replace("1,", "9,", 1) + row)
    assert (done.tally.created, [each["column"] for each in done.rejects]) == (1, [column])


async def test_what_is_missing_is_made_provisional_once(importer: "Importer") -> None:
    rows = "".join(f"{number},,Teks {number},01/06/2026,Dinas Pasar,api,Blok M,Muara,,,,,,\n" for number in range(3))
    text = REPORT_HEADER + rows + "7,,x,01/06/2026,DINAS PASAR,,,Entah,,,,,,\n"
    assert (await importer.text(REPORTS, text, create_missing=True)).tally.created == 4
    made = "SELECT code, name{} FROM {} WHERE provisional AND superseded_at = :f ORDER BY 1"
    assert await importer.rows(made.format("", "agency")) == [("dinas-pasar", "Dinas Pasar")]
    assert await importer.rows(made.format(", level, parent_code", "region")) == [
        ("90.01.02/blok-m", "Blok M", "village", "90.01.02"),
        ("90.01/entah", "Entah", "district", "90.01"),
    ]
    states = await importer.rows("SELECT DISTINCT agency_code, category, region_code FROM report_state ORDER BY 3")
    assert states == [("dinas-pasar", "api", "90.01.02/blok-m"), ("dinas-pasar", None, "90.01/entah")]


async def test_a_report_lies_where_its_point_does(importer: "Importer") -> None:
    await importer.text(REGIONS, _collection(_feature("90.01.01.1001", "Rawa Indah")), "b.geojson")
    rows = "1,,x,01/06/2026,,,,,,,,,-0.45,107.05\n2,,y,01/06/2026,,,,,,,,,1,1\n"
    await importer.text(REPORTS, REPORT_HEADER + rows)
    found = await importer.rows(
        "SELECT region_code FROM report_state s JOIN report r ON r.id = s.report_id ORDER BY number"
    )
    assert found == [("90.01.01.1001",), (None,)]


async def test_many_at_once_do_not_double_anything(importer: "Importer") -> None:
    lines = "".join(f"{number},,Teks {number},01/06/2026,Dinas {number % 5},,,,,,,,,\n" for number in range(30))
    options: dict[str, Any] = {"create_missing": True, "source": "same"}
    files = [
        importer.text(REPORTS, REPORT_HEADER + lines + f"x{n},,y,01/06/2026,,,,,,,,,,\n", f"f{n}.csv", **options)
        for n in range(6)
    ]
    tallies = [each.tally for each in await asyncio.gather(*files)]
    assert sum(tally.created for tally in tallies) == 36
    assert await importer.rows("SELECT count(*) FROM report") == [(36,)]
    assert await importer.rows("SELECT count(*) FROM agency WHERE provisional") == [(5,)]


async def test_budgets_with_ceilings_and_realisation(importer: "Importer") -> None:
    text = (
        "Tahun;Kode;SKPD;Program;Sub Kegiatan;Pagu;Bulan;Realisasi\n"
        "2026;1.03;DLH;Pengelolaan Drainase;Normalisasi;Rp2,5 miliar;Januari;100.000.000,00\n"
        "2026;1.03;DLH;Pengelolaan Drainase;Normalisasi;Rp2,5 miliar;2;250.000.000,00\n"
        "2026;1.04;;Lain;Tanpa OPD;5;;\n"
        "2026;1.05;DLH;Lain;Tanpa bulan;;;5\n"
    )
    done = await importer.text(BUDGETS, text)
    assert [(each["row"], each["column"]) for each in done.rejects] == [("4", "SKPD"), ("5", "Bulan")]
    lines = await importer.rows("SELECT year, code, agency_code, program, name, ceiling FROM budget_line")
    assert lines == [(2026, "1.03", "dlh", "drainage", "Normalisasi", 2_500_000_000)]
    spent = await importer.rows("SELECT month, amount FROM budget_realisation ORDER BY month")
    assert spent == [(date(2026, 1, 1), 100_000_000), (date(2026, 2, 1), 250_000_000)]
    more = await importer.text(BUDGETS, "tahun,kode,bulan,realisasi\n2026,1.03,2026-02,300000000\n", "r.csv")
    assert more.tally.corrected == 1
    assert await importer.rows("SELECT count(*) FROM budget_line") == [(1,)]


async def test_a_document_and_its_next_version(importer: "Importer") -> None:
    text = "# Peraturan Wali Kota 5/2026\n\n## Pasal 1\n\nSampah dipilah.\n\n## Pasal 2\n\nDenda."
    done = await importer.text(DOCUMENTS, text, "perwali-5.md", agency="DLH", issued_on="3 Maret 2026")
    assert done.tally.created == 1
    known = await importer.rows("SELECT code, title, kind, issued_on, agency_code FROM document")
    assert known == [("perwali-5", "Peraturan Wali Kota 5/2026", "regulation", date(2026, 3, 3), "dlh")]
    await importer.text(
        DOCUMENTS, text.replace("Denda.", "Teguran."), "perwali-5.md", agency="DLH", issued_on="3 Maret 2026"
    )
    held = await importer.rows("SELECT heading, text FROM passage WHERE superseded_at = :f ORDER BY ordinal")
    assert held == [("Pasal 1", "Sampah dipilah."), ("Pasal 2", "Teguran.")]
    assert await importer.rows("SELECT count(*) FROM passage") == [(3,)]


async def test_a_trial_writes_nothing(importer: "Importer") -> None:
    path = importer.folder / "d.csv"
    path.write_text(REPORT_HEADER + FLOOD + "2,,x,kapan,,,,,,,,,,\n")
    tally = await importer.work.try_out(importer.plan(REPORTS, path), path, 10)
    assert (tally.created, tally.rejected, tally.problems[0].column) == (1, 1, "tanggal")
    for table in ("report", "report_state", "receipt", "audit_log"):
        assert await importer.rows(f"SELECT count(*) FROM {table}") == [(0,)]


async def test_an_import_that_stopped_goes_on_where_it_was(importer: "Importer") -> None:
    path = importer.folder / "d.csv"
    path.write_text(REPORT_HEADER + "".join(f"{n},,Teks {n},01/06/2026,,,,,,,,,,\n" for n in range(1600)))
    order = importer.plan(REPORTS, path).order
    importer.work.keep(path, order)
    loading = importer.work.load(order, range(importer.work.cut(order).batches), datetime.now(UTC))
    assert (await anext(loading)).created == 500
    await loading.aclose()
    done = await importer.file(REPORTS, path)
    assert (done.tally.created, done.tally.unchanged, done.tally.repeated) == (1100, 500, 1)
    assert await importer.rows("SELECT count(*) FROM report") == [(1600,)]


async def test_an_import_is_in_the_audit_log(importer: "Importer") -> None:
    await importer.text(REPORTS, REPORT_HEADER + FLOOD)
    rows = await importer.rows("SELECT action, subject, detail FROM audit_log")
    assert rows[0][:2] == ("reports.import", "data.csv")
    assert rows[0][2]["created"] == 1
