"""Difference in differences over the rows of governed queries, and the reasons why there may be none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from pesut.catalog.models import Catalog
from pesut.city.models import Gazetteer, RegionLevel
from pesut.contracts import Dimension, Evidence, Filter
from pesut.contracts.decision import Expectation
from pesut.contracts.outcome import Difference
from pesut.placeholders.numbers import number_of

FEWEST_CONTROLS = 3  # with fewer, one odd region would be the whole comparison
_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}
_LEVELS = {RegionLevel.DISTRICT: Dimension.DISTRICT, RegionLevel.VILLAGE: Dimension.VILLAGE}
Values = dict[str, float]


class NoComparison(Exception):  # noqa: N818 - no error: the data do not allow it
    """Regions cannot be compared; the message says why, in Indonesian."""


@dataclass(frozen=True)
class Comparable:
    """What is compared: the decided regions, their level, and the filters that hold besides."""

    level: Dimension
    treated: tuple[str, ...]
    filters: tuple[Filter, ...]


def comparable(expected: Expectation, catalog: Catalog, gazetteer: Gazetteer) -> Comparable:
    """Raises NoComparison where the decision is not about some regions of one level, or the metric not told apart by them."""
    places = [each for each in expected.filters if each.dimension in _PLACES]
    if len(places) != 1 or places[0].exclude:
        raise NoComparison("keputusan ini berlaku untuk seluruh wilayah, sehingga tidak ada wilayah pembanding")
    codes = places[0].values
    levels = {region.level for code in codes if (region := gazetteer.region(code))}
    level = _LEVELS.get(levels.pop()) if len(levels) == 1 else None
    if level is None:
        raise NoComparison("wilayah yang diputuskan tidak setingkat, sehingga tidak ada wilayah pembanding")
    metric = catalog.metric(expected.metric)
    if metric is None or level not in catalog.dimensions_of(metric):
        raise NoComparison("indikator ini tidak dirinci menurut wilayah")
    return Comparable(level, codes, tuple(each for each in expected.filters if each.dimension not in _PLACES))


def values_of(evidence: Evidence, level: Dimension) -> Values:
    """The known values by region code."""
    known = [row for row in evidence.result if row.get("value") is not None and row.get(level)]
    return {str(row[level]): float(number_of(row["value"])) for row in known}


def touched(decided: Collection[str], gazetteer: Gazetteer) -> frozenset[str]:
    """The decided regions with all that lies in them or around them (the city itself left out)."""
    regions = [region for region in gazetteer.regions if region.level is not RegionLevel.CITY]
    parents = {region.code: region.parent for region in regions}
    around = {parents[code] for code in decided if code in parents}
    within = {region.code for region in regions if region.parent in decided}
    return frozenset({*decided, *within, *(code for code in around if code in parents)})


def difference(
    question: Comparable,
    periods: Sequence[Values],
    excluded: Collection[str],
    better: Literal["higher", "lower", "neither"],
) -> Difference:
    """From the values of three periods of equal length: before the one before, before, and after the decision.

    Raises NoComparison where a decided region's values are not known, or too few others'.
    """
    earlier, before, after = periods
    treated = [code for code in question.treated if code in before and code in after]
    if len(treated) < len(question.treated):
        raise NoComparison("nilai wilayah yang diputuskan tidak lengkap")
    controls = sorted((before.keys() & after.keys()) - set(treated) - set(excluded))
    if len(controls) < FEWEST_CONTROLS:
        raise NoComparison("wilayah lain yang nilainya lengkap dan tanpa keputusan serupa terlalu sedikit")
    return Difference(
        level=question.level,
        treated=tuple(treated),
        controls=tuple(controls),
        treated_before=_mean(before, treated),
        treated_after=_mean(after, treated),
        controls_before=_mean(before, controls),
        controls_after=_mean(after, controls),
        estimate=_estimate(before, after, treated, controls),
        earlier=_earlier(earlier, before, treated, controls),
        as_good=_as_good(before, after, treated, controls, better),
    )


def _mean(values: Values, codes: Sequence[str]) -> float:
    return mean(values[code] for code in codes)


def _change(before: Values, after: Values, codes: Sequence[str]) -> float:
    return _mean(after, codes) - _mean(before, codes)


def _estimate(before: Values, after: Values, treated: Sequence[str], controls: Sequence[str]) -> float:
    return _change(before, after, treated) - _change(before, after, controls)


def _earlier(earlier: Values, before: Values, treated: Sequence[str], controls: Sequence[str]) -> float | None:
    known = [code for code in controls if code in earlier]
    if not all(code in earlier for code in treated) or len(known) < FEWEST_CONTROLS:
        return None
    return _estimate(earlier, before, treated, known)


def _as_good(before: Values, after: Values, treated: Sequence[str], controls: Sequence[str], better: str) -> int | None:
    if better == "neither":
        return None
    sign = 1 if better == "higher" else -1
    reached = sign * _change(before, after, treated)
    return sum(sign * _change(before, after, [code]) >= reached for code in controls)
