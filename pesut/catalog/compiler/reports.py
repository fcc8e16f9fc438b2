"""Cells over citizens' reports, by what was decided of them at the moment."""

from typing import Any

from sqlalchemy import FromClause, Numeric, Select, cast, extract, func, select

from pesut.catalog.compiler.aggregates import aggregate, seen
from pesut.catalog.compiler.frame import Column, Cut, Frame, Keys, known, number, texts
from pesut.catalog.compiler.places import PLACES, place_columns, within
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.catalog.models import ReportMeasure, ReportMetric
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


def report_cells(metric: ReportMetric, cut: Cut, frame: Frame) -> Select[*tuple[Any, ...]]:
    """Columns: dimensions ('' where not decided), bucket, value, first, last, sample; by the moment of submission."""
    source: FromClause = REPORT_STATE
    offered = {dimension: known(column) for dimension, column in _COLUMNS.items()}
    if PLACES.intersection(cut.dimensions):
        place = frame.place
        source = REPORT_STATE.outerjoin(place, place.c.code == _ROW.region_code)
        offered |= place_columns(place)
    bucket = frame.bucket(_ROW.submitted_at) if frame.grain else None
    keys = Keys({each: offered[each] for each in cut.dimensions}, bucket)
    conditions = [frame.visible(REPORT_STATE), _ROW.submitted_at < cut.window.end]
    if cut.window.start:
        conditions.append(_ROW.submitted_at >= cut.window.start)
    conditions += [_kept(each, frame) for each in (*metric.filters, *cut.filters)]
    value = aggregate(metric.aggregation, _measured(metric.measure), metric.percentile).label("value")
    hidden = seen(_ROW.submitted_at, _ROW.submitted_at, _ROW.sample)
    return select(*keys.labelled, value, *hidden).select_from(source).where(*conditions).group_by(*keys.columns)


def _kept(each: Filter, frame: Frame) -> Column:
    if each.dimension in PLACES:
        return within(_ROW.region_code, each, frame)
    column, values = _COLUMNS[each.dimension], texts(each.values)
    return known(column) != values.all_() if each.exclude else column == values.any_()


def _measured(measure: ReportMeasure) -> Column:
    match measure:
        case ReportMeasure.REPORTS:
            return _ROW.report_id
        case ReportMeasure.REPORTER:
            return func.nullif(_ROW.reporter, "")
        case ReportMeasure.RESPONSE_HOURS:
            return _hours(_ROW.responded_at)
        case ReportMeasure.HANDLING_HOURS:
            return _hours(_ROW.closed_at)


def _hours(until: Column) -> Column:
    return cast(extract("epoch", until - _ROW.submitted_at), Numeric) / number(_SECONDS_PER_HOUR)
