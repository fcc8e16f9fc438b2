"""How a run of the answer graph begins. Light to import: clients need no more of the agents than this."""

from typing import Any

from pesut.contracts import Question


def start(question: Question) -> dict[str, Any]:
    """The state that a run begins with; see agents/answer/state.py."""
    return {"question": question.model_dump(mode="json"), "findings": [], "timings": [], "uses": []}
