"""What all parts of one statement share: the moment, the zone, the buckets, and the places as they were then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    DateTime,
    Interval,
    Numeric,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)

from pesut.catalog.compiler.periods import STEP, TICK, Shift, Window
from pesut.catalog.compiler.tables import REGION
from pesut.contracts.query import Dimension, Filter, Grain

Column = ColumnElement[Any]
_NAIVE, _AWARE = DateTime(), DateTime(timezone=True)


@dataclass(frozen=True)
class Frame:
    """`root` is the code of the city itself, which a filter names to mean everything. `beside`: it stands in one statement with a
    compiled metric, whose places are a table expression of their own.
    """

    as_of: datetime
    zone: ZoneInfo
    root: str
    grain: Grain | None = None
    beside: bool = False

    def inside(self, values: tuple[str, ...]) -> Select[str]:
        """Codes of the places named and of those that lie in them."""
        if values not in self._inside:
            place, named = self.place.alias(), texts(values)
            codes = select(place.c.code).where(or_(place.c.code == named.any_(), place.c.parent_code == named.any_()))
            self._inside[values] = codes
        return self._inside[values]

    @cached_property
    def _inside(self) -> dict[tuple[str, ...], Select[str]]:
        return {}

    @cached_property
    def moment(self) -> Column:
        return bindparam("as_of", self.as_of, _AWARE)

    @cached_property
    def zone_name(self) -> Column:
        return bindparam("zone", self.zone.key, String)

    @cached_property
    def place(self) -> CTE:
        """The regions that hold at the moment."""
        columns = (REGION.c.code, REGION.c.level, REGION.c.name, REGION.c.parent_code)
        return select(*columns).where(self.visible(REGION)).cte("place_beside" if self.beside else "place")

    def visible(self, table: Any) -> Column:
        """The version of each row that was known at the moment."""
        return and_(table.c.recorded_at <= self.moment, table.c.superseded_at > self.moment)

    def bucket(self, moment: Column) -> Column:
        """Begin of the bucket that the moment falls into."""
        return func.date_trunc(self._grain_name, moment, self.zone_name, type_=_AWARE)

    def month_begin(self, month: Column) -> Column:
        """The moment at which a month, given as its first date, begins in the city."""
        return func.timezone(self.zone_name, cast(month, _NAIVE), type_=_AWARE)

    def local(self, moment: Column) -> Column:
        return func.timezone(self.zone_name, moment, type_=_NAIVE)

    def earlier(self, moment: Column, shift: Shift) -> Column:
        return func.date_subtract(moment, cast(shift.interval, Interval), self.zone_name, type_=_AWARE)

    def spine(self, name: str, window: Window, shift: Shift | None = None) -> CTE:
        """The buckets of the window: `bucket` (its begin), `opens` and `closes` (where window and bucket overlap), and
        `before`, the bucket it is compared with.
        """
        assert self.grain and window.start
        start, end = literal(window.start, _AWARE), literal(window.end, _AWARE)
        step = cast(STEP[self.grain].interval, Interval)
        series = func.generate_series(
            self.bucket(start), literal(window.end - TICK, _AWARE), step, self.zone_name, type_=_AWARE
        )
        bucket = series.column_valued("bucket")
        columns: list[Any] = [
            bucket,
            func.greatest(bucket, start).label("opens"),
            func.least(func.date_add(bucket, step, self.zone_name), end).label("closes"),
        ]
        if shift:
            columns.append(self.earlier(bucket, shift).label("before"))
        return select(*columns).cte(name)

    @cached_property
    def _grain_name(self) -> Column:
        return bindparam("grain", self.grain, String)


@dataclass(frozen=True)
class Cut:
    """How one base metric is cut into cells: by which dimensions, filters and window.

    `newest`: only each series' newest value counts; with `since_ever` it may lie before the bucket it is used in. `spine`
    holds the window's buckets where there is a grain. `placed` are dimensions that a series must have a value in.
    """

    dimensions: tuple[Dimension, ...]
    filters: tuple[Filter, ...]
    window: Window
    newest: bool = False
    since_ever: bool = False
    spine: CTE | None = None
    placed: tuple[Dimension, ...] = ()


class Keys:
    """What cells are grouped by: the dimensions, unknown as '', and the bucket where there is a grain."""

    def __init__(self, dimensions: dict[Dimension, Column], bucket: Column | None) -> None:
        self.columns = list(dimensions.values()) + ([] if bucket is None else [bucket])
        names = [dimension.value for dimension in dimensions] + ([] if bucket is None else ["bucket"])
        self.labelled: list[Any] = [column.label(name) for name, column in zip(names, self.columns, strict=True)]


def known(column: Column) -> Column:
    """Text with '' for unknown, so that unknown groups join like any other."""
    return func.coalesce(column, literal("", String), type_=String)


def texts(values: Sequence[str]) -> Column:
    """Several codes as one array parameter."""
    return literal(list(values), ARRAY(String))


def number(value: Any) -> Column:
    return cast(value, Numeric)
