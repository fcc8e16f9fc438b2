"""What every part of the planner needs: the city's words, the moment, the language, and a place for remarks."""

from dataclasses import dataclass, field
from datetime import datetime

from agents.reasoners.offline.lexicon import Lexicon
from agents.reasoners.offline.messages import say
from agents.reasoners.offline.nearest import Nearest
from pesut.catalog.models import Catalog, Metric
from pesut.city.models import City, Gazetteer
from pesut.contracts import Dimension, Language


@dataclass
class Remarks:
    """Readings that the asker should know of, and parts of the question that nothing covers; each said once."""

    assumptions: dict[str, None] = field(default_factory=dict[str, None])
    notes: dict[str, None] = field(default_factory=dict[str, None])


@dataclass(frozen=True)
class Ground:
    """One question's ground. `now` is aware, in the city's zone."""

    lexicon: Lexicon
    now: datetime
    language: Language
    remarks: Remarks = field(default_factory=Remarks)
    nearest: Nearest | None = None

    @property
    def city(self) -> City:
        return self.lexicon.city

    @property
    def catalog(self) -> Catalog:
        return self.lexicon.catalog

    @property
    def gazetteer(self) -> Gazetteer:
        return self.lexicon.gazetteer

    def assume(self, key: str, **values: str) -> None:
        self.remarks.assumptions[say(key, self.language, **values)] = None

    def note(self, key: str, **values: str) -> None:
        self.remarks.notes[say(key, self.language, **values)] = None

    def say(self, key: str, **values: str) -> str:
        return say(key, self.language, **values)

    def metric_name(self, metric: Metric) -> str:
        return metric.name.in_(self.language)

    def term_name(self, dimension: Dimension, code: str) -> str:
        term = next((each for each in self.catalog.terms(dimension) if each.code == code), None)
        return term.name.in_(self.language) if term else code

    def region_name(self, code: str) -> str:
        """With its level: "kelurahan Sempaja Timur"."""
        region = self.gazetteer.region(code)
        if region is None:
            return self.city.official_name.in_(self.language) if code == self.city.root else code
        title = {"district": self.city.district_title, "village": self.city.village_title}.get(region.level.value)
        return f"{title.in_(self.language)} {region.name}" if title else region.name
