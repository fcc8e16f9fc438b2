"""What workflows, activities and clients tell each other: one type per message."""

from datetime import timedelta
from uuid import UUID

from pesut.contracts import AnswerStatus, Contract, Question

ANSWER_QUESTION, REVIEW = "AnswerQuestion", "review"
"""The workflow and its update by name, so that clients need not import what only workers run."""


class AnswerRequest(Contract):
    """Starts `AnswerQuestion`. `review_within`: how long a staff review waits for a person."""

    question: Question
    review_within: timedelta


class Answered(Contract):
    """What `AnswerQuestion` returns: where the answer is, not the answer."""

    run_id: UUID
    answer_id: UUID
    status: AnswerStatus


class RunState(Contract):
    """What the query `state` tells: where the run stands."""

    answered: Answered | None = None
    awaits_review: bool = False
    reviewed: bool = False


class RunFailed(Contract):
    """That a run cannot be answered: the class of the error, and what it said."""

    question: Question
    kind: str
    reason: str
