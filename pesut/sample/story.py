"""Everything that the sample city's data are made from, worked out once from its folder, a seed and a moment."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from pesut.city.loader import CityFolder
from pesut.city.models import RegionLevel, called
from pesut.errors import InvalidInputError
from pesut.reports.privacy.masking import Masker
from pesut.sample.arriving import Arriving
from pesut.sample.budgets import BudgetMaker
from pesut.sample.dice import Dice, generator
from pesut.sample.drivers import Drivers, Places, make_drivers
from pesut.sample.folder import read_spec
from pesut.sample.handling import Handler
from pesut.sample.identities import Planter
from pesut.sample.observations import ObservationMaker
from pesut.sample.outline import Outliner
from pesut.sample.people import People
from pesut.sample.profiles import ProfileMaker
from pesut.sample.reports import ReportMaker
from pesut.sample.spec import SampleSpec
from pesut.sample.spelling import Speller
from pesut.sample.telling import Teller, VillageNames
from pesut.sample.timeline import Timeline
from pesut.sample.volume import Volume
from pesut.sample.weather import Weather, make_weather

SAMPLE = "sample"


@dataclass(frozen=True)
class Story:
    """The city's years: weather, what it drove, and the makers of rows. Two stories of the same seed and `now` are equal."""

    city: CityFolder
    spec: SampleSpec
    timeline: Timeline
    weather: Weather
    drivers: Drivers
    volume: Volume
    seed: int

    def observations(self) -> ObservationMaker:
        maker = ProfileMaker(self.drivers, self.timeline, self.seed)
        return ObservationMaker(
            self.spec, self.city.catalog, self.timeline, self.weather, maker, self.volume, self.seed
        )

    def budgets(self) -> BudgetMaker:
        return BudgetMaker(self.spec.budgets, self.drivers, self.timeline, self.seed)

    def outliner(self) -> Outliner:
        return Outliner(self.spec.reports, self.drivers, self.weather, self.timeline, self.volume.reports, self.seed)

    def reports(self) -> ReportMaker:
        paths = ("texts", "people", "handling", "reports", "identities")
        dice = {name: Dice(generator(self.seed, name)) for name in paths}
        places, spec = self.drivers.places, self.spec.reports
        people = People(spec, places, self.volume.reports, self.seed, dice["people"])
        regions = {region.code: region for region in self.city.regions}
        centres = [(regions[code].latitude or 0.0, regions[code].longitude or 0.0) for code in places.villages]
        arriving = self._arriving(dice["identities"])
        teller = Teller(self.spec, places.villages, _names(self.city), self.offset, dice["texts"], arriving)
        return ReportMaker(spec, teller, people, self._handler(dice["handling"]), places, centres, dice["reports"])

    @property
    def offset(self) -> int:
        """The city's distance from UTC, in seconds."""
        offset = self.timeline.now.astimezone(self.timeline.zone).utcoffset()
        assert offset is not None, "a moment in a zone has an offset"
        return int(offset.total_seconds())

    def _arriving(self, dice: Dice) -> Arriving:
        identities = self.spec.identities
        planter = Planter(identities, Speller(self.spec.words, dice), dice) if identities else None
        return Arriving(Masker(called(self.city.regions, self.city.agencies)), planter)

    def _handler(self, dice: Dice) -> Handler:
        responsible = {category: _responsible(self.city, category) for category in self.spec.reports.categories}
        now = int(self.timeline.end.astype(np.int64))
        return Handler(self.spec.reports, responsible, self.city.city.calendar.weekdays, self.offset, now, dice)


def make_story(folder: Path, city: CityFolder, now: datetime, scale: float, seed: int | None) -> Story:
    """Work out a city's years before `now` (aware). Without a `seed` the folder's own is taken.

    Raises NotFoundError where the folder has no sample, InvalidInputError where the sample does not fit the city.
    """
    spec = read_spec(folder / SAMPLE)
    _check(spec, city)
    chosen = spec.seed if seed is None else seed
    timeline = Timeline.before(now, spec.years, city.city.zone)
    weather = make_weather(spec.weather, timeline, chosen)
    drivers = make_drivers(
        timeline, weather, _places(spec, city), spec.events, spec.chances, chosen, city.city.calendar.holidays
    )
    volume = Volume.of(scale, spec.reports.total, len(timeline.days))
    return Story(city, spec, timeline, weather, drivers, volume, chosen)


def _places(spec: SampleSpec, city: CityFolder) -> Places:
    villages = [region for region in city.regions if region.level is RegionLevel.VILLAGE]
    inhabitants = np.array([spec.inhabitants[village.code] for village in villages], dtype=np.float64)
    return Places(
        [each.code for each in villages],
        {each.code: each.parent or "" for each in villages},
        city.city.root,
        inhabitants,
    )


def _names(city: CityFolder) -> dict[str, VillageNames]:
    names = {region.code: region.name for region in city.regions}
    return {region.code: VillageNames(region.name, names[region.parent]) for region in city.regions if region.parent}


def _responsible(city: CityFolder, category: str) -> tuple[str, ...]:
    """The agencies that answer for a category, in the order of the city's file."""
    return tuple(agency.code for agency in city.agencies if category in agency.categories)


def _check(spec: SampleSpec, city: CityFolder) -> None:
    villages = {region.code for region in city.regions if region.level is RegionLevel.VILLAGE}
    categories = {term.code for term in city.catalog.categories}
    faults = [f"village {code} has no inhabitants" for code in sorted(villages - spec.inhabitants.keys())]
    faults += [f"there is no category {code}" for code in sorted(spec.reports.categories.keys() - categories)]
    faults += [f"nobody answers for {code}" for code in spec.reports.categories if not _responsible(city, code)]
    told = {each.category for each in spec.texts}
    faults += [f"category {code} has no texts" for code in sorted(spec.reports.categories.keys() - told)]
    if faults:
        raise InvalidInputError(
            f"The sample data do not fit the city: {'; '.join(faults)}.", remedy="Mend sample/*.yml."
        )
