"""The one service through which somebody sees what a report said before it was masked. Each opening, and each refusal, is audited."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Principal
from pesut.contracts.base import Contract
from pesut.database.access import reading_as
from pesut.database.tables import ReportOriginalRow, ReportRow
from pesut.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from pesut.principals import Act, record_act
from pesut.reports.privacy.arrival import ReportText
from pesut.reports.privacy.masking import Masker
from pesut.reports.privacy.vault import Sealed, Vault

SHORTEST_REASON = 10  # characters
LONGEST_REASON = 500
COLUMNS = ("key_id", "nonce", "ciphertext")


class OpenedReport(Contract):
    """A report as it was told. `masked` says whether anything of it is masked for others."""

    report_id: UUID
    number: str
    text: ReportText
    masked: bool


def original_row(vault: Vault, report: UUID, text: ReportText, recorded_at: datetime) -> dict[str, Any]:
    """A row of report_original."""
    return {"report_id": report, "recorded_at": recorded_at, **asdict(vault.seal(report, text))}


async def open_original(
    engine: AsyncEngine, vault: Vault, principal: Principal, report: UUID, reason: str
) -> OpenedReport:
    """What the report said, for `principal`, who says why. The opening is in the audit log before anybody sees the text.

    Raises InvalidInputError without a reason, ForbiddenError for a role without the right, NotFoundError for a report that is not
    there or outside the principal's scope, UnavailableError when it cannot be unsealed.
    """
    reason = _checked(reason)
    subject = f"report/{report}"
    if not principal.opens_originals:
        await _note(engine, Act("report.original.refuse", subject, principal.id, {"reason": reason}))
        raise ForbiddenError(
            f"The role {principal.role} may not see what was masked.",
            remedy="Ask the inspectorate, whose token opens it (PESUT_TOKEN on the command line).",
        )
    async with reading_as(engine, principal.scope) as connection:
        shown = await _shown(connection, report)
    await _note(engine, Act("report.original.open", subject, principal.id, {"reason": reason}))
    async with engine.connect() as connection:
        sealed = await read_sealed(connection, [report])
    number, text = shown
    original = vault.open(report, sealed[report]) if report in sealed else text
    return OpenedReport(report_id=report, number=number, text=original, masked=report in sealed)


async def report_called(engine: AsyncEngine, principal: Principal, number: str) -> UUID:
    """The report that people call `number` (or by its id), as far as the principal may see it.

    Raises NotFoundError, and ConflictError where two sources use the same number.
    """
    query = select(col(ReportRow.id), col(ReportRow.source)).where(col(ReportRow.number) == number)
    async with reading_as(engine, principal.scope) as connection:
        found = (await connection.execute(query.order_by(col(ReportRow.id)))).all()
    if len(found) == 1:
        return found[0][0]
    if found:
        which = ", ".join(f"{report} ({source})" for report, source in found)
        raise ConflictError(f"{len(found)} reports have the number {number}: {which}.", remedy="Give the id of one.")
    try:
        return UUID(number)
    except ValueError:
        raise NotFoundError(f"There is no report {number}.", remedy="Copy its number from where it is shown.") from None


async def read_sealed(connection: AsyncConnection, reports: list[UUID]) -> dict[UUID, Sealed]:
    """What the vault holds of these reports."""
    columns = [col(getattr(ReportOriginalRow, name)) for name in COLUMNS]
    query = select(col(ReportOriginalRow.report_id), *columns).where(col(ReportOriginalRow.report_id).in_(reports))
    rows = (await connection.execute(query)).mappings()
    return {row["report_id"]: Sealed(**{name: row[name] for name in COLUMNS}) for row in rows}


def _checked(reason: str) -> str:
    """Masked itself: the audit log is read by others than the vault."""
    reason = " ".join(reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise InvalidInputError(
            "Opening an original takes a reason.",
            remedy=f"Say why, in {SHORTEST_REASON} to {LONGEST_REASON} characters; it is kept for ever.",
        )
    return Masker().mask(reason).text


async def _shown(connection: AsyncConnection, report: UUID) -> tuple[str, ReportText]:
    names = ("number", "title", "body", "address")
    query = select(*[col(getattr(ReportRow, name)) for name in names]).where(col(ReportRow.id) == report)
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFoundError(f"There is no report {report}.", remedy="Copy the id from where the report is shown.")
    return row[0], ReportText(title=row[1], body=row[2], address=row[3])


async def _note(engine: AsyncEngine, act: Act) -> None:
    async with engine.begin() as connection:
        await record_act(connection, act)
