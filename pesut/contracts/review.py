"""The *telaahan staf*: what a staff expert lays before the head of the region, and what people decide on it."""

from collections.abc import Callable
from enum import StrEnum

from pydantic import Field

from pesut.contracts.base import Code, Contract
from pesut.contracts.principal import Principal, Role


class ReviewPoint(Contract):
    """One sentence with placeholders as in a claim, and the evidence it rests on (labels in a draft, ids in an Answer)."""

    text: str
    evidence: tuple[str, ...] = ()
    rendered: str = ""


PointChange = Callable[[ReviewPoint], ReviewPoint]


class ReviewOption(Contract):
    """One way to act. Texts may hold placeholders; `counter_argument` is the strongest argument against it.

    `plan_link` says where the region's medium-term plan (RPJMD) speaks of the matter; `target` which value a metric should then
    have, and when that is looked at (`pesut.decisions.targets` reads it).
    """

    title: str
    action: ReviewPoint
    agency: Code | None = None
    agency_name: str = ""
    deadline: ReviewPoint | None = None
    budget: ReviewPoint | None = None
    legal_basis: ReviewPoint | None = None
    plan_link: ReviewPoint | None = None
    expected_effect: ReviewPoint
    target: ReviewPoint | None = None
    risk: ReviewPoint | None = None
    counter_argument: ReviewPoint

    def with_points(self, change: PointChange) -> "ReviewOption":
        """This option with every point of it changed so."""
        points = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_copy(
            update={name: change(point) for name, point in points.items() if isinstance(point, ReviewPoint)}
        )


class StaffReview(Contract):
    problem: ReviewPoint  # Persoalan
    assumptions: tuple[ReviewPoint, ...]  # Praanggapan
    facts: tuple[ReviewPoint, ...] = Field(min_length=1)  # Fakta yang mempengaruhi
    analysis: tuple[ReviewPoint, ...]  # Analisis
    conclusion: ReviewPoint  # Simpulan
    options: tuple[ReviewOption, ...]  # Saran
    sample_data: bool = False

    def with_points(self, change: PointChange) -> "StaffReview":
        """This review with every point of it changed so, those of its options too."""
        return self.model_copy(
            update={
                "problem": change(self.problem),
                "assumptions": tuple(change(point) for point in self.assumptions),
                "facts": tuple(change(point) for point in self.facts),
                "analysis": tuple(change(point) for point in self.analysis),
                "conclusion": change(self.conclusion),
                "options": tuple(option.with_points(change) for option in self.options),
            }
        )

    def facts_behind(self, step: ReviewPoint) -> tuple[int, ...]:
        """Which facts, counted from 1, a step of the analysis stands on: those that rest on the same evidence."""
        return tuple(number for number, fact in enumerate(self.facts, 1) if set(fact.evidence) & set(step.evidence))

    @property
    def points(self) -> tuple[ReviewPoint, ...]:
        """Every point, in reading order within each part."""
        found: list[ReviewPoint] = []

        def collect(point: ReviewPoint) -> ReviewPoint:
            found.append(point)
            return point

        self.with_points(collect)
        return tuple(found)


REVIEWERS = frozenset({Role.MAYOR, Role.REVIEWER})
"""Who may take a staff review forward as a decision, or turn it down."""


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
