"""Filters and groups of a metric query."""

from agents.reasoners.offline.facts import datasets, is_level, of_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.messages import dimension_words, listed
from agents.reasoners.offline.wishes import PLACE, Group, NamedPlace, Wishes
from pesut.catalog.compiler.semantics import is_share_of_whole
from pesut.catalog.models import Aggregation, Metric, ObservationMetric
from pesut.city.models import RegionLevel
from pesut.contracts import Dimension, Filter, MetricQuery, Show

_LEVELS = {RegionLevel.DISTRICT: Dimension.DISTRICT, RegionLevel.VILLAGE: Dimension.VILLAGE}
PLACES = frozenset({Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE})
_FEW_NAMES = 6


def filters_of(
    wishes: Wishes, metric: Metric, ground: Ground, dropped: tuple[Dimension, ...] = ()
) -> tuple[Filter, ...]:
    """Everything named that the metric can be filtered by; what it cannot goes to the notes."""
    offered = ground.catalog.dimensions_of(metric)
    wanted = [
        *_place_filters(wishes, metric, ground),
        *_item_filters(wishes, metric, ground),
        *(Filter(dimension=each, values=codes) for each, codes in wishes.terms.items()),
        *(Filter(dimension=each, values=codes, exclude=True) for each, codes in wishes.excluded.items()),
        *([Filter(dimension=Dimension.AGENCY, values=wishes.agencies)] if wishes.agencies else []),
    ]
    kept = [each for each in wanted if each.dimension in offered and each.dimension not in dropped]
    for each in wanted:
        if each not in kept and each.dimension not in dropped and _worth_a_note(each.dimension, metric, ground):
            ground.note(
                "no_dimension",
                metric=ground.metric_name(metric),
                dimension=dimension_words(each.dimension.value, ground.language),
            )
    return tuple(each for each in kept if not _own_producer(each, metric, ground))


def merged(earlier: tuple[Filter, ...], later: tuple[Filter, ...], *, whole_city: bool) -> tuple[Filter, ...]:
    """The earlier filters, each replaced by a later one on the same dimension; places fall away for the whole city."""
    places: set[Dimension] = {Dimension.REGION} if whole_city else set()
    replaced = {_family(each.dimension) for each in later} | places
    return (*(each for each in earlier if _family(each.dimension) not in replaced), *later)


def groups_of(
    wishes: Wishes, metric: Metric, filters: tuple[Filter, ...], ground: Ground, *, latest: bool
) -> tuple[Dimension, ...]:
    """The dimensions wished for that the metric has, or those that what was named calls for."""
    offered = ground.catalog.dimensions_of(metric)
    wished = tuple(dict.fromkeys(_settled(each, metric, filters, ground) for each in wishes.groups))
    for each in wished:
        if each not in offered:
            ground.note(
                "no_dimension",
                metric=ground.metric_name(metric),
                dimension=dimension_words(each.value, ground.language),
            )
    groups = tuple(each for each in wished if each in offered)
    if groups:
        return groups
    return _share_axis(wishes, metric, filters) or _told_apart(wishes, metric, filters, ground, latest=latest)


def _place_filters(wishes: Wishes, metric: Metric, ground: Ground) -> list[Filter]:
    places = [place for place in wishes.places.named if not _is_item(place, metric, ground)]
    found: list[Filter] = []
    for excluded in (False, True):
        codes = tuple(dict.fromkeys(code for place in places if place.excluded is excluded for code in place.codes))
        if codes:
            found.append(Filter(dimension=Dimension.REGION, values=codes, exclude=excluded))
    if Dimension.REGION in ground.catalog.dimensions_of(metric):
        for place in places:
            _tell_reading(place, ground)
    return found


def _is_item(place: NamedPlace, metric: Metric, ground: Ground) -> bool:
    """Whether the words name a gauge or the like of this very metric, rather than the region around it."""
    if place.titled:
        return False
    own = datasets(metric, ground.catalog)
    return any(sense.within in own for sense in place.mention.senses if sense.within)


def _tell_reading(place: NamedPlace, ground: Ground) -> None:
    names = tuple(ground.region_name(code) for code in place.codes)
    levels = {region.level for code in place.mention.senses if (region := ground.gazetteer.region(code.code))}
    several = len(names) > 1 or (len(levels) > 1 and not place.titled)
    exact = any(name.casefold().endswith(place.said.casefold()) for name in names)
    if several or not exact:
        shown = names if len(names) <= _FEW_NAMES else (*names[:_FEW_NAMES], "…")
        ground.assume("as_places", said=place.said, places=listed(shown, ground.language))


def _item_filters(wishes: Wishes, metric: Metric, ground: Ground) -> list[Filter]:
    own = datasets(metric, ground.catalog)
    codes = tuple(dict.fromkeys(code for dataset, code in wishes.items if dataset in own))
    if not codes:
        return []
    if len(codes) > 1 and Dimension.ITEM not in wishes.listed:
        names = tuple(item.name.in_(ground.language) for item in ground.catalog.items_of(metric) if item.code in codes)
        ground.assume("as_items", said=wishes.items_said, items=listed(names, ground.language))
    return [Filter(dimension=Dimension.ITEM, values=codes)]


def _worth_a_note(dimension: Dimension, metric: Metric, ground: Ground) -> bool:
    """A category beside a measured metric may only be another sense of its words, so it is passed over."""
    return dimension in PLACES or dimension is Dimension.AGENCY or of_reports(metric, ground.catalog)


def _own_producer(each: Filter, metric: Metric, ground: Ground) -> bool:
    """Whether the filter names the agency that the measured values come from anyway."""
    producers = {dataset.producer for dataset in ground.catalog.datasets_of(metric)}
    measured = all(isinstance(base, ObservationMetric) for base in ground.catalog.bases(metric))
    return each.dimension is Dimension.AGENCY and measured and set(each.values) <= producers


def _family(dimension: Dimension) -> Dimension:
    return Dimension.REGION if dimension in PLACES else dimension


def _settled(group: Group, metric: Metric, filters: tuple[Filter, ...], ground: Ground) -> Dimension:
    """A group as a dimension: places are items where the metric has such, else the level below the places asked for."""
    offered = ground.catalog.dimensions_of(metric)
    has_items = Dimension.ITEM in offered and bool(ground.catalog.items_of(metric))
    if group == PLACE:
        placed = any(item.region for item in ground.catalog.items_of(metric))
        return Dimension.ITEM if has_items and placed else _level_below(filters, ground)
    dimension = Dimension(group)
    if dimension is Dimension.ITEM and not has_items:
        return Dimension.CATEGORY if Dimension.CATEGORY in offered else _level_below(filters, ground)
    if dimension is Dimension.CATEGORY and has_items and Dimension.CATEGORY not in offered:
        return Dimension.ITEM
    return dimension


def _level_below(filters: tuple[Filter, ...], ground: Ground) -> Dimension:
    codes = [code for each in filters if each.dimension in PLACES and not each.exclude for code in each.values]
    inside = any((region := ground.gazetteer.region(code)) and region.level is RegionLevel.DISTRICT for code in codes)
    return Dimension.VILLAGE if inside else Dimension.DISTRICT


def _share_axis(wishes: Wishes, metric: Metric, filters: tuple[Filter, ...]) -> tuple[Dimension, ...]:
    """A share is taken along what was named: a category of all categories, or a place of the whole city."""
    if wishes.show is not Show.SHARE or not is_share_of_whole(metric):
        return ()
    by_dimension = {each.dimension for each in filters}
    if Dimension.REGION in by_dimension and (wishes.share_of_city or by_dimension == {Dimension.REGION}):
        return (Dimension.DISTRICT,)
    order = (
        Dimension.CATEGORY,
        Dimension.STATUS,
        Dimension.CLASSIFICATION,
        Dimension.CHANNEL,
        Dimension.AGENCY,
        Dimension.PROGRAM,
        Dimension.ITEM,
    )
    return next(((each,) for each in order if each in by_dimension), ())


def _told_apart(
    wishes: Wishes, metric: Metric, filters: tuple[Filter, ...], ground: Ground, *, latest: bool
) -> tuple[Dimension, ...]:
    """Groups that nobody asked for by word: of several places or categories named, or of gauges whose mean says nothing."""
    offered = ground.catalog.dimensions_of(metric)
    several = {_family(each.dimension): each for each in filters if len(each.values) > 1 and not each.exclude}
    found = [each for each in several if each in offered and each in wishes.listed and each is not Dimension.REGION]
    if Dimension.ITEM in several and Dimension.ITEM not in found:
        found.append(Dimension.ITEM)
    if len([place for place in wishes.places.named if not place.excluded]) > 1 and Dimension.REGION in several:
        found += _common_level(several[Dimension.REGION], ground)
    if not found and _needs_items(wishes, metric, filters, ground, latest=latest):
        return (Dimension.ITEM,)
    return tuple(found[:3])


def _common_level(each: Filter, ground: Ground) -> list[Dimension]:
    levels = {region.level for code in each.values if (region := ground.gazetteer.region(code))}
    return [_LEVELS[level] for level in levels if level in _LEVELS] if len(levels) == 1 else []


def _needs_items(wishes: Wishes, metric: Metric, filters: tuple[Filter, ...], ground: Ground, *, latest: bool) -> bool:
    """Whether values of different gauges or commodities would be mixed into one that says nothing."""
    if any(each.dimension is Dimension.ITEM for each in filters) or not ground.catalog.items_of(metric):
        return False
    if not is_level(metric, ground.catalog) or Dimension.ITEM not in ground.catalog.dimensions_of(metric):
        return False
    if wishes.average and not latest and all(item.region for item in ground.catalog.items_of(metric)):
        return False  # the mean over places says something, the mean over goods does not
    adds_up = all(is_share_of_whole(base) for base in ground.catalog.bases(metric))
    extreme = isinstance(metric, ObservationMetric) and metric.aggregation in {Aggregation.MAXIMUM, Aggregation.MINIMUM}
    return not adds_up and (latest or wishes.trend or not extreme)


def without_lost_groups(query: MetricQuery, ground: Ground) -> MetricQuery:
    """Groups that the places filtered by make pointless are dropped: districts within one village."""
    codes = [code for each in query.filters if each.dimension in PLACES and not each.exclude for code in each.values]
    regions = [region for code in codes if (region := ground.gazetteer.region(code))]
    if len(regions) == 1 and query.show is not Show.SHARE:
        lost = {
            RegionLevel.DISTRICT: {Dimension.DISTRICT},
            RegionLevel.VILLAGE: {Dimension.DISTRICT, Dimension.VILLAGE},
        }
        gone = lost.get(regions[0].level, set())
        if gone & set(query.group_by):
            return query.model_copy(update={"group_by": tuple(each for each in query.group_by if each not in gone)})
    return query


def needs_items(wishes: Wishes, metric: Metric, ground: Ground) -> bool:
    """Whether the newest values of many goods would be told at once, as nobody named or wished them split."""
    goods = not any(item.region for item in ground.catalog.items_of(metric))
    plain = not (wishes.groups or wishes.rank or wishes.items)
    return goods and plain and _needs_items(wishes, metric, (), ground, latest=True)
