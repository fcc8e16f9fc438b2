"""A decision takes its place among the city's papers, where the next draft finds it as precedent, and what came of it."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.city.documents import Document, DocumentHead, split_passages
from pesut.city.load import write_documents
from pesut.database.moment import writing
from pesut.database.tables import DecisionRow, DocumentRow, PassageRow
from pesut.decisions.closing import outcome_of
from pesut.decisions.record import DecisionRecord, record_of
from pesut.intake.versions import lock_tables, stamp

DECISION, PLAN = "decision", "plan"  # kinds under which decisions, and what they are to serve, lie among the documents
DECIDED, OUTCOME = "Keputusan", "Hasil"  # headings of what was decided, and of what came of it
_VERDICTS = {"approved": "disetujui", "rejected": "ditolak"}


def paper_code(decision_id: UUID) -> str:
    """The code under which a decision lies among the documents."""
    return f"keputusan-{decision_id}"


async def file_decision(engine: AsyncEngine, decision_id: UUID) -> None:
    """Write the decision, and its outcome once there is one, as a document of the kind "decision"; again, it changes nothing."""
    _, record = await record_of(engine, decision_id)
    outcome = await outcome_of(engine, decision_id)
    query = select(col(DecisionRow.categories), col(DecisionRow.restricted)).where(col(DecisionRow.id) == decision_id)
    async with engine.connect() as connection:
        categories, restricted = (await connection.execute(query)).one()
    text = "\n\n".join(_sections(record, outcome.text if outcome else ""))
    head = DocumentHead(
        code=paper_code(decision_id),
        title=f"Keputusan {record.government.head_title.id}: {record.title}",
        kind=DECISION,
        issued_on=record.decided_at.astimezone(record.government.zone).date(),
        agency=record.orders[0].agency if record.orders else None,
        categories=tuple(categories),
        restricted=restricted,
        sample=record.sample,
    )
    await _write(engine, Document(head=head, passages=split_passages(text)))


async def _write(engine: AsyncEngine, document: Document) -> None:
    async with writing(engine) as (connection, _):
        await lock_tables(connection, [DocumentRow, PassageRow])
        await write_documents(connection, [document], await stamp(connection))


def _sections(record: DecisionRecord, outcome: str) -> Iterator[str]:
    review, verdict = record.review, _VERDICTS[record.verdict]
    chosen = [review.options[each] for each in dict.fromkeys(order.option for order in record.orders)]
    yield f"## Persoalan\n\n{review.problem.rendered}. {review.conclusion.rendered}."
    if record.verdict == "approved":
        said = [f"{option.title}: {option.action.rendered}." for option in chosen]
        yield f"## {DECIDED}\n\nDiputuskan ({verdict}): " + "\n\n".join(said)
        yield "## Disposisi\n\n" + "\n\n".join(
            f"{order.agency_name}, tenggat {order.deadline:%d-%m-%Y}: {order.instruction}." for order in record.orders
        )
    else:
        yield f"## {DECIDED}\n\nUsulan ini {verdict}: {record.acts[-1].note}"
    if outcome:
        yield f"## {OUTCOME}\n\n{outcome}"
