"""The frozen record of a decision: everything that its papers are made of, as it was when it was decided."""

from hashlib import sha256
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pydantic import AwareDatetime
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import City, Letterhead
from pesut.contracts import Contract, Evidence, Language, LocalText, ModelUse, Role, StaffReview
from pesut.contracts.decision import DecisionAct, Expectation
from pesut.database.tables import DecisionRecordRow
from pesut.decisions.exhibits import Exhibit
from pesut.decisions.orders import Order
from pesut.errors import ConflictError


class Decider(Contract):
    """Who decided, under the name and in the role of that day."""

    id: UUID
    name: str
    role: Role


class Government(Contract):
    """Whose decision it is, as its papers say it."""

    name: LocalText
    head_title: LocalText
    letterhead: Letterhead
    timezone: str
    place: str = ""
    site: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @classmethod
    def of(cls, city: City) -> "Government":
        return cls(
            name=city.official_name,
            head_title=city.head_title,
            letterhead=city.letterhead,
            timezone=city.timezone,
            place=city.name,
            site=city.site,
        )

    @property
    def head(self) -> str:
        """ "Wali Kota Samarinda" """
        return f"{self.head_title.id} {self.place}".rstrip()


class DecisionRecord(Contract):
    """What was decided. `form` is the shape of this record, so that later code can still read it.

    `draft` is the text as Pesut proposed it, `review` as it was decided on; points of both name evidence by label, which
    `exhibits` write out. `expected` puts the expectation into words. Versions, prompts and model are those of the draft;
    `frozen_by` is the version of the code that froze it.
    """

    form: Literal[1] = 1
    decision_id: UUID
    run_id: UUID
    title: str
    question: str
    language: Language
    verdict: Literal["approved", "rejected"]
    decided_at: AwareDatetime
    decided_by: Decider
    draft: StaffReview
    review: StaffReview
    version: int
    orders: tuple[Order, ...] = ()
    expectation: Expectation | None = None
    expected: str = ""
    acts: tuple[DecisionAct, ...]
    evidence: tuple[Evidence, ...]
    exhibits: tuple[Exhibit, ...] = ()
    model: ModelUse
    as_of: AwareDatetime
    catalog_version: str
    code_version: str
    frozen_by: str
    sample: bool
    restricted: bool = True
    government: Government


def canonical(content: Contract) -> str:
    """Its JSON with sorted keys and no spaces: equal content, equal bytes."""
    return orjson.dumps(content.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS).decode()


def digest_of_text(body: str) -> str:
    """SHA-256 of the text in UTF-8."""
    return sha256(body.encode()).hexdigest()


async def freeze(connection: AsyncConnection, record: DecisionRecord) -> str:
    """Keep the record for ever, within the transaction that decides. Its digest."""
    body = canonical(record)
    digest = digest_of_text(body)
    row = {"decision_id": record.decision_id, "digest": digest, "body": body, "recorded_at": func.clock_timestamp()}
    await connection.execute(insert(DecisionRecordRow).values(**row))
    return digest


async def record_of(engine: AsyncEngine, decision_id: UUID) -> tuple[str, DecisionRecord]:
    """Digest and content. Raises ConflictError where nothing was decided yet, or where what is kept is not what was frozen."""
    query = select(col(DecisionRecordRow.digest), col(DecisionRecordRow.body)).where(
        col(DecisionRecordRow.decision_id) == decision_id
    )
    async with engine.connect() as connection:
        row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise ConflictError("Nothing was decided yet.", remedy="Its draft can be read, but is not frozen.")
    digest, body = row
    if digest_of_text(body) != digest:
        raise ConflictError(f"The record of decision {decision_id} is not what was frozen.", remedy="Restore a backup.")
    return digest, DecisionRecord.model_validate_json(body)
