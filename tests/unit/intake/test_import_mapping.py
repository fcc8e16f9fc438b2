"""Columns are recognised by what people call them; what is set or mapped by hand stands above that."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pesut.errors import InvalidInputError
from pesut.intake.amounts import DecimalMark
from pesut.intake.files.table import SourceRow
from pesut.intake.kinds.choice import KINDS
from pesut.intake.mapping import ColumnMapping, ImportKind, check_columns, propose_columns, read_mapping
from pesut.intake.moments import DayOrder
from pesut.intake.orders import ImportOrder
from pesut.intake.planning import Wish, parse_settings, plan_import, propose_import
from pesut.intake.reading import RowReader


@pytest.mark.parametrize(
    ("kind", "header", "columns"),
    [
        (
            ImportKind.REPORTS,
            ["No. Laporan", "Judul", "Isi Laporan", "Tanggal Laporan", "Instansi", "Kategori", "Kelurahan", "Kecamatan", "Pelapor"],
            {"key": "No. Laporan", "title": "Judul", "body": "Isi Laporan", "submitted_at": "Tanggal Laporan",
             "agency": "Instansi", "category": "Kategori", "reporter": "Pelapor", "village": "Kelurahan", "district": "Kecamatan"},
        ),
        (
            ImportKind.OBSERVATIONS,
            ["TANGGAL", "Nama_Pos", "Indikator", "Nilai (m)", "Satuan"],
            {"indicator": "Indikator", "observed_at": "TANGGAL", "value": "Nilai (m)", "item": "Nama_Pos", "unit": "Satuan"},
        ),
        (
            ImportKind.OBSERVATIONS,
            ["indicator", "year", "bulan", "kecamatan", "jumlah"],
            {"indicator": "indicator", "year": "year", "month": "bulan", "value": "jumlah", "district": "kecamatan"},
        ),
        (
            ImportKind.BUDGETS,
            ["Tahun Anggaran", "Kode Rekening", "SKPD", "Program", "Kegiatan", "Sub Kegiatan", "Pagu", "Bulan", "Realisasi"],
            {"year": "Tahun Anggaran", "code": "Kode Rekening", "agency": "SKPD", "program": "Program", "activity": "Kegiatan",
             "name": "Sub Kegiatan", "ceiling": "Pagu", "month": "Bulan", "amount": "Realisasi"},
        ),
        (ImportKind.REGIONS, ["kode", "nama", "kode_kecamatan", "kecamatan", "geometry"],
         {"code": "kode", "name": "nama", "parent": "kode_kecamatan", "parent_name": "kecamatan", "polygon": "geometry"}),
        (ImportKind.REGIONS, ["Kode", "Kecamatan"], {"code": "Kode", "name": "Kecamatan"}),
        (ImportKind.AGENCIES, ["Nama OPD", "Singktan", "Tugas Pokok"],
         {"name": "Nama OPD", "short_name": "Singktan", "mandate": "Tugas Pokok"}),
        (ImportKind.AGENCIES, ["Warna", "Rasa"], {}),
    ],
)  # fmt: skip
def test_what_is_proposed(kind: ImportKind, header: list[str], columns: dict[str, str]) -> None:
    assert propose_columns(header, KINDS[kind].fields) == columns


def test_a_mapping_as_yaml_comes_back(tmp_path: Path) -> None:
    fields = KINDS[ImportKind.REPORTS].fields
    mapping = ColumnMapping(
        kind=ImportKind.REPORTS, columns={"body": "Isi: laporan"}, constants={"submitted_at": "2017-06-01"},
        decimal=DecimalMark.POINT, dates=DayOrder.MONTH, sheet="Lembar 1", header=3,
    )  # fmt: skip
    (tmp_path / "m.yml").write_text(mapping.as_yaml())
    assert read_mapping(tmp_path / "m.yml", ImportKind.REPORTS, fields) == mapping
    with pytest.raises(InvalidInputError, match="is for reports"):
        read_mapping(tmp_path / "m.yml", ImportKind.BUDGETS, fields)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a", "no YAML mapping"),
        ("columns: {a: [}", "cannot be read"),
        ("columns: {colour: x}", "colour"),
        ("columns: 3", "not right"),
        ("decimal: dot", "not right"),
        ("colums: {}", "not right"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "m.yml").write_text(content)
    with pytest.raises(InvalidInputError, match=reason):
        read_mapping(tmp_path / "m.yml", ImportKind.REPORTS, KINDS[ImportKind.REPORTS].fields)


def test_what_is_set_stands_above_columns() -> None:
    fields = KINDS[ImportKind.REPORTS].fields
    mapping = ColumnMapping(kind=ImportKind.REPORTS, columns={"body": "isi", "title": "judul"})
    mapping = mapping.with_settings({"title": "Semua", "dates": "month_first", "header": "2"}, fields)
    assert mapping.columns == {"body": "isi"}
    assert (mapping.constants, mapping.dates, mapping.header) == ({"title": "Semua"}, DayOrder.MONTH, 2)
    for settings, reason in (({"colour": "x"}, "colour"), ({"decimal": "dot"}, "--set is not right")):
        with pytest.raises(InvalidInputError, match=reason):
            mapping.with_settings(settings, fields)


def test_settings_are_pairs() -> None:
    assert parse_settings(["a=b=c", " d = e "]) == {"a": "b=c", "d": "e"}
    for pair in ("a", "=b"):
        with pytest.raises(InvalidInputError, match="no field=value"):
            parse_settings([pair])


def test_what_is_missing_is_named_with_the_remedy() -> None:
    fields = KINDS[ImportKind.OBSERVATIONS].fields
    mapping = ColumnMapping(kind=ImportKind.OBSERVATIONS, columns={"value": "nilai"}, constants={"indicator": "x"})
    with pytest.raises(InvalidInputError, match=r"observed_at.*--set observed_at="):
        check_columns(mapping, ["nilai"], fields)
    check_columns(mapping.model_copy(update={"constants": {"indicator": "x", "year": "2025"}}), ["nilai"], fields)
    with pytest.raises(InvalidInputError, match="no column 'nilai'"):
        check_columns(mapping, ["tahun"], fields)


def _file(tmp_path: Path, text: str) -> Wish:
    (tmp_path / "d.csv").write_text(text)
    return Wish(ImportKind.OBSERVATIONS, tmp_path / "d.csv")


def test_a_plan_finds_the_files_conventions(tmp_path: Path) -> None:
    wish = _file(tmp_path, "indikator;tanggal;nilai;warna\nx;03/25/2025;7.9\nx;03/04/2025;1.234;r\n")
    plan = plan_import(wish)
    assert (plan.order.mapping.decimal, plan.order.mapping.dates) == (DecimalMark.POINT, DayOrder.MONTH)
    assert any("left out: warna" in note for note in plan.notes)


def test_a_plan_says_what_could_be_read_both_ways(tmp_path: Path) -> None:
    plan = plan_import(_file(tmp_path, "indikator;tanggal;nilai\nx;2025-01-01;1.234\n"))
    assert plan.order.mapping.decimal is DecimalMark.COMMA
    assert any("decimal=point" in note for note in plan.notes)


def test_a_proposal_tells_what_is_missing_and_a_plan_refuses(tmp_path: Path) -> None:
    wish = _file(tmp_path, "warna,rasa\nmerah,manis\n")
    assert "No column for indicator" in propose_import(wish).missing
    with pytest.raises(InvalidInputError, match="No column for indicator"):
        plan_import(wish)


def test_an_order_is_the_same_for_the_same_file_read_the_same_way(tmp_path: Path) -> None:
    wish = _file(tmp_path, "indikator;tanggal;nilai\nx;2025-01-01;1\n")
    order = plan_import(wish).order
    assert plan_import(wish).order.id == order.id
    others: list[ImportOrder] = [
        order.model_copy(update={"create_missing": True}),
        order.model_copy(update={"file_digest": "0" * 64}),
        order.model_copy(update={"mapping": order.mapping.model_copy(update={"decimal": DecimalMark.POINT})}),
    ]
    assert len({order.id, *(other.id for other in others)}) == 4


def test_rows_are_read_or_rejected_with_column_and_reason() -> None:
    mapping = ColumnMapping(
        kind=ImportKind.BUDGETS,
        columns={"code": "Kode", "ceiling": "Pagu", "name": "Uraian"},
        constants={"year": "2026"},
    )
    reader = RowReader(KINDS[ImportKind.BUDGETS].fields, mapping, ZoneInfo("Asia/Makassar"))
    rows: list[dict[str, object]] = [
        {"Kode": "1.01", "Pagu": "Rp1.500.000,50", "Uraian": "Drainase"},
        {"Kode": "1.02", "Pagu": "banyak", "Uraian": "-"},
        {"Kode": None, "Pagu": 5, "Uraian": "x"},
        {"Kode": "1.03", "Pagu": "9", "Uraian": "JUMLAH"},
    ]
    read, rejects = reader.read_all(SourceRow(number, cells) for number, cells in enumerate(rows, start=2))
    assert [row.values for row in read] == [{"year": 2026, "code": "1.01", "ceiling": 1_500_001, "name": "Drainase"}]
    assert [(each.row, each.column, each.reason) for each in rejects] == [
        (3, "Pagu", "is not a number"),
        (4, "Kode", "is empty"),
        (5, "Uraian", "is a row of totals"),
    ]
