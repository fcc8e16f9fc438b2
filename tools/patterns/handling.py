"""How reports were handled."""

from typing import Any

from sqlalchemy import exists, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlmodel import col

from pesut.catalog.compiler.frame import Column, Frame, known
from pesut.contracts import Derivation, Dimension, HandlingQuery, Period
from pesut.database.tables import ReportEventRow
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from tools.context import ToolContext
from tools.patterns.deadlines import due, workday_list
from tools.patterns.ground import (
    STATE,
    Statement,
    agency_names,
    asked,
    category,
    datasets,
    frame_of,
    names,
    place_names,
    place_of,
    states,
    steps,
    until,
)

METHOD = "handling-1"
REOPENED = "reopened"


def lookup(context: ToolContext, query: HandlingQuery) -> Lookup:
    """Counts of the period's reports by the dimension, with histograms of how long it took or has taken."""
    called = {Dimension.AGENCY: agency_names(context), Dimension.CATEGORY: names(context.catalog.categories)}
    own = called.get(query.by) or place_names(context)
    derivation = Derivation(method=METHOD, parameters={"by": query.by.value, "names": own})
    statement = _statement(context, query, until(query.period, context))
    return Lookup(query, statement, datasets(context), derivation=derivation)


def _statement(context: ToolContext, query: HandlingQuery, period: Period) -> Statement:
    frame, days = frame_of(context), workday_list(context)
    now = frame.moment
    columns: list[Any] = [
        _by(query.by, frame).label("code"), STATE.submitted_at, STATE.sample, STATE.responded_at, STATE.closed_at,
        due(context, days).label("due"), _reopened(frame).label("reopened"),
        steps(func.coalesce(STATE.responded_at, now), STATE.submitted_at).label("answer"),
        steps(func.coalesce(STATE.closed_at, now), STATE.submitted_at).label("age"),
    ]  # fmt: skip
    within = (STATE.submitted_at >= period.start, STATE.submitted_at < period.end)
    source = states(frame).join(days, literal(True))
    told = select(*columns).select_from(source).where(*asked(frame, query.filters), *within).cte("told")
    each, left = told.c, told.c.closed_at.is_(None)
    answers = _histogram(told, each.answer, each.responded_at, "responses")
    closures = _histogram(told, each.age, each.closed_at, "closures")
    sums: list[Any] = [
        each.code, func.count().label("value"), func.count(each.closed_at).label("closed"),
        func.count().filter(left).label("open"), func.count().filter(left, each.due <= now).label("overdue"),
        func.count().filter(each.closed_at > each.due).label("closed_late"),
        func.count(each.responded_at).label("answered"), func.count().filter(each.reopened).label("reopened"),
        func.count().filter(each.reopened, left).label("reopened_open"),
        func.min(each.submitted_at).label(FIRST), func.max(each.submitted_at).label(LAST),
        func.bool_or(each.sample).label(SAMPLE),
    ]  # fmt: skip
    counted = select(*sums).group_by(each.code).subquery("counted")
    return (
        select(counted, answers.c.responses, closures.c.closures)
        .select_from(
            counted.join(answers, answers.c.code == counted.c.code).join(closures, closures.c.code == counted.c.code)
        )
        .order_by(counted.c.code)
    )


def _by(by: Dimension, frame: Frame) -> Column:
    match by:
        case Dimension.AGENCY:
            return known(STATE.agency_code)
        case Dimension.CATEGORY:
            return category()
        case _:
            return place_of(by, frame)


def _reopened(frame: Frame) -> Column:
    event = ReportEventRow
    return exists().where(
        col(event.report_id) == STATE.report_id, col(event.kind) == REOPENED, col(event.recorded_at) <= frame.moment
    )


def _histogram(told: Any, age: Column, ended: Column, name: str) -> Any:
    """By code: [[age, ended, not yet], …]."""
    counts: list[Any] = [told.c.code, age.label("age"), func.count(ended).label("ended"), func.count().label("all")]
    found = select(*counts).group_by(told.c.code, age).subquery()
    one = func.jsonb_build_array(found.c.age, found.c.ended, found.c.all - found.c.ended)
    gathered = func.jsonb_agg(aggregate_order_by(one, found.c.age), type_=JSONB).label(name)
    return select(found.c.code, gathered).group_by(found.c.code).subquery(name)
