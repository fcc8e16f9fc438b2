"""Where reports lie closer than people and the past let one expect."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, and_, cast, false, func, null, select, true
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlmodel import col

from pesut.catalog.compiler.frame import Frame
from pesut.catalog.compiler.places import PLACES, village_of
from pesut.catalog.compiler.reports import kept
from pesut.contracts import Derivation, HotspotQuery
from pesut.database.tables import ReportRow
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from pesut.reports.patterns.hotspots import POINT
from tools.context import ToolContext
from tools.patterns.ground import STATE, Statement, asked, datasets, frame_of, inhabitants, states, until

METHOD = "hotspots-1"
HISTORY = timedelta(days=3 * 366)


def lookup(context: ToolContext, query: HotspotQuery) -> Lookup:
    """Reports of the period by village and point, beside those of up to three years before it, all other reports of either, and
    the inhabitants last known. Filters on places choose reports of all kinds.
    """
    derivation = Derivation(method=METHOD, parameters={"false_alarms_share": query.false_alarms_share})
    return Lookup(query, _statement(context, query), datasets(context), derivation=derivation)


def _statement(context: ToolContext, query: HotspotQuery) -> Statement:
    """Rows: village ('' for reports without one), names, inhabitants, points ([[latitude, longitude, now, before, other], …] in steps
    of POINT a degree), unlocated (reports of the period without a point).
    """
    frame, people = frame_of(context, beside=True), inhabitants(context)
    counted = _counted(_told(context, query, frame))
    own, parent = frame.place.alias("own"), frame.place.alias("parent")
    joined = counted.outerjoin(own, own.c.code == counted.c.village).outerjoin(
        parent, parent.c.code == own.c.parent_code
    )
    value: Any = cast(null(), Integer)
    if people is not None:
        joined, value = joined.outerjoin(people, people.c.village == counted.c.village), people.c.value
    rows: list[Any] = [
        counted.c.village, own.c.name.label("village_name"), parent.c.name.label("district_name"),
        value.label("inhabitants"), counted.c.points, counted.c.unlocated,
        counted.c.first.label(FIRST), counted.c.last.label(LAST), counted.c.sample.label(SAMPLE),
    ]  # fmt: skip
    return select(*rows).select_from(joined).order_by(counted.c.village)


def _told(context: ToolContext, query: HotspotQuery, frame: Frame) -> Any:
    """Each report by village and step of the grid, whether it was asked for, and whether it is of the period."""
    period = until(query.period, context)
    places = tuple(each for each in query.filters if each.dimension in PLACES)
    wanted = and_(true(), *(kept(each, frame) for each in query.filters if each not in places))
    columns: list[Any] = [
        village_of(frame.place).label("village"), _step(ReportRow.latitude).label("latitude"),
        _step(ReportRow.longitude).label("longitude"), func.coalesce(wanted, false()).label("wanted"),
        (STATE.submitted_at >= period.start).label("now"), STATE.submitted_at, STATE.sample,
    ]  # fmt: skip
    within = (STATE.submitted_at < period.end, STATE.submitted_at >= period.start - HISTORY)
    source = states(frame).join(ReportRow, col(ReportRow.id) == STATE.report_id)
    return select(*columns).select_from(source).where(*asked(frame, places), *within).cte("told")


def _step(degrees: Any) -> Any:
    return cast(func.floor(col(degrees) * POINT), Integer)


def _counted(told: Any) -> Any:
    """By village: the points, and how many reports of the period have none."""
    each = told.c
    asked_now = and_(each.wanted, each.now)
    sums: list[Any] = [
        each.village, each.latitude, each.longitude, func.count().filter(asked_now).label("now"),
        func.count().filter(each.wanted, ~each.now).label("before"), func.count().filter(~each.wanted).label("other"),
        func.min(each.submitted_at).filter(asked_now).label("first"),
        func.max(each.submitted_at).filter(asked_now).label("last"), func.bool_or(each.sample).label("sample"),
    ]  # fmt: skip
    points = select(*sums).group_by(each.village, each.latitude, each.longitude).subquery()
    one = func.jsonb_build_array(
        points.c.latitude, points.c.longitude, points.c.now, points.c.before, points.c.other, type_=JSONB
    )
    known = points.c.latitude.is_not(None)
    gathered: list[Any] = [
        points.c.village,
        func.jsonb_agg(aggregate_order_by(one, points.c.latitude, points.c.longitude), type_=JSONB)
        .filter(known).label("points"),
        cast(func.coalesce(func.sum(points.c.now).filter(~known), 0), Integer).label("unlocated"),
        func.min(points.c.first).label("first"), func.max(points.c.last).label("last"),
        func.bool_or(points.c.sample).label("sample"),
    ]  # fmt: skip
    return select(*gathered).group_by(points.c.village).cte("counted")
