"""The target that an option of a staff review names: a metric's level, and the day on which it is looked at."""

from dataclasses import dataclass

from pesut.contracts import MetricQuery, Operator, ReviewPoint, Show
from pesut.contracts.decision import Target
from pesut.decisions.expecting import least_in_words
from pesut.placeholders import Placeholder, PlaceholderError, Sources, literals, placeholders, resolve
from pesut.placeholders.numbers import number_of
from pesut.placeholders.resolve import CLOCK, MOST_DAYS

_LEVELS = ("value", "previous")
_OPERATORS = {"lower": Operator.AT_MOST, "higher": Operator.AT_LEAST}


@dataclass(frozen=True)
class Aim:
    """What the metric of `query` should then show, `days` after the decision."""

    query: MetricQuery
    target: Target
    days: int


def operator_towards(better: str) -> Operator | None:
    """Which side of a level is the good one; None where the catalog prefers neither."""
    return _OPERATORS.get(better)


def aim_in(point: ReviewPoint, sources: Sources) -> Aim | None:
    """What the point aims at: one value of a metric without groups, on the side that the catalog calls better and the words
    name, and one day `{clock.days[N]|date}`. None for anything else, which nobody could look up.
    """
    try:
        return _read(point, placeholders(point.text), sources)
    except PlaceholderError:
        return None


def _read(point: ReviewPoint, written: list[Placeholder], sources: Sources) -> Aim | None:
    days = [each.path[1] for each in written if each.label == CLOCK and each.path[:1] == ("days",)]
    levels = [each for each in written if each.column in _LEVELS and each.row == 0]
    if len(days) != 1 or len(levels) != 1 or not isinstance(days[0], int) or days[0] > MOST_DAYS:
        return None
    query, target = _metric_of(levels[0], sources), _target(levels[0], point, sources)
    return Aim(query, target, days[0]) if query and target else None


def _metric_of(level: Placeholder, sources: Sources) -> MetricQuery | None:
    query = sources.of(level).query
    if isinstance(query, MetricQuery) and query.show is Show.VALUE and not query.group_by and query.grain is None:
        return query
    return None


def _target(level: Placeholder, point: ReviewPoint, sources: Sources) -> Target | None:
    query = sources.of(level).query
    metric = sources.catalog.metric(query.metric) if isinstance(query, MetricQuery) else None
    operator = operator_towards(metric.better) if metric else None
    if operator is None or least_in_words(operator, sources.language) not in " ".join(literals(point.text)):
        return None
    return Target(operator=operator, value=float(number_of(resolve(level, sources))))
