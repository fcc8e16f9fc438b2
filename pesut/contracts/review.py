"""The *telaahan staf*: what a staff expert lays before the head of the region, and what people decide on it."""

from enum import StrEnum

from pydantic import Field

from pesut.contracts.base import Code, Contract
from pesut.contracts.principal import Principal


class ReviewPoint(Contract):
    """One sentence with placeholders as in a claim, and the evidence it rests on (labels in a draft, ids in an Answer)."""

    text: str
    evidence: tuple[str, ...] = ()
    rendered: str = ""


class ReviewOption(Contract):
    """One way to act. Texts may hold placeholders; `counter_argument` is the strongest argument against it."""

    title: str
    action: ReviewPoint
    agency: Code | None = None
    agency_name: str = ""
    deadline: ReviewPoint | None = None
    budget: ReviewPoint | None = None
    legal_basis: ReviewPoint | None = None
    expected_effect: ReviewPoint
    counter_argument: ReviewPoint


class StaffReview(Contract):
    problem: ReviewPoint  # Persoalan
    assumptions: tuple[ReviewPoint, ...]  # Praanggapan
    facts: tuple[ReviewPoint, ...] = Field(min_length=1)  # Fakta yang mempengaruhi
    analysis: tuple[ReviewPoint, ...]  # Analisis
    conclusion: ReviewPoint  # Simpulan
    options: tuple[ReviewOption, ...]  # Saran
    sample_data: bool = False


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by who asked
    EXPIRED = "expired"  # nobody decided in time


class Review(Contract):
    """What a person decided on a staff review, and why; a rejection needs its reason."""

    principal: Principal
    verdict: Verdict
    note: str = Field(default="", max_length=2000)
