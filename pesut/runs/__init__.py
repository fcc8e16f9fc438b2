"""Conversations, their runs, what is told of a run meanwhile, and the answers."""

from pesut.runs.admission import MAX_KEY_CHARACTERS, NewRun, admit
from pesut.runs.answers import answer_of, evidence_of, store_answer
from pesut.runs.conversations import history_of
from pesut.runs.events import CHANNEL, NewEvent, append_events, events_after, tell
from pesut.runs.status import Run, close_run, keep_plan, open_runs, plan_of, question_of, run_of

__all__ = [
    "CHANNEL",
    "MAX_KEY_CHARACTERS",
    "NewEvent",
    "NewRun",
    "Run",
    "admit",
    "answer_of",
    "append_events",
    "close_run",
    "events_after",
    "evidence_of",
    "history_of",
    "keep_plan",
    "open_runs",
    "plan_of",
    "question_of",
    "run_of",
    "store_answer",
    "tell",
]
