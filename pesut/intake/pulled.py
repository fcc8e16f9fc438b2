"""Requests of another Open311 server on their way in: as rows of a file that is imported like any other."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import orjson

from pesut.city.open311 import Open311Source
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.orders import ImportOrder
from pesut.intake.staging import Staging, digest_file, write_whole
from pesut.servers.private_files import make_private_folder

CHANNEL = "open311"
SUFFIX = ".json"
LONGEST_STRAY = 1000  # characters of what is no request that the reject file shows
_FIELDS = ("key", "body", "submitted_at", "category", "agency", "address", "latitude", "longitude", "closed_at")
MAPPING = ColumnMapping(kind=ImportKind.REPORTS, columns={name: name for name in _FIELDS})


def row_of(request: Any, services: Mapping[str, str]) -> dict[str, Any]:
    """A row of a file of reports. What is no request becomes a row that is rejected, so that nothing vanishes."""
    if not isinstance(request, dict):
        return dict.fromkeys(_FIELDS) | {"body": orjson.dumps(request).decode()[:LONGEST_STRAY]}
    given = cast("dict[str, Any]", request)
    return {
        "key": given.get("service_request_id"),
        "body": given.get("description"),
        "submitted_at": given.get("requested_datetime"),
        "category": services.get(str(given.get("service_code"))),
        "agency": given.get("agency_responsible"),
        "address": given.get("address"),
        "latitude": given.get("lat"),
        "longitude": given.get("long"),
        "closed_at": _closed_at(given),
    }


def _closed_at(request: Mapping[str, Any]) -> Any:
    """When a closed request was closed; some servers give a moment before it was made."""
    if request.get("status") != "closed":
        return None
    made, changed = request.get("requested_datetime"), request.get("updated_datetime")
    try:
        return max(str(made), str(changed), key=datetime.fromisoformat)
    except (ValueError, TypeError):
        return changed or made


class PullStaging:
    """The folder of one pull, closed to other users. Each stretch of time is a file of its own, written whole, so that whoever takes
    over after a crash finds what was fetched.
    """

    def __init__(self, data_dir: Path, pull: str) -> None:
        self._data_dir = data_dir
        self._folder = data_dir / "pulls" / sha256(pull.encode()).hexdigest()[:24]
        self._pull = pull

    def fetched(self, number: int) -> bool:
        return self._part(number).exists()

    def keep(self, number: int, rows: Iterable[Mapping[str, Any]]) -> None:
        make_private_folder(self._folder)
        write_whole(self._part(number), b"".join(orjson.dumps(row) + b"\n" for row in rows))

    def order(self, source: Open311Source, asked_by: UUID | None) -> ImportOrder | None:
        """The import of all that was fetched, kept where imports are; None where nothing was."""
        whole = self._folder / f"{source.code}{SUFFIX}"
        if not self._join(whole):
            return None
        order = ImportOrder(
            file_digest=digest_file(whole), suffix=SUFFIX, name=whole.name, mapping=MAPPING, asked_by=asked_by,
            channel=CHANNEL, occasion=self._pull,
        )  # fmt: skip
        Staging(self._data_dir, order).keep(whole)
        return order

    def clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _join(self, whole: Path) -> int:
        """All rows in one file, one a line; a single one as a list, since one line alone does not tell what it is."""
        parts = [part for part in sorted(self._folder.glob("part-*.jsonl")) if part.stat().st_size]
        count = 0
        with whole.open("wb") as file:
            for part in parts:
                with part.open("rb") as lines:
                    for line in lines:
                        file.write(line)
                        count += 1
        if count == 1:
            write_whole(whole, b"[" + whole.read_bytes() + b"]")
        return count

    def _part(self, number: int) -> Path:
        return self._folder / f"part-{number:06}.jsonl"
