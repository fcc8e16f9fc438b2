"""What the statements over many reports share."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Double, FromClause, Integer, Select, Subquery, cast, extract, func, literal

from pesut.catalog.compiler import compile_metric
from pesut.catalog.compiler.frame import Column, Frame, known
from pesut.catalog.compiler.places import PLACES, district_of, village_of
from pesut.catalog.compiler.reports import kept
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.catalog.models import Dataset, ReportMetric, Term
from pesut.contracts import Dimension, Filter, MetricQuery, Period
from pesut.errors import InvalidInputError
from pesut.reports.patterns.survival import STEP_HOURS
from tools.context import ToolContext

STATE = REPORT_STATE.c
WEEK = timedelta(days=7)
Statement = Select[*tuple[Any, ...]]


def frame_of(context: ToolContext, *, beside: bool = False) -> Frame:
    return Frame(context.as_of, context.city.zone, context.city.root, beside=beside)


def states(frame: Frame) -> FromClause:
    """What is decided of reports, with their places."""
    return REPORT_STATE.outerjoin(frame.place, frame.place.c.code == STATE.region_code)


def asked(frame: Frame, filters: Sequence[Filter]) -> list[Column]:
    """The states that were known at the moment, as far as the filters let them through."""
    return [frame.visible(REPORT_STATE), *(kept(each, frame) for each in filters)]


def until(period: Period, context: ToolContext) -> Period:
    """The period as far as it is over. Raises InvalidInputError for one that has not begun."""
    if period.start >= context.as_of:
        raise InvalidInputError("Masa yang ditanyakan belum mulai.", remedy="Tanyakan masa yang sudah berjalan.")
    return period.model_copy(update={"end": min(period.end, context.as_of)})


def weeks_apart(period: Period) -> int:
    """How many weeks lie between two windows that do not overlap and have the same weekdays."""
    return ceil((period.end - period.start) / WEEK)


def level_of(filters: Sequence[Filter]) -> Dimension:
    """By district; where places were asked for, by village."""
    named = any(each.dimension in PLACES and not each.exclude for each in filters)
    return Dimension.VILLAGE if named else Dimension.DISTRICT


def place_of(level: Dimension, frame: Frame) -> Column:
    return village_of(frame.place) if level is Dimension.VILLAGE else district_of(frame.place)


def category() -> Column:
    return known(STATE.category)


def seconds_before(moment: datetime) -> Column:
    """How long before the moment a report was submitted."""
    return cast(extract("epoch", literal(moment) - STATE.submitted_at), Double)


def steps(moment: Column, came: Column) -> Column:
    """How many steps of STEP_HOURS lie between a report's coming and the moment."""
    return cast(func.floor(extract("epoch", moment - came) / (STEP_HOURS * 3600)), Integer)


def names(terms: Sequence[Term]) -> dict[str, JsonValue]:
    return {term.code: term.name.id for term in terms}


def place_names(context: ToolContext, filters: Sequence[Filter] = ()) -> dict[str, JsonValue]:
    """Names of regions by code; under '' of all that the filters let through, which is the city where they name no place."""
    city = context.city
    own: dict[str, str] = {region.code: region.name for region in context.gazetteer.regions}
    own[city.root] = city.official_name.id
    named = [code for each in filters if each.dimension in PLACES and not each.exclude for code in each.values]
    whole = " + ".join(own.get(code, code) for code in named) or city.official_name.id
    return {**own, "": whole}


def agency_names(context: ToolContext) -> dict[str, JsonValue]:
    return {agency.code: agency.name for agency in context.gazetteer.agencies}


def datasets(context: ToolContext) -> list[Dataset]:
    """Those that the catalog's metrics over reports name."""
    metrics = context.catalog.metrics
    codes = dict.fromkeys(metric.dataset for metric in metrics if isinstance(metric, ReportMetric))
    return [dataset for code in codes if (dataset := context.catalog.dataset(code))]


def inhabitants(context: ToolContext) -> Subquery | None:
    """Columns: village, value, as last known; None where the catalog does not say what counts them."""
    if context.catalog.population is None:
        return None
    query = MetricQuery(metric=context.catalog.population, group_by=(Dimension.VILLAGE,))
    return compile_metric(query, context.catalog, context.city, context.as_of).statement.subquery("people")
