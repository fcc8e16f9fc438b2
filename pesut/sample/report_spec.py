"""What a city's folder says of its sample reports: who reports what, in which words, and how it is handled."""

from typing import Annotated

from pydantic import Field, NonNegativeFloat

from pesut.contracts.base import Code, Contract
from pesut.sample.grammar import Option

Share = Annotated[float, Field(ge=0, le=1)]
Twelve = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=12, max_length=12)]
Week = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=7, max_length=7)]
Hours = Annotated[tuple[NonNegativeFloat, ...], Field(min_length=24, max_length=24)]


class Effect(Contract):
    """How a driver (rain, flood, ramadan …, each 0 to about 1) moves a quantity: times 1 + `by` x the driver's mean over
    `window` days, `lag` days later.
    """

    by: float
    lag: int = 0
    window: int = Field(default=1, ge=1)


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


class Identities(Contract):
    """Sentences with personal data that a `share` of reports has, `first` of them at the beginning.

    In `texts` stand {nik}, {kk}, {phone}, {email}, {handle}, {plate}, {account}, {number}, {home} and {name}.
    """

    share: Share
    first: Share = 0.0
    plate: str  # the letters of the city's area
    given: tuple[str, ...]
    family: tuple[str, ...]
    texts: tuple[Option, ...]


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


class PlaceNames(Contract):
    """What people call places in a village."""

    streets: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
