"""What a city's folder says of its sample data (`sample/*.yml`): weather, profiles of indicators, budgets, reports, texts."""

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat

from pesut.catalog.models import Schedule
from pesut.contracts.base import Code, Contract
from pesut.sample.grammar import Option

Share = Annotated[float, Field(ge=0, le=1)]
Level = float | dict[int, float]
"""A number, or one per year, reached at the middle of that year."""

Twelve = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=12, max_length=12)]
Week = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=7, max_length=7)]
Hours = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=24, max_length=24)]
Span = Annotated[tuple[int, ...], Field(min_length=2, max_length=2)]


class Effect(Contract):
    """How a driver (rain, flood, ramadan …, each 0 to about 1) moves a quantity: times 1 + `by` x the driver's mean over
    `window` days, `lag` days later.
    """

    by: float
    lag: int = 0
    window: int = Field(default=1, ge=1)


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


class Mention(Contract):
    """Ways a text names its place; `needs` is the kind of place name that a village must have for it."""

    weight: float
    needs: str | None = None
    names_region: bool = True
    texts: tuple[Option, ...]


class CategoryReports(Contract):
    weight: float
    effects: dict[str, Effect] = Field(default_factory=dict)
    months: Twelve | None = None
    regions: dict[Code, float] = Field(default_factory=dict)
    classes: dict[Code, float]
    confused_with: dict[Code, float] = Field(default_factory=dict)


class Silence(Contract):
    """A village whose people hardly report any more, for the last `days`."""

    region: Code
    factor: float
    days: int


class Campaign(Contract):
    """Near-equal texts from few reporters within days."""

    code: Code
    category: Code
    classification: Code = "complaint"
    region: Code
    ago: int
    days: int
    reports: int
    reporters: int
    texts: tuple[str, ...]
    titles: tuple[str, ...]


class Handling(Contract):
    """How an agency works: median hours to respond and to close, their spread (log scale), and what goes wrong."""

    response: float
    closing: float
    spread: float = 0.9
    ignored: Share = 0.04
    unfinished: Share = 0.06
    contested: Share = 0.05


class Style(Contract):
    """How a reporter spells: shares of words shortened, mistyped or replaced, and of texts treated as a whole."""

    weight: float
    short: Share = 0.0
    local: Share = 0.0
    typos: Share = 0.0
    lower: Share = 0.0
    capitals: Share = 0.0
    loud: Share = 0.0
    unpunctuated: Share = 0.0
    emoji: Share = 0.0
    stretched: Share = 0.0


class Reports(Contract):
    total: int
    growth: float
    number: str
    reporters: float  # per report, before some of them report again
    loyalty: float  # exponent of Zipf's law
    weekdays: Week
    hours: Hours
    channels: dict[Code, float]
    written_down: dict[Code, str] = Field(default_factory=dict)  # channels at which staff write, and their style
    missing_region: Share
    mistaken: Share  # reports whose category was chosen wrongly
    repeated: Share
    located: Share
    addressed: Share
    injected: Share
    rerouted: Share  # of them, put right by the agency
    reopened: Share  # of contested closures
    praised: Share
    district_only: Share
    supervised_by: Code
    categories: dict[Code, CategoryReports]
    silences: tuple[Silence, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    handling: dict[Code, Handling]
    default_handling: Handling
    styles: dict[str, Style]


class Words(Contract):
    """Vocabulary for all texts: symbols, ways to mention a place, and what spellings do to words: shortened, or in local words."""

    symbols: dict[str, tuple[Option, ...]]
    kernels: dict[Code, str]  # the symbol that says what a report of each class is about
    dayparts: dict[int, str]  # from which hour on what a time of day is called
    mentions: dict[str, Mention]
    short: dict[str, tuple[str, ...]]
    local: dict[str, tuple[str, ...]]
    emoji: tuple[str, ...]


class Issue(Contract):
    """One kind of trouble within a category. Its alternatives are added to the category's own; `core` and `title` are its alone."""

    weight: float = 1.0
    wet: float | None = None  # weight where the village is under water
    core: tuple[Option, ...]
    title: tuple[Option, ...]
    detail: tuple[Option, ...] = ()
    harm: tuple[Option, ...] = ()
    ask: tuple[Option, ...] = ()


class CategoryTexts(Contract):
    """Texts of one category: `matter` names the symbols that stay the same when the same matter is told again."""

    category: Code
    matter: tuple[str, ...] = ()
    symbols: dict[str, tuple[Option, ...]]
    issues: dict[str, Issue]


class Places(Contract):
    streets: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


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
    places: dict[Code, Places]
    words: Words
    texts: tuple[CategoryTexts, ...]
