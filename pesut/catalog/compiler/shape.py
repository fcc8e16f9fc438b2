"""From a panel to result rows: rounded, named, compared, kept, ordered and cut."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, DateTime, Numeric, Select, String, and_, case, func, literal, or_, select

from pesut.catalog.compiler.frame import Column, Frame, number
from pesut.catalog.compiler.labels import BYTE_ORDER, with_name
from pesut.catalog.compiler.panel import Panel
from pesut.catalog.models import Metric, ObservationMetric, ReportMetric
from pesut.contracts.evidence import Measure, ValueFormat
from pesut.contracts.query import Dimension, Grain, MetricQuery, Operator, Order, Show, Within

RATIO_DIGITS = 4  # of change ratios, which are fractions
_COMPARED = {
    Operator.ABOVE: "__gt__",
    Operator.AT_LEAST: "__ge__",
    Operator.BELOW: "__lt__",
    Operator.AT_MOST: "__le__",
}


@dataclass(frozen=True)
class Shape:
    """`metric` as the catalog has it, `measure` as the query shows it."""

    query: MetricQuery
    metric: Metric
    measure: Measure
    frame: Frame

    @property
    def digits(self) -> int:
        """Decimals of the values, which are fractions where they are shown as percent."""
        return self.measure.decimals + (2 if self.measure.format is ValueFormat.PERCENT else 0)

    def rows(self, panel: Panel) -> Select[*tuple[Any, ...]]:
        """The whole statement; hidden columns start with `_`."""
        result = self._rounded(panel)
        if self.query.limit_within:
            return self._best_within(result, self.query.limit_within)
        chosen = self._chosen(result) if self._picks_groups else None
        statement = select(*self._columns(result)).where(*self._kept(result))
        if chosen is None:
            statement = statement.select_from(result).order_by(*self._order(result))
            return statement.limit(self.query.limit) if self.query.limit else statement
        same = [result.c[_code(name)] == chosen.c[_code(name)] for name in self.query.group_by]
        return statement.select_from(result.join(chosen, and_(*same))).order_by(
            self._directed(result.c.bucket, "period"), chosen.c.rank
        )

    def _best_within(self, result: CTE, within: Dimension | Within) -> Select[*tuple[Any, ...]]:
        """The first rows of each part, the parts in the order of time or of their names."""
        match within:
            case Dimension():
                part = [result.c[_code(within)]]
                order = [_nameless(part[0]), result.c[f"{within}_name"], *part]
            case Within.PERIOD:
                part = order = [result.c.bucket]
            case Within.WHOLE:
                part = order = list[Any]()
        ranks = func.row_number().over(partition_by=part or None, order_by=self._order(result)).label("rank")
        parts = func.dense_rank().over(order_by=order).label("part") if order else literal(1).label("part")
        ranked = select(*self._columns(result), ranks, parts).where(*self._kept(result)).subquery("ranked")
        kept = [each for each in ranked.c if each.name not in {"rank", "part"}]
        return select(*kept).where(ranked.c.rank <= self.query.limit).order_by(ranked.c.part, ranked.c.rank)

    @property
    def _picks_groups(self) -> bool:
        """With groups and a grain, a limit keeps the first groups, each with all its buckets."""
        return bool(self.query.limit and self.query.grain and self.query.group_by)

    @property
    def _may_have_holes(self) -> bool:
        """With a grain, unless every bucket has a count."""
        counted = isinstance(self.metric, ObservationMetric | ReportMetric) and self.metric.counts
        return self.query.grain is not None and not (counted and self.query.show in {Show.VALUE, Show.CUMULATIVE})

    def _rounded(self, panel: Panel) -> CTE:
        query, row = self.query, panel.table.c
        values = [self._round(panel.value("now")).label("value")]
        if query.comparison:
            values.append(self._round(panel.value("before")).label("previous"))
        source, columns = panel.source(), list[Any]()
        for dimension, code in zip(query.group_by, panel.keys, strict=True):
            source, named = with_name(dimension, code, source, panel.catalog, self.metric, self.frame)
            columns += [code.collate(BYTE_ORDER).label(_code(dimension)), *named]
        if query.grain:
            columns.append(row.bucket)
        if self._may_have_holes:
            columns.append(func.count(row.last).over(partition_by=panel.keys or None).label("seen"))
        hidden = [row.first, row.last, panel.sample().label("sample")]
        return select(*columns, *values, *hidden).select_from(source).cte("result")

    def _round(self, value: Column) -> Column:
        return func.round(value, self.digits, type_=Numeric)

    def _columns(self, result: CTE) -> list[Any]:
        query, row = self.query, result.c
        columns: list[Any] = [row[name] for each in query.group_by for name in (each.value, f"{each}_name")]
        if query.grain:
            columns.append(self._period(row.bucket).label("period"))
        columns.append(row.value)
        if query.comparison:
            columns += [row.previous, _change(result).label("change"), _change_ratio(result).label("change_ratio")]
        if query.period is None:
            columns.append(_with_offset(row.last, self.frame).label("observed_at"))
        return [*columns, row.first.label("_first"), row.last.label("_last"), row.sample.label("_sample")]

    def _period(self, bucket: Column) -> Column:
        if self.query.grain is Grain.HOUR:
            return _with_offset(bucket, self.frame)
        return func.to_char(self.frame.local(bucket), "YYYY-MM-DD")

    def _kept(self, result: CTE) -> list[Column]:
        """Rows of which nothing is known are left out; with a grain they are holes, unless nothing is known of the group."""
        known = func.coalesce(result.c.value, result.c.previous) if self.query.comparison else result.c.value
        kept: list[Column] = []
        if self._may_have_holes:
            kept.append(or_(known.is_not(None), result.c.seen > 0))
        elif not self.query.grain:
            kept.append(known.is_not(None))
        if self.query.having:
            kept += [_unknown(result, self.query) == 0] if self.query.group_by else []
            held = self._ordered_by(result, self.query.having.of)
            compare = getattr(held, _COMPARED[self.query.having.operator])
            kept.append(compare(number(literal(Decimal(str(self.query.having.value))))))
        return kept

    def _chosen(self, result: CTE) -> CTE:
        """The first groups by the mean, over their buckets, of what is ordered by."""
        codes = [result.c[_code(dimension)] for dimension in self.query.group_by]
        by = self.query.order.by if self.query.order and self.query.order.by != "period" else "value"
        measured = self._ordered_by(result, by)
        weight = func.min(measured) if by == "name" else func.avg(measured)
        rank = [_unknown(result, self.query), self._directed(weight, by), *codes]
        return (
            select(*codes, func.row_number().over(order_by=rank).label("rank"))
            .where(*self._kept(result))
            .group_by(*codes)
            .order_by("rank")
            .limit(self.query.limit)
            .cte("chosen")
        )

    def _order(self, result: CTE) -> list[Any]:
        query, row = self.query, result.c
        codes = [row[_code(dimension)] for dimension in query.group_by]
        last = [_unknown(result, query)] if codes else []
        if query.order is None and query.grain:
            return [row.bucket, *last, *codes]
        by = (query.order or Order()).by
        ties = [row.bucket] if query.grain and by != "period" else []
        measured = self._directed(self._ordered_by(result, by), by)
        return [measured, *last, *codes] if by == "period" else [*last, measured, *ties, *codes]

    def _ordered_by(self, result: CTE, by: str) -> Column:
        match by:
            case "change":
                return _change(result)
            case "change_ratio":
                return _change_ratio(result)
            case "period":
                return result.c.bucket
            case "name":
                return result.c[f"{self.query.group_by[0]}_name"]
            case _:
                return result.c.value

    def _directed(self, column: Column, by: str) -> Any:
        """Unknown values come last either way; without an order, values descend and periods ascend."""
        order = self.query.order
        descending = order.descending if order and order.by == by else by not in {"period", "name"}
        return (column.desc() if descending else column.asc()).nulls_last()


def _code(dimension: str) -> str:
    return f"{dimension}_code"


def _unknown(result: CTE, query: MetricQuery) -> Column:
    """Groups of unknown place, category and so on come after all others."""
    return _nameless(*(result.c[_code(dimension)] for dimension in query.group_by))


def _nameless(*codes: Column) -> Column:
    return case((or_(*(code == "" for code in codes)), 1), else_=0)


def _change(result: CTE) -> Column:
    return result.c.value - result.c.previous


def _change_ratio(result: CTE) -> Column:
    return func.round(_change(result) / func.nullif(result.c.previous, 0), RATIO_DIGITS, type_=Numeric)


def _with_offset(moment: Column, frame: Frame) -> Column:
    """ISO 8601 in the city's zone: 2026-11-24T10:00:00+08:00."""
    local, universal = frame.local(moment), func.timezone("UTC", moment, type_=DateTime())
    text = func.to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS', type_=String)
    sign = case((local < universal, "-"), else_="+")
    offset = func.greatest(local - universal, universal - local)
    return text.concat(sign).concat(func.to_char(offset, "HH24:MI", type_=String))
