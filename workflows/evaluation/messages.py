"""What the workflow of evaluations, its activities and its clients tell each other."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from pesut.contracts import Contract
from pesut.evaluations.contracts import EvaluationOrder

NIGHTLY, BY_HAND = "pesut-evaluations", "pesut-evaluations-by-hand"
"""The task queues, apart from the questions'. What is ordered by hand is done where the command runs, with its settings."""

EVALUATOR = "evals.worker"  # the module of the process that works at night; named here, since workflows know no suites
EVALUATE_NIGHT, RUN_EVALUATOR = "EvaluateNight", "run_evaluator"
EVALUATION_RUN = "EvaluationRun"
BEGIN, ASK_CASE, BREAK_CASE, FINISH, FAIL = (
    "begin_evaluation",
    "ask_case",
    "break_case",
    "finish_evaluation",
    "fail_evaluation",
)
AT_ONCE = 2  # cases: half a core or so, which leaves people's questions the rest
A_SECOND = 20.0  # cases begun, at most
CASES_A_HISTORY = 300  # then the workflow continues as new: some 3,000 events, of which Temporal bears 50,000
LONGEST = timedelta(days=2)  # a run that nobody works on ends then


class EvaluationWork(Contract):
    """Starts `EvaluationRun`. Without a `run_id` it makes its own. `cases`: how many there are, once they were planned; `next`:
    the first that was not asked yet; `a_history`: how many are asked before the workflow continues as new.
    """

    order: EvaluationOrder
    run_id: UUID | None = None
    cases: int | None = None
    next: int = 0
    a_history: int = CASES_A_HISTORY


class Beginning(Contract):
    run_id: UUID
    order: EvaluationOrder


class CaseNumber(Contract):
    run_id: UUID
    number: int


class BrokenCase(CaseNumber):
    reason: str


class FailedRun(Contract):
    run_id: UUID
    reason: str


class Evaluation(Protocol):
    """What evaluations hand in. Each may be called again with the same, and then changes nothing."""

    async def begin(self, run_id: UUID, order: EvaluationOrder) -> int:
        """Plan and keep the cases; how many there are. Raises PesutError where the cases cannot be read."""
        ...

    async def ask(self, run_id: UUID, number: int) -> None:
        """Ask one case, score it and keep both."""
        ...

    async def break_(self, run_id: UUID, number: int, reason: str) -> None:
        """Keep that a case could not be asked."""
        ...

    async def close(self, run_id: UUID, error: str = "") -> None:
        """The run is over, or with an `error` never began."""
        ...
