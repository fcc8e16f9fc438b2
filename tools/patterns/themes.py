"""What reports speak of, finer than categories."""

from typing import Any

from sqlalchemy import BigInteger, FromClause, String, Table, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, distinct_on
from sqlmodel import col

from pesut.catalog.compiler.frame import Column, Frame, known
from pesut.contracts import Derivation, Period, ThemesQuery
from pesut.database.tables import ReportRow, Versioned
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from tools.context import ToolContext
from tools.patterns.ground import (
    STATE,
    WEEK,
    Statement,
    agency_names,
    asked,
    category,
    datasets,
    frame_of,
    level_of,
    names,
    place_names,
    place_of,
    seconds_before,
    states,
    until,
    weeks_apart,
)
from tools.patterns.unusual import HISTORY

METHOD = "themes-1"
MEMBER: Table = Versioned.metadata.tables["theme_member"]
THEME: Table = Versioned.metadata.tables["theme_state"]
EXCERPT = r"^.{1,220}(?:\s|$)"  # as far as a reader is willing to read, cut between words


def lookup(context: ToolContext, query: ThemesQuery) -> Lookup:
    """The period is held against windows of the same weekdays in the weeks before. Raises InvalidInputError where it lies ahead."""
    period = until(query.period, context)
    parameters: dict[str, Any] = {
        "order": query.order,
        "limit": query.limit,
        "false_alarms_share": query.false_alarms_share,
        "weeks": weeks_apart(period),
        "start": period.start.isoformat(),
        "zone": context.city.timezone,
        "names": {
            "place": place_names(context, query.filters),
            "agency": agency_names(context),
            "category": names(context.catalog.categories),
        },
    }
    derivation = Derivation(method=METHOD, parameters=parameters)
    return Lookup(query, _statement(context, query, period), datasets(context), derivation=derivation)


def themed(frame: Frame) -> FromClause:
    """What is decided of reports, with their places and the themes that they were known to be in."""
    same = (MEMBER.c.report_id == STATE.report_id) & frame.visible(MEMBER)
    own = (THEME.c.theme_id == MEMBER.c.theme_id) & frame.visible(THEME)
    return states(frame).join(MEMBER, same).join(THEME, own)


def _statement(context: ToolContext, query: ThemesQuery, period: Period) -> Statement:
    """A row for each theme with reports in the period: counts, windows ([[how many lie between, reports], …]), places, one report."""
    frame = frame_of(context)
    told = _told(frame, query, period)
    counted, windows = _counted(told), _windows(told, period)
    places, speaker = _places(told), _speaker(told)
    named = THEME.alias("named")
    within = (STATE.submitted_at >= period.start, STATE.submitted_at < period.end)
    everything = select(func.count()).select_from(states(frame)).where(*asked(frame, query.filters), *within)
    columns: list[Any] = [
        cast(counted.c.theme, String).label("theme"), named.c.label, named.c.terms,
        named.c.confirmed_by.is_not(None).label("confirmed"), everything.scalar_subquery().label("told"),
        *(each for each in counted.c if each.name != "theme"), windows.c.windows, places.c.places,
        speaker.c.report, speaker.c.number, speaker.c.excerpt,
    ]  # fmt: skip
    rows = (
        counted.join(named, (named.c.theme_id == counted.c.theme) & frame.visible(named))
        .join(windows, windows.c.theme == counted.c.theme)
        .join(places, places.c.theme == counted.c.theme)
        .join(speaker, speaker.c.theme == counted.c.theme)
    )
    return select(*columns).select_from(rows).where(counted.c.value > 0).order_by(counted.c.value.desc(), columns[0])


def _told(frame: Frame, query: ThemesQuery, period: Period) -> Any:
    columns: list[Any] = [
        THEME.c.into.label("theme"), STATE.report_id, STATE.submitted_at, STATE.reporter, STATE.sample, MEMBER.c.likeness,
        category().label("category"), known(STATE.agency_code).label("agency"),
        place_of(level_of(query.filters), frame).label("place"), seconds_before(period.end).label("ago"),
        (STATE.submitted_at >= period.start).label("now"),
    ]  # fmt: skip
    conditions = (*asked(frame, query.filters), STATE.submitted_at < period.end)
    return select(*columns).select_from(themed(frame)).where(*conditions).cte("told")


def _counted(told: Any) -> Any:
    """One who is not known counts as a reporter of their own."""
    each, now = told.c, told.c.now
    nobody = each.reporter == ""
    columns: list[Any] = [
        each.theme, func.count().filter(now).label("value"), func.count().label("total"),
        (_people(each.reporter).filter(now) + func.count().filter(now, nobody)).label("reporters"),
        (_people(each.reporter) + func.count().filter(nobody)).label("total_reporters"),
        func.min(each.submitted_at).label("first"), func.max(each.submitted_at).label("last"),
        _usual(each.category, now).label("category"), _usual(each.agency, now).label("agency"),
        func.min(each.submitted_at).filter(now).label(FIRST), func.max(each.submitted_at).filter(now).label(LAST),
        func.bool_or(each.sample).label(SAMPLE),
    ]  # fmt: skip
    return select(*columns).group_by(each.theme).cte("counted")


def _people(reporter: Column) -> Any:
    return func.count(func.nullif(reporter, "").distinct())


def _usual(code: Column, now: Column) -> Any:
    return func.mode().within_group(code).filter(now, code != "")


def _windows(told: Any, period: Period) -> Any:
    step, length = weeks_apart(period) * WEEK.total_seconds(), (period.end - period.start).total_seconds()
    number = cast(func.ceil(told.c.ago / step) - 1, BigInteger)
    inside = (told.c.ago - number * step <= length, told.c.ago <= HISTORY.total_seconds())
    counts = select(told.c.theme, number.label("key"), func.count().label("count")).where(*inside)
    return _pairs(counts.group_by(told.c.theme, number).subquery(), "windows")


def _places(told: Any) -> Any:
    counts = select(told.c.theme, told.c.place.label("key"), func.count().label("count")).where(told.c.now)
    return _pairs(counts.group_by(told.c.theme, told.c.place).subquery(), "places")


def _pairs(counts: Any, name: str) -> Any:
    pair = func.jsonb_build_array(counts.c.key, counts.c.count)
    gathered = func.jsonb_agg(aggregate_order_by(pair, counts.c.key), type_=JSONB).label(name)
    return select(counts.c.theme, gathered).group_by(counts.c.theme).subquery(name)


def _speaker(told: Any) -> Any:
    """The report of the period that lies nearest to its theme's centre."""
    order = (told.c.theme, told.c.likeness.desc(), told.c.report_id)
    chosen = select(told.c.theme, told.c.report_id).where(told.c.now).ext(distinct_on(told.c.theme))
    best = chosen.order_by(*order).subquery()
    excerpt = func.rtrim(func.substring(col(ReportRow.body), literal(EXCERPT)))
    columns: list[Any] = [
        best.c.theme, cast(best.c.report_id, String).label("report"), col(ReportRow.number), excerpt.label("excerpt"),
    ]  # fmt: skip
    return select(*columns).join(ReportRow, col(ReportRow.id) == best.c.report_id).subquery("speaker")
