"""What a city's folder says of the city, and its regions and agencies as the database knows them."""

import re
from collections.abc import Iterable, Iterator
from datetime import time
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, StringConstraints, field_validator

from pesut.city.open311 import Open311
from pesut.contracts.base import Code, Contract, LocalText
from pesut.contracts.decision import DecisionRules
from pesut.contracts.query import Filter, Grain

_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*[\w~-])?", re.ASCII)


class RegionLevel(StrEnum):
    CITY = "city"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan


class Region(Contract):
    """A region by its Kemendagri code; coordinates are WGS 84 degrees."""

    code: Code
    level: RegionLevel
    name: str = Field(min_length=1)
    parent: Code | None = None
    aliases: tuple[str, ...] = ()
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    area_km2: float | None = Field(default=None, gt=0)
    provisional: bool = False


class Agency(Contract):
    """A *perangkat daerah*, with what it answers for (`categories` are codes of report categories)."""

    code: Code
    name: str = Field(min_length=1)
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    mandate: str = ""
    categories: tuple[Code, ...] = ()
    provisional: bool = False


def called(regions: Iterable[Region], agencies: Iterable[Agency]) -> Iterator[str]:
    """All that places and agencies are called."""
    for region in regions:
        yield from (region.name, *region.aliases)
    for agency in agencies:
        yield from (agency.name, agency.short_name, *agency.aliases)


class WorkingCalendar(Contract):
    """Working weekdays (Monday is 0) and the country whose public holidays are free, for working-day deadlines."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: str = "ID"


class Letterhead(Contract):
    lines: tuple[str, ...] = ()
    address: str = ""


class Trend(Contract):
    """The line of a tile: its last `steps` buckets of `grain`, the running one included."""

    grain: Grain = Grain.DAY
    steps: int = Field(default=14, ge=2, le=400)


class Tile(Contract):
    """A number of the live page: a metric, narrowed by filters. `over`: of the running day (week, month …), not the newest
    value. `title`, where the metric's own name does not say it.
    """

    code: Annotated[Code, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]
    metric: Code
    title: LocalText | None = None
    filters: tuple[Filter, ...] = ()
    over: Grain | None = None
    trend: Trend = Trend()


class City(Contract):
    """`city.yml`: who the assistant works for. `site` is where people open its pages ("https://pesut.example.go.id"), for papers to
    lead back to; `questions` are three that a new user may try, `tiles` what the first page shows live, in its order;
    `briefing_at` is when the morning briefing is written, `evaluation_at` when answers are evaluated at night, `themes_at` when
    themes of reports are merged and split, in the city's time.
    """

    name: str  # "Samarinda"
    official_name: LocalText  # "Kota Samarinda"
    head_title: LocalText  # "Wali Kota", "Mayor"
    root: Code  # Kemendagri code of the city itself
    timezone: str
    calendar: WorkingCalendar = WorkingCalendar()
    letterhead: Letterhead = Letterhead()
    site: str = ""
    decisions: DecisionRules = DecisionRules()
    briefing_at: time = time(5, 30)
    open311: Open311 = Open311()
    evaluation_at: time = time(1, 0)
    themes_at: time = time(2, 30)
    district_title: LocalText = LocalText(id="kecamatan", en="district")
    village_title: LocalText = LocalText(id="kelurahan", en="urban village")
    questions: tuple[str, ...] = Field(min_length=3)
    tiles: tuple[Tile, ...] = Field(default=(), max_length=24)
    words: dict[str, str] = Field(default_factory=dict)  # local word or spelling -> standard Indonesian word

    @field_validator("timezone")
    @classmethod
    def _exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone '{name}'; an Indonesian one is Asia/Jakarta") from error
        return name

    @field_validator("site")
    @classmethod
    def _leads_somewhere(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError(
                f"'{address}' is no address such as https://pesut.example.go.id, without a slash at its end"
            )
        return address

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Gazetteer(Contract):
    """The regions and agencies that hold at one moment."""

    regions: tuple[Region, ...]
    agencies: tuple[Agency, ...]

    def region(self, code: str) -> Region | None:
        return next((region for region in self.regions if region.code == code), None)

    def agency(self, code: str) -> Agency | None:
        return next((agency for agency in self.agencies if agency.code == code), None)
