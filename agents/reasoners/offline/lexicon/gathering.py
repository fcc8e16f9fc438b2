"""Gathers the words of a city from its catalog and gazetteer, once."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from agents.reasoners.offline.lexicon.lexicon import Lexicon
from agents.reasoners.offline.lexicon.metric_names import metric_names
from agents.reasoners.offline.lexicon.names import elsewhere_phrases, region_phrases, titled_phrases
from agents.reasoners.offline.lexicon.senses import Kind, Sense
from pesut.catalog.models import Catalog, Metric, Term
from pesut.city.models import Agency, City, Gazetteer
from pesut.contracts import Dimension
from pesut.language.common import SMALL_WORDS, ordinary_words
from pesut.language.corrections import Corrections
from pesut.language.matter import content_words, is_light
from pesut.language.numbers import number_words
from pesut.language.periods.celebrations import feast_words
from pesut.language.periods.vocabulary import period_words
from pesut.language.phrases import PhraseIndex
from pesut.language.spelling import spelling_of
from pesut.language.stems import stems_of
from pesut.language.tokens import tokens_of, words_of

_CUES = Path(__file__).with_name("cues.yml")
_TERMS = (Dimension.CATEGORY, Dimension.STATUS, Dimension.CHANNEL, Dimension.CLASSIFICATION, Dimension.PROGRAM)
_STEMMED_TERMS = frozenset({Dimension.CATEGORY})
_TITLES = {"district": ("kecamatan", "district", "districts"), "village": ("kelurahan", "desa", "village", "villages")}
MOST_KEPT = 4


_kept: dict[tuple[int, int, int], Lexicon] = {}


def lexicon_of(city: City, catalog: Catalog, gazetteer: Gazetteer) -> Lexicon:
    """The lexicon of exactly these objects; gathered on first use, kept for the latest few."""
    key = (id(city), id(catalog), id(gazetteer))  # the lexicon holds on to the three, so their ids stay theirs
    if key not in _kept:
        while len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = _gather(city, catalog, gazetteer)
    return _kept[key]


@cache
def cue_phrases() -> Mapping[str, tuple[str, ...]]:
    """Cue name to its phrases, from cues.yml."""
    stored = cast("dict[str, list[str | list[str]]]", yaml.safe_load(_CUES.read_text(encoding="utf-8")))
    return {name: tuple(_flat(phrases)) for name, phrases in stored.items()}


def _flat(phrases: Iterable[str | list[str]]) -> Iterable[str]:
    for phrase in phrases:
        if isinstance(phrase, str):
            yield phrase
        else:
            yield from phrase


class _Gathering:
    """Fills an index and remembers every word that went into it."""

    def __init__(self, spelling: Mapping[str, str]) -> None:
        self.spelling = spelling
        self.index: PhraseIndex[Sense] = PhraseIndex()
        self.words: set[str] = set()
        self.places: set[str] = set()

    def add(self, phrase: str, sense: Sense, *, stems: bool = False) -> None:
        self.add_words(words_of(phrase, self.spelling), sense, stems=stems)

    def add_words(self, words: tuple[str, ...], sense: Sense, *, stems: bool = False) -> None:
        self.index.add(words, sense, stems=stems)
        if sense.kind is not Kind.ELSEWHERE:
            self.words.update(words)
        if sense.kind in {Kind.REGION, Kind.LEVEL}:
            self.places.update(word for word in words if len(word) > 3)

    def add_term(self, term: Term, sense: Sense, *, stems: bool = False) -> None:
        for phrase in (term.name.id, term.name.en, *term.synonyms):
            if phrase:
                self.add(phrase, sense, stems=stems)


def _gather(city: City, catalog: Catalog, gazetteer: Gazetteer) -> Lexicon:
    found = _Gathering(spelling_of(city.words))
    _add_cues(found, city)
    _add_catalog(found, catalog)
    _add_gazetteer(found, city, gazetteer)
    known = ordinary_words() | number_words() | period_words() | feast_words() | SMALL_WORDS | set(found.spelling)
    corrections = Corrections(found.words | period_words() | number_words(), left_alone=known)
    return Lexicon(
        city,
        catalog,
        gazetteer,
        spelling=found.spelling,
        index=found.index,
        corrections=corrections,
        names=metric_names(catalog, found.spelling),
        mandates={agency.code: _mandate(agency, catalog, found.spelling) for agency in gazetteer.agencies},
        place_words=frozenset(found.places),
        category_names=_category_names(catalog, found.spelling),
        category_heads=_category_heads(catalog, found.spelling),
        told=_told(catalog, found.spelling),
    )


def _category_names(catalog: Catalog, spelling: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes of categories with the words of each of their names that has several."""
    names = [
        (term.code, words_of(name, spelling))
        for term in catalog.categories
        for name in (term.name.id, term.name.en, *term.synonyms)
    ]
    return tuple((code, words) for code, words in names if len(words) > 1)


def _category_heads(catalog: Catalog, spelling: Mapping[str, str]) -> dict[str, Sense]:
    """ "jalan" for "Jalan rusak", "road" for "Damaged roads", unless it is the chief word of another category's name too."""
    heads = [(head, term.code) for term in catalog.categories for head in _heads(term, spelling)]
    owners = {head: {code for each, code in heads if each == head} for head, _ in heads}
    return {
        head: Sense(Kind.TERM, codes.pop(), Dimension.CATEGORY.value)
        for head, codes in owners.items()
        if len(codes) == 1 and not is_light(head)
    }


def _heads(term: Term, spelling: Mapping[str, str]) -> Iterable[str]:
    """The first word of an Indonesian name; the last of an English one, and as one of many."""
    yield words_of(term.name.id, spelling)[0]
    if term.name.en:
        last = words_of(term.name.en, spelling)[-1]
        yield from {last, last.removesuffix("s")}


def _told(catalog: Catalog, spelling: Mapping[str, str]) -> frozenset[str]:
    texts = [metric.definition for metric in catalog.metrics]
    texts += [text for each in catalog.datasets for text in (each.concept, each.definition, each.classification)]
    return frozenset(word for text in texts for word in words_of(text, spelling))


def _mandate(agency: Agency, catalog: Catalog, spelling: Mapping[str, str]) -> frozenset[str]:
    """Stems of what an agency answers for: its names, its mandate and its categories."""
    categories = [term.name.id for term in catalog.categories if term.code in agency.categories]
    text = " ".join([agency.name, agency.short_name, *agency.aliases, agency.mandate, *categories])
    tokens = content_words(tokens_of(text, spelling))
    return frozenset(stem for token in tokens for stem in stems_of(token.word))


def _add_cues(found: _Gathering, city: City) -> None:
    for name, phrases in cue_phrases().items():
        for phrase in phrases:
            found.add(phrase, Sense(Kind.CUE, name))
    for level, title in (("district", city.district_title), ("village", city.village_title)):
        for phrase in (title.id, title.en, f"{title.en}s", *_TITLES[level]):
            if phrase.strip("s"):
                found.add(phrase, Sense(Kind.LEVEL, level))


def _add_catalog(found: _Gathering, catalog: Catalog) -> None:
    for metric in catalog.metrics:
        _add_metric(found, metric)
    for dimension in _TERMS:
        for term in catalog.terms(dimension):
            found.add_term(term, Sense(Kind.TERM, term.code, dimension.value), stems=dimension in _STEMMED_TERMS)
    for dataset in catalog.datasets:
        for item in dataset.items:
            found.add_term(item, Sense(Kind.ITEM, item.code, dataset.code))


def _add_metric(found: _Gathering, metric: Metric) -> None:
    for phrase in filter(None, (metric.name.id, metric.name.en, *metric.synonyms)):
        found.add(phrase, Sense(Kind.METRIC, metric.code), stems=True)
    for threshold in metric.thresholds:
        for phrase in filter(None, (threshold.name.id, threshold.name.en, *threshold.synonyms)):
            found.add(phrase, Sense(Kind.THRESHOLD, threshold.code, metric.code))


def _add_gazetteer(found: _Gathering, city: City, gazetteer: Gazetteer) -> None:
    for words, sense in region_phrases(city, gazetteer, found.spelling):
        found.add_words(words, sense)
    for words, sense in titled_phrases(city, gazetteer, found.spelling):
        found.add_words(words, sense)
    for words, sense in elsewhere_phrases(city, gazetteer, found.spelling):
        found.add_words(words, sense)
    for agency in gazetteer.agencies:
        for phrase in (agency.name, agency.short_name, *agency.aliases):
            if phrase:
                found.add(phrase, Sense(Kind.AGENCY, agency.code))
