"""The step of a briefing that reaches out: taking it in."""

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from pesut.city.models import City
from pesut.contracts import RunStatus
from pesut.runs import Run, admit, question_of, run_of
from pesut.runs.briefings import MORNING, known_at, new_briefing
from pesut.settings import Settings
from workflows.briefings.messages import ADMIT_BRIEFING, Admission, Admitted
from workflows.client import workflow_id
from workflows.messages import AnswerRequest


class BriefingActivities:
    def __init__(self, engine: AsyncEngine, city: City, settings: Settings) -> None:
        self._engine, self._city, self._settings = engine, city, settings

    @activity.defn(name=ADMIT_BRIEFING)
    async def admit(self, admission: Admission) -> Admitted:
        """Take the day's briefing in; the same try again finds the same run. Raises TooMuchWorkError."""
        day = admission.day or admission.at.astimezone(self._city.zone).date()
        key = MORNING if admission.number == 1 else f"{MORNING}/{admission.number}"
        wanted = await new_briefing(self._engine, day, key, known_at(day, self._city, admission.at))
        run_id, _ = await admit(self._engine, wanted, self._settings.max_open_runs)
        run = await run_of(self._engine, run_id)
        return Admitted(
            day=day,
            run_id=run_id,
            workflow_id=workflow_id(run.principal_id, run.idempotency_key),
            request=await self._request(run) if run.status is RunStatus.RUNNING else None,
            failed=run.status in {RunStatus.FAILED, RunStatus.CANCELLED},
        )

    async def _request(self, run: Run) -> AnswerRequest:
        question = await question_of(self._engine, run)
        return AnswerRequest(question=question, review_within=self._settings.review_within)
