"""Files on their way in survive crashes between any two steps."""

import csv
from pathlib import Path

import pytest

from pesut.errors import UnavailableError
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.orders import ImportOrder
from pesut.intake.receipt import Reject
from pesut.intake.staging import Staging, digest_file


def _order(path: Path) -> ImportOrder:
    return ImportOrder(
        file_digest=digest_file(path), suffix=".csv", name=path.name, mapping=ColumnMapping(kind=ImportKind.REPORTS)
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "laporan.csv"
    path.write_text("id,isi\n" + "".join(f"{number},=teks {number}\n" for number in range(1200)))
    return path


def test_batches_hold_all_rows_once_in_order(tmp_path: Path, source: Path) -> None:
    order = _order(source)
    staging = Staging(tmp_path, order)
    staging.keep(source)
    manifest = staging.cut()
    assert (manifest.rows, manifest.batches) == (1200, 3)
    batches = [staging.batch(number) for number in range(3)]
    assert [row.number for batch in batches for row in batch.rows] == list(range(2, 1202))
    assert batches[0].rows[5].cells == {"id": "5", "isi": "=teks 5"}
    assert len({batch.key for batch in batches}) == 3
    (staging.file).write_text("id,isi\n")
    assert Staging(tmp_path, order).cut() == manifest, "what was cut is not cut again"


def test_a_file_that_changes_or_is_gone_is_refused(tmp_path: Path, source: Path) -> None:
    order = _order(source)
    with pytest.raises(UnavailableError, match="Import it again"):
        Staging(tmp_path, order).cut()
    source.write_text("id,isi\n1,lain\n")
    with pytest.raises(UnusableFileError, match="changes"):
        Staging(tmp_path, order).keep(source)


def test_rejects_are_joined_and_finishing_twice_keeps_them(tmp_path: Path, source: Path) -> None:
    staging = Staging(tmp_path, _order(source))
    staging.keep(source)
    staging.cut()
    for number in (1, 0):
        rows = staging.batch(number).rows
        staging.write_rejects(number, [Reject(row=rows[0].number, column="isi", reason="bad")], rows)
    staging.write_rejects(2, [Reject(row=1, column="x", reason="first time")], [])
    staging.write_rejects(2, [], [])
    path = staging.finish()
    assert staging.finish() == path
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["id"], row["isi"]) for row in rows] == [
        ("2", "0", "'=teks 0"),
        ("502", "500", "'=teks 500"),
    ]
    assert [each.name for each in (tmp_path / "imports").iterdir()] == []


def test_an_import_without_rejects_leaves_no_file(tmp_path: Path, source: Path) -> None:
    staging = Staging(tmp_path, _order(source))
    staging.rejects_file.parent.mkdir()
    staging.rejects_file.write_text("of an earlier time")
    staging.keep(source)
    staging.cut()
    assert staging.finish() == ""
    assert not staging.rejects_file.exists()
