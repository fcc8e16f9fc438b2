"""What a sentence may not say in words of its own: numbers, and names that its evidence is not about."""

import re
from collections.abc import Iterator

from pesut.contracts import Claim, ClaimKind, Dimension, Evidence, Filter
from pesut.placeholders import Sources, literals

_HELD = {ClaimKind.FACT, ClaimKind.ANALYSIS}
_NUMBER_WORD = re.compile(
    r"\b(nol|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas(an)?|puluh(an)?|ratus(an)?|seratus"
    r"|ribu(an)?|seribu|juta(an)?|sejuta|miliar(an)?|triliun|persen|separuh|setengah|sepertiga|seperempat|kali lipat"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|trillions?|percent|half|third|quarter|double|doubled|twice|triple|tripled)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember|January|February"
    r"|June|July|August|October|December|triwulan (I|II|III|IV)|semester (I|II))\b"
)
_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}


def number_outside(claim: Claim, _: Sources) -> str | None:
    """Digits never stand outside placeholders; number words and months not in what claims to be so."""
    said = " … ".join(literals(claim.text))
    if any(character.isnumeric() for character in said):
        return "memuat angka yang tidak berasal dari bukti"
    if claim.kind in _HELD:
        if match := _NUMBER_WORD.search(said):
            return f"menyebut bilangan “{match[0]}” dengan kata"
        if match := _MONTH.search(said):
            return f"menyebut waktu “{match[0]}” yang tidak berasal dari bukti"
    return None


def wrong_name(claim: Claim, sources: Sources) -> str | None:
    """A region or category that a fact names must be what its evidence is filtered by or shows."""
    if claim.kind not in _HELD:
        return None
    said = " … ".join(literals(claim.text))
    evidence = [sources.evidence[label] for label in claim.evidence]
    for name in _regions_in(said, sources):
        if not any(_covers(each, name, sources) for each in evidence):
            return f"menyebut {name}, sedangkan buktinya bukan tentang itu"
    return _wrong_category(said, evidence, sources) if claim.kind is ClaimKind.FACT else None


def _regions_in(said: str, sources: Sources) -> Iterator[str]:
    """Names of regions as they are written, the longest first; the city itself may always be named."""
    names = {region.name for region in sources.gazetteer.regions if region.code != sources.city.root}
    allowed = {sources.city.name, sources.city.official_name.id, sources.city.official_name.en}
    rest = said
    for name in sorted(names | allowed, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if name and re.search(pattern, rest):
            rest = re.sub(pattern, " ", rest)
            if name not in allowed:
                yield name


def _covers(evidence: Evidence, name: str, sources: Sources) -> bool:
    if any(name == value for row in evidence.result for column, value in row.items() if column.endswith("name")):
        return True
    if any(name == row.get("region") for row in evidence.result):
        return True
    codes = {code for each in _filters(evidence) if each.dimension in _PLACES for code in each.values}
    return any(name in _with_parents(code, sources) for code in codes)


def _with_parents(code: str | None, sources: Sources) -> Iterator[str]:
    while code and (region := sources.gazetteer.region(code)):
        yield region.name
        code = region.parent


def _filters(evidence: Evidence) -> tuple[Filter, ...]:
    return getattr(evidence.query, "filters", ())


def _wrong_category(said: str, evidence: list[Evidence], sources: Sources) -> str | None:
    chosen = {
        code
        for each in evidence
        for given in _filters(each)
        if given.dimension is Dimension.CATEGORY and not given.exclude
        for code in given.values
    }
    if not chosen:
        return None
    names = {term.code: {term.name.id, term.name.en} - {""} for term in sources.catalog.categories}
    own = {name.lower() for code in chosen for name in names.get(code, ())}
    for code, others in names.items():
        for name in others if code not in chosen else ():
            if name.lower() not in own and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE):
                return f"menyebut {name}, sedangkan buktinya bukan tentang itu"
    return None
