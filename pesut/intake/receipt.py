"""The receipt of a batch: what was taken in, what was not and why. A second delivery gets the first receipt back."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts.base import Contract
from pesut.database.tables import ReceiptRow
from pesut.errors import ConflictError, InvalidInputError

LONGEST_NAME = 300  # of a source or a key: identifiers, not texts
LONGEST_SHOWN = 200  # of a value that was refused


def _shown(text: str) -> str:
    """A short, printable form: what was refused may hold bytes that no database and no terminal wants."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:LONGEST_SHOWN])


Shown = Annotated[str, AfterValidator(_shown)]


class Reject(Contract):
    """A row that was left out: its number (from 1) in what was delivered, the column at fault, why, and what it said."""

    row: int
    column: Shown
    reason: Shown
    value: Shown = ""


class Receipt(Contract):
    """`accepted` = `created` + `corrected` + `unchanged` rows; `recorded_at` (UTC) is when they became known.

    `repeated` says that the batch had been taken in before and nothing was done now.
    """

    source: str
    key: str
    digest: str
    accepted: int = 0
    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    recorded_at: datetime
    repeated: bool = False


def digest_of(content: object) -> str:
    """SHA-256 (hex) of content as JSON with sorted keys; dates, decimals and other types count by their text."""
    return hashlib.sha256(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


def check_names(source: str, key: str) -> None:
    """Raise InvalidInputError unless both can identify a batch."""
    for name, value in (("source", source), ("key", key)):
        if not value.strip() or len(value) > LONGEST_NAME or not value.isprintable():
            raise InvalidInputError(
                f"The {name} of a batch cannot be {value[:40]!r}.",
                remedy=f"Give a printable {name} of 1 to {LONGEST_NAME} characters.",
            )


async def claim(connection: AsyncConnection, receipt: Receipt) -> Receipt | None:
    """Reserve (source, key) for this transaction, waiting for another that is about to; the earlier receipt if there is one.

    Raises ConflictError when the key was used for other content.
    """
    values = _stored(receipt)
    statement = insert(ReceiptRow).values(values).on_conflict_do_nothing().returning(col(ReceiptRow.key))
    if (await connection.execute(statement)).first():
        return None
    first = await find_receipt(connection, receipt.source, receipt.key)
    assert first is not None, "a conflicting receipt is committed, and receipts are never removed"
    if first.digest != receipt.digest:
        raise ConflictError(
            f"The key {receipt.key!r} of {receipt.source!r} was already used for other content.",
            remedy="Send corrections under a new key.",
        )
    return first


async def settle(connection: AsyncConnection, receipt: Receipt) -> Receipt:
    """Write down what came of a batch that was claimed."""
    await connection.execute(
        update(ReceiptRow)
        .where(col(ReceiptRow.source) == receipt.source, col(ReceiptRow.key) == receipt.key)
        .values(_stored(receipt))
    )
    return receipt


async def find_receipt(connection: AsyncConnection, source: str, key: str) -> Receipt | None:
    """The receipt of an earlier batch, marked as repeated."""
    statement = select(*_columns()).where(col(ReceiptRow.source) == source, col(ReceiptRow.key) == key)
    row = (await connection.execute(statement)).mappings().first()
    if row is None:
        return None
    return Receipt.model_validate({**row["detail"], **{k: row[k] for k in row if k != "detail"}, "repeated": True})


def _columns() -> Sequence[Any]:
    return [
        col(ReceiptRow.source), col(ReceiptRow.key), col(ReceiptRow.digest), col(ReceiptRow.accepted),
        col(ReceiptRow.rejected), col(ReceiptRow.recorded_at), col(ReceiptRow.detail),
    ]  # fmt: skip


def _stored(receipt: Receipt) -> dict[str, Any]:
    whole = receipt.model_dump(mode="json")
    detail = {name: whole[name] for name in ("created", "corrected", "unchanged", "rejects")}
    columns = {name: getattr(receipt, name) for name in ("source", "key", "digest", "accepted", "rejected")}
    return {**columns, "recorded_at": receipt.recorded_at, "detail": detail}
