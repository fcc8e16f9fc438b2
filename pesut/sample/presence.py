"""Whether sample data is in the database, so that whoever shows anything of it can say so."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.database.tables import ReportRow


async def holds_sample(engine: AsyncEngine) -> bool:
    """Whether any report is made up; the sample city always brings some."""
    async with engine.connect() as connection:
        return bool((await connection.execute(select(exists().where(col(ReportRow.sample))))).scalar())
