"""Questions that lead on from an answer, made of the plan, short enough to lean on it."""

from collections.abc import Iterator

from pesut.catalog.models import Catalog, Metric, ReportMetric
from pesut.city.models import RegionLevel
from pesut.contracts import Dimension, Language, MetricQuery, MetricStep, Plan, RecommendStep, ReportStep
from pesut.placeholders import Sources
from pesut.placeholders.names import titled

MOST = 4
_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}
_TEXTS = {
    "compare": ("Bagaimana dibanding tahun lalu?", "How does that compare with last year?"),
    "split": ("Rinciannya per {0}?", "How is that split by {0}?"),
    "place": ("Kalau di {0}?", "And in {0}?"),
    "reports": ("Tunjukkan laporannya", "Show the reports"),
    "advise": ("Apa yang sebaiknya dilakukan?", "What should be done about it?"),
}


def follow_ups(plan: Plan, sources: Sources) -> tuple[str, ...]:
    """A comparison, a breakdown, another place, the reports behind a count, a recommendation: what was not asked yet."""
    asked = [step for step in plan.steps if isinstance(step, MetricStep)]
    if not asked:
        return ()
    metric = sources.catalog.metric(asked[0].query.metric)
    if metric is None:
        return ()
    return tuple(dict.fromkeys(_suggestions(asked[0].query, metric, plan, sources)))[:MOST]


def _suggestions(query: MetricQuery, metric: Metric, plan: Plan, sources: Sources) -> Iterator[str]:
    language, offered = plan.language, sources.catalog.dimensions_of(metric)
    if query.period and not query.comparison:
        yield _said("compare", language)
    if (by := _split(query, offered)) is not None:
        title = sources.city.village_title if by is Dimension.VILLAGE else sources.city.district_title
        yield _said("split", language, title.in_(language))
    if Dimension.REGION in offered and (place := _other_place(query, sources)):
        yield _said("place", language, place)
    if _is_of_reports(metric, sources.catalog) and not any(isinstance(step, ReportStep) for step in plan.steps):
        yield _said("reports", language)
    if not any(isinstance(step, RecommendStep) for step in plan.steps):
        yield _said("advise", language)


def _split(query: MetricQuery, offered: frozenset[Dimension]) -> Dimension | None:
    if query.group_by:
        return None
    filtered = any(each.dimension in _PLACES for each in query.filters)
    wanted = Dimension.VILLAGE if filtered else Dimension.DISTRICT
    return wanted if wanted in offered else None


def _other_place(query: MetricQuery, sources: Sources) -> str | None:
    """A region beside the one asked for; the first district where none was."""
    if any(dimension in _PLACES for dimension in query.group_by):
        return None
    given = [code for each in query.filters if each.dimension in _PLACES for code in each.values]
    asked = sources.gazetteer.region(given[0]) if given else None
    level, parent = (asked.level, asked.parent) if asked else (RegionLevel.DISTRICT, sources.city.root)
    beside = (each for each in sources.gazetteer.regions if each.level is level and each.parent == parent)
    other = next((each for each in beside if each.code not in given), None)
    return titled(other, sources.city, sources.language) if other else None


def _is_of_reports(metric: Metric, catalog: Catalog) -> bool:
    return all(isinstance(base, ReportMetric) for base in catalog.bases(metric))


def _said(key: str, language: Language, *values: str) -> str:
    return _TEXTS[key][language is Language.EN].format(*values)
