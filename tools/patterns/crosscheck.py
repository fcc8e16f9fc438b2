"""Whether reports and measurements agree."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Date, String, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from pesut.catalog.compiler import compile_metric
from pesut.catalog.compiler.frame import known, texts
from pesut.catalog.compiler.places import PLACES
from pesut.catalog.crosschecks import Crosscheck
from pesut.catalog.models import Metric
from pesut.city.models import RegionLevel
from pesut.contracts import CrosscheckQuery, Derivation, Dimension, Grain, MetricQuery, Period, ValueFormat
from pesut.errors import InvalidInputError
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from tools.context import ToolContext
from tools.patterns.ground import STATE, Statement, asked, datasets, frame_of, place_names, states, until

METHOD = "crosscheck-1"
YEAR = timedelta(days=365)
_SUFFIX = {ValueFormat.PERCENT: "_share", ValueFormat.DURATION: "_hours"}
_SHARE_DECIMALS = 4


def lookup(context: ToolContext, query: CrosscheckQuery) -> Lookup:
    """Counts of reports by region and day (or week) of the year up to the period's end, beside the readings of the same time.

    Raises InvalidInputError for a cross-check that the catalog does not state, or places that none of its measurements speaks of.
    """
    check = context.catalog.crosscheck(query.crosscheck)
    metric = context.catalog.metric(check.metric) if check else None
    if check is None or metric is None:
        raise InvalidInputError(
            f"Katalog tidak menyebut uji silang {query.crosscheck!r}.",
            remedy="Sebutkan dalam `crosschecks:` katalog.",
        )
    period = until(query.period, context)
    spans = _spans(check, period, context)
    derivation = Derivation(method=METHOD, parameters=_parameters(context, query, check, metric, spans))
    sources = [*datasets(context), *context.catalog.datasets_of(metric)]
    return Lookup(query, _statement(context, query, check, period), sources, derivation=derivation)


def _spans(check: Crosscheck, period: Period, context: ToolContext) -> dict[str, date]:
    """The first day or week looked at, the first and the last asked for; weeks by their Mondays."""
    zone = context.city.zone
    moments = {
        "begin": period.end - YEAR, "first": period.start, "last": period.end - timedelta(microseconds=1),
    }  # fmt: skip
    days = {name: moment.astimezone(zone).date() for name, moment in moments.items()}
    days["begin"] = min(days["begin"], days["first"])
    if check.every is Grain.WEEK:
        return {name: day - timedelta(days=day.weekday()) for name, day in days.items()}
    return days


def _parameters(
    context: ToolContext, query: CrosscheckQuery, check: Crosscheck, metric: Metric, spans: dict[str, date]
) -> dict[str, JsonValue]:
    sites, places = _sites(context, query, check)
    items: dict[str, JsonValue] = {item.code: item.name.id for item in context.catalog.items_of(metric)}
    suffix = _SUFFIX.get(metric.format, "")
    return {
        "false_alarms_share": query.false_alarms_share,
        "places": places,
        "sites": sites,
        "items": items if check.sites else place_names(context),
        "every": check.every.value,
        "lag": check.lag,
        "operator": check.high.operator.value,
        "value": check.high.value,
        "share": check.high.share,
        "suffix": suffix,
        "unit": "" if suffix else metric.unit,
        "decimals": _SHARE_DECIMALS if suffix == "_share" else metric.decimals,
        "check_name": check.name.id,
        "metric_name": metric.name.id,
        **{name: day.isoformat() for name, day in spans.items()},
    }  # fmt: skip


def _sites(
    context: ToolContext, query: CrosscheckQuery, check: Crosscheck
) -> tuple[list[JsonValue], dict[str, JsonValue]]:
    """What is measured where, and the number of its site by region; only sites that the filters on places touch."""
    gazetteer, called = context.gazetteer, place_names(context)
    districts = [each.code for each in gazetteer.regions if each.level is RegionLevel.DISTRICT]
    stated = [(site.regions, site.items) for site in check.sites] or [((code,), (code,)) for code in districts]
    wanted = [code for each in query.filters if each.dimension in PLACES and not each.exclude for code in each.values]
    inside = {each.code: each.parent for each in gazetteer.regions}
    sites: list[JsonValue] = []
    places: dict[str, JsonValue] = {}
    for regions, items in stated:
        own = [code for code, parent in inside.items() if code in regions or parent in regions]
        if wanted and not any(code in own or code == context.city.root for code in wanted):
            continue
        places |= dict.fromkeys(own, len(sites))
        sites.append({"name": " + ".join(str(called.get(code, code)) for code in regions), "items": list(items)})
    if not sites:
        raise InvalidInputError(
            "Tidak ada pengukuran yang berbicara tentang wilayah itu.",
            remedy="Tanyakan seluruh kota, atau sebutkan posnya dalam `crosschecks:` katalog.",
        )
    return sites, places


def _statement(context: ToolContext, query: CrosscheckQuery, check: Crosscheck, period: Period) -> Statement:
    """Rows: part (reports, readings), key (region; item or district), pairs ([[ISO date, number], …])."""
    frame, begin = frame_of(context, beside=True), _begin(check, period, context)
    moment = func.timezone(context.city.timezone, STATE.submitted_at)
    day = cast(func.date_trunc(check.every.value, moment), Date)
    columns: list[Any] = [
        known(STATE.region_code).label("key"), cast(day, String).label("time"), func.count().label("value"),
        func.min(STATE.submitted_at).label("first"), func.max(STATE.submitted_at).label("last"),
        func.bool_or(STATE.sample).label("sample"),
    ]  # fmt: skip
    within = (STATE.submitted_at >= begin, STATE.submitted_at < period.end)
    told = (STATE.category == texts(check.categories).any_(), *asked(frame, query.filters), *within)
    counts = select(*columns).select_from(states(frame)).where(*told).group_by(columns[0], day).subquery()
    by = Dimension.ITEM if check.sites else Dimension.DISTRICT
    readings = _readings(context, check, Period(start=begin, end=period.end), by)
    parts = union_all(_gathered("reports", counts), _gathered("readings", readings)).subquery("parts")
    return select(parts).order_by(parts.c.part, parts.c.key)


def _begin(check: Crosscheck, period: Period, context: ToolContext) -> datetime:
    day = _spans(check, period, context)["begin"]
    return datetime(day.year, day.month, day.day, tzinfo=context.city.zone)


def _readings(context: ToolContext, check: Crosscheck, period: Period, by: Dimension) -> Any:
    query = MetricQuery(metric=check.metric, period=period, group_by=(by,), grain=check.every)
    read = compile_metric(query, context.catalog, context.city, context.as_of).statement.subquery("read")
    columns: list[Any] = [
        known(read.c[by.value]).label("key"), read.c.period.label("time"), read.c.value,
        read.c[FIRST].label("first"), read.c[LAST].label("last"), read.c[SAMPLE].label("sample"),
    ]  # fmt: skip
    return select(*columns).where(read.c.value.is_not(None)).subquery()


def _gathered(part: str, found: Any) -> Any:
    pair = func.jsonb_build_array(found.c.time, found.c.value)
    columns: list[Any] = [
        literal(part).label("part"), found.c.key,
        func.jsonb_agg(aggregate_order_by(pair, found.c.time), type_=JSONB).label("pairs"),
        func.min(found.c.first).label(FIRST), func.max(found.c.last).label(LAST),
        func.bool_or(found.c.sample).label(SAMPLE),
    ]  # fmt: skip
    return select(*columns).group_by(found.c.key)
