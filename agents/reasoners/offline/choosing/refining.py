"""The share or the other aggregation of a metric, where a clause asks for it."""

from dataclasses import replace

from agents.reasoners.offline.choosing.choice import Choice
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import filtered_reports, plain_reports, share_metric, sibling
from agents.reasoners.offline.lexicon import Lexicon
from agents.reasoners.offline.wishes import Wishes
from pesut.catalog.models import (
    Aggregation,
    Metric,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMetric,
)
from pesut.contracts import Dimension, Show
from pesut.language.periods.vocabulary import UNITS
from pesut.language.stems import stems_of

_EXTREMES = frozenset({Aggregation.MAXIMUM, Aggregation.MINIMUM})


def refined(choice: Choice, clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice:
    """The share or the other aggregation of the metric that was named, where the clause asks for it."""
    if len(choice.metrics) != 1:
        return choice
    metric = lexicon.catalog.metric(choice.metrics[0])
    if metric is None:
        return choice
    return (
        _as_attained(choice, metric, clause, lexicon)
        or _as_share(choice, metric, wishes, lexicon)
        or _as_rate(choice, metric, wishes, lexicon)
        or _as_daily(choice, metric, wishes, lexicon)
        or _as_aggregate(choice, metric, clause, wishes, lexicon)
        or choice
    )


def _as_share(choice: Choice, metric: Metric, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    if wishes.show is not Show.SHARE:
        return None
    own = lexicon.datasets_of(metric.code)
    ratio = share_metric(metric, lexicon.catalog)
    if ratio and not any(dataset in own for dataset, _ in wishes.items):
        return replace(choice, metrics=(ratio.code,))
    plain = plain_reports(lexicon.catalog)
    for dimension in (Dimension.STATUS, Dimension.CLASSIFICATION):
        part = filtered_reports(dimension, wishes.terms.get(dimension, ()), lexicon.catalog)
        ratio = share_metric(part, lexicon.catalog) if part and plain and metric.code == plain.code else None
        if ratio:
            return replace(choice, metrics=(ratio.code,), dropped=(dimension,))
    return None


def _as_attained(choice: Choice, metric: Metric, clause: Clause, lexicon: Lexicon) -> Choice | None:
    """ "PAD dibanding targetnya": the ratio to the metric that the word after the comparison is from the name of."""
    compared = clause.cue("compare")
    said = stems_of(clause.word(compared.end)) if compared else frozenset[str]()
    own = lexicon.stems(" ".join([metric.name.id, metric.name.en, *metric.synonyms]), 3)
    for each in lexicon.catalog.metrics if said - own == said and said else ():
        whole = lexicon.catalog.metric(each.denominator) if isinstance(each, RatioMetric) else None
        if (
            whole
            and isinstance(each, RatioMetric)
            and each.numerator == metric.code
            and _is_called(whole, said, lexicon)
        ):
            return replace(choice, metrics=(each.code,))
    return None


def _is_called(metric: Metric, said: frozenset[str], lexicon: Lexicon) -> bool:
    return bool(lexicon.stems(f"{metric.name.id} {metric.name.en}", 3) & said)


def _as_rate(choice: Choice, metric: Metric, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """The rate per head that the catalog has of the metric, if it is for as many people as were said."""
    if wishes.show is not Show.PER_CAPITA:
        return None
    rates = [
        each for each in lexicon.catalog.metrics if isinstance(each, PerCapitaMetric) and each.numerator == metric.code
    ]
    rate = next((each for each in rates if wishes.per_people in {None, each.per}), None)
    return replace(choice, metrics=(rate.code,)) if rate else None


def _as_daily(choice: Choice, metric: Metric, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "rata-rata ton sampah per hari": the ratio of the metric to the days (or other steps) on which it was measured."""
    if not wishes.average or wishes.grain is None:
        return None
    for each in lexicon.catalog.metrics:
        steps = lexicon.catalog.metric(each.denominator) if isinstance(each, RatioMetric) else None
        unit = UNITS.get(steps.unit.casefold()) if steps else None
        if isinstance(each, RatioMetric) and each.numerator == metric.code and unit and unit.grain is wishes.grain:
            return replace(choice, metrics=(each.code,), ungrained=True)
    return None


def _as_aggregate(choice: Choice, metric: Metric, clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    wanted = _aggregation(clause, ranked=bool(wishes.groups) or wishes.grain is not None)
    if wanted in _EXTREMES and _is_speed(metric) and clause.cue("rank_slow", "rank_fast"):
        wanted = next(iter(_EXTREMES - {wanted}))  # the slowest takes the longest time, and has the lowest speed
    if wanted is None or not isinstance(metric, ObservationMetric | ReportMetric | RatioMetric):
        return None
    if not isinstance(metric, RatioMetric) and metric.aggregation is wanted:
        return replace(choice, unranked=False) if wishes.groups else None
    other = sibling(metric, lexicon.catalog, wanted)
    if other is None and wanted in _EXTREMES and getattr(metric, "aggregation", None) in _EXTREMES - {wanted}:
        return replace(choice, opposite=not wishes.groups)
    return replace(choice, metrics=(other.code,)) if other else None


def _is_speed(metric: Metric) -> bool:
    return "/" in metric.unit and metric.better == "higher"


def _aggregation(clause: Clause, *, ranked: bool) -> Aggregation | None:
    if clause.cue("average"):
        return Aggregation.MEAN
    if clause.cue("median"):
        return Aggregation.PERCENTILE
    if clause.cue("maximum") or (not ranked and clause.cue("rank_high", "rank_slow")):
        return Aggregation.MAXIMUM
    if clause.cue("minimum") or (not ranked and clause.cue("rank_low", "rank_fast")):
        return Aggregation.MINIMUM
    return None
