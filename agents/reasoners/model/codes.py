"""The codes that a model meant: it may give a code or, as small models do, the name."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from agents.reasoners.base import PlanRequest
from agents.reasoners.model.asking import UnfitError
from pesut.catalog.models import Metric, Term
from pesut.contracts import Dimension

Names = dict[str, str]
"""Folded name or code -> code."""


def codes_of(
    values: Sequence[str], dimension: Dimension, request: PlanRequest, metric: Metric | None = None
) -> tuple[str, ...]:
    """The codes of filter values. Raises UnfitError for one that is no code and no name, naming the nearest."""
    known = _known(dimension, request, metric)
    return tuple(_code(value, dimension, known) for value in values)


def _code(value: str, dimension: Dimension, known: Names) -> str:
    if code := known.get(value.strip().casefold()):
        return code
    near = [match[0] for match in process.extract(value.casefold(), list(known), scorer=fuzz.WRatio, limit=3)]
    raise UnfitError(f"there is no {dimension} {value!r}; nearest: {', '.join(near) or 'none'}")


def _known(dimension: Dimension, request: PlanRequest, metric: Metric | None) -> Names:
    match dimension:
        case Dimension.REGION | Dimension.DISTRICT | Dimension.VILLAGE:
            levels = None if dimension is Dimension.REGION else dimension.value
            regions = [each for each in request.gazetteer.regions if levels in {None, each.level.value}]
            return _names((each.code, (each.name, *each.aliases)) for each in regions)
        case Dimension.AGENCY:
            agencies = request.gazetteer.agencies
            return _names((each.code, (each.name, each.short_name, *each.aliases)) for each in agencies)
        case Dimension.ITEM:
            return _terms(request.catalog.items_of(metric) if metric else ())
        case _:
            return _terms(request.catalog.terms(dimension))


def _terms(terms: Iterable[Term]) -> Names:
    return _names((each.code, (each.name.id, each.name.en, *each.synonyms)) for each in terms)


def _names(named: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """Codes win over names, and who comes first over who follows."""
    things = [(code, list(names)) for code, names in named]
    found = {name.casefold(): code for code, names in reversed(things) for name in names if name}
    return found | {code.casefold(): code for code, _ in things}
