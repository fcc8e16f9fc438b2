"""The one step of a night's look at themes."""

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from pesut.reports.themes.model import Reviewed
from pesut.reports.themes.refresh import review_in_a_chore
from workflows.themes.messages import REVIEW_NIGHT


class ThemeActivities:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @activity.defn(name=REVIEW_NIGHT)
    async def review(self) -> Reviewed:
        """Raises UnavailableError while reports join themes, ChoreError."""
        return await review_in_a_chore(self._engine)
