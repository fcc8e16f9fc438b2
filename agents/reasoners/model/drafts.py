"""What a model is asked to fill in for a plan: flat and forgiving, so that small models manage; code makes the contracts of it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pesut.contracts import Comparison, DeclineReason, Dimension, Grain, Language, Operator, Show

MOST = 4  # entries of each kind of step


class _Drafted(BaseModel):
    model_config = ConfigDict(extra="ignore")


class FilterDraft(_Drafted):
    dimension: Dimension
    values: list[str] = Field(min_length=1)
    exclude: bool = False


class HavingDraft(_Drafted):
    operator: Operator
    value: float
    threshold: str | None = None


class MetricDraft(_Drafted):
    metric: str
    first_day: date | None = None
    last_day: date | None = None
    grain: Grain | None = None
    group_by: list[Dimension] = []
    filters: list[FilterDraft] = []
    comparison: Comparison | None = None
    show: Show = Show.VALUE
    having: HavingDraft | None = None
    order_by: Literal["value", "change", "change_ratio", "period", "name"] | None = None
    descending: bool = True
    limit: int | None = Field(default=None, ge=1, le=100)


class ReportDraft(_Drafted):
    text: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    filters: list[FilterDraft] = []
    limit: int = Field(default=5, ge=1, le=20)


class DocumentDraft(_Drafted):
    text: str
    limit: int = Field(default=5, ge=1, le=10)


class RecommendDraft(_Drafted):
    topic: str
    categories: list[str] = []
    regions: list[str] = []


class ClarifyDraft(_Drafted):
    question: str
    options: list[str] = Field(min_length=2, max_length=4)


class DeclineDraft(_Drafted):
    reason: DeclineReason
    agency: str | None = None


class PlanDraft(_Drafted):
    language: Language = Language.ID
    metrics: list[MetricDraft] = Field(default=[], max_length=MOST)
    reports: list[ReportDraft] = Field(default=[], max_length=MOST)
    documents: list[DocumentDraft] = Field(default=[], max_length=MOST)
    recommend: RecommendDraft | None = None
    clarify: ClarifyDraft | None = None
    decline: DeclineDraft | None = None
    assumptions: list[str] = []
    notes: list[str] = []
