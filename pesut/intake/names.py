"""Finds the region, agency or term that a name in a file means: by code, name, other name, or near spelling."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from pesut.catalog.models import Term
from pesut.city.models import Agency, City, Region, RegionLevel
from pesut.intake.text_repair import one_line

WORD_ALIKE = 80  # of 100, for each word
NAME_ALIKE = 88  # for the whole; a wrong place or agency is worse than none
_WORD = re.compile(r"[^\W_]+")
_TITLES = {
    RegionLevel.DISTRICT: ("kecamatan", "kec", "district"),
    RegionLevel.VILLAGE: ("kelurahan", "kel", "desa", "village"),
    RegionLevel.CITY: ("kota", "kabupaten", "kab", "city"),
}


@dataclass(frozen=True)
class Match:
    """`how`: "code", "name" or "similar"; None as `code` when nothing or more than one fits, and `why` then says so."""

    code: str | None
    how: str = ""
    why: str = ""


def folded(name: str, words: Mapping[str, str] | None = None) -> str:
    """A name as it is compared: lower case, words alone, the city's short forms written out."""
    found = _WORD.findall(one_line(name).casefold())
    return " ".join(words.get(word, word) for word in found) if words else " ".join(found)


def similar(one: str, other: str) -> float:
    """Likeness (0 to 100) of two folded names that differ by slips of the pen alone: word by word, numbers exactly."""
    these, those = one.split(), other.split()
    if len(these) != len(those):
        return 0
    for word, counterpart in zip(these, those, strict=True):
        if word != counterpart and (word.isdigit() or fuzz.ratio(word, counterpart) < WORD_ALIKE):
            return 0
    return fuzz.ratio(one, other)


class Names:
    """Codes by their folded names."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._codes: dict[str, dict[str, None]] = defaultdict(dict)
        for code, names in named:
            for name in names:
                if key := fold(name):
                    self._codes[key][code] = None
        self._found: dict[tuple[str, frozenset[str] | None], Match] = {}

    def find(self, name: str, among: frozenset[str] | None = None) -> Match:
        """The one code that `name` means, `among` these codes (None: all)."""
        key = (name, among)
        if key not in self._found:
            self._found[key] = self._find(self._fold(name), among)
        return self._found[key]

    def _find(self, name: str, among: frozenset[str] | None) -> Match:
        exact = [code for code in self._codes.get(name, {}) if among is None or code in among]
        if exact:
            return Match(exact[0], "name") if len(exact) == 1 else _unclear(exact)
        scores: dict[str, float] = {}
        for known, codes in self._codes.items():
            likeness = similar(name, known)
            for code in codes:
                if likeness >= NAME_ALIKE and (among is None or code in among):
                    scores[code] = max(likeness, scores.get(code, 0))
        best = [code for code, score in scores.items() if score == max(scores.values())]
        return (
            Match(best[0], "similar")
            if len(best) == 1
            else (_unclear(best) if best else Match(None, why="is not known"))
        )


def _unclear(codes: list[str]) -> Match:
    return Match(None, why=f"can mean {' or '.join(codes)}; give the code, or its district")


class RegionNames:
    """The city's regions. Codes are known with or without their points, names with or without "Kec." and the like."""

    def __init__(self, regions: Iterable[Region], city: City) -> None:
        self.regions = {region.code: region for region in regions}
        self._city = city
        self._digits = {_digits(code): code for code in self.regions}
        named = ((each.code, (each.name, *each.aliases)) for each in self.regions.values())
        self._names = Names(named, lambda name: folded(name, city.words))
        self._levels = {
            level: frozenset(code for code, region in self.regions.items() if region.level is level)
            for level in RegionLevel
        }
        self._below: dict[str, frozenset[str]] = {}

    def find(self, said: str, level: RegionLevel | None = None, within: str | None = None) -> Match:
        """The region called `said`, of this level and within this region where they are given."""
        if (digits := _digits(said)) and (code := self._digits.get(digits)):
            return Match(code, "code")
        if _looks_like_code(said):
            return Match(None, why="is no known code")
        level, name = self._titled(said, level)
        match = self._names.find(name, self._among(level, within))
        if match.code is None and name != said:
            whole = self._names.find(said, self._among(None, within))
            return whole if whole.code else match
        if match.code is None and level is None and within is None:
            return self._widest(name, match)
        return match

    def _widest(self, name: str, match: Match) -> Match:
        """Of a district and its village that share a name, the bare name means the district."""
        for level in (RegionLevel.CITY, RegionLevel.DISTRICT):
            found = self._names.find(name, self._among(level, None))
            if found.how == "name":
                return found
        return match

    def _titled(self, said: str, level: RegionLevel | None) -> tuple[RegionLevel | None, str]:
        """Level and bare name of "Kec. Palaran"."""
        first, _, rest = one_line(said).partition(" ")
        word = first.casefold().rstrip(".")
        for titled, titles in _TITLES.items():
            local = {
                RegionLevel.DISTRICT: self._city.district_title.id,
                RegionLevel.VILLAGE: self._city.village_title.id,
            }
            if rest and (word in titles or word == local.get(titled, "").casefold()):
                return (level or titled), rest
        return level, said

    def _among(self, level: RegionLevel | None, within: str | None) -> frozenset[str] | None:
        if level is None and within is None:
            return None
        of_level = self._levels[level] if level else frozenset(self.regions)
        return of_level & self._inside(within) if within else of_level

    def _inside(self, code: str) -> frozenset[str]:
        if code not in self._below:
            children = {each.code for each in self.regions.values() if each.parent == code}
            self._below[code] = frozenset(
                {code, *children, *(each for child in children for each in self._inside(child))}
            )
        return self._below[code]


def _digits(said: str) -> str:
    """Kemendagri's digits, "" for what is no such code."""
    digits = said.replace(".", "").replace(" ", "").strip()
    return digits if digits.isdigit() else ""


def _looks_like_code(said: str) -> bool:
    return len(_digits(said)) >= 4


class AgencyNames:
    """The agencies, by code, name, short name and other names; the city's own name behind an agency's counts for nothing."""

    def __init__(self, agencies: Iterable[Agency], city: City) -> None:
        self.agencies = {agency.code: agency for agency in agencies}
        self._own = [folded(name) for name in (city.official_name.id, city.name) if name]
        named = ((each.code, (each.code, each.name, each.short_name, *each.aliases)) for each in self.agencies.values())
        self._names = Names(named, self._fold)

    def find(self, said: str) -> Match:
        return Match(said, "code") if said in self.agencies else self._names.find(said)

    def _fold(self, name: str) -> str:
        key = folded(name)
        for own in self._own:
            if key.endswith(f" {own}"):
                return key.removesuffix(f" {own}")
        return key


def term_names(terms: Iterable[Term]) -> Names:
    """The codes of a catalog's terms by their names in both languages and their synonyms."""
    return Names(((term.code, (term.code, term.name.id, term.name.en, *term.synonyms)) for term in terms), folded)
