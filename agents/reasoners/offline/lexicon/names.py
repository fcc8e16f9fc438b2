"""The names by which the city's regions are known, and the names of places elsewhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import yaml

from agents.reasoners.offline.lexicon.senses import Kind, Sense
from pesut.city.models import City, Gazetteer, Region
from pesut.language.tokens import words_of

Phrase = tuple[tuple[str, ...], Sense]
_ELSEWHERE = Path(__file__).with_name("elsewhere.yml")
# Last words that part one neighbourhood into several: without them, the name means all of them.
_PARTS = frozenset(
    [
        "ulu",
        "hulu",
        "ilir",
        "hilir",
        "utara",
        "selatan",
        "barat",
        "timur",
        "tengah",
        "dalam",
        "luar",
        "kota",
        "seberang",
        "baru",
        "lama",
        "atas",
        "bawah",
        "kidul",
        "lor",
        "kulon",
        "wetan",
        "i",
        "ii",
        "iii",
        "iv",
        "satu",
        "dua",
        "tiga",
        "1",
        "2",
        "3",
        "4",
        "north",
        "south",
        "east",
        "west",
    ]
)


def region_phrases(city: City, gazetteer: Gazetteer, spelling: Mapping[str, str]) -> Iterator[Phrase]:
    """Names and aliases, also written as one word, and the common part of names that differ in their last word only."""
    own = words_of(city.name, spelling)
    for region in gazetteer.regions:
        for words in _names(region, spelling):
            yield words, Sense(Kind.REGION, region.code)
        full = words_of(region.name, spelling)
        if len(full) > 1 and full[-1] in _PARTS and full[:-1] != own:
            yield full[:-1], Sense(Kind.REGION, region.code, partly=True)
    yield own, Sense(Kind.REGION, city.root)
    yield words_of(city.official_name.id, spelling), Sense(Kind.REGION, city.root)
    if city.official_name.en:
        yield words_of(city.official_name.en, spelling), Sense(Kind.REGION, city.root)


def titled_phrases(city: City, gazetteer: Gazetteer, spelling: Mapping[str, str]) -> Iterator[Phrase]:
    """ "kecamatan Ulu": a last word that stands for its region once the level's title is before it."""
    own = words_of(city.name, spelling)
    titles = {
        "district": words_of(city.district_title.id, spelling),
        "village": words_of(city.village_title.id, spelling),
    }
    for region in gazetteer.regions:
        full = words_of(region.name, spelling)
        title = titles.get(region.level.value)
        if title and len(full) == len(own) + 1 and full[: len(own)] == own:
            yield (*title, full[-1]), Sense(Kind.REGION, region.code)


def elsewhere_phrases(city: City, gazetteer: Gazetteer, spelling: Mapping[str, str]) -> Iterator[Phrase]:
    """Cities, provinces and countries that the city does not itself use as a name."""
    stored = cast("dict[str, str]", yaml.safe_load(_ELSEWHERE.read_text(encoding="utf-8")))
    taken = {words for region in gazetteer.regions for words in _names(region, spelling)} | {
        words_of(city.name, spelling)
    }
    for names in stored.values():
        for name in names.split(";"):
            words = words_of(name, spelling)
            if words not in taken:
                yield words, Sense(Kind.ELSEWHERE, name.strip())


def _names(region: Region, spelling: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for name in (region.name, *region.aliases):
        words = words_of(name, spelling)
        if words:
            yield words
        if len(words) > 1 and all(len(word) > 2 for word in words):
            yield ("".join(words),)
