"""Keeping what a person decided on a staff review."""

from agents.answer.state import AnswerState, Update, question_in
from agents.dependencies import dependencies
from pesut.contracts import Review
from pesut.runs.reviews import keep_review


async def record_review(state: AnswerState) -> Update:
    """Keep the decision, or that nobody decided in time, and end the run."""
    given = state.get("review")
    review = Review.model_validate(given) if given is not None else None
    await keep_review(dependencies().engine, question_in(state).run_id, review)
    return {}
