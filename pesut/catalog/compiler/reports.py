"""Cells over citizens' reports, by what was decided of them at the moment."""

from typing import Any

from sqlalchemy import Double, FromClause, Numeric, Select, cast, extract, func, select

from pesut.catalog.compiler.aggregates import aggregate, seen
from pesut.catalog.compiler.frame import Column, Cut, Frame, Keys, known, number, texts
from pesut.catalog.compiler.places import PLACES, place_columns, within
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.catalog.models import Aggregation, ReportMeasure, ReportMetric
from pesut.contracts.query import Dimension, Filter

_ROW = REPORT_STATE.c
_SECONDS_PER_HOUR = 3600
_COLUMNS: dict[Dimension, Column] = {
    Dimension.CATEGORY: _ROW.category,
    Dimension.STATUS: _ROW.status,
    Dimension.CHANNEL: _ROW.channel,
    Dimension.CLASSIFICATION: _ROW.classification,
    Dimension.AGENCY: _ROW.agency_code,
}
_KNOWN = {dimension: known(column) for dimension, column in _COLUMNS.items()}
_HOURS = frozenset({ReportMeasure.RESPONSE_HOURS, ReportMeasure.HANDLING_HOURS})


def report_cells(metric: ReportMetric, cut: Cut, frame: Frame) -> Select[*tuple[Any, ...]]:
    """Columns: dimensions ('' where not decided), bucket, value, first, last, sample; by the moment of submission."""
    source: FromClause = REPORT_STATE
    offered = _KNOWN
    if PLACES.intersection(cut.dimensions):
        place = frame.place
        source = REPORT_STATE.outerjoin(place, place.c.code == _ROW.region_code)
        offered = _KNOWN | place_columns(place)
    bucket = frame.bucket(_ROW.submitted_at) if frame.grain else None
    keys = Keys({each: offered[each] for each in cut.dimensions}, bucket)
    conditions = [frame.visible(REPORT_STATE), _ROW.submitted_at < cut.window.end]
    if cut.window.start:
        conditions.append(_ROW.submitted_at >= cut.window.start)
    conditions += [kept(each, frame) for each in (*metric.filters, *cut.filters)]
    hidden = seen(_ROW.submitted_at, _ROW.submitted_at, _ROW.sample)
    columns = [*keys.labelled, _value(metric).label("value"), *hidden]
    return select(*columns).select_from(source).where(*conditions).group_by(*keys.columns)


def kept(each: Filter, frame: Frame) -> Column:
    """Whether a report's state is one of those that the filter lets through."""
    if each.dimension in PLACES:
        return within(_ROW.region_code, each, frame)
    column, values = _COLUMNS[each.dimension], texts(each.values)
    return _KNOWN[each.dimension] != values.all_() if each.exclude else column == values.any_()


def _value(metric: ReportMetric) -> Column:
    """Hours are aggregated as seconds: dividing once is faster than dividing every row, and as exact."""
    value = _measured(metric)
    aggregated = aggregate(metric.aggregation, value, metric.percentile)
    if metric.measure in _HOURS and not metric.counts:
        return aggregated / number(_SECONDS_PER_HOUR)
    return aggregated


def _measured(metric: ReportMetric) -> Column:
    match metric.measure:
        case ReportMeasure.REPORTS:
            return _ROW.report_id
        case ReportMeasure.REPORTER:
            return func.nullif(_ROW.reporter, "")
        case ReportMeasure.RESPONSE_HOURS:
            return _seconds(_ROW.responded_at, metric)
        case ReportMeasure.HANDLING_HOURS:
            return _seconds(_ROW.closed_at, metric)


def _seconds(until: Column, metric: ReportMetric) -> Column:
    """Exact, except for percentiles, which are in double precision anyway."""
    if metric.counts:
        return until
    taken = until - _ROW.submitted_at
    if metric.aggregation is Aggregation.PERCENTILE:
        return func.date_part("epoch", taken, type_=Double)
    return cast(extract("epoch", taken), Numeric)
