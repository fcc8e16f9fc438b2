"""The vault's table."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from pesut.database.tables.base import Table, timestamp


class ReportOriginalRow(Table, table=True):
    """A report of which something was masked, as it was told, sealed by `pesut.reports.privacy.vault`; agents cannot read it."""

    report_id: UUID = Field(primary_key=True, foreign_key="report.id")
    key_id: str
    nonce: bytes = Field(sa_type=LargeBinary)
    ciphertext: bytes = Field(sa_type=LargeBinary)
    recorded_at: datetime = timestamp()
