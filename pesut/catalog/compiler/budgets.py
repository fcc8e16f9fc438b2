"""Cells over the city's budget: ceilings of the years touched, or what was realised month by month."""

from typing import Any

from sqlalchemy import CTE, FromClause, Integer, Select, String, and_, cast, extract, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB

from pesut.catalog.compiler.aggregates import aggregate, seen
from pesut.catalog.compiler.frame import Column, Cut, Frame, Keys, known, number, texts
from pesut.catalog.compiler.periods import first_date, years_touched
from pesut.catalog.compiler.tables import BUDGET_LINE, BUDGET_REALISATION
from pesut.catalog.models import BudgetMetric
from pesut.contracts.query import Dimension, Filter

_LINE, _SPENT = BUDGET_LINE.c, BUDGET_REALISATION.c


def budget_cells(metric: BudgetMetric, cut: Cut, frame: Frame) -> Select[*tuple[Any, ...]]:
    """Columns: dimensions, bucket, value, first, last, sample. A line with several categories counts in each of them when
    grouped by category, and once otherwise.
    """
    lines = _Lines(cut, frame)
    return _ceilings(metric, cut, lines) if metric.measure == "ceiling" else _realised(metric, cut, lines)


class _Lines:
    """The budget lines that a cut keeps, with their dimensions."""

    def __init__(self, cut: Cut, frame: Frame) -> None:
        self.frame = frame
        self.source: FromClause = BUDGET_LINE
        offered: dict[Dimension, Column] = {Dimension.AGENCY: _LINE.agency_code, Dimension.PROGRAM: _LINE.program}
        if Dimension.CATEGORY in cut.dimensions:
            category = (
                func.jsonb_array_elements_text(_LINE.categories, type_=String).table_valued("value").lateral("tag")
            )
            self.source = BUDGET_LINE.outerjoin(category, true())
            offered[Dimension.CATEGORY] = known(category.c.value)
        self.dimensions = {each: offered[each] for each in cut.dimensions}
        self.conditions = [frame.visible(BUDGET_LINE), *(_kept(each, offered) for each in cut.filters)]


def _kept(each: Filter, offered: dict[Dimension, Column]) -> Column:
    values = texts(each.values)
    if each.dimension in offered:
        column = offered[each.dimension]
        return column != values.all_() if each.exclude else column == values.any_()
    tagged = cast(_LINE.categories, JSONB).has_any(values)
    return ~tagged if each.exclude else tagged


def _ceilings(metric: BudgetMetric, cut: Cut, lines: _Lines) -> Select[*tuple[Any, ...]]:
    frame = lines.frame
    source = lines.source
    if cut.spine is None:
        bucket = None
        years = _LINE.year.between(*years_touched(cut.window, frame.zone))
    else:
        bucket = cut.spine.c.bucket
        source = source.join(cut.spine, true())
        years = _LINE.year == _year_of(cut.spine, frame)
    keys = Keys(lines.dimensions, bucket)
    begin = func.make_timestamptz(_LINE.year, 1, 1, 0, 0, literal(0.0), frame.zone_name)
    end = func.make_timestamptz(_LINE.year, 12, 31, 0, 0, literal(0.0), frame.zone_name)
    value = aggregate(metric.aggregation, number(_LINE.ceiling)).label("value")
    return (
        select(*keys.labelled, value, *seen(begin, end, _LINE.sample))
        .select_from(source)
        .where(years, *lines.conditions)
        .group_by(*keys.columns)
    )


def _year_of(spine: CTE, frame: Frame) -> Column:
    return cast(extract("year", frame.local(spine.c.bucket)), Integer)


def _realised(metric: BudgetMetric, cut: Cut, lines: _Lines) -> Select[*tuple[Any, ...]]:
    frame, window = lines.frame, cut.window
    assert window.start
    month = frame.month_begin(_SPENT.month)
    keys = Keys(lines.dimensions, frame.bucket(month) if frame.grain else None)
    same_line = and_(_SPENT.year == _LINE.year, _SPENT.code == _LINE.code)
    value = aggregate(metric.aggregation, number(_SPENT.amount)).label("value")
    return (
        select(*keys.labelled, value, *seen(month, month, or_(_SPENT.sample, _LINE.sample)))
        .select_from(lines.source.join(BUDGET_REALISATION, same_line))
        .where(
            frame.visible(BUDGET_REALISATION),
            _SPENT.month >= first_date(window.start, frame.zone),
            _SPENT.month < first_date(window.end, frame.zone),
            *lines.conditions,
        )
        .group_by(*keys.columns)
    )
