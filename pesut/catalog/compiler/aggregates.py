"""One column of values made one value."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Double, Numeric, cast, func, literal

from pesut.catalog.compiler.frame import Column, number
from pesut.catalog.models import Aggregation


def aggregate(how: Aggregation, value: Column, percentile: float | None = None) -> Column:
    """Exact numeric, except the percentile, which PostgreSQL interpolates in double precision."""
    if how is Aggregation.PERCENTILE:
        continuous: Any = func.percentile_cont(cast(literal(percentile), Double))
        return number(continuous.within_group(value.asc()))
    return _OVER_VALUES[how](value)


def aggregate_months(how: Aggregation, months: Any) -> Column:
    """The same from sums over months: columns `n`, `total`, `minimum` and `maximum`."""
    return _OVER_MONTHS[how](months)


_OVER_VALUES: dict[Aggregation, Callable[[Column], Column]] = {
    Aggregation.COUNT: lambda value: number(func.count(value)),
    Aggregation.COUNT_DISTINCT: lambda value: number(func.count(value.distinct())),
    Aggregation.SUM: lambda value: func.sum(value, type_=Numeric),
    Aggregation.MEAN: lambda value: func.avg(value, type_=Numeric),
    Aggregation.MINIMUM: lambda value: func.min(value, type_=Numeric),
    Aggregation.MAXIMUM: lambda value: func.max(value, type_=Numeric),
}
_OVER_MONTHS: dict[Aggregation, Callable[[Any], Column]] = {
    Aggregation.COUNT: lambda months: number(func.coalesce(func.sum(months.n), 0)),
    Aggregation.SUM: lambda months: func.sum(months.total, type_=Numeric),
    Aggregation.MEAN: lambda months: func.sum(months.total, type_=Numeric) / func.nullif(func.sum(months.n), 0),
    Aggregation.MINIMUM: lambda months: func.min(months.minimum, type_=Numeric),
    Aggregation.MAXIMUM: lambda months: func.max(months.maximum, type_=Numeric),
}


def seen(first: Column, last: Column, sample: Column) -> list[Any]:
    """The hidden columns of a cell."""
    return [
        func.min(first).label("first"),
        func.max(last).label("last"),
        func.bool_or(sample).label("sample"),
    ]
