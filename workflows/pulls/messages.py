"""What the pull's workflow, activities and clients tell each other."""

from datetime import datetime
from uuid import UUID

from pesut.contracts import Contract, Period
from pesut.intake.orders import ImportOrder

PULLS = "pesut-pulls"  # the task queue: a slow server elsewhere holds up neither imports nor questions
PULL_REPORTS = "PullReports"
PLAN_PULL, FETCH_STRETCH, GATHER_PULL, CLEAR_PULL = "plan_pull", "fetch_stretch", "gather_pull", "clear_pull"


class PullRequest(Contract):
    """`source` is the code of one of the city's Open311 sources; `days` how far back, None for what the city's folder says."""

    source: str
    days: int | None = None
    asked_by: UUID | None = None


class Pull(Contract):
    """One pull under way; `id` tells it from all others."""

    id: str
    request: PullRequest
    began: datetime


class Stretch(Contract):
    """A piece of the time that a pull covers; `number` from 0, the oldest first."""

    pull: Pull
    number: int
    period: Period


class Gathered(Contract):
    """What was fetched, as an import; None where there was nothing."""

    order: ImportOrder | None
