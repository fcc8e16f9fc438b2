"""One batch of a file: read, checked, written and acknowledged in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.database.moment import writing
from pesut.intake.fields import CellError
from pesut.intake.files.table import SourceRow
from pesut.intake.kinds.base import FieldRow, Kind, Setting
from pesut.intake.kinds.choice import KINDS
from pesut.intake.mapping import ColumnMapping
from pesut.intake.reading import RowReader, rejected
from pesut.intake.receipt import Receipt, Reject, claim, digest_of, find_receipt, settle
from pesut.intake.versions import Counts, stamp
from pesut.principals.audit import Act, record_act


@dataclass(frozen=True)
class Batch:
    """Rows under the name by which they are acknowledged. `key` comes from file, mapping and place in the file."""

    key: str
    rows: Sequence[SourceRow]


class BatchLoader:
    """Loads batches under one mapping into the city of `setting`. `source` is whose receipts they get: by default those of files."""

    def __init__(self, engine: AsyncEngine, setting: Setting, mapping: ColumnMapping, source: str = "") -> None:
        self._engine = engine
        self._setting = setting
        self._kind = KINDS[mapping.kind]
        self._reader = RowReader(self._kind.fields, mapping, setting.city.zone, self._kind.quotable)
        self._source = source or f"import/{mapping.kind}"

    async def load(self, batch: Batch) -> tuple[Receipt, ...]:
        """Write the batch once: its receipt, or that of the earlier time when it was written before.

        Rows that an earlier time had to reject are tried again, since what they refer to may have come meanwhile; what
        then went in has a receipt of its own. The last receipt tells which rows are still rejected.
        """
        first = await self._find(batch.key)
        if first is None:
            return (await self._write(batch, digest_of(batch.key)),)
        receipts = [first]
        while receipts[-1].rejects:
            again = Batch(f"{batch.key}/{len(receipts)}", _rows_of(receipts[-1].rejects, batch.rows))
            later = await self._find(again.key) or await self._write_accepted(again, digest_of(again.key))
            if not later.accepted:
                break
            receipts.append(later)
        return tuple(receipts)

    async def take(self, batch: Batch, act: Act, digest: str = "") -> Receipt:
        """Write what was sent, and into the audit log that it was, unless nothing of it could be used.

        With a `digest` of its content the batch goes in once under its key, and a second time gives the first receipt; without one,
        what is there is recognised row by row. Raises ConflictError when the key was used for other content.
        """
        return await self._write_accepted(batch, digest, act)

    async def try_out(self, batch: Batch) -> Receipt:
        """What `load` would do; nothing is written."""
        ready = await self._ready(batch)
        async with writing(self._engine) as (connection, moment):
            blank = Receipt(source=self._source, key=batch.key, digest="", recorded_at=moment)
            receipt = await ready.write(connection, blank)
            await connection.rollback()
        return receipt

    async def _find(self, key: str) -> Receipt | None:
        async with self._engine.connect() as connection:
            return await find_receipt(connection, self._source, key)

    async def _write(self, batch: Batch, digest: str) -> Receipt:
        """Once under its key; of a file's batch the key names file and place, so that its digest is also the content's."""
        ready = await self._ready(batch)
        async with writing(self._engine) as (connection, moment):
            blank = Receipt(source=self._source, key=batch.key, digest=digest, recorded_at=moment)
            if first := await claim(connection, blank):
                return first
            return await settle(connection, await ready.write(connection, blank))

    async def _write_accepted(self, batch: Batch, digest: str, act: Act | None = None) -> Receipt:
        """As `_write`, but what nothing is accepted of leaves no trace. Without a digest the key is not kept either."""
        ready = await self._ready(batch)
        async with writing(self._engine) as (connection, moment):
            blank = Receipt(source=self._source, key=batch.key, digest=digest, recorded_at=moment)
            if digest and (first := await claim(connection, blank)):
                return first
            receipt = await ready.write(connection, blank)
            if not receipt.accepted:
                await connection.rollback()
                return receipt
            if act:
                await record_act(connection, replace(act, detail=act.detail | _counted(receipt)))
            return await settle(connection, receipt) if digest else receipt

    async def _ready(self, batch: Batch) -> "_Ready":
        """Everything that takes time but no lock: every new question waits for those who hold one."""
        read, rejects = await asyncio.to_thread(self._reader.read_all, batch.rows)
        kind = self._kind(self._setting)
        async with self._engine.connect() as connection:
            await kind.get_ready(connection, read)
        records, refused = await asyncio.to_thread(_records, kind, read)
        return _Ready(kind, records, sorted([*rejects, *refused], key=lambda reject: reject.row))


@dataclass(frozen=True)
class _Ready:
    """A batch that waits to be written."""

    kind: Kind[Any]
    records: list[Any]
    rejects: list[Reject]

    async def write(self, connection: AsyncConnection, receipt: Receipt) -> Receipt:
        """The receipt filled with what was done."""
        await self.kind.lock(connection, self.records)
        now = await stamp(connection)
        counts = await self.kind.write(connection, self.records, now) if self.records else Counts()
        done = {"recorded_at": now, "accepted": len(self.records), "rejected": len(self.rejects)}
        return receipt.model_copy(update={**asdict(counts), **done, "rejects": tuple(self.rejects)})


def _records(kind: Kind[Any], rows: Sequence[FieldRow]) -> tuple[list[Any], list[Reject]]:
    records: list[Any] = []
    rejects: list[Reject] = []
    for row in rows:
        try:
            records.append(kind.record(row))
        except CellError as error:
            rejects.append(rejected(row.number, error, kind.quotable))
    return kind.complete(records), rejects


def _counted(receipt: Receipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in ("created", "corrected", "unchanged", "rejected")}


def _rows_of(rejects: Sequence[Reject], rows: Sequence[SourceRow]) -> list[SourceRow]:
    numbers = {reject.row for reject in rejects}
    return [row for row in rows if row.number in numbers]
