"""All words of a city that a question may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agents.reasoners.offline.lexicon.metric_names import MetricNames
from agents.reasoners.offline.lexicon.senses import Kind, Mention, Sense
from pesut.catalog.models import Catalog, ReportMetric
from pesut.city.models import City, Gazetteer
from pesut.language.corrections import Corrections
from pesut.language.phrases import PhraseIndex
from pesut.language.stems import stems_of
from pesut.language.tokens import words_of


@dataclass(frozen=True)
class Lexicon:
    """`index` finds phrases with their senses; `corrections` guesses at misspelt words; `spelling` is applied first; `names` are
    the words of metrics' names; `mandates` the stems of what each agency answers for, by its code; `place_words` the words
    of the regions' names; `category_names` the words of categories' names that have several; `category_heads` the chief words of
    one category's name alone; `told` all words of
    the catalog's definitions.
    """

    city: City
    catalog: Catalog
    gazetteer: Gazetteer
    spelling: Mapping[str, str]
    index: PhraseIndex[Sense]
    corrections: Corrections
    names: MetricNames
    mandates: Mapping[str, frozenset[str]]
    place_words: frozenset[str]
    category_names: tuple[tuple[str, tuple[str, ...]], ...]
    category_heads: Mapping[str, Sense]
    told: frozenset[str]
    _seen: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict[tuple[str, int], frozenset[str]])

    def stems(self, told: str, shortest: int = 4) -> frozenset[str]:
        """Stems of the words of so many letters in a text of the catalog; kept, since the same texts are looked at again."""
        key = (told, shortest)
        if key not in self._seen:
            words = [word for word in words_of(told, self.spelling) if len(word) >= shortest]
            self._seen[key] = frozenset(stem for word in words for stem in stems_of(word))
        return self._seen[key]

    def datasets_of(self, code: str) -> frozenset[str]:
        """The datasets that a metric rests on."""
        metric = self.catalog.metric(code)
        return frozenset(dataset.code for dataset in self.catalog.datasets_of(metric)) if metric else frozenset()

    def counts_reports(self, mention: Mention) -> bool:
        """Whether the words name all reports as such."""
        metrics = [self.catalog.metric(sense.code) for sense in mention.of(Kind.METRIC)]
        return any(isinstance(each, ReportMetric) and not each.filters for each in metrics)
