"""What is sent to a run."""

from pydantic import BaseModel, Field

from pesut.contracts.review import Verdict


class ReviewDecision(BaseModel):
    """A verdict on a staff review; a rejection needs its reason."""

    verdict: Verdict
    note: str = Field(default="", max_length=2000)
