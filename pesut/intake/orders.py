"""What is to be imported, and how far it has come; both small enough to travel through workflows."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pesut.contracts.base import Contract
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.receipt import Receipt, Reject, digest_of

FIRST_PROBLEMS = 10
_COUNTED = ("batches", "repeated", "created", "corrected", "unchanged", "rejected")


class ImportOrder(Contract):
    """A file that was kept under its SHA-256 in the data folder, and how to read it. `name` is what people call it.

    `channel` is the way by which reports came, `occasion` what tells an import from an earlier one of the same content: a source
    that says today what it said a week ago may have said something else between.
    """

    file_digest: str
    suffix: str
    name: str
    mapping: ColumnMapping
    create_missing: bool = False
    asked_by: UUID | None = None
    channel: str = "import"
    occasion: str = ""

    @property
    def kind(self) -> ImportKind:
        return self.mapping.kind

    @property
    def origin(self) -> str:
        """Where the file's rows come from, if they do not say: its name without the ending."""
        return self.name.removesuffix(self.suffix)

    @property
    def id(self) -> str:
        """The same for the same file read the same way, on the same occasion."""
        reading = [self.mapping.model_dump(mode="json"), self.create_missing, self.origin]
        reading += [self.occasion] if self.occasion else []
        return f"{self.file_digest[:24]}-{digest_of(reading)[:16]}"


class ImportStage(StrEnum):
    READING = "reading"
    LOADING = "loading"
    DONE = "done"


class ImportTally(Contract):
    """What became of the rows so far. `repeated` batches had been loaded before; `problems` are the first rejected rows."""

    batches: int = 0
    repeated: int = 0
    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: tuple[Reject, ...] = ()

    @classmethod
    def of(cls, receipts: Sequence[Receipt], since: datetime) -> "ImportTally":
        """Of one batch's receipts: what was written before `since` (the import's start) is unchanged now."""
        now = [receipt for receipt in receipts if receipt.recorded_at >= since]
        before = sum(receipt.accepted for receipt in receipts if receipt.recorded_at < since)
        return cls(
            batches=1,
            repeated=0 if now else 1,
            created=sum(receipt.created for receipt in now),
            corrected=sum(receipt.corrected for receipt in now),
            unchanged=before + sum(receipt.unchanged for receipt in now),
            rejected=receipts[-1].rejected,
            problems=receipts[-1].rejects[:FIRST_PROBLEMS],
        )

    def __add__(self, other: "ImportTally") -> "ImportTally":
        sums = {name: getattr(self, name) + getattr(other, name) for name in _COUNTED}
        return ImportTally(**sums, problems=(*self.problems, *other.problems)[:FIRST_PROBLEMS])


class ImportProgress(Contract):
    """How far an import is. `rejects_file` holds the rows that were left out, with reasons, once it is done."""

    stage: ImportStage = ImportStage.READING
    rows: int = 0
    batches: int = 0
    tally: ImportTally = ImportTally()
    rejects_file: str = ""
    finished_at: datetime | None = None
