"""Cases that use of the answers proposes: a thumbs-down, a rejected or changed draft, a correction. A person accepts or dismisses each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Principal, new_id
from pesut.database.tables import FOREVER, ProposedCaseRow, RunRow
from pesut.errors import ConflictError, NotFoundError
from pesut.principals.audit import Act, record_act

LONGEST_NOTE = 500  # characters
MOST_LISTED = 200


class Origin(StrEnum):
    THUMBS_DOWN = "thumbs_down"
    DRAFT_REJECTED = "draft_rejected"
    DRAFT_CHANGED = "draft_changed"
    CORRECTION = "correction"  # of what was decided of a report


class ProposalStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class ProposedCase(Contract):
    """`subject` is the run, or the report's number; `text` what was asked or told; `got` what Pesut or a person made of it. `written` is
    the case as it was accepted for `suite`.
    """

    id: UUID
    origin: Origin
    subject: str
    text: str
    got: dict[str, Any]
    note: str
    proposed_by: UUID | None
    proposed_at: AwareDatetime
    status: ProposalStatus
    suite: str | None = None
    written: dict[str, Any] | None = None
    reason: str = ""


async def thumbs_down(engine: AsyncEngine, asker: Principal, run_id: UUID, note: str) -> None:
    """The asker finds the answer of a run of their own wrong, and says why (at most LONGEST_NOTE characters). Said again, the newer note
    holds while nobody decided on it. Raises NotFoundError for a run that is not theirs.
    """
    query = select(col(RunRow.question)).where(col(RunRow.id) == run_id, col(RunRow.principal_id) == asker.id)
    async with engine.begin() as connection:
        question = (await connection.execute(query)).scalar_one_or_none()
        if question is None:
            raise NotFoundError(f"There is no run {run_id} of yours.", remedy="Judge answers to your own questions.")
        row = _row(Origin.THUMBS_DOWN, str(run_id), question, note, asker.id)
        open_ = col(ProposedCaseRow.status) == ProposalStatus.PROPOSED
        newer = row.on_conflict_do_update(
            index_elements=["origin", "subject"], set_={"note": row.excluded.note}, where=open_
        )
        await connection.execute(newer)


async def gather(engine: AsyncEngine) -> int:
    """Propose what decisions on drafts and corrections of reports have shown since the last time. How many are new."""
    async with engine.begin() as connection:
        return sum([await _take(connection, origin) for origin in _SHOWN])


async def proposals(engine: AsyncEngine, status: ProposalStatus | None = ProposalStatus.PROPOSED) -> list[ProposedCase]:
    """The newest first, at most MOST_LISTED; None for all."""
    query = select(*_COLUMNS).order_by(col(ProposedCaseRow.proposed_at).desc()).limit(MOST_LISTED)
    if status is not None:
        query = query.where(col(ProposedCaseRow.status) == status)
    async with engine.connect() as connection:
        return [ProposedCase.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]


async def proposal_of(engine: AsyncEngine, id_: UUID) -> ProposedCase:
    """Raises NotFoundError."""
    query = select(*_COLUMNS).where(col(ProposedCaseRow.id) == id_)
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"There is no proposed case {id_}.", remedy="`pesut eval cases list` names them.")
    return ProposedCase.model_validate(dict(row))


async def accepted(engine: AsyncEngine, suite: str) -> list[dict[str, Any]]:
    """The cases that were accepted for the suite, the oldest first."""
    query = (
        select(col(ProposedCaseRow.written))
        .where(col(ProposedCaseRow.suite) == suite, col(ProposedCaseRow.status) == ProposalStatus.ACCEPTED)
        .order_by(col(ProposedCaseRow.id))
    )
    async with engine.connect() as connection:
        return [written for written in (await connection.execute(query)).scalars() if written is not None]


async def accept(engine: AsyncEngine, id_: UUID, person: Principal, suite: str, written: Mapping[str, Any]) -> None:
    """Raises ConflictError where it was decided already."""
    await _decide(engine, id_, person, ProposalStatus.ACCEPTED, suite=suite, written=dict(written))


async def dismiss(engine: AsyncEngine, id_: UUID, person: Principal, reason: str) -> None:
    """Raises ConflictError where it was decided already."""
    await _decide(engine, id_, person, ProposalStatus.DISMISSED, reason=reason)


_COLUMNS: list[Any] = [col(getattr(ProposedCaseRow, name)) for name in ProposedCase.model_fields]
_SHOWN = {
    Origin.DRAFT_REJECTED: text("""
        SELECT d.run_id::text AS subject, r.question AS text, '{}'::jsonb AS got, a.note, a.principal_id
        FROM decision d JOIN run r ON r.id = d.run_id
        JOIN LATERAL (SELECT * FROM decision_act a WHERE a.decision_id = d.id ORDER BY a.at DESC, a.id DESC LIMIT 1) a ON true
        WHERE d.status = 'rejected'
    """),
    Origin.DRAFT_CHANGED: text("""
        SELECT DISTINCT ON (d.run_id) d.run_id::text AS subject, r.question AS text,
            jsonb_build_object('difference', v.difference) AS got, v.note, v.principal_id
        FROM decision d JOIN run r ON r.id = d.run_id JOIN decision_version v ON v.decision_id = d.id AND v.version > 1
        ORDER BY d.run_id, v.version DESC
    """),
    Origin.CORRECTION: text("""
        SELECT p.number AS subject, concat_ws('. ', nullif(p.title, ''), p.body) AS text,
            jsonb_strip_nulls(jsonb_build_object(
                'category', CASE WHEN s.decided->'category'->>'by' = 'person' THEN s.category END,
                'agency', CASE WHEN s.decided->'agency'->>'by' = 'person' THEN s.agency_code END)) AS got,
            '' AS note, coalesce(s.decided->'category'->>'person', s.decided->'agency'->>'person')::uuid AS principal_id
        FROM report_state s JOIN report p ON p.id = s.report_id
        WHERE s.superseded_at = :forever AND s.classification <> 'supervision'
            AND 'person' IN (s.decided->'category'->>'by', s.decided->'agency'->>'by')
    """).bindparams(forever=FOREVER),
}
"""What each origin shows. Cases under supervision are for few, and stay out."""


async def _take(connection: AsyncConnection, origin: Origin) -> int:
    found = (await connection.execute(_SHOWN[origin])).mappings().all()
    new = 0
    for each in found:
        row = _row(origin, each["subject"], each["text"], each["note"], each["principal_id"], each["got"])
        made = row.on_conflict_do_nothing().returning(col(ProposedCaseRow.id))
        new += (await connection.execute(made)).first() is not None
    return new


def _row(
    origin: Origin, subject: str, said: str, note: str, by: UUID | None, got: Mapping[str, Any] | None = None
) -> Any:
    return insert(ProposedCaseRow).values(
        id=new_id(),
        origin=origin,
        subject=subject,
        text=said,
        got=dict(got or {}),
        note=note.strip()[:LONGEST_NOTE],
        proposed_by=by,
        proposed_at=func.clock_timestamp(),
        status=ProposalStatus.PROPOSED,
        reason="",
    )


async def _decide(engine: AsyncEngine, id_: UUID, person: Principal, status: ProposalStatus, **values: Any) -> None:
    await proposal_of(engine, id_)
    open_ = (col(ProposedCaseRow.id) == id_, col(ProposedCaseRow.status) == ProposalStatus.PROPOSED)
    statement = (
        update(ProposedCaseRow)
        .where(*open_)
        .values(status=status, decided_by=person.id, decided_at=func.clock_timestamp(), **values)
    )
    async with engine.begin() as connection:
        if not (await connection.execute(statement)).rowcount:
            raise ConflictError(f"The case {id_} was decided already.", remedy="See `pesut eval cases list --all`.")
        await record_act(connection, Act(f"evaluation_case.{status.value}", f"proposed_case/{id_}", person.id))
