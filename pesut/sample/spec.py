"""What a city's folder says of its sample data (`sample/*.yml`): weather, profiles of indicators, budgets; reports: `report_spec`."""

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from pesut.catalog.models import Schedule
from pesut.contracts.base import Code, Contract
from pesut.sample.report_spec import (
    CategoryTexts,
    Effect,
    Hours,
    Identities,
    PlaceNames,
    Reports,
    Share,
    Twelve,
    Week,
    Words,
)

Level = float | dict[int, float]
"""A number, or one per year, reached at the middle of that year."""

Span = Annotated[tuple[int, ...], Field(min_length=2, max_length=2)]


class Known(Contract):
    """When values of a schedule are observed (local time; weekday, or month of the year) and how much later they are known."""

    at: time = time(12)
    weekday: int = 0
    month: int = 12
    delay: timedelta


class Event(Contract):
    """Something planted: `driver` is raised to `strength` in `regions` (empty: everywhere) for `days`, `ago` days before now."""

    driver: str
    name: str
    ago: int
    days: int
    strength: float = 1.0
    regions: tuple[Code, ...] = ()


class Chance(Contract):
    """Events of a driver that happen by themselves, in `regions` villages at a time."""

    per_year: float
    days: Span
    regions: Span
    strength: tuple[float, float] = (0.3, 1.0)


class Gaps(Contract):
    """How often an hourly gauge falls silent, and for how many hours."""

    per_year: float
    hours: Span


class Storm(Contract):
    """A storm that is planted, `ago` days before now: `mm` within `hours` from `hour` on, at each gauge times its factor."""

    name: str
    ago: int
    hour: int
    hours: int
    mm: float
    gauges: dict[Code, float] = Field(default_factory=dict)


class River(Contract):
    """A level gauge (metres): `base`, seasons and tide, and the rain of `gauges`, `lag` hours later, `decay` hours long.

    A mm of rain lifts it by `rise` metres.
    """

    base: float
    season: float = 0.0
    tide: float = 0.0
    rise: float
    lag: float
    decay: float
    noise: float = 0.01
    gauges: dict[Code, float]


class FloodSpot(Contract):
    """A village that is under water when its river passes `begins`, and fully at `full` (metres)."""

    region: Code
    river: Code
    begins: float
    full: float


class Weather(Contract):
    month_mm: Twelve
    wet_days: Twelve  # share of days with rain
    hours: Hours
    gauges: dict[Code, float]  # how much of the city's rain falls there
    storms: tuple[Storm, ...] = ()
    rivers: dict[Code, River]
    spots: tuple[FloodSpot, ...] = ()


class Profile(Contract):
    """How one indicator's series behave. How high they are is said by exactly one of `level` (of each series), `total` (of the
    city, shared out), `items` (the level of each item) and `weather`.

    With `of`, the value is that part of another indicator's value; with `driver`, of what drives it in the region. `counts`
    draws whole numbers around the value.
    """

    indicator: Code
    by: Literal["city", "district", "village", "item", "item_by_district"] = "city"
    level: Level | None = None
    total: Level | None = None
    items: dict[Code, Level] = Field(default_factory=dict)
    weather: Literal["rain", "level"] | None = None
    of: Code | None = None
    driver: str | None = None
    counts: bool = False
    shared: Literal["inhabitants", "equally"] = "inhabitants"
    regions: dict[Code, float] = Field(default_factory=dict)
    spread: float = 0.0  # how much series differ (log scale)
    months: Twelve | None = None
    weekdays: Week | None = None
    hours: Hours | None = None
    effects: dict[str, Effect] = Field(default_factory=dict)
    noise: float = 0.0
    memory: float = Field(default=0.0, ge=0, lt=1)  # of the noise, from one value to the next
    minimum: float | None = 0.0
    maximum: float | None = None
    decimals: int = 2
    closed: tuple[int, ...] = ()  # weekdays without a value
    closed_on_holidays: bool = False
    where: Code | None = None  # only where this other indicator is above 0
    known: Known | None = None


class BudgetLine(Contract):
    """A line of the budget with its part of the total, and the drivers that make more be spent of it."""

    code: Code
    agency: Code
    program: Code
    name: str
    activity: str = ""
    categories: tuple[Code, ...] = ()
    weight: float
    years: dict[int, float] = Field(default_factory=dict)  # times as much in these
    absorbed: float = 0.92  # of the ceiling by the end of the year
    effects: dict[str, Effect] = Field(default_factory=dict)


class Budgets(Contract):
    totals: dict[int, int]  # whole Rupiah
    revision_month: int = 9
    pace: Twelve
    lines: tuple[BudgetLine, ...]


class SampleSpec(Contract):
    seed: int
    years: int = Field(ge=1)
    known: dict[Schedule, Known]
    corrected: Share
    gaps: Gaps | None = None
    inhabitants: dict[Code, int]
    events: tuple[Event, ...] = ()
    chances: dict[str, Chance] = Field(default_factory=dict)
    weather: Weather
    profiles: tuple[Profile, ...]
    bulk: tuple[Code, ...] = ()
    budgets: Budgets
    reports: Reports
    places: dict[Code, PlaceNames]
    words: Words
    identities: Identities | None = None
    texts: tuple[CategoryTexts, ...]
