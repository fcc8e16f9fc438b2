"""Files on their way in: kept by digest, cut into batches that any worker can take up, rejects written beside them."""

import csv
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from pesut.contracts.base import Contract
from pesut.errors import UnavailableError
from pesut.intake.batches import Batch
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.opening import open_table
from pesut.intake.files.papers import read_paper
from pesut.intake.files.table import Layout, SourceRow, Table
from pesut.intake.kinds.choice import KINDS
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.orders import ImportOrder
from pesut.intake.receipt import Reject
from pesut.servers.private_files import make_private_folder

_DONE = "manifest.json"


class Manifest(Contract):
    """What a file was cut into."""

    rows: int
    batches: int


def digest_file(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def rows_of(
    path: Path, mapping: ColumnMapping
) -> tuple[tuple[str, ...], tuple[str, ...], Callable[[], Iterator[SourceRow]]]:
    """Header, notes and rows of a file of this kind; a document is one row. Raises UnusableFileError."""
    if mapping.kind is ImportKind.DOCUMENTS:
        cells = read_paper(path)
        return tuple(cells), (), lambda: iter([SourceRow(1, cells)])
    table: Table = open_table(path, Layout(mapping.sheet, mapping.header))
    return table.header, table.notes, table.rows


class Staging:
    """The folder of one import, closed to other users: reports lie in it as they were told, until the import is done. Whoever takes
    over after a crash finds in it what was done.
    """

    def __init__(self, data_dir: Path, order: ImportOrder) -> None:
        self._data_dir = data_dir
        self._order = order
        self._folder = data_dir / "imports" / order.id

    @property
    def file(self) -> Path:
        return self._folder / f"source{self._order.suffix}"

    @property
    def rejects_file(self) -> Path:
        """Of a file its own, of a source that is asked again and again the newest."""
        which = "" if self._order.occasion else f"-{self._order.id[:8]}"
        return self._data_dir / "rejects" / f"{self._order.origin}{which}.csv"

    def keep(self, path: Path) -> None:
        """Copy the file in. Raises UnusableFileError when it is no longer what was ordered."""
        make_private_folder(self._folder)
        partial = self._folder / f"source.{os.getpid()}-{threading.get_ident()}"
        shutil.copyfile(path, partial)
        if digest_file(partial) != self._order.file_digest:
            partial.unlink()
            raise UnusableFileError(f"{path.name} changes while it is read.", remedy="Import it when it is whole.")
        partial.replace(self.file)

    def cut(self) -> Manifest:
        """Write the file's batches, unless that was done. Raises UnusableFileError."""
        if (self._folder / _DONE).exists():
            return Manifest.model_validate_json((self._folder / _DONE).read_bytes())
        if not self.file.exists():
            raise UnavailableError(
                f"The copy of {self._order.name} is not in {self.file.parent}.",
                remedy="Import it again; worker and command line must share the data folder.",
            )
        manifest = self._write_batches()
        write_whole(self._folder / _DONE, manifest.model_dump_json().encode())
        return manifest

    def batch(self, number: int) -> Batch:
        """The batch with this number, from 0."""
        lines = self._batch_file(number).read_bytes().splitlines()
        rows = [SourceRow(**orjson.loads(line)) for line in lines]
        return Batch(_key(self._order, number), rows)

    def write_rejects(self, number: int, rejects: Sequence[Reject], rows: Sequence[SourceRow]) -> None:
        """Keep what a batch had to leave out, in place of what was kept of it before."""
        kept = self._rejects_part(number)
        if not rejects:
            kept.unlink(missing_ok=True)
            return
        cells = {row.number: row.cells for row in rows}
        lines = [orjson.dumps({**reject.model_dump(), "cells": cells.get(reject.row, {})}) for reject in rejects]
        write_whole(kept, b"\n".join(lines))

    def finish(self) -> str:
        """Join the rejects into one CSV file, whose path is returned ("" when there are none), and clear up."""
        if self._folder.exists():
            self._join_rejects()
            # Renamed first: a folder that is there is whole, also for whoever repeats this after a crash.
            done = self._folder.with_name(f"{self._folder.name}.done")
            shutil.rmtree(done, ignore_errors=True)
            self._folder.rename(done)
            shutil.rmtree(done, ignore_errors=True)
        return str(self.rejects_file) if self.rejects_file.exists() else ""

    def _join_rejects(self) -> None:
        parts = sorted(self._folder.glob("rejects-*.jsonl"))
        rejected = [orjson.loads(line) for part in parts for line in part.read_bytes().splitlines()]
        if rejected:
            _write_rejects(self.rejects_file, rejected)
        else:
            self.rejects_file.unlink(missing_ok=True)

    def _write_batches(self) -> Manifest:
        _, _, rows = rows_of(self.file, self._order.mapping)
        count, number = 0, 0
        for number, batch in enumerate(cut_into_batches(rows(), self._order), start=1):
            lines = (orjson.dumps(_stored(row), default=_as_text) for row in batch.rows)
            write_whole(self._batch_file(number - 1), b"\n".join(lines))
            count += len(batch.rows)
        return Manifest(rows=count, batches=number)

    def _batch_file(self, number: int) -> Path:
        return self._folder / f"batch-{number:06}.jsonl"

    def _rejects_part(self, number: int) -> Path:
        return self._folder / f"rejects-{number:06}.jsonl"


def cut_into_batches(rows: Iterable[SourceRow], order: ImportOrder) -> Iterator[Batch]:
    """The rows of a file in batches, named by the order and their place."""
    source, number = iter(rows), 0
    while batch := list(islice(source, KINDS[order.kind].batch_rows)):
        yield Batch(_key(order, number), batch)
        number += 1


def _key(order: ImportOrder, number: int) -> str:
    return f"{order.id}/{number}"


def _stored(row: SourceRow) -> dict[str, Any]:
    return {"number": row.number, "cells": row.cells, "fault": row.fault}


def _as_text(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def write_whole(path: Path, content: bytes) -> None:
    """All or nothing: a reader never sees half of it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    partial.write_bytes(content)
    partial.replace(path)


def _write_rejects(path: Path, rejected: list[dict[str, Any]]) -> None:
    make_private_folder(path.parent)
    columns = list(dict.fromkeys(name for reject in rejected for name in reject["cells"]))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "column", "reason", "value", *columns])
        for reject in rejected:
            cells = [_shown(reject["cells"].get(name)) for name in columns]
            writer.writerow(
                [reject["row"], *map(_shown, (reject["column"], reject["reason"], reject["value"])), *cells]
            )


def _shown(cell: Any) -> str:
    """As text that a spreadsheet does not run as a formula."""
    text = "" if cell is None else (orjson.dumps(cell).decode() if isinstance(cell, dict | list) else str(cell))
    return f"'{text}" if text[:1] in {"=", "+", "@", "\t"} or (text[:1] == "-" and not text[1:2].isdigit()) else text
