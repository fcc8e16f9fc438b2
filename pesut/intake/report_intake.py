"""Citizens' reports that are sent, by the very path that those of a file take: masked, decided and sealed as they arrive."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from pesut.errors import InvalidInputError, TooMuchWorkError
from pesut.intake.batches import Batch, BatchLoader
from pesut.intake.files.table import SourceRow
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.premises import Premises
from pesut.intake.receipt import Receipt, check_names, digest_of
from pesut.principals.audit import Act

LARGEST_DELIVERY = 500  # reports: about half a second in one transaction, which every new question waits for
AT_ONCE = (
    2  # deliveries of one process that are written; more would only wait for each other's locks, and questions for them
)
MOST_WAITING = 16  # deliveries of one process that wait for their turn, about four seconds


@dataclass(frozen=True)
class Delivery:
    """Reports of one sender. `columns`: field of a report -> name under which the rows tell it; `channel`: the way they came.

    With a `key` they go in once, and the same key again gives the first receipt if `content` (the rows where it is None) is the
    same too; without one each report is recognised by source and number.
    """

    source: str
    channel: str
    rows: Sequence[Mapping[str, object]]
    columns: Mapping[str, str]
    sender: UUID
    key: str | None = None
    content: Mapping[str, object] | None = None


class ReportIntake:
    """Takes deliveries in, a few at a time."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._here = 0

    async def take(self, delivery: Delivery) -> Receipt:
        """Store what can be stored; once this returns it survives any crash and the next question sees it.

        Raises InvalidInputError with the reasons when no report of it could be stored, ConflictError for a key that was used for
        other reports, TooMuchWorkError before anything is done when too many deliveries wait, UnavailableError.
        """
        source = f"reports/{delivery.sender}"
        check_names(delivery.source, delivery.key or source)
        async with self._waiting():
            receipt = await self._take(delivery, source)
        if not receipt.accepted:
            raise _unusable(receipt)
        return receipt

    async def _take(self, delivery: Delivery, source: str) -> Receipt:
        setting = await self.premises.setting(delivery.source, channel=delivery.channel)
        mapping = ColumnMapping(kind=ImportKind.REPORTS, columns=dict(delivery.columns))
        rows = [SourceRow(number, dict(row)) for number, row in enumerate(delivery.rows, start=1)]
        # Keyed, since nobody is to find out from a digest what was masked.
        content = [delivery.source, *([delivery.content] if delivery.content else delivery.rows)]
        digest = setting.pseudonym(digest_of(content)) if delivery.key else ""
        act = Act("reports.push", delivery.source, delivery.sender, {"channel": delivery.channel})
        loader = BatchLoader(self.premises.engine, setting, mapping, source)
        return await loader.take(Batch(delivery.key or "", rows), act, digest)

    @asynccontextmanager
    async def _waiting(self) -> AsyncGenerator[None]:
        if self._here >= AT_ONCE + MOST_WAITING:
            raise TooMuchWorkError(
                f"{self._here} deliveries of reports are being written.", remedy="Send it again in a few seconds."
            )
        self._here += 1
        try:
            async with self._turn:
                yield
        finally:
            self._here -= 1


def _unusable(receipt: Receipt) -> InvalidInputError:
    return InvalidInputError(
        "No report could be stored.",
        remedy="Mend what is listed under errors and send it again.",
        problems=[f"{each.row}.{each.column}: {each.reason}" for each in receipt.rejects],
    )
