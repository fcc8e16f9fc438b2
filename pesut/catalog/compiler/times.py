"""Which stretches of time a query reads, as of a moment."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pesut.catalog.compiler.periods import TICK, Shift, Window, comparison_shift
from pesut.contracts.base import Period
from pesut.contracts.query import MetricQuery


@dataclass(frozen=True)
class Times:
    """`now` ends at the moment at the latest; `whole` is the period as asked for. `shift` leads to what is compared with."""

    now: Window
    whole: Window
    shift: Shift | None
    zone: ZoneInfo

    @property
    def before(self) -> Window | None:
        return self.shift.window(self.now, self.zone) if self.shift else None

    @property
    def whole_before(self) -> Window | None:
        return self.shift.window(self.whole, self.zone) if self.shift else None


def times_of(query: MetricQuery, as_of: datetime, zone: ZoneInfo) -> Times:
    """Without a period: everything up to the moment. A period that has not begun yet stays as it is."""
    if query.period is None:
        ever = Window(None, as_of + TICK)
        return Times(ever, ever, None, zone)
    whole = Window(query.period.start, query.period.end)
    now = Window(query.period.start, min(query.period.end, as_of)) if query.period.start < as_of else whole
    shift = comparison_shift(query.period, query.comparison, query.grain, zone) if query.comparison else None
    return Times(now, whole, shift, zone)


def periods_of(query: MetricQuery, as_of: datetime, zone: ZoneInfo) -> tuple[Period | None, Period | None]:
    """The period that the values speak of, cut at `as_of`, and the one they are compared with; None where there is none."""
    times = times_of(query, as_of, zone)
    return _period(times.now), _period(times.before)


def _period(window: Window | None) -> Period | None:
    return Period(start=window.start, end=window.end) if window and window.start else None
