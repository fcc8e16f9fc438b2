"""Citizens' reports: what was said is written once, what was decided of it in versions, its steps as events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import insert, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from pesut.contracts.base import new_id
from pesut.database.news import REPORTS, announce
from pesut.database.tables import FOREVER, ReportEventRow, ReportOriginalRow, ReportRow, ReportStateRow
from pesut.errors import UnavailableError
from pesut.intake.kinds.base import FieldRow, Kind
from pesut.intake.kinds.polygons import Polygons
from pesut.intake.kinds.registry import Registry
from pesut.intake.kinds.report_fields import REPORT_FIELDS
from pesut.intake.kinds.report_rows import AGENCY_TOLD, ReportReader, ReportRecord, lies_ahead, told_as
from pesut.intake.receipt import digest_of
from pesut.intake.versions import Content, Counts, defaults
from pesut.reports.classification.flags import Flag
from pesut.reports.privacy.masking import Masker
from pesut.reports.privacy.originals import original_row, read_sealed
from pesut.reports.privacy.vault import Vault

if TYPE_CHECKING:
    from pesut.reports.classification.deciding import Arrived, Decider

_STATE = (
    "submitted_at", "region_code", "agency_code", "category", "classification", "status", "channel", "reporter",
    "responded_at", "closed_at", "decided", "language", "urgency", "sample",
)  # fmt: skip
_WHAT_IS_SAID = ("title", "body", "submitted_at")
_EVENTS = {"received": "submitted_at", "responded": "responded_at", "closed": "closed_at"}
_Key = tuple[str, str]  # source, source_key


class Reports(Kind[ReportRecord]):
    fields: ClassVar = REPORT_FIELDS
    batch_rows: ClassVar = 500

    _registry: Registry
    _reader: ReportReader
    _decider: "Decider"
    _there: dict[_Key, dict[str, Any]]

    @staticmethod
    def quotable(cell: str) -> str:
        return Masker().mask(cell).text

    @property
    def written(self) -> Sequence[type[SQLModel]]:
        return Registry.tables(self.setting)

    async def lock(self, connection: AsyncConnection, records: Sequence[ReportRecord]) -> None:
        """One importer at a time for each source of reports."""
        await super().lock(connection, records)
        await lock_sources(connection, {each.key[0] for each in records})

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:
        self._registry = await Registry.read(connection, self.setting)
        pointed = any(row.get("latitude") is not None for row in rows)
        self._reader = ReportReader(self.setting, self._registry, await Polygons.read(connection) if pointed else None)
        keys = [(self._source(row), row.get("key")) for row in rows if row.get("key")]
        self._there = await _read_reports(connection, keys, self.setting.vault)
        from pesut.reports.classification.current import current_decider

        self._decider = await current_decider(connection, self.setting.city, self.setting.catalog)

    def record(self, row: FieldRow) -> ReportRecord:
        record = self._reader.read(row)
        if differs := _differs(record, self._there.setdefault(record.key, record.told)):
            source, key = record.key
            reason = f"is of a report from {source!r} with another {differs} (another system needs a source of its own: --set source=…)"
            raise row.fault("key", reason, key)
        return record

    def complete(self, records: list[ReportRecord]) -> list[ReportRecord]:
        """With what is decided of new reports where their source does not say."""
        decided = self._decider.decide([_arrived(record) for record in records])
        return [
            replace(record, guessed=each.values, guesses=each.stored)
            for record, each in zip(records, decided, strict=True)
        ]

    async def write(self, connection: AsyncConnection, records: Sequence[ReportRecord], now: datetime) -> Counts:
        await self._registry.create(connection, now)
        there = await _read_reports(connection, [record.key for record in records], self.setting.vault)
        if any(_differs(record, there[record.key]) for record in records if record.key in there):
            raise UnavailableError("Another import wrote the same reports.", remedy="Run this one again.")
        records = [_dated(record, there.get(record.key)) for record in records]
        ids = {key: row["id"] for key, row in there.items()}
        new = {record.key: record for record in records if record.key not in ids}
        ids |= {key: new_id() for key in new}
        if new:
            await _insert_reports(connection, [record.said | {"id": ids[key]} for key, record in new.items()], now)
            await self._seal(connection, {ids[key]: record for key, record in new.items()}, now)
        corrected = await _write_states(connection, records, ids, now)
        await _insert_events(connection, records, ids, now)
        await announce(connection, [REPORTS])
        return Counts(len(new), corrected, len(records) - len(new) - corrected)

    async def _seal(self, connection: AsyncConnection, records: Mapping[UUID, ReportRecord], now: datetime) -> None:
        """Put what was masked into the vault."""
        rows = [
            original_row(self.setting.vault, report, record.arrival.original, now)
            for report, record in records.items()
            if record.arrival.original
        ]
        if rows:
            await connection.execute(insert(ReportOriginalRow), rows)

    def _source(self, row: FieldRow) -> str:
        return row.get("source") or self.setting.origin


async def lock_sources(connection: AsyncConnection, sources: Iterable[str]) -> None:
    """Keep others who decide on reports of these sources away until the transaction ends."""
    for lock in sorted(int(digest_of(["reports", source])[:15], 16) for source in sources):
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _dated(record: ReportRecord, known: Mapping[str, Any] | None) -> ReportRecord:
    """The report with the date that it has already, which never changes."""
    return replace(record, said=record.said | {"submitted_at": known["submitted_at"]}) if known else record


def _differs(record: ReportRecord, known: Mapping[str, Any]) -> str | None:
    """The first part of what was said that is not the same."""
    compared = [name for name in _WHAT_IS_SAID if name != "submitted_at" or not _arrived_before(record, known)]
    return next((name for name in compared if known[name] != record.told[name]), None)


def _arrived_before(record: ReportRecord, known: Mapping[str, Any]) -> bool:
    """Whether what is known arrived before the row says that it was submitted: then it is dated by its arrival."""
    return "recorded_at" in known and lies_ahead(record.told["submitted_at"], known["recorded_at"])


async def _read_reports(connection: AsyncConnection, keys: Sequence[_Key], vault: Vault) -> dict[_Key, dict[str, Any]]:
    """The reports that are there, as they were told: compared with what the vault holds where something was masked."""
    names = ("id", "source", "source_key", "recorded_at", *_WHAT_IS_SAID)
    key = tuple_(col(ReportRow.source), col(ReportRow.source_key))
    query = select(*[col(getattr(ReportRow, name)) for name in names]).where(key.in_(keys))
    rows = [dict(row) for row in (await connection.execute(query)).mappings()] if keys else []
    sealed = await read_sealed(connection, [row["id"] for row in rows]) if rows else {}
    for row in rows:
        if row["id"] in sealed:
            row.update(told_as(vault.open(row["id"], sealed[row["id"]]), row["submitted_at"]))
    return {(row["source"], row["source_key"]): row for row in rows}


async def _insert_reports(connection: AsyncConnection, reports: list[Content], now: datetime) -> None:
    await connection.execute(insert(ReportRow), [report | {"recorded_at": now, "sample": False} for report in reports])


async def _write_states(
    connection: AsyncConnection, records: Sequence[ReportRecord], ids: Mapping[_Key, Any], now: datetime
) -> int:
    """New versions of what is decided, where it changed; how many of them took another's place."""
    before = await _read_states(connection, [ids[record.key] for record in records])
    after: dict[Any, Content] = {}
    for record in records:
        report = ids[record.key]
        after[report] = _decided(after.get(report) or before.get(report), record)
    changed = {report: state for report, state in after.items() if state != before.get(report)}
    replaced = [report for report in changed if report in before]
    if replaced:
        await connection.execute(
            update(ReportStateRow)
            .where(col(ReportStateRow.report_id).in_(replaced), col(ReportStateRow.superseded_at) == FOREVER)
            .values(superseded_at=now)
        )
    if changed:
        stamps = {"recorded_at": now, "superseded_at": FOREVER}
        rows = [{"report_id": report, **state, **stamps} for report, state in changed.items()]
        await connection.execute(insert(ReportStateRow), rows)
    return len(replaced)


async def _read_states(connection: AsyncConnection, reports: list[Any]) -> dict[Any, Content]:
    query = select(col(ReportStateRow.report_id), *[col(getattr(ReportStateRow, name)) for name in _STATE]).where(
        col(ReportStateRow.report_id).in_(reports), col(ReportStateRow.superseded_at) == FOREVER
    )
    rows = [dict(row) for row in (await connection.execute(query)).mappings()]
    return {row.pop("report_id"): row for row in rows}


def _decided(before: Content | None, record: ReportRecord) -> Content:
    """What was decided before, with what the row decides; of a new report also what a machine guesses. What a person decided
    stands.
    """
    said = {"submitted_at": record.said["submitted_at"], "reporter": record.said["reporter"], "sample": False}
    if before is None:
        new = {name: value for name, value in defaults(ReportStateRow).items() if name in _STATE} | record.fallback
        decided = record.settled | record.guesses | record.decided
        return new | said | record.guessed | record.state | {"decided": decided}
    by_person = {name for name, how in before["decided"].items() if how.get("by") == "person"}
    state = {name: value for name, value in record.state.items() if name.removesuffix("_code") not in by_person}
    decided = {name: how for name, how in record.decided.items() if name not in by_person}
    kept = _without_strangeness(before["decided"]) if "agency" in decided else before["decided"]
    return before | said | state | {"decided": kept | decided}


def _without_strangeness(decided: dict[str, Any]) -> dict[str, Any]:
    """Once the source names an agency that there is."""
    flags = decided.get("flags", {})
    found = [flag for flag in flags.get("found", ()) if flag != Flag.UNKNOWN_AGENCY]
    kept = {name: how for name, how in decided.items() if name not in {"flags", AGENCY_TOLD}}
    return kept | ({"flags": flags | {"found": found}} if found else {})


def _arrived(record: ReportRecord) -> "Arrived":
    from pesut.reports.classification.deciding import Arrived
    from pesut.reports.classification.texts import ReportText

    given = (record.state.get(column) for column in ("agency_code", "category", "classification"))
    return Arrived(ReportText(record.said["title"], record.said["body"]), *given, noticed=record.noticed)


async def _insert_events(
    connection: AsyncConnection, records: Sequence[ReportRecord], ids: Mapping[_Key, Any], now: datetime
) -> None:
    """The steps that the rows tell; those known already stay as they are."""
    moments = [(record.key, record.said | record.state) for record in records]
    events = [
        {
            "id": new_id(), "report_id": ids[key], "kind": kind, "happened_at": known[field], "recorded_at": now,
            "actor": "", "note": "",
        }
        for key, known in moments
        for kind, field in _EVENTS.items()
        if known.get(field) is not None
    ]  # fmt: skip
    if events:
        await connection.execute(insert_new(ReportEventRow).on_conflict_do_nothing(), events)
