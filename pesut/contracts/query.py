"""Typed questions to the data. Whatever an agent reads, it asks for with one of these."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from pesut.contracts.base import Code, Contract, Period


class Dimension(StrEnum):
    """What a metric can be split or filtered by. `REGION` filters on any level; `DISTRICT` and `VILLAGE` also group."""

    REGION = "region"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan
    AGENCY = "agency"  # perangkat daerah
    CATEGORY = "category"
    STATUS = "status"
    CHANNEL = "channel"
    CLASSIFICATION = "classification"  # the four classes of SP4N-LAPOR!
    ITEM = "item"  # what a dataset itself tells apart: a gauge, a commodity, a crossing
    PROGRAM = "program"  # of a budget line


class Grain(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Comparison(StrEnum):
    PREVIOUS_PERIOD = "previous_period"
    LAST_YEAR = "last_year"


class Show(StrEnum):
    """How the metric's value is shown: as it is, as share of the total, per head of the population, or running."""

    VALUE = "value"
    SHARE = "share"
    PER_CAPITA = "per_capita"
    CUMULATIVE = "cumulative"


class Operator(StrEnum):
    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


class Filter(Contract):
    """Keep rows whose `dimension` is (or with `exclude`, is not) one of `values` (codes of the catalog or the city)."""

    dimension: Dimension
    values: tuple[Code, ...] = Field(min_length=1, max_length=200)
    exclude: bool = False


class Having(Contract):
    """Keep result rows whose value, or whose `change` against the comparison, compares so with `value` (in the metric's unit).

    `threshold` is the code of the catalog's threshold that the value stands for, when it does.
    """

    operator: Operator
    value: float
    threshold: Code | None = None
    of: Literal["value", "change"] = "value"


class Order(Contract):
    by: Literal["value", "change", "change_ratio", "period", "name"] = "value"
    descending: bool = True


class Within(StrEnum):
    """What a limit counts rows within, where it is not each value of a dimension."""

    PERIOD = "period"  # each step
    WHOLE = "whole"  # the whole result


class MetricQuery(Contract):
    """One metric, cut, filtered, compared and ordered. Without a `period`: the latest value known.

    Result rows are flat: for each group-by dimension its code under the dimension's name and its label under `<name>_name`;
    `period` (ISO date, for hours date and time with offset) when a grain is set; `value`; with a comparison also `previous`,
    `change` (value - previous) and `change_ratio` (change / previous, null where previous is 0 or missing); for a latest
    value `observed_at`. Shares and change ratios are fractions (0.25 is 25 %).

    `limit` keeps so many rows; with groups and a grain so many groups, each with all its steps; with `limit_within` so many rows
    of each district, say, or of each step, or of all.
    """

    kind: Literal["metric"] = "metric"
    metric: Code
    period: Period | None = None
    group_by: tuple[Dimension, ...] = Field(default=(), max_length=3)
    grain: Grain | None = None
    filters: tuple[Filter, ...] = Field(default=(), max_length=12)
    having: Having | None = None
    comparison: Comparison | None = None
    show: Show = Show.VALUE
    order: Order | None = None
    limit: int | None = Field(default=None, ge=1, le=1000)
    limit_within: Dimension | Within | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> "MetricQuery":
        if len(set(self.group_by)) != len(self.group_by):
            raise ValueError("a dimension is grouped by twice")
        if Dimension.REGION in self.group_by:
            raise ValueError("group by district or village, not by region")
        if self.period is None and (self.grain or self.comparison or self.show is Show.CUMULATIVE):
            raise ValueError("a grain, a comparison and a running total need a period")
        if self.limit_within and not self._has_limit_within(self.limit_within):
            raise ValueError("a limit within something needs a limit, and a query that is split by it")
        if self.having and self.having.of == "change" and self.comparison is None:
            raise ValueError("a change can only be held against something where there is a comparison")
        return self

    def _has_limit_within(self, within: Dimension | Within) -> bool:
        split = (
            within in self.group_by
            if isinstance(within, Dimension)
            else within is Within.WHOLE or self.grain is not None
        )
        return self.limit is not None and split


class ReportQuery(Contract):
    """Citizens' reports themselves: the newest (or `oldest`), or those nearest in meaning to `text`. Rows carry number, title, excerpt,
    submitted_at, region, category, agency and status; never more than the asker may see.
    """

    kind: Literal["reports"] = "reports"
    text: str | None = Field(default=None, max_length=500)
    period: Period | None = None
    filters: tuple[Filter, ...] = Field(default=(), max_length=12)
    oldest: bool = False
    limit: int = Field(default=5, ge=1, le=100)


class DocumentQuery(Contract):
    """Passages of the government's documents nearest to `text`; with `categories`, of none that are filed under others only. Rows:
    document code, title, kind, number, issued_on, heading, passage text.
    """

    kind: Literal["documents"] = "documents"
    text: str = Field(min_length=1, max_length=500)
    kinds: tuple[Code, ...] = ()
    categories: tuple[Code, ...] = ()
    limit: int = Field(default=5, ge=1, le=50)


class AgencyQuery(Contract):
    """The agencies whose mandate covers a category or words. Rows: code, name, mandate, categories."""

    kind: Literal["agencies"] = "agencies"
    codes: tuple[Code, ...] = ()
    categories: tuple[Code, ...] = ()


class BudgetQuery(Contract):
    """Budget lines with what is left of their ceiling. Rows: code, name, program, agency, year, ceiling, realised, left."""

    kind: Literal["budget_lines"] = "budget_lines"
    year: int = Field(ge=2000, le=2100)
    agencies: tuple[Code, ...] = ()
    categories: tuple[Code, ...] = ()
    limit: int = Field(default=5, ge=1, le=100)


class LateQuery(Contract):
    """Dispositions whose deadline lies before the day `on` and which are neither done nor cancelled, the longest late first.
    Rows: title (of the decision), number, agency, agency_name, deadline (ISO date), days_late, status.
    """

    kind: Literal["late_dispositions"] = "late_dispositions"
    on: date


class DueQuery(Contract):
    """Decisions that somebody is awaited for on the day `on`: with readers or who decides since that day or earlier, or approved
    and due for a look at their outcome. Rows: title, status, since (ISO date: of the status, or the day of the look).
    """

    kind: Literal["due_decisions"] = "due_decisions"
    on: date
