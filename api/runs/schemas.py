"""What is sent to a run."""

from pydantic import BaseModel, Field

from pesut.contracts.review import Verdict
from pesut.evaluations.proposals import LONGEST_NOTE


class ReviewDecision(BaseModel):
    """A verdict on a staff review; a rejection needs its reason."""

    verdict: Verdict
    note: str = Field(default="", max_length=2000)


class Judgement(BaseModel):
    """What is wrong with an answer."""

    note: str = Field(default="", max_length=LONGEST_NOTE)
