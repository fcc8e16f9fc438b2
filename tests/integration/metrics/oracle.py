"""What a metric query must answer, in straightforward Python over the rows of a world: every cell by its own loop."""

from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import product
from typing import Any

from pesut.catalog.compiler.labels import UNKNOWN
from pesut.catalog.compiler.periods import Window
from pesut.catalog.models import Aggregation, BudgetMetric, DifferenceMetric, Metric, PerCapitaMetric, RatioMetric
from pesut.contracts import Dimension, Grain, Show, ValueFormat, Within
from tests.integration.metrics.oracle_facts import ANY, PLACES, Base, Fact, Facts, Group

EXACT = Context(prec=40)


class Oracle(Facts):
    def rows(self) -> list[dict[str, Any]]:
        rows = [self.row(group, bucket) for group in self.groups() for bucket in self.buckets()]
        if self.query.show is Show.CUMULATIVE and self.query.grain:
            self.accumulate(rows)
        for row in rows:
            self.finish(row)
        kept = [row for row in rows if self.keeps(row)]
        return [self.shown(row) for row in self.cut(self.ordered(kept))]

    def row(self, group: Group, bucket: datetime | None) -> dict[str, Any]:
        shift, before = self.times.shift, None
        seen = [fact for base in self.bases() for fact in self.facts(base, "cells", "now", group, bucket)]
        touched = list(seen)
        value = self.value(group, bucket, "now", touched)
        if shift:
            earlier = shift.back(bucket, self.zone) if bucket else None
            before = self.value(group, earlier, "before", touched)
        return {
            "group": group, "bucket": bucket, "value": value, "previous": before,
            "first": min((fact.first for fact in seen), default=None), "last": max((fact.last for fact in seen), default=None),
            "sample": any(fact.sample for fact in touched),
        }  # fmt: skip

    def value(self, group: Group, bucket: datetime | None, when: str, touched: list[Fact]) -> Decimal | None:
        plain = self.plain(self.metric, group, bucket, when, touched)
        if self.query.show is Show.SHARE:
            return divided(plain, self.measured(self.metric, "total", {}, bucket, when, touched))
        if self.query.show is Show.PER_CAPITA:
            return divided(times(plain, 1000), self.people(group, bucket, when, touched))
        return plain

    def plain(
        self, metric: Metric, group: Group, bucket: datetime | None, when: str, touched: list[Fact]
    ) -> Decimal | None:
        def part(code: str) -> Decimal | None:
            found = self.catalog.metric(code)
            assert found
            return self.plain(found, group, bucket, when, touched)

        match metric:
            case RatioMetric():
                return divided(times(part(metric.numerator), metric.scale), part(metric.denominator))
            case DifferenceMetric():
                return minus(part(metric.minuend), part(metric.subtrahend))
            case PerCapitaMetric():
                return divided(times(part(metric.numerator), metric.per), self.people(group, bucket, when, touched))
            case _:
                return self.measured(metric, "cells", group, bucket, when, touched)

    def people(self, group: Group, bucket: datetime | None, when: str, touched: list[Fact]) -> Decimal | None:
        places = {dimension: code for dimension, code in group.items() if dimension in PLACES}
        return self.measured(self.population, "people", places, bucket, when, touched)

    def measured(
        self, metric: Any, role: str, group: Group, bucket: datetime | None, when: str, touched: list[Fact]
    ) -> Decimal | None:
        facts = self.facts(metric, role, when, group, bucket)
        touched += facts
        values = [fact.value for fact in facts if fact.value is not None]
        return aggregated(metric.aggregation, values, getattr(metric, "percentile", None))

    def bases(self) -> tuple[Base, ...]:
        """The metrics whose rows make groups: all but the inhabitants that a rate divides by."""
        if isinstance(self.metric, PerCapitaMetric):
            numerator = self.catalog.metric(self.metric.numerator)
            assert numerator
            return self.catalog.bases(numerator)
        return self.catalog.bases(self.metric)

    def groups(self) -> list[Group]:
        dimensions = self.query.group_by
        if not dimensions:
            return [{}]
        whens = ["now", "before"] if self.times.shift else ["now"]
        found: set[tuple[str, ...]] = set()
        for base, when in product(self.bases(), whens):
            spans = (
                [None]
                if isinstance(base, BudgetMetric) and base.measure == "ceiling" and not self.query.grain
                else self.spans(when)
            )
            for bucket in spans:
                some = self.facts(base, "cells", when, dict.fromkeys(dimensions, ANY), bucket)
                found |= {tuple(fact.dimensions[each] for each in dimensions) for fact in some}
        if len(dimensions) == 1 and dimensions[0] in PLACES and not isinstance(self.metric, RatioMetric | DifferenceMetric | PerCapitaMetric) \
                and counts(self.metric):  # fmt: skip
            filters = [each for each in self.query.filters if each.dimension in PLACES]
            found |= {
                (place.code,) for place in self.places.values()
                if place.level == dimensions[0].value and self.lets_through(filters, place.code, {})
            }  # fmt: skip
        return [dict(zip(dimensions, codes, strict=True)) for codes in found]

    def spans(self, when: str) -> list[datetime | None]:
        if not self.query.grain or when == "now":
            return self.buckets()
        before = self.times.before
        assert before
        return self.buckets_of(before)

    def buckets(self) -> list[datetime | None]:
        return self.buckets_of(self.times.now) if self.query.grain else [None]

    def buckets_of(self, window: Window) -> list[datetime | None]:
        assert window.start
        found: list[datetime | None] = []
        bucket = self.begin(window.start)
        while bucket < window.end:
            found.append(bucket)
            bucket = self.after(bucket)
        return found

    def accumulate(self, rows: list[dict[str, Any]]) -> None:
        for name, group in product(("value", "previous"), self.groups()):
            total: Decimal | None = None
            for row in sorted((row for row in rows if row["group"] == group), key=lambda row: row["bucket"]):
                total = row[name] if total is None else total + (row[name] or 0)
                row[name] = total

    def finish(self, row: dict[str, Any]) -> None:
        digits = self.metric.decimals + (2 if self.metric.format is ValueFormat.PERCENT else 0)
        if self.query.show is Show.SHARE:
            digits = 3
        elif self.query.show is Show.PER_CAPITA:
            digits = self.metric.decimals or 2
        value, previous = row["value"], row["previous"] = (
            rounded(row["value"], digits),
            rounded(row["previous"], digits),
        )
        row["value"], row["previous"] = value, previous
        row["change"] = value - previous if value is not None and previous is not None else None
        row["change_ratio"] = rounded(divided(row["change"], previous), 4)
        row["names"] = [self.name(dimension, code) for dimension, code in row["group"].items()]

    def name(self, dimension: Dimension, code: str) -> str:
        if not code:
            return UNKNOWN
        if dimension in PLACES:
            return self.places[code].name
        if dimension is Dimension.AGENCY:
            return next((row.name for row in self.world.agencies if row.code == code and row.visible(self.as_of)), code)
        terms = self.catalog.items_of(self.metric) if dimension is Dimension.ITEM else self.catalog.terms(dimension)
        return next(term.name.id for term in terms if term.code == code)

    def keeps(self, row: dict[str, Any]) -> bool:
        known = row["value"] is not None or row["previous"] is not None
        if not known and self.query.grain:
            known = any(
                self.facts(base, "cells", "now", row["group"], bucket)
                for base in self.bases()
                for bucket in self.buckets()
            )
        if known and (having := self.query.having):
            compare: dict[str, Callable[[Decimal, Decimal], bool]] = {
                ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
            }  # fmt: skip
            if "" in row["group"].values():
                return False
            held = row[having.of]
            return held is not None and compare[having.operator](held, Decimal(str(having.value)))
        return known

    def ordered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        order, grain = self.query.order, self.query.grain
        rows = sorted(rows, key=lambda row: list(row["group"].values()))
        if self.query.limit and grain and self.query.group_by and not self.query.limit_within:
            rows = self.best_groups(rows)
            return by(rows, "bucket", descending=bool(order and order.by == "period" and order.descending))
        rows = by(rows, "bucket") if grain else rows
        unknown_last: Callable[[dict[str, Any]], bool] = lambda row: "" in row["group"].values()  # noqa: E731
        if grain and (order is None or order.by == "period"):
            rows = sorted(rows, key=unknown_last)
            return by(rows, "bucket", descending=bool(order and order.descending))
        rows = by(rows, order.by if order else "value", descending=order.descending if order else True)
        return sorted(rows, key=unknown_last)

    def best_groups(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        order = self.query.order
        name = order.by if order and order.by != "period" else "value"
        descending = order.descending if order and order.by != "period" else True
        groups: list[dict[str, Any]] = []
        for row in rows:
            if row["group"] not in [each["group"] for each in groups]:
                mine = [each for each in rows if each["group"] == row["group"]]
                values = [each[name] for each in mine if name != "name" and each[name] is not None]
                groups.append(
                    {
                        "group": row["group"],
                        "names": row["names"],
                        name: EXACT.divide(sum(values, Decimal()), Decimal(len(values))) if values else None,
                    }
                )
        best = sorted(by(groups, name, descending=descending), key=lambda row: "" in row["group"].values())[
            : self.query.limit
        ]
        return [row for each in best for row in rows if row["group"] == each["group"]]

    def cut(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.query.limit_within:
            return self.cut_within(rows, self.query.limit_within)
        grouped = self.query.grain and self.query.group_by
        return rows if grouped or not self.query.limit else rows[: self.query.limit]

    def cut_within(self, rows: list[dict[str, Any]], within: Dimension | Within) -> list[dict[str, Any]]:
        def part(row: dict[str, Any]) -> tuple[Any, ...]:
            if isinstance(within, Dimension):
                code, place = row["group"][within], list(row["group"]).index(within)
                return (code == "", row["names"][place], code)
            return (row["bucket"],) if within is Within.PERIOD else ()

        parts = sorted({part(row) for row in rows})
        return [row for each in parts for row in [row for row in rows if part(row) == each][: self.query.limit]]

    def shown(self, row: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for (dimension, code), name in zip(row["group"].items(), row["names"], strict=True):
            shown |= {dimension.value: code or None, f"{dimension}_name": name}
        if self.query.grain:
            local = row["bucket"].astimezone(self.zone)
            shown["period"] = (
                local.isoformat(timespec="seconds") if self.query.grain is Grain.HOUR else local.date().isoformat()
            )
        shown["value"] = row["value"]
        if self.times.shift:
            shown |= {name: row[name] for name in ("previous", "change", "change_ratio")}
        if self.query.period is None:
            shown["observed_at"] = (
                row["last"].astimezone(self.zone).isoformat(timespec="seconds") if row["last"] else None
            )
        return shown | {"_first": row["first"], "_last": row["last"], "_sample": row["sample"]}


def counts(metric: Base) -> bool:
    return metric.aggregation in {Aggregation.COUNT, Aggregation.COUNT_DISTINCT}


def aggregated(how: Aggregation, values: list[Decimal], percentile: float | None) -> Decimal | None:
    match how:
        case Aggregation.COUNT:
            return Decimal(len(values))
        case Aggregation.COUNT_DISTINCT:
            return Decimal(len(set(values)))
        case _ if not values:
            return None
        case Aggregation.SUM:
            return sum(values, Decimal())
        case Aggregation.MEAN:
            return EXACT.divide(sum(values, Decimal()), Decimal(len(values)))
        case Aggregation.MINIMUM:
            return min(values)
        case Aggregation.MAXIMUM:
            return max(values)
        case Aggregation.PERCENTILE:
            assert percentile
            ordered = sorted(float(value) for value in values)
            position = percentile * (len(ordered) - 1)
            low = int(position)
            high = min(low + 1, len(ordered) - 1)
            return Decimal(f"{ordered[low] + (ordered[high] - ordered[low]) * (position - low):.15g}")


def times(value: Decimal | None, factor: float) -> Decimal | None:
    return None if value is None else value * Decimal(str(factor))


def minus(minuend: Decimal | None, subtrahend: Decimal | None) -> Decimal | None:
    return minuend - subtrahend if minuend is not None and subtrahend is not None else None


def divided(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return EXACT.divide(above, below) if above is not None and below else None


def rounded(value: Decimal | None, digits: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, EXACT)


def by(rows: list[dict[str, Any]], name: str, *, descending: bool = False) -> list[dict[str, Any]]:
    """Stably sorted, with None last either way."""
    key: Callable[[dict[str, Any]], Any] = (lambda row: row["names"][0]) if name == "name" else (lambda row: row[name])
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=descending)
    return known + [row for row in rows if key(row) is None]
