"""Files are read for what they are, whatever their encoding, delimiter or wrapping; others are refused with a reason."""

import csv
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.opening import open_table
from pesut.intake.files.table import Layout

ROWS = [["Kelurahan", "Nilai", "Catatan"], ["Sei Kunjang", "1.234,5", "café — “rusak”"], ["Air Putih", "7,9", ""]]


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _text(delimiter: str) -> str:
    return "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS)


def _cells(path: Path, layout: Layout | None = None) -> list[dict[str, object]]:
    return [row.cells for row in open_table(path, layout).rows()]


EXPECTED: list[dict[str, object]] = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = _write(tmp_path / "data.csv", _text(delimiter).encode(encoding))
    assert _cells(path) == EXPECTED


def test_excels_hint_and_windows_line_ends(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", "sep=;\r\n" + _text(";").replace("\n", "\r\n"))
    assert _cells(path) == EXPECTED


def test_one_broken_byte_does_not_spoil_the_rest(tmp_path: Path) -> None:
    text = "a,b\n" + "é,ü\n" * 50
    path = _write(tmp_path / "data.csv", text.encode() + b"x,\xff\n")
    table = open_table(path)
    assert [row.cells["b"] for row in table.rows()] == ["ü"] * 50 + ["\ufffd"]
    assert any("1 broken" in note for note in table.notes)


def test_titles_above_the_header_and_rows_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", "Data Sampah Kota 2025,,\n,,\n" + _text(","))
    rows = list(open_table(path).rows())
    assert [row.cells for row in rows] == EXPECTED
    assert [row.number for row in rows] == [4, 5]


def test_a_header_that_is_said(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", "a,b,c\nx,y,z\n1,2,3\n")
    assert _cells(path, Layout(header_row=2)) == [{"x": "1", "y": "2", "z": "3"}]


def test_names_of_columns_are_unique(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", "nilai,nilai,,x\n1,2,3,4\n")
    assert open_table(path).header == ("nilai", "nilai (2)", "column 3", "x")


def test_text_over_several_lines_stays_one_cell(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", 'a,b\n"x\ny",1\nz,2\n')
    assert [(row.number, row.cells["a"]) for row in open_table(path).rows()] == [(2, "x\ny"), (3, "z")]


def test_a_row_with_too_many_cells_has_a_fault(tmp_path: Path) -> None:
    path = _write(tmp_path / "data.csv", "a,b\n1,2\n1,2,3\n4\n")
    assert [bool(row.fault) for row in open_table(path).rows()] == [False, True, False]


def _workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def test_workbooks_keep_their_types(tmp_path: Path) -> None:
    moment = datetime(2025, 3, 3, 7)  # noqa: DTZ001 - spreadsheets have no zones
    path = _workbook(
        tmp_path / "d.xlsx", {"Kosong": [], "Data": [["Judul"], [], ["tgl", "nilai"], [moment, 7.5], [], [moment, 8]]}
    )
    table = open_table(path)
    assert [(row.number, row.cells) for row in table.rows()] == [
        (4, {"tgl": moment, "nilai": 7.5}),
        (6, {"tgl": moment, "nilai": 8}),
    ]
    assert "Kosong" in table.notes[0]


def test_another_sheet(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "d.xlsx", {"A": [["x", "y"], [1, 2]], "B": [["z", "w"], [3, 4]]})
    assert _cells(path, Layout(sheet="B")) == [{"z": 3, "w": 4}]
    with pytest.raises(UnusableFileError, match="no sheet 'C'"):
        open_table(path, Layout(sheet="C"))


@pytest.mark.parametrize(
    "content",
    [
        '[{"a": 1, "b": {"c": "x"}}, {"a": 2}]',
        '{"a": 1, "b": {"c": "x"}}\n{"a": 2}\n',
        '{"success": true, "result": {"records": [{"a": 1, "b": {"c": "x"}}, {"a": 2}]}}',
    ],
)
def test_json_arrays_lines_and_wrappings(tmp_path: Path, content: str) -> None:
    path = _write(tmp_path / "d.json", content)
    assert open_table(path).header == ("a", "b.c")
    assert _cells(path) == [{"a": 1, "b.c": "x"}, {"a": 2}]


def test_a_broken_line_of_json_has_a_fault(tmp_path: Path) -> None:
    path = _write(tmp_path / "d.jsonl", '{"a": 1}\n{"a": 2}\n{"a": \n[1]\n')
    assert [bool(row.fault) for row in open_table(path).rows()] == [False, False, True, True]


def test_geojson(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
    features = [
        {"type": "Feature", "properties": {"kode": "1"}, "geometry": square},
        {"type": "Feature", "properties": {"kode": "2"}, "geometry": {"type": "Point", "coordinates": [117.1, -0.5]}},
    ]
    path = _write(tmp_path / "d.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert _cells(path) == [{"kode": "1", "geometry": square}, {"kode": "2", "longitude": 117.1, "latitude": -0.5}]
    other = {"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:23830"}}, "features": features}
    with pytest.raises(UnusableFileError, match="WGS 84"):
        open_table(_write(tmp_path / "o.geojson", json.dumps(other)))


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("d.csv", b"", "is empty"),
        ("d.csv", b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        ("d.csv", b"a,b\n", "header and no rows"),
        ("d.csv", b"1,2\n3,4\n5.5,6\n", "no header"),
        ("d.csv", b"%PDF-1.7\n...", "holds a PDF document"),
        ("d.csv", b"\x89PNG\r\n\x1a\n\x00", "is a picture"),
        ("d.csv", bytes(range(256)) * 50, "binary"),
        ("d.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ("d.xls", b"<html><table><tr><td>1", "web page"),
        ("d.xlsx", b"a,b\n1,2\n", "holds plain text"),
        ("d.xlsx", b"PK\x03\x04 and no more", "is damaged"),
        ("d.json", b"{not json", "is no JSON"),
        ("d.json", b'{"a": 1}', "no list of objects"),
        ("d.json", b"[]", "no rows"),
        ("d.csv", b'a,b\n"' + b"x" * 1_100_000 + b"\n1,2\n", "characters"),
        ("d.csv", b'a,b\n1,"never closed\n' + b"1,2\n" * 400_000, "quotation mark"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = _write(tmp_path / name, content)
    with pytest.raises(UnusableFileError, match=reason) as refused:
        list(open_table(path).rows())
    assert refused.value.remedy


def test_archives_that_would_unpack_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="would unpack to"):
        open_table(_bomb(tmp_path / "d.xlsx"))


def test_other_archives_and_missing_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("data.csv", "a,b")
    with pytest.raises(UnusableFileError, match="ZIP archive"):
        open_table(tmp_path / "d.zip")
    with pytest.raises(UnusableFileError, match="cannot be read"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(UnusableFileError, match="no file"):
        open_table(tmp_path)


def test_a_line_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    with path.open("w") as file:
        file.write("a,b\n1,2\n")
        for _ in range(100):
            file.write("x" * 1_000_000)
    with pytest.raises(UnusableFileError, match="line 3 of more than"):
        open_table(path)


def test_csv_from_python_comes_back(tmp_path: Path) -> None:
    rows = [["a", "b"], ['say "hi"', "x;y"], ["line\nbreak", "1,5"]]
    with (tmp_path / "d.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert _cells(tmp_path / "d.csv") == [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
