"""Metric queries from what a clause wants."""

from dataclasses import replace

from agents.reasoners.offline.building.ages import with_age
from agents.reasoners.offline.building.cuts import filters_of, groups_of, merged, without_lost_groups
from agents.reasoners.offline.building.ordering import havings_of, is_extreme, is_maximum, natural_step, order_of
from agents.reasoners.offline.building.timing import Timing, timing_of, with_pair
from agents.reasoners.offline.choosing import Choice, How
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.messages import grain_words
from agents.reasoners.offline.reads.ranks import asks_which, falling
from agents.reasoners.offline.wishes import Rank, Wishes
from pesut.catalog.compiler.semantics import adds_up_over_time, can_be_per_capita, is_share_of_whole
from pesut.catalog.models import Metric, PerCapitaMetric
from pesut.city.models import RegionLevel
from pesut.contracts import Dimension, Filter, Having, MetricQuery, Operator, Period, Show
from pesut.language.periods.vocabulary import EACH
from pesut.language.stems import stems_of

_RANKED_TIMES = ("when", "when_hour", "when_day", "when_week", "when_month", "when_quarter", "when_year")


def queries_of(
    clause: Clause, wishes: Wishes, choice: Choice, ground: Ground, base: MetricQuery | None = None
) -> tuple[MetricQuery, ...]:
    """The queries that answer the clause: one, or several where periods or thresholds cannot be put into one.

    `base` is the query that a follow-up leans on: what the clause does not say is taken from it.
    """
    metric = ground.catalog.metric(choice.metrics[0])
    assert metric is not None, "a choice names metrics of the catalog"
    wishes = with_age(wishes, metric, ground)
    wishes = with_pair(wishes) if clause.cue("compare") or clause.weighs else wishes
    if choice.ungrained or _tells_own_step(clause, wishes, metric, ground):
        wishes = replace(wishes, grain=None)
    rank = _rank(clause, wishes, choice, metric)
    timing = timing_of(wishes, metric, base, ground, ranked=rank is not None and bool(wishes.groups))
    query = _cut(wishes, choice, metric, timing, base, ground)
    query = without_lost_groups(_shown(query, wishes, metric, base, ground), ground)
    query = _ranked(query, rank, clause, wishes, metric, base, ground)
    if rank and wishes.rank is None and rank.by_change:
        query = _changed(query, clause)
    found = _held(query, havings_of(wishes, metric, query, ground), clause, metric, ground)
    _tell_means(clause, metric, query, ground)
    asked = (*found, *(_at(each, timing.against) for each in found if timing.against))
    return tuple(MetricQuery.model_validate(each.model_dump()) for each in asked)  # copies are made without checks


def _tells_own_step(clause: Clause, wishes: Wishes, metric: Metric, ground: Ground) -> bool:
    """Whether the word for the steps is the metric's own: "inflasi tahunan", "hujan paling lebat per jam"."""
    mention = clause.cue(f"grain_{wishes.grain.value}") if wishes.grain else None
    if mention is None:
        return False
    said = [clause.word(place) for place in range(mention.start, mention.end) if clause.word(place) not in EACH]
    names = [ground.lexicon.stems(name, 2) for name in (metric.name.id, metric.name.en, *metric.synonyms)]
    return any(all(stems_of(word) & name for word in said) for name in names)


def _cut(
    wishes: Wishes, choice: Choice, metric: Metric, timing: Timing, base: MetricQuery | None, ground: Ground
) -> MetricQuery:
    filters = filters_of(wishes, metric, ground, choice.dropped)
    if base:
        earlier = tuple(each for each in base.filters if _still_fits(each, wishes, metric, ground))
        filters = merged(earlier, filters, whole_city=wishes.places.whole)
    groups = groups_of(wishes, metric, filters, ground, latest=timing.period is None)
    if base and not wishes.groups:
        groups = groups or tuple(each for each in base.group_by if each in ground.catalog.dimensions_of(metric))
    return MetricQuery(
        metric=metric.code,
        period=timing.period,
        grain=timing.grain,
        comparison=timing.comparison,
        filters=filters,
        group_by=groups,
    )


def _still_fits(each: Filter, wishes: Wishes, metric: Metric, ground: Ground) -> bool:
    """A filter of the turn before stays where the metric has it and nothing is now split by what it fixed ("semua dinas")."""
    if each.dimension not in ground.catalog.dimensions_of(metric) or each.dimension in wishes.groups:
        return False
    if each.dimension is Dimension.ITEM:
        return set(each.values) <= {item.code for item in ground.catalog.items_of(metric)}
    return each.dimension is not Dimension.REGION or not _undone(each, wishes, ground)


def _undone(places: Filter, wishes: Wishes, ground: Ground) -> bool:
    """Whether places are now split by a level that lies not below them."""
    levels = {region.level for code in places.values if (region := ground.gazetteer.region(code))}
    by_district = Dimension.DISTRICT in wishes.groups and len(places.values) == 1
    by_village = Dimension.VILLAGE in wishes.groups and levels == {RegionLevel.VILLAGE} and len(places.values) == 1
    return by_district or by_village


def _shown(query: MetricQuery, wishes: Wishes, metric: Metric, base: MetricQuery | None, ground: Ground) -> MetricQuery:
    show = wishes.show or (base.show if base and base.metric == query.metric else None)
    name = ground.metric_name(metric)
    match show:
        case Show.SHARE if is_share_of_whole(metric) and (query.group_by or query.filters):
            return query.model_copy(update={"show": show})
        case Show.SHARE if (
            not is_share_of_whole(metric) and metric.format.value != "percent" and metric.unit not in {"%", "persen"}
        ):
            ground.note("no_share", metric=name)
        case Show.PER_CAPITA if can_be_per_capita(metric) and ground.catalog.population:
            return query.model_copy(update={"show": show})
        case Show.PER_CAPITA if isinstance(metric, PerCapitaMetric):
            return query
        case Show.PER_CAPITA if "penduduk" not in name.casefold() and "inhabitant" not in name.casefold():
            ground.note("no_per_capita", metric=name)
        case Show.CUMULATIVE if adds_up_over_time(metric) and query.period:
            return query.model_copy(update={"show": show})
        case Show.CUMULATIVE:
            ground.note("no_running_total", metric=name)
        case _:
            pass
    return query


def _rank(clause: Clause, wishes: Wishes, choice: Choice, metric: Metric) -> Rank | None:
    """The ranking asked for; also "kelurahan mana …" without a ranking word, and "tertinggi" that was no metric's own."""
    rank = wishes.rank
    aggregated = not wishes.groups and wishes.grain is None and is_extreme(metric) and choice.how is not How.EARLIER
    if rank and aggregated and not rank.by_change and rank.limit is None and not clause.cue(*_RANKED_TIMES):
        return None
    if rank is None and wishes.amount is None and is_extreme(metric) and clause.cue(*_RANKED_TIMES):
        return Rank(is_maximum(metric), single=True)
    if rank is None and choice.unranked and wishes.groups:
        return Rank(True, limit=None, single=clause.cue("which", "what") is not None)
    asks_one = clause.cue("which") is not None and bool(wishes.groups) and wishes.amount is None
    if rank is None and wishes.groups and wishes.amount is None and wishes.change and asks_which(clause):
        return Rank(not falling(clause), by_change=True, whole=True)
    if rank is None and asks_one and clause.cue("all_of") is None:
        return Rank(not (is_extreme(metric) and metric.better == "higher"), single=True)
    return rank


def _ranked(
    query: MetricQuery,
    rank: Rank | None,
    clause: Clause,
    wishes: Wishes,
    metric: Metric,
    base: MetricQuery | None,
    ground: Ground,
) -> MetricQuery:
    if rank is None:
        kept = base and not wishes.groups and base.metric == query.metric and base.group_by == query.group_by
        return (
            query.model_copy(update={"order": base.order, "limit": base.limit})
            if kept and base and base.order
            else query
        )
    if clause.cue(*_RANKED_TIMES) and query.period is not None:
        query = query.model_copy(update={"grain": query.grain or natural_step(metric, ground)})
    return order_of(rank, query, metric, ground)


def _changed(query: MetricQuery, clause: Clause) -> MetricQuery:
    """ "kecamatan mana yang turun": those that did, however many."""
    up, down = clause.cue("change_up") is not None, falling(clause)
    if up == down or query.comparison is None:
        return query
    operator = Operator.BELOW if down else Operator.ABOVE
    return query.model_copy(update={"having": Having(operator=operator, value=0, of="change")})


def _held(
    query: MetricQuery, havings: tuple[Having, ...], clause: Clause, metric: Metric, ground: Ground
) -> tuple[MetricQuery, ...]:
    """The query once for each value to hold against; over a period without groups, day by day."""
    if not havings:
        return (query,)
    by_time = clause.cue("how_many_times", *_RANKED_TIMES) is not None or not query.group_by
    if query.period is not None and query.grain is None and by_time:
        query = query.model_copy(update={"grain": natural_step(metric, ground)})
    if not query.group_by and query.period is None:
        query = query.model_copy(update={"group_by": _spread(metric, query, ground)})
    return tuple(query.model_copy(update={"having": having}) for having in havings)


def _spread(metric: Metric, query: MetricQuery, ground: Ground) -> tuple[Dimension, ...]:
    """Where a latest value may lie above a threshold: at which item, else in which district."""
    offered = ground.catalog.dimensions_of(metric)
    if Dimension.ITEM in {each.dimension for each in query.filters}:
        return ()
    if Dimension.ITEM in offered and ground.catalog.items_of(metric):
        return (Dimension.ITEM,)
    placed = any(each.dimension is Dimension.REGION for each in query.filters)
    return (Dimension.DISTRICT,) if Dimension.DISTRICT in offered and not placed else ()


def _tell_means(clause: Clause, metric: Metric, query: MetricQuery, ground: Ground) -> None:
    """A mean over steps of counts is not in the catalog's power; the steps themselves are shown."""
    if clause.cue("average") and query.grain and is_share_of_whole(metric):
        ground.note("no_mean_of_counts", grain=grain_words(query.grain.value, ground.language))


def _at(query: MetricQuery, period: Period | None) -> MetricQuery:
    return query.model_copy(update={"period": period, "comparison": None})
