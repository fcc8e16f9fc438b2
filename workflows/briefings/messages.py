"""What the workflow of briefings and its activity tell each other."""

from datetime import date, timedelta
from uuid import UUID

from pydantic import AwareDatetime

from pesut.contracts import Contract
from workflows.messages import AnswerRequest

WRITE_BRIEFING, ADMIT_BRIEFING = "WriteBriefing", "admit_briefing"
TRIES, PAUSE = 6, timedelta(minutes=15)  # the last of them an hour and a quarter after the first


class BriefingOrder(Contract):
    """Starts `WriteBriefing`. Without a `day`: the city's day at that moment."""

    day: date | None = None


class Admission(Contract):
    """Try number `number` (from 1) to write the briefing of `day`, or of the city's day at the moment `at`."""

    day: date | None
    at: AwareDatetime
    number: int


class Admitted(Contract):
    """The run that writes the briefing of `day`, and its workflow. `request` is None where it is over, with or without an answer."""

    day: date
    run_id: UUID
    workflow_id: str
    request: AnswerRequest | None = None
    failed: bool = False


class BriefingWritten(Contract):
    day: date
    run_id: UUID
