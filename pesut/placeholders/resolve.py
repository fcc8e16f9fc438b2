"""From a placeholder to the value it points at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from pydantic import BaseModel

from pesut.catalog.compiler.times import periods_of
from pesut.catalog.models import Catalog, Threshold
from pesut.city.models import City, Gazetteer
from pesut.city.workdays import workday
from pesut.contracts import Evidence, Language, MetricQuery, Period
from pesut.placeholders.grammar import Key, Placeholder, PlaceholderError

CLOCK = "clock"  # `{clock.today|date}`, `{clock.workdays[14]|date}`, `{clock.days[90]|date}`: reckoned from the run's moment, no evidence
MOST_WORKDAYS = 400
MOST_DAYS = 1100
_READABLE = frozenset({"row_count", "query", "measure", "observed", "as_of", "datasets", "freshness"})


@dataclass(frozen=True)
class Sources:
    """What sentences may draw on: evidence by label, and the names and calendar of the city. `now` is aware."""

    evidence: Mapping[str, Evidence]
    catalog: Catalog
    gazetteer: Gazetteer
    city: City
    language: Language
    now: datetime

    def of(self, placeholder: Placeholder) -> Evidence:
        """The evidence that the placeholder names. Raises PlaceholderError."""
        if found := self.evidence.get(placeholder.label):
            return found
        raise PlaceholderError(f"There is no evidence {placeholder.label}.")


def resolve(placeholder: Placeholder, sources: Sources) -> object:
    """The value, as the evidence holds it. Raises PlaceholderError when there is none."""
    if placeholder.label == CLOCK:
        return _clock(placeholder, sources)
    evidence = sources.of(placeholder)
    if not placeholder.path:
        raise PlaceholderError(f"{placeholder.written} does not say what of {placeholder.label} it means.")
    value = _root(evidence, placeholder.path[0], sources)
    for key in placeholder.path[1:]:
        value = _step(value, key, placeholder)
    return value


def thresholds_of(evidence: Evidence, sources: Sources) -> tuple[Threshold, ...]:
    """The thresholds that the catalog gives for the evidence's metric."""
    metric = sources.catalog.metric(evidence.measure.metric) if evidence.measure else None
    return metric.thresholds if metric else ()


def _root(evidence: Evidence, key: Key, sources: Sources) -> object:
    if key == "rows":
        return evidence.result
    if key == "thresholds":
        return thresholds_of(evidence, sources)
    if key in {"period", "compared"}:
        return _periods(evidence, sources)[key == "compared"]
    if isinstance(key, str) and key in _READABLE:
        return getattr(evidence, key)
    raise PlaceholderError(f"Evidence {evidence.label} has no {key}.")


def _periods(evidence: Evidence, sources: Sources) -> tuple[Period | None, Period | None]:
    """What the values speak of, cut at the moment of knowledge, and what they are compared with."""
    if not isinstance(evidence.query, MetricQuery):
        return getattr(evidence.query, "period", None), None
    return periods_of(evidence.query, evidence.as_of, sources.city.zone)


def _step(value: object, key: Key, placeholder: Placeholder) -> object:
    try:
        match value, key:
            case BaseModel(), str() if key in type(value).model_fields:
                return getattr(value, key)
            case dict(), str():
                return cast("dict[str, object]", value)[key]
            case ((tuple() | list()), int()):
                return cast("tuple[object, ...]", value)[key]
            case str(), slice() if key.start < key.stop <= len(value):
                return value[key]
            case _:
                raise PlaceholderError(f"{placeholder.written} points nowhere.")
    except (KeyError, IndexError) as error:
        raise PlaceholderError(f"{placeholder.written} points nowhere.") from error


def _clock(placeholder: Placeholder, sources: Sources) -> date:
    today = sources.now.astimezone(sources.city.zone).date()
    match placeholder.path:
        case ("today",):
            return today
        case ("workdays", int(days)) if days <= MOST_WORKDAYS:
            return workday(today, days, sources.city)
        case ("days", int(days)) if days <= MOST_DAYS:
            return today + timedelta(days=days)
        case _:
            raise PlaceholderError(f"{placeholder.written} is no moment that can be reckoned.")
