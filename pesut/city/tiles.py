"""Tiles of the live page as questions to the catalog."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from pesut.catalog.compiler.periods import STEP, Shift
from pesut.city.models import Tile
from pesut.contracts import Grain, MetricQuery, Period


def value_query(tile: Tile, now: datetime, zone: ZoneInfo) -> MetricQuery:
    """What the tile's number answers: the newest value, or that of the running day, week, month …"""
    period = running(tile.over, 1, now, zone) if tile.over else None
    return MetricQuery(metric=tile.metric, filters=tile.filters, period=period)


def trend_query(tile: Tile, now: datetime, zone: ZoneInfo) -> MetricQuery:
    """What the tile's line shows."""
    trend = tile.trend
    period = running(trend.grain, trend.steps, now, zone)
    return MetricQuery(metric=tile.metric, filters=tile.filters, period=period, grain=trend.grain)


def running(grain: Grain, steps: int, now: datetime, zone: ZoneInfo) -> Period:
    """The last `steps` calendar buckets of the city's zone, the running one included whole."""
    begin = _begin(grain, now.astimezone(zone))
    return Period(start=_back(begin, grain, steps - 1, zone), end=_back(begin, grain, -1, zone))


def _begin(grain: Grain, local: datetime) -> datetime:
    if grain is Grain.HOUR:
        return local.replace(minute=0, second=0, microsecond=0)
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    match grain:
        case Grain.WEEK:
            return Shift(days=local.weekday()).back(midnight, _zone(local))
        case Grain.MONTH:
            return midnight.replace(day=1)
        case Grain.QUARTER:
            return midnight.replace(month=(local.month - 1) // 3 * 3 + 1, day=1)
        case Grain.YEAR:
            return midnight.replace(month=1, day=1)
        case _:
            return midnight


def _back(begin: datetime, grain: Grain, steps: int, zone: ZoneInfo) -> datetime:
    step = STEP[grain]
    return Shift(step.months * steps, step.days * steps, step.exact * steps).back(begin, zone)


def _zone(local: datetime) -> ZoneInfo:
    assert isinstance(local.tzinfo, ZoneInfo)
    return local.tzinfo
