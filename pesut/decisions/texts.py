"""The texts of a decision: its draft, and what it became by each edit; and what they may draw on."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.catalog.store import catalog_of
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City
from pesut.contracts import Answer, StaffReview
from pesut.database.tables import DecisionVersionRow
from pesut.decisions.edits import with_difference
from pesut.placeholders import Sources

_DRAFT = 1


async def text_of(connection: AsyncConnection, decision_id: UUID, version: int) -> StaffReview:
    """The staff review as `version` has it; its points name evidence by label."""
    query = select(col(DecisionVersionRow.draft), col(DecisionVersionRow.difference)).where(
        col(DecisionVersionRow.decision_id) == decision_id, col(DecisionVersionRow.version).in_({_DRAFT, version})
    )
    rows = (await connection.execute(query.order_by(col(DecisionVersionRow.version)))).all()
    draft, difference = rows[0][0], rows[-1][1]
    return with_difference(StaffReview.model_validate(draft), difference)


async def text_at(engine: AsyncEngine, decision_id: UUID, version: int) -> StaffReview:
    """As `text_of`, on a connection of its own."""
    async with engine.connect() as connection:
        return await text_of(connection, decision_id, version)


async def draft_of(connection: AsyncConnection, decision_id: UUID) -> StaffReview:
    """The text that the decision was opened with."""
    return await text_of(connection, decision_id, _DRAFT)


async def sources_of(engine: AsyncEngine, answer: Answer, city: City) -> Sources:
    """What the texts may draw on: the answer's evidence, and the city as it was known then."""
    return Sources(
        evidence={each.label: each for each in answer.evidence},
        catalog=await catalog_of(engine, answer.catalog_version),
        gazetteer=await gazetteer_at(engine, answer.as_of),
        city=city,
        language=answer.language,
        now=answer.as_of.astimezone(city.zone),
    )
