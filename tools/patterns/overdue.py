"""Which open reports will miss their deadline."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, String, and_, cast, false, func, literal, null, select, true, union_all
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlmodel import col

from pesut.catalog.compiler.frame import known
from pesut.catalog.compiler.reports import kept
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.contracts import Derivation, OverdueQuery
from pesut.database.tables import ReportRow
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from tools.context import ToolContext
from tools.patterns.deadlines import HISTORY, due, workday_list
from tools.patterns.ground import (
    STATE,
    Statement,
    agency_names,
    category,
    datasets,
    frame_of,
    names,
    states,
    steps,
)

METHOD = "overdue-1"
TRIALS = (timedelta(days=60), timedelta(days=90), timedelta(days=120))
"""How long ago the forecast is made again, the earliest with what was closed by then, to be held against what came true."""

MOST_LOOKED_AT = 2000


def lookup(context: ToolContext, query: OverdueQuery) -> Lookup:
    """The open reports nearest to their deadlines, and how long handling took: until now, and until before the trials."""
    called = {"agency": agency_names(context), "category": names(context.catalog.categories)}
    derivation = Derivation(method=METHOD, parameters={"limit": query.limit, "names": dict(called)})
    return Lookup(query, _statement(context, query), datasets(context), derivation=derivation)


def _statement(context: ToolContext, query: OverdueQuery) -> Statement:
    """Rows by part: now and then ([age, closed, open]), trial ([age, age at deadline, reports, late]), open (one report each)."""
    told, now = _told(context, query), context.as_of
    parts = [
        _ages("now", told, now),
        _ages("then", told, now - TRIALS[-1]),
        *(_trial(told, now - ago, now) for ago in TRIALS),
        _open(context, told),
    ]
    rows = union_all(*parts).subquery("rows")
    return select(rows).order_by(rows.c.part, rows.c.agency, rows.c.deadline, rows.c.number, rows.c.ages)


def _told(context: ToolContext, query: OverdueQuery) -> Any:
    """All reports of the last two years; `wanted` marks those that the filters let through, since the past of all tells of them."""
    frame, days = frame_of(context), workday_list(context)
    wanted = and_(true(), *(kept(each, frame) for each in query.filters))
    columns: list[Any] = [
        STATE.report_id, known(STATE.agency_code).label("agency"), category().label("category"), STATE.submitted_at,
        STATE.closed_at, STATE.sample, due(context, days).label("due"),
        func.coalesce(wanted, false()).label("wanted"),
    ]  # fmt: skip
    within = STATE.submitted_at >= context.as_of - HISTORY
    return (
        select(*columns)
        .select_from(states(frame).join(days, literal(True)))
        .where(frame.visible(REPORT_STATE), within)
        .cte("told")
    )


def _ages(part: str, told: Any, at: datetime) -> Any:
    """As far as it was known at a moment."""
    moment = literal(at)
    ended = told.c.closed_at <= moment
    age = steps(func.least(func.coalesce(told.c.closed_at, moment), moment), told.c.submitted_at)
    counts: list[Any] = [
        told.c.agency,
        age.label("age"),
        func.count().filter(ended).label("ended"),
        func.count().label("all"),
    ]
    found = select(*counts).where(told.c.submitted_at < moment).group_by(told.c.agency, age).subquery()
    one = func.jsonb_build_array(found.c.age, found.c.ended, found.c.all - found.c.ended)
    return _part(part, found, one, found.c.age)


def _trial(told: Any, at: datetime, now: datetime) -> Any:
    """Those that were open then and whose deadline has passed since."""
    moment = literal(at)
    age, deadline = steps(moment, told.c.submitted_at), steps(told.c.due, told.c.submitted_at)
    late = func.count().filter(func.coalesce(told.c.closed_at > told.c.due, True))
    counts: list[Any] = [
        told.c.agency, age.label("age"), deadline.label("deadline"), func.count().label("all"), late.label("late"),
    ]  # fmt: skip
    was_open = (told.c.closed_at.is_(None) | (told.c.closed_at > moment), told.c.submitted_at < moment)
    found = (
        select(*counts)
        .where(*was_open, told.c.due > moment, told.c.due <= literal(now))
        .group_by(told.c.agency, age, deadline)
        .subquery()
    )
    one = func.jsonb_build_array(found.c.age, found.c.deadline, found.c.all, found.c.late)
    return _part("trial", found, one, found.c.age, found.c.deadline)


def _part(part: str, found: Any, one: Any, *order: Any) -> Any:
    ages = func.jsonb_agg(aggregate_order_by(one, *order), type_=JSONB)
    none = cast(null(), String)
    columns: list[Any] = [
        literal(part).label("part"), found.c.agency, ages.label("ages"), none.label("number"), none.label("title"),
        none.label("category"), cast(null(), STATE.submitted_at.type).label("submitted_at"), none.label("deadline"),
        cast(null(), Integer).label("open"), cast(null(), STATE.submitted_at.type).label(FIRST),
        cast(null(), STATE.submitted_at.type).label(LAST), literal(False).label(SAMPLE),
    ]  # fmt: skip
    return select(*columns).group_by(found.c.agency)


def _open(context: ToolContext, told: Any) -> Any:
    """Each report that is open and not late yet, the nearest deadlines first; `open` is how many there are."""
    now, zone = literal(context.as_of), context.city.timezone
    last = cast(func.timezone(zone, told.c.due), Date) - 1
    left = last - cast(func.timezone(zone, now), Date)
    ages = func.jsonb_build_array(
        func.jsonb_build_array(steps(now, told.c.submitted_at), steps(told.c.due, told.c.submitted_at), left),
        type_=JSONB,
    )
    columns: list[Any] = [
        literal("open"), told.c.agency, ages, col(ReportRow.number), col(ReportRow.title), told.c.category,
        told.c.submitted_at, cast(last, String), func.count().over(), told.c.submitted_at, told.c.submitted_at, told.c.sample,
    ]  # fmt: skip
    return (
        select(*columns)
        .join_from(told, ReportRow, col(ReportRow.id) == told.c.report_id)
        .where(told.c.closed_at.is_(None), told.c.due > now, told.c.wanted)
        .order_by(told.c.due, told.c.report_id)
        .limit(MOST_LOOKED_AT)
        .subquery()
        .select()
    )
