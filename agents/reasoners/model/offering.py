"""What of the catalog and the city a model is shown: what the question's words are nearest to."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from agents.reasoners.base import PlanRequest
from pesut.catalog.models import Metric, Term
from pesut.city.models import Agency, Region, RegionLevel
from pesut.contracts import Dimension
from pesut.search.grams import character_grams

E = TypeVar("E")
METRICS, REGIONS, AGENCIES, ITEMS = 14, 12, 10, 12
_LISTED = (Dimension.CATEGORY, Dimension.STATUS, Dimension.CHANNEL, Dimension.CLASSIFICATION, Dimension.PROGRAM)


def offering(request: PlanRequest) -> dict[str, Any]:
    """Metrics and filter values as plain JSON: all short lists, and of long ones what is nearest to the question and the
    questions before it.
    """
    words = " ".join((request.question, *(turn.question for turn in request.history)))
    asked = set(character_grams(" ".join(request.city.words.get(word, word) for word in words.lower().split())))
    catalog = request.catalog
    metrics = nearest(catalog.metrics, [(each.code, *_names(each)) for each in catalog.metrics], asked, METRICS)
    return {
        "metrics": [_metric(each, request, asked) for each in metrics],
        "values": {
            "region": [_region(each) for each in _regions(request, asked)],
            "agency": [_agency(each) for each in _agencies(request, asked)],
            **{dimension.value: [_term(term) for term in catalog.terms(dimension)] for dimension in _LISTED},
        },
    }


def nearest(things: Sequence[E], names: Sequence[Iterable[str]], asked: set[str], most: int) -> list[E]:
    """The `most` things one of whose names shares the greatest part of its syllables with what was asked."""
    scores = [max((_shared(name, asked) for name in called), default=0.0) for called in names]
    order = sorted(range(len(things)), key=lambda place: -scores[place])
    return [things[place] for place in order[:most]]


def _shared(name: str, asked: set[str]) -> float:
    grams = set(character_grams(name))
    return len(grams & asked) / len(grams) if grams else 0.0


def _names(metric: Metric) -> tuple[str, ...]:
    return (metric.name.id, metric.name.en, *metric.synonyms)


def _metric(metric: Metric, request: PlanRequest, asked: set[str]) -> dict[str, Any]:
    catalog = request.catalog
    items = catalog.items_of(metric)
    shown: dict[str, Any] = {
        "code": metric.code,
        "name": metric.name.id,
        "english": metric.name.en,
        "also": list(metric.synonyms[:6]),
        "unit": metric.unit,
        "by": sorted(catalog.dimensions_of(metric)),
        "thresholds": [
            {"code": each.code, "name": each.name.id, "operator": each.operator, "value": each.value}
            for each in metric.thresholds
        ],
        "items": [_term(each) for each in nearest(items, [_called(each) for each in items], asked, ITEMS)],
    }
    return {name: value for name, value in shown.items() if value}


def _regions(request: PlanRequest, asked: set[str]) -> list[Region]:
    """All districts, and the villages nearest to the question."""
    regions = request.gazetteer.regions
    villages = [each for each in regions if each.level is RegionLevel.VILLAGE]
    near = nearest(villages, [(each.name, *each.aliases) for each in villages], asked, REGIONS)
    return [*(each for each in regions if each.level is not RegionLevel.VILLAGE), *near]


def _agencies(request: PlanRequest, asked: set[str]) -> list[Agency]:
    agencies = request.gazetteer.agencies
    return nearest(agencies, [(each.name, each.short_name, *each.aliases) for each in agencies], asked, AGENCIES)


def _called(term: Term) -> tuple[str, ...]:
    return (term.name.id, term.name.en, *term.synonyms)


def _term(term: Term) -> dict[str, Any]:
    return {"code": term.code, "name": term.name.id, "also": list(term.synonyms[:6])}


def _region(region: Region) -> dict[str, Any]:
    return {"code": region.code, "name": region.name, "level": region.level.value}


def _agency(agency: Agency) -> dict[str, Any]:
    return {"code": agency.code, "name": agency.short_name or agency.name}
