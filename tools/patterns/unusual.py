"""What is unusual among citizens' reports."""

from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Subquery, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from pesut.catalog.compiler.frame import Frame
from pesut.catalog.models import Dataset
from pesut.contracts import Derivation, Dimension, Period, UnusualQuery
from pesut.errors import InvalidInputError
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from pesut.reports.patterns.breaks import DAYS
from tools.context import ToolContext
from tools.patterns.ground import (
    STATE,
    WEEK,
    Statement,
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

METHOD = "unusual-2"
LONGEST = timedelta(days=62)
HISTORY = timedelta(days=5 * 366)
_DAY = 86_400


def lookup(context: ToolContext, query: UnusualQuery) -> Lookup:
    """The period (at most LONGEST) is held against windows of the same weekdays and hours in the weeks before, as far back as reports
    go (five years at most). Raises InvalidInputError where it is too long, or lies ahead.
    """
    period = until(query.period, context)
    if period.end - period.start > LONGEST:
        raise InvalidInputError(
            "Masa yang ditanyakan terlalu panjang untuk dibandingkan dengan masa-masa biasa.",
            remedy=f"Tanyakan paling lama {LONGEST.days} hari, misalnya minggu ini atau bulan ini.",
        )
    sources: list[Dataset] = datasets(context)
    return Lookup(query, _statement(context, query, period), sources, derivation=_derivation(context, query, period))


def _derivation(context: ToolContext, query: UnusualQuery, period: Period) -> Derivation:
    several = not any(each.dimension is Dimension.CATEGORY and not each.exclude for each in query.filters)
    terms = {"": "Semua laporan"} | names(context.catalog.categories)
    return Derivation(
        method=METHOD,
        parameters={
            "false_alarms_share": query.false_alarms_share,
            "all_categories": several,
            "weeks": weeks_apart(period),
            "seconds": (period.end - period.start).total_seconds(),
            "end": period.end.isoformat(),
            "zone": context.city.timezone,
            "names": {"category": terms, "place": place_names(context, query.filters)},
        },
    )


def _statement(context: ToolContext, query: UnusualQuery, period: Period) -> Statement:
    """Rows: part, category, place, counts ([[key, count], …]): windows by how many lie between, the last days, reporters."""
    frame = frame_of(context)
    told = _told(frame, query, period)
    parts = union_all(_windows(told, period), _days(told), *_reporters(told)).subquery("parts")
    return select(parts).order_by(parts.c.part, parts.c.category, parts.c.place)


def _told(frame: Frame, query: UnusualQuery, period: Period) -> Any:
    """Each report by category, place and how many seconds before the period's end it came."""
    columns: list[Any] = [
        category().label("category"), place_of(level_of(query.filters), frame).label("place"),
        seconds_before(period.end).label("ago"), STATE.reporter, STATE.submitted_at, STATE.sample,
        (STATE.submitted_at >= period.start).label("now"),
    ]  # fmt: skip
    within = (STATE.submitted_at < period.end, STATE.submitted_at >= period.end - HISTORY)
    return select(*columns).select_from(states(frame)).where(*asked(frame, query.filters), *within).cte("told")


def _windows(told: Any, period: Period) -> Any:
    step, length = weeks_apart(period) * WEEK.total_seconds(), (period.end - period.start).total_seconds()
    number = cast(func.ceil(told.c.ago / step) - 1, BigInteger)
    inside = told.c.ago - number * step <= length
    counts = _by(told, number, inside)
    return _gathered("windows", counts, first=func.min(counts.c.first), last=func.max(counts.c.last))


def _days(told: Any) -> Any:
    number = cast(func.ceil(told.c.ago / _DAY) - 1, BigInteger)
    counts = _by(told, number, told.c.ago <= DAYS * _DAY)
    return _gathered(
        "days", counts, first=cast(None, STATE.submitted_at.type), last=cast(None, STATE.submitted_at.type)
    )


def _by(told: Any, number: Any, condition: Any) -> Subquery:
    columns: list[Any] = [
        told.c.category, told.c.place, number.label("number"), func.count().label("count"),
        func.min(told.c.submitted_at).filter(told.c.now).label("first"),
        func.max(told.c.submitted_at).filter(told.c.now).label("last"), func.bool_or(told.c.sample).label("sample"),
    ]  # fmt: skip
    return select(*columns).where(condition).group_by(told.c.category, told.c.place, number).subquery()


def _gathered(part: str, counts: Subquery, *, first: Any, last: Any) -> Any:
    pair = func.jsonb_build_array(counts.c.number, counts.c.count)
    columns: list[Any] = [
        literal(part).label("part"), counts.c.category, counts.c.place,
        func.jsonb_agg(aggregate_order_by(pair, counts.c.number), type_=JSONB).label("counts"),
        first.label(FIRST), last.label(LAST), func.bool_or(counts.c.sample).label(SAMPLE),
    ]  # fmt: skip
    return select(*columns).group_by(counts.c.category, counts.c.place)


def _reporters(told: Any) -> list[Any]:
    """How many different people told of it in the period, for each series that a place and a category make up."""
    sets = ((True, True), (True, False), (False, True), (False, False))
    return [_distinct(told, by_category=by_category, by_place=by_place) for by_category, by_place in sets]


def _distinct(told: Any, *, by_category: bool, by_place: bool) -> Any:
    """One who is not known counts as one of their own."""
    kind, place = (
        told.c.category if by_category else literal("").label("category"),
        told.c.place if by_place else literal("").label("place"),
    )
    known = func.count(func.nullif(told.c.reporter, "").distinct())
    people = known + func.count().filter(told.c.reporter == "")
    none = cast(None, STATE.submitted_at.type)
    columns: list[Any] = [
        literal("reporters").label("part"), kind, place,
        func.jsonb_build_array(func.jsonb_build_array(0, people), type_=JSONB).label("counts"),
        none.label(FIRST), none.label(LAST), func.bool_or(told.c.sample).label(SAMPLE),
    ]  # fmt: skip
    groups = [told.c[name] for name, wanted in (("category", by_category), ("place", by_place)) if wanted]
    named = [told.c[name] != "" for name, wanted in (("category", by_category), ("place", by_place)) if wanted]
    return select(*columns).where(told.c.now, *named).group_by(*groups)
