"""Reports that came before reports were masked at arrival: masked where they lie, once, by the patterns that used to hide
personal data when it was shown.

Those same patterns stand in the SQL of evidence of that time. Applied a second time they change nothing, so that evidence still
replays to the byte. The patterns are PostgreSQL's, do not find names, and must stay as they are.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.database.moment import writing
from pesut.database.tables import EmbeddingSpaceRow, ReportOriginalRow, ReportRow, ReportVectorRow
from pesut.reports.privacy.arrival import ReportText
from pesut.reports.privacy.originals import original_row
from pesut.reports.privacy.vault import Vault
from pesut.search.spaces import Subject

BATCH = 1000  # reports in one transaction
WORDED = ("title", "body", "address")
EARLIER = "sql"  # `report.masked_by` of what was masked here


class Mask(NamedTuple):
    pattern: str
    shown: str
    flags: str = "gi"


MASKS = (
    Mask(r"[[:alnum:]._%+-]+@[[:alnum:].-]+\.[[:alpha:]]{2,}", "[surel]"),
    Mask(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)", "[NIK]"),  # also of a family card: 16 digits
    Mask(r"(?<![\d.,])(?:\+?62|0)[ -]?8(?:[ .-]?\d){7,11}(?!\d)", "[telepon]"),  # mobile
    Mask(r"(?<![\d.,])\(?0\d{2,3}\)?[ -]?\d{5,8}(?!\d)", "[telepon]"),  # with an area code
    Mask(r"(?<![\d.,])\d{9,}(?!\d)", "[nomor]"),  # accounts, customers, meters
    Mask(r"(?<![[:alnum:].])@\w{3,}", "[akun]"),
    # Vehicle plates: in capitals with any number, otherwise with three digits and more.
    Mask(r"\m(?!RT|RW|NO|KM|GG|JL)[A-Z]{1,2}[ .-]?\d{1,4}[ .-]?(?!RT|RW|KM)[A-Z]{1,3}\M", "[pelat]", "g"),
    Mask(r"\m(?!rt|rw|no|km|gg|jl|di|ke)[a-z]{1,2} ?\d{3,4} ?(?!rt|rw|km|m|jt|rb)[a-z]{1,3}\M", "[pelat]"),
)


def masked(text: ColumnElement[str]) -> ColumnElement[str]:
    """`text` as evidence of that time shows it."""
    for mask in MASKS:
        text = func.regexp_replace(text, mask.pattern, mask.shown, mask.flags, type_=String)
    return text


async def mask_earlier_reports(engine: AsyncEngine, vault: Vault, told: Callable[[int], None] = lambda _: None) -> int:
    """Mask all reports that are not; `told` of the number done so far. Returns how many had something to mask.

    Killed halfway, the next call goes on. Vectors that were learned from unmasked words are dropped, and made anew later.
    """
    done = changed = 0
    while batch := await _mask_batch(engine, vault):
        done, changed = done + batch[0], changed + batch[1]
        told(done)
    return changed


async def _mask_batch(engine: AsyncEngine, vault: Vault) -> tuple[int, int] | None:
    """How many reports were looked at, and of how many something was masked; None when all are."""
    async with writing(engine) as (connection, now):
        reports = (await connection.execute(_unmasked())).all()
        if not reports:
            return None
        originals = [
            original_row(vault, report, ReportText(**dict(zip(WORDED, told, strict=True))), now)
            for report, differs, *told in reports
            if differs
        ]
        if originals:
            await connection.execute(insert(ReportOriginalRow), originals)
            await _forget_vectors(connection)
        await _mask(connection, [row[0] for row in reports])
        return len(reports), len(originals)


def _worded() -> list[Any]:
    return [col(getattr(ReportRow, name)) for name in WORDED]


def _unmasked() -> Select[*tuple[Any, ...]]:
    """Id, whether something is to be masked, and the texts."""
    differs = or_(*(column != masked(column) for column in _worded()))
    query = select(col(ReportRow.id), differs, *_worded()).where(col(ReportRow.masked_by) == "")
    return query.order_by(col(ReportRow.id)).limit(BATCH).with_for_update()


async def _mask(connection: AsyncConnection, reports: Sequence[UUID]) -> None:
    shown = {name: masked(column) for name, column in zip(WORDED, _worded(), strict=True)}
    await connection.execute(update(ReportRow).where(col(ReportRow.id).in_(reports)).values(masked_by=EARLIER, **shown))


async def _forget_vectors(connection: AsyncConnection) -> None:
    spaces = select(col(EmbeddingSpaceRow.code)).where(col(EmbeddingSpaceRow.subject) == Subject.REPORT)
    await connection.execute(delete(ReportVectorRow).where(col(ReportVectorRow.space).in_(spaces)))
    await connection.execute(delete(EmbeddingSpaceRow).where(col(EmbeddingSpaceRow.subject) == Subject.REPORT))
