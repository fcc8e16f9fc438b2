"""The catalog's entries, after Satu Data Indonesia (Perpres 39/2019): what is measured, by whom, in which words and units.

A catalog is the union of all `catalog/*.yml` of a city's folder; each file may hold any of the lists of `Catalog`.
"""

from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import Field, field_serializer, model_validator

from pesut.catalog.crosschecks import Crosscheck
from pesut.contracts.base import Code, Contract, LocalText
from pesut.contracts.evidence import Measure, ValueFormat
from pesut.contracts.query import Dimension, Filter, Grain, Operator


class Access(StrEnum):
    OPEN = "open"
    INTERNAL = "internal"
    RESTRICTED = "restricted"  # row-level security: only with supervision


class Schedule(StrEnum):
    """How often the producer promises new values."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    EVENT = "event"


class Term(Contract):
    """A code with its name and the other words people use for it, in either language."""

    code: Code
    name: LocalText
    synonyms: tuple[str, ...] = ()


class Item(Term):
    """Something a dataset tells apart within a region: a gauge, a commodity, a crossing."""

    region: Code | None = None
    latitude: float | None = None
    longitude: float | None = None


class Dataset(Contract):
    """Where values come from. `concept` to `reference_codes` are the standard's *konsep, definisi, klasifikasi, ukuran,
    kode referensi*; `producer` is the *produsen data*; `staleness` the age at which its newest value no longer speaks of now.
    """

    code: Code
    title: LocalText
    producer: Code
    concept: str
    definition: str
    classification: str = ""
    measure: str = ""
    reference_codes: str = ""
    schedule: Schedule
    coverage: str = ""
    access: Access = Access.INTERNAL
    staleness: timedelta
    items: tuple[Item, ...] = ()

    @field_serializer("staleness", when_used="json")
    def _as_duration(self, age: timedelta) -> str:
        """Days or seconds alone: RFC 3339 has no years with days, which is how a long age would be written otherwise."""
        return f"PT{age.seconds}S" if age.days == 0 else f"P{age.days}D" + (f"T{age.seconds}S" if age.seconds else "")


class Indicator(Contract):
    """A quantity that a dataset observes, in one unit; its values are the rows of `observation`."""

    code: Code
    dataset: Code
    name: LocalText
    unit: str


class Threshold(Contract):
    """A value that people agreed to act on. Sources may disagree, so each is kept with its source."""

    code: Code
    name: LocalText
    operator: Operator
    value: float
    source: str
    items: tuple[Code, ...] = ()  # only at these items; empty: everywhere
    synonyms: tuple[str, ...] = ()


class Deadline(Contract):
    """How many working days reports of these classes and categories may take until they are closed (empty: any); of several that fit,
    the first in the catalog counts. `source` is the rule that says so.
    """

    code: Code
    workdays: int = Field(ge=1, le=400)
    classifications: tuple[Code, ...] = ()
    categories: tuple[Code, ...] = ()
    source: str


USUAL_DECIMALS = {ValueFormat.INTEGER: 0, ValueFormat.RUPIAH: 0, ValueFormat.PERCENT: 1, ValueFormat.DURATION: 1}


class MetricBase(Contract):
    """What all metrics state. `decimals`, where not stated, follows the format: 0 for integer and rupiah, 1 for percent
    (of the percentage shown) and duration, else 2.
    """

    code: Code
    name: LocalText
    synonyms: tuple[str, ...] = ()
    area: str = ""
    definition: str
    unit: str = ""
    format: ValueFormat = ValueFormat.DECIMAL
    decimals: int = Field(default=2, ge=0, le=6)
    better: Literal["higher", "lower", "neither"] = "neither"
    thresholds: tuple[Threshold, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _usual_decimals(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "decimals" in given:
            return cast("Any", given)
        stated = cast("dict[str, Any]", given)
        usual = {str(format_): decimals for format_, decimals in USUAL_DECIMALS.items()}
        return {**stated, "decimals": usual.get(str(stated.get("format")), 2)}

    @property
    def described(self) -> Measure:
        return Measure(
            metric=self.code,
            name_id=self.name.id,
            name_en=self.name.en or self.name.id,
            unit=self.unit,
            format=self.format,
            decimals=self.decimals,
        )


class Aggregation(StrEnum):
    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "min"
    MAXIMUM = "max"
    PERCENTILE = "percentile"


COUNTS = frozenset({Aggregation.COUNT, Aggregation.COUNT_DISTINCT})


class ObservationMetric(MetricBase):
    """Aggregates the values of one indicator.

    `over_time: last` is for stocks and levels of which only the newest in a period counts (population, poverty rate, lamps in
    order): first each series' last value within each period, then `aggregation` across series. `all` takes every value.
    """

    form: Literal["observations"]
    indicator: Code
    aggregation: Aggregation
    over_time: Literal["all", "last"] = "all"
    percentile: float | None = Field(default=None, gt=0, lt=1)
    finest_grain: Grain = Grain.DAY

    @property
    def counts(self) -> bool:
        return self.aggregation in COUNTS


class ReportMeasure(StrEnum):
    REPORTS = "reports"  # to count; with count_distinct: unique reporters
    REPORTER = "reporter"
    RESPONSE_HOURS = "response_hours"  # from submission to first response
    HANDLING_HOURS = "handling_hours"  # from submission to closure


class ReportMetric(MetricBase):
    """Counts reports or aggregates their times, by the moment of submission; `filters` are part of the definition."""

    form: Literal["reports"]
    dataset: Code
    aggregation: Aggregation
    measure: ReportMeasure = ReportMeasure.REPORTS
    percentile: float | None = Field(default=None, gt=0, lt=1)
    filters: tuple[Filter, ...] = ()
    finest_grain: Grain = Grain.DAY

    @property
    def counts(self) -> bool:
        return self.aggregation in COUNTS


class BudgetMetric(MetricBase):
    """Sums ceilings (of the budget years that the period touches) or what was realised in the period, in Rupiah."""

    form: Literal["budgets"]
    dataset: Code
    aggregation: Literal[Aggregation.SUM] = Aggregation.SUM
    measure: Literal["ceiling", "realised"]
    finest_grain: Grain = Grain.MONTH


class RatioMetric(MetricBase):
    """`numerator` / `denominator` (codes of metrics), computed from their aggregates, times `scale`. Null where the
    denominator is 0 or missing.
    """

    form: Literal["ratio"]
    numerator: Code
    denominator: Code
    scale: float = 1.0


class DifferenceMetric(MetricBase):
    """`minuend` - `subtrahend` (codes of metrics in the same unit), computed from their aggregates: what is left of a budget.
    Unknown where either is.
    """

    form: Literal["difference"]
    minuend: Code
    subtrahend: Code


class PerCapitaMetric(MetricBase):
    """`numerator` per `per` inhabitants, by the catalog's population metric at the end of each period."""

    form: Literal["per_capita"]
    numerator: Code
    per: int = Field(default=1000, ge=1)


Metric = Annotated[
    ObservationMetric | ReportMetric | BudgetMetric | RatioMetric | DifferenceMetric | PerCapitaMetric,
    Field(discriminator="form"),
]


class Catalog(Contract):
    """A whole, cross-checked catalog. `population` names the metric that rates per head divide by."""

    datasets: tuple[Dataset, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    metrics: tuple[Metric, ...] = ()
    categories: tuple[Term, ...] = ()
    statuses: tuple[Term, ...] = ()
    channels: tuple[Term, ...] = ()
    classifications: tuple[Term, ...] = ()
    programs: tuple[Term, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    crosschecks: tuple[Crosscheck, ...] = ()
    population: Code | None = None

    @cached_property
    def _metrics(self) -> dict[str, "Metric"]:
        return {metric.code: metric for metric in self.metrics}

    @cached_property
    def _datasets(self) -> dict[str, Dataset]:
        return {dataset.code: dataset for dataset in self.datasets}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    def metric(self, code: str) -> "Metric | None":
        return self._metrics.get(code)

    def dataset(self, code: str) -> Dataset | None:
        return self._datasets.get(code)

    def indicator(self, code: str) -> Indicator | None:
        return self._indicators.get(code)

    def crosscheck(self, code: str) -> Crosscheck | None:
        return next((each for each in self.crosschecks if each.code == code), None)

    def terms(self, dimension: Dimension) -> tuple[Term, ...]:
        """The values of a dimension that the catalog itself lists (items: see `items_of`)."""
        return {
            Dimension.CATEGORY: self.categories,
            Dimension.STATUS: self.statuses,
            Dimension.CHANNEL: self.channels,
            Dimension.CLASSIFICATION: self.classifications,
            Dimension.PROGRAM: self.programs,
        }.get(dimension, ())

    def bases(self, metric: "Metric") -> "tuple[ObservationMetric | ReportMetric | BudgetMetric, ...]":
        """The metrics over rows that a metric is computed from (itself, or those of its parts)."""
        match metric:
            case RatioMetric():
                parts = [metric.numerator, metric.denominator]
            case DifferenceMetric():
                parts = [metric.minuend, metric.subtrahend]
            case PerCapitaMetric():
                parts = [metric.numerator, self.population or ""]
            case _:
                return (metric,)
        return tuple(base for code in parts if (part := self.metric(code)) for base in self.bases(part))

    def finest_grain(self, metric: "Metric") -> Grain:
        """The finest grain that all its bases have; of a rate per head that of its numerator, since the newest inhabitants count
        whatever the period.
        """
        numerator = self.metric(metric.numerator) if isinstance(metric, PerCapitaMetric) else None
        order = tuple(Grain)
        return max((base.finest_grain for base in self.bases(numerator or metric)), key=order.index, default=Grain.DAY)

    def datasets_of(self, metric: "Metric") -> tuple[Dataset, ...]:
        """The datasets a metric rests on, without repetition."""
        codes: dict[str, None] = {}
        for base in self.bases(metric):
            indicator = self.indicator(base.indicator) if isinstance(base, ObservationMetric) else None
            code = base.dataset if not isinstance(base, ObservationMetric) else (indicator.dataset if indicator else "")
            codes[code] = None
        return tuple(dataset for code in codes if (dataset := self.dataset(code)))

    def items_of(self, metric: "Metric") -> tuple[Item, ...]:
        return tuple(item for dataset in self.datasets_of(metric) for item in dataset.items)

    def dimensions_of(self, metric: "Metric") -> frozenset[Dimension]:
        """What the metric can be split and filtered by: what all its bases offer; a rate per head, what its numerator offers
        (inhabitants are told apart by place only, and stand whole beside all else).
        """
        if isinstance(metric, PerCapitaMetric):
            numerator = self.metric(metric.numerator)
            return self.dimensions_of(numerator) if numerator else frozenset()
        bases = self.bases(metric)
        return frozenset(each for each in Dimension if bases and all(each in self._offered(base) for base in bases))

    def _offered(self, base: "ObservationMetric | ReportMetric | BudgetMetric") -> frozenset[Dimension]:
        places = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}
        match base:
            case ReportMetric():
                said = {Dimension.CATEGORY, Dimension.STATUS, Dimension.CHANNEL, Dimension.CLASSIFICATION}
                return frozenset(places | said | {Dimension.AGENCY})
            case BudgetMetric():
                return frozenset({Dimension.AGENCY, Dimension.PROGRAM, Dimension.CATEGORY})
            case ObservationMetric():
                return frozenset(places | {Dimension.ITEM, Dimension.AGENCY})
