"""What a model is asked to fill in for a plan: flat and forgiving, so that small models manage; code makes the contracts of it.

Every list and text has an end in the schema, so that a server that holds a model to it stops one that goes in circles.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pesut.contracts import Comparison, DeclineReason, Dimension, Grain, Language, Operator, Show

MOST = 4  # entries of each kind of step
_LONGEST = 500  # characters of a text


class Drafted(BaseModel):
    """What any draft is made of: fields that were not asked for are passed over."""

    model_config = ConfigDict(extra="ignore")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:_LONGEST]


Text = Annotated[str, AfterValidator(_one_line), Field(json_schema_extra={"maxLength": _LONGEST})]
Name = Annotated[str, AfterValidator(_one_line), Field(json_schema_extra={"maxLength": 120})]
"""A code or a name."""

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Filters = Annotated[list["FilterDraft"], Field(max_length=6)]
Names = Annotated[list[Name], Field(max_length=20)]
Remarks = Annotated[list[Text], Field(max_length=8)]


class FilterDraft(Drafted):
    dimension: Dimension
    values: Names = Field(min_length=1)
    exclude: bool = False


class HavingDraft(Drafted):
    operator: Operator
    value: float
    threshold: Name | None = None


class MetricDraft(Drafted):
    metric: Name
    first_day: Day | None = None
    last_day: Day | None = None
    grain: Grain | None = None
    group_by: list[Dimension] = Field(default=[], max_length=3)
    filters: Filters = []
    comparison: Comparison | None = None
    show: Show = Show.VALUE
    having: HavingDraft | None = None
    order_by: Literal["value", "change", "change_ratio", "period", "name"] | None = None
    descending: bool = True
    limit: int | None = Field(default=None, ge=1, le=100)


class ReportDraft(Drafted):
    text: Text | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    filters: Filters = []
    limit: int = Field(default=5, ge=1, le=20)


class DocumentDraft(Drafted):
    text: Text
    limit: int = Field(default=5, ge=1, le=10)


class RecommendDraft(Drafted):
    topic: Text
    categories: Names = []
    regions: Names = []


class ClarifyDraft(Drafted):
    question: Text
    options: list[Text] = Field(min_length=2, max_length=4)


class DeclineDraft(Drafted):
    reason: DeclineReason
    agency: Name | None = None


class PlanDraft(Drafted):
    language: Language = Language.ID
    metrics: list[MetricDraft] = Field(default=[], max_length=MOST)
    reports: list[ReportDraft] = Field(default=[], max_length=MOST)
    documents: list[DocumentDraft] = Field(default=[], max_length=MOST)
    recommend: RecommendDraft | None = None
    clarify: ClarifyDraft | None = None
    decline: DeclineDraft | None = None
    assumptions: Remarks = []
    notes: Remarks = []
