"""The rows of a world that a metric may count, each with the moments and groups it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from pesut.catalog.compiler.periods import TICK, Window
from pesut.catalog.compiler.times import times_of
from pesut.catalog.models import BudgetMetric, Catalog, Metric, ObservationMetric, ReportMeasure, ReportMetric
from pesut.contracts import Dimension, Filter, Grain, MetricQuery
from tests.integration.metrics.world import World

Base = ObservationMetric | ReportMetric | BudgetMetric
Group = dict[Dimension, str]
PLACES = (Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE)


@dataclass(frozen=True)
class Fact:
    """A row that a metric may count: `first` and `last` are the moments it speaks of."""

    first: datetime
    last: datetime
    value: Decimal | None
    sample: bool
    dimensions: dict[Dimension, str]
    series: int = 0


class Facts:
    def __init__(self, world: World, catalog: Catalog, query: MetricQuery, as_of: datetime) -> None:
        self.world, self.catalog, self.query, self.as_of = world, catalog, query, as_of
        self.zone = world.city.zone
        self.times = times_of(query, as_of, self.zone)
        metric = catalog.metric(query.metric)
        assert metric
        self.metric: Metric = metric
        self.places = {row.code: row for row in world.regions if row.visible(as_of)}
        self.population = catalog.metric(catalog.population or "")

    def facts(self, metric: Base, role: str, when: str, group: Group, bucket: datetime | None) -> list[Fact]:
        window = self.window(metric, when)
        start, end = window.start, window.end
        if bucket:
            end = min(self.after(bucket), end)
            start = max(bucket, start) if start else bucket
        if role == "people":
            start = None
        needed = self.query.group_by if role == "total" else tuple(group)
        match metric:
            case ObservationMetric():
                found = self.observations(metric, start, end, needed, self.filters(role))
                if role == "people" or metric.over_time == "last" or self.query.period is None:
                    found = newest(fact for fact in found if matches(fact, group))
            case ReportMetric():
                found = self.reports(metric, start, end, (*metric.filters, *self.filters(role)))
            case BudgetMetric():
                found = self.budget(
                    metric, start, end, self.filters(role), tagged=Dimension.CATEGORY in group, bucket=bucket
                )
        return [fact for fact in found if matches(fact, group)]

    def window(self, metric: Base, when: str) -> Window:
        if isinstance(metric, BudgetMetric) and self.query.period is None:
            local = self.as_of.astimezone(self.zone)
            return Window(datetime(local.year, 1, 1, tzinfo=self.zone), self.as_of + TICK)
        whole = isinstance(metric, BudgetMetric) and metric.measure == "ceiling"
        if when == "now":
            return self.times.whole if whole else self.times.now
        window = self.times.whole_before if whole else self.times.before
        assert window
        return window

    def filters(self, role: str) -> list[Filter]:
        def family(dimension: Dimension) -> Dimension:
            return Dimension.REGION if dimension in PLACES else dimension

        grouped = {family(dimension) for dimension in self.query.group_by}
        match role:
            case "people":
                return [each for each in self.query.filters if each.dimension in PLACES]
            case "total" if not grouped:
                return []
            case "total":
                return [each for each in self.query.filters if family(each.dimension) not in grouped]
            case _:
                return list(self.query.filters)

    def observations(
        self,
        metric: ObservationMetric,
        start: datetime | None,
        end: datetime,
        needed: tuple[Dimension, ...],
        filters: list[Filter],
    ) -> list[Fact]:
        found: list[Fact] = []
        series = {row.id: row for row in self.world.series if row.indicator_code == metric.indicator}
        for row in self.world.observations:
            if row.series_id not in series or not row.visible(self.as_of) or not within(row.observed_at, start, end):
                continue
            of = series[row.series_id]
            known = self.placed(of.region_code) | {Dimension.ITEM: of.item, Dimension.AGENCY: of.agency_code}
            unplaced = any(not known[each] for each in needed if each is not Dimension.AGENCY)
            if not unplaced and self.lets_through(
                filters, of.region_code, {each: [code] for each, code in known.items()}
            ):
                found.append(Fact(row.observed_at, row.observed_at, row.value, row.sample, known, row.series_id))
        return found

    def reports(
        self, metric: ReportMetric, start: datetime | None, end: datetime, filters: tuple[Filter, ...]
    ) -> list[Fact]:
        found: list[Fact] = []
        for row in self.world.reports:
            if not row.visible(self.as_of) or not within(row.submitted_at, start, end):
                continue
            known = self.placed(row.region_code) | {
                Dimension.CATEGORY: row.category or "", Dimension.STATUS: row.status, Dimension.CHANNEL: row.channel,
                Dimension.CLASSIFICATION: row.classification, Dimension.AGENCY: row.agency_code or "",
            }  # fmt: skip
            if not self.lets_through(filters, row.region_code, {each: [code] for each, code in known.items()}):
                continue
            value: Any = row.report_id
            if metric.measure is ReportMeasure.REPORTER:
                value = row.reporter or None
            elif metric.measure is not ReportMeasure.REPORTS:
                until = row.responded_at if metric.measure is ReportMeasure.RESPONSE_HOURS else row.closed_at
                value = Decimal(int((until - row.submitted_at).total_seconds())) / 3600 if until else None
            found.append(Fact(row.submitted_at, row.submitted_at, value, row.sample, known))
        return found

    def budget(
        self,
        metric: BudgetMetric,
        start: datetime | None,
        end: datetime,
        filters: list[Filter],
        *,
        tagged: bool,
        bucket: datetime | None,
    ) -> Iterator[Fact]:
        assert start
        first, last = start.astimezone(self.zone).year, (end - TICK).astimezone(self.zone).year
        if bucket:
            first = last = bucket.astimezone(self.zone).year
        for line in self.world.lines:
            tags = {
                Dimension.AGENCY: [line.agency_code],
                Dimension.PROGRAM: [line.program],
                Dimension.CATEGORY: list(line.categories),
            }
            if not line.visible(self.as_of):
                continue
            for tag in (line.categories or ("",)) if tagged else ("",):
                known = {Dimension.AGENCY: line.agency_code, Dimension.PROGRAM: line.program, Dimension.CATEGORY: tag}
                if not self.lets_through(filters, None, tags | ({Dimension.CATEGORY: [tag]} if tagged else {})):
                    continue
                if metric.measure == "ceiling":
                    begin, end_of_year = (
                        datetime(line.year, *day, tzinfo=self.zone).astimezone(UTC) for day in ((1, 1), (12, 31))
                    )
                    if first <= line.year <= last:
                        yield Fact(begin, end_of_year, Decimal(line.ceiling), line.sample, known)
                    continue
                for spent in self.world.realisations:
                    month = datetime(spent.month.year, spent.month.month, 1, tzinfo=self.zone).astimezone(UTC)
                    same = (spent.year, spent.code) == (line.year, line.code) and spent.visible(self.as_of)
                    if same and within(month, start, end):
                        yield Fact(month, month, Decimal(spent.amount), spent.sample or line.sample, known)

    def placed(self, code: str | None) -> dict[Dimension, str]:
        place = self.places.get(code or "")
        village = place.code if place and place.level == "village" else ""
        district = {"village": place.parent_code, "district": place.code}.get(place.level, "") if place else ""
        return {Dimension.DISTRICT: district or "", Dimension.VILLAGE: village}

    def lets_through(self, filters: Any, region: str | None, known: dict[Dimension, list[str]]) -> bool:
        for each in filters:
            if each.dimension in PLACES:
                inside = self.world.city.root in each.values or bool(self.lineage(region) & set(each.values))
            else:
                inside = bool(set(known[each.dimension]) & set(each.values))
            if inside is each.exclude:
                return False
        return True

    def lineage(self, code: str | None) -> set[str]:
        place = self.places.get(code or "")
        return {place.code, place.parent_code or ""} if place else set()

    def begin(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone).replace(minute=0, second=0, microsecond=0)
        if self.query.grain is Grain.HOUR:
            return local.astimezone(UTC)
        day = local.replace(hour=0, tzinfo=None)
        match self.query.grain:
            case Grain.WEEK:
                day -= timedelta(days=day.weekday())
            case Grain.MONTH:
                day = day.replace(day=1)
            case Grain.QUARTER:
                day = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            case Grain.YEAR:
                day = day.replace(month=1, day=1)
            case _:
                pass
        return day.replace(tzinfo=self.zone).astimezone(UTC)

    def after(self, bucket: datetime) -> datetime:
        """A moment surely within the next bucket, brought to its begin."""
        hours = {Grain.HOUR: 1, Grain.DAY: 28, Grain.WEEK: 176, Grain.MONTH: 770, Grain.QUARTER: 2230, Grain.YEAR: 8800}
        assert self.query.grain
        return self.begin(bucket + timedelta(hours=hours[self.query.grain]))


ANY = "*"


def matches(fact: Fact, group: Group) -> bool:
    return all(code in (ANY, fact.dimensions[dimension]) for dimension, code in group.items())


def within(moment: datetime, start: datetime | None, end: datetime) -> bool:
    return (start is None or moment >= start) and moment < end


def newest(facts: Iterator[Fact]) -> list[Fact]:
    last: dict[int, Fact] = {}
    for fact in facts:
        if fact.series not in last or fact.last > last[fact.series].last:
            last[fact.series] = fact
    return list(last.values())
