"""What a recommendation needs besides the figures: whose mandate it is, what money is left, what the papers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agents.inquiries import Inquiry
from agents.report_analysis.inquiries import count_metric
from pesut.catalog.models import Catalog
from pesut.city.models import City, Gazetteer
from pesut.contracts import (
    AgencyQuery,
    BudgetQuery,
    Comparison,
    Dimension,
    DocumentQuery,
    DocumentStep,
    Filter,
    Language,
    MetricQuery,
    MetricStep,
    Order,
    Period,
    Plan,
    RecommendStep,
    ReportStep,
)
from pesut.decisions.filing import DECISION, PLAN

AGENCIES, BUDGETS = "advice/agencies", "advice/budgets"
DOCUMENTS, DOCUMENTS_BY_NAME = "advice/documents", "advice/documents-by-name"
SITUATION, PLACES = "advice/situation", "advice/places"
PRECEDENTS, PLANS = "advice/precedents", "advice/plans"
KEYS = (SITUATION, PLACES, AGENCIES, BUDGETS, DOCUMENTS, DOCUMENTS_BY_NAME, PRECEDENTS, PLANS)

RECENT = timedelta(days=90)
_MOST_WORDS = 500


@dataclass(frozen=True)
class Matter:
    """What is to be recommended on. `step` is the plan's step that it came from."""

    step: int
    topic: str
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()


def document_inquiries(plan: Plan) -> list[Inquiry]:
    return [
        Inquiry(f"{number}/documents", number, step.query)
        for number, step in enumerate(plan.steps)
        if isinstance(step, DocumentStep)
    ]


def matter_of(plan: Plan, catalog: Catalog) -> Matter:
    """What the plan's recommend step names; without one, what its metrics are about."""
    asked = [(number, step) for number, step in enumerate(plan.steps) if isinstance(step, RecommendStep)]
    filtered = tuple(
        each for step in plan.steps if isinstance(step, MetricStep | ReportStep) for each in step.query.filters
    )
    categories, regions = _codes(filtered, Dimension.CATEGORY), _codes(filtered, Dimension.REGION)
    if not asked:
        producers = () if categories else _producers(plan, catalog)
        return Matter(0, _names(plan, catalog)[:_MOST_WORDS], categories, regions, producers)
    number, step = asked[0]
    categories = step.categories or categories
    producers = () if categories else _producers(plan, catalog)
    return Matter(number, step.topic, categories, step.regions or regions, producers)


def agency_inquiries(matter: Matter) -> list[Inquiry]:
    """None where neither a category nor a dataset says whose matter it is."""
    if not matter.categories and not matter.producers:
        return []
    codes = () if matter.categories else matter.producers
    return [Inquiry(AGENCIES, matter.step, AgencyQuery(codes=codes, categories=matter.categories))]


def budget_inquiry(matter: Matter, agencies: Sequence[str], year: int) -> Inquiry:
    query = BudgetQuery(year=year, agencies=tuple(agencies), categories=matter.categories, limit=3)
    return Inquiry(BUDGETS, matter.step, query)


def papers_inquiry(matter: Matter) -> Inquiry:
    """In the words of the question."""
    return Inquiry(DOCUMENTS, matter.step, DocumentQuery(text=matter.topic, limit=3))


def papers_by_name_inquiries(matter: Matter, catalog: Catalog) -> list[Inquiry]:
    """In the catalog's words for the matter, for where the question's own words find nothing."""
    text = " ".join(_categories(matter, catalog))[:_MOST_WORDS]
    return [Inquiry(DOCUMENTS_BY_NAME, matter.step, DocumentQuery(text=text, limit=3))] if text else []


def plans_inquiry(matter: Matter, catalog: Catalog) -> list[Inquiry]:
    """What the region's plans say about the matter, in its own and the catalog's words."""
    text = " ".join([*_categories(matter, catalog), matter.topic])[:_MOST_WORDS].strip()
    return [Inquiry(PLANS, matter.step, DocumentQuery(text=text, kinds=(PLAN,), limit=4))] if text else []


def precedents_inquiry(matter: Matter, plan: Plan, catalog: Catalog, gazetteer: Gazetteer) -> Inquiry:
    """Earlier decisions on the same categories and what came of them, in the words in which an outcome is told: metric, places."""
    places = [region.name for code in matter.regions if (region := gazetteer.region(code))]
    words = [_names(plan.model_copy(update={"language": Language.ID}), catalog), *_categories(matter, catalog), *places]
    text = " ".join(word for word in words if word) or matter.topic
    query = DocumentQuery(text=text[:_MOST_WORDS], kinds=(DECISION,), categories=matter.categories, limit=6)
    return Inquiry(PRECEDENTS, matter.step, query)


def situation_inquiries(matter: Matter, plan: Plan, catalog: Catalog, city: City, now: datetime) -> list[Inquiry]:
    """Where the plan looks nothing up itself: recent reports on the matter against a year before, and where they come from."""
    metric = count_metric(catalog)
    if metric is None or any(isinstance(step, MetricStep) for step in plan.steps):
        return []
    today = now.astimezone(city.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    query = MetricQuery(
        metric=metric.code,
        period=Period(start=today - RECENT, end=today),
        filters=_filters(matter),
        comparison=Comparison.LAST_YEAR,
    )
    offered = catalog.dimensions_of(metric)
    place = next((each for each in (Dimension.VILLAGE, Dimension.DISTRICT) if each in offered), None)
    asked = [Inquiry(SITUATION, matter.step, query)]
    if place is not None:
        split = {"group_by": (place,), "order": Order(by="value"), "limit": 5, "comparison": None}
        asked.append(Inquiry(PLACES, matter.step, query.model_copy(update=split)))
    return asked


def _categories(matter: Matter, catalog: Catalog) -> list[str]:
    return [term.name.id for term in catalog.categories if term.code in matter.categories]


def _filters(matter: Matter) -> tuple[Filter, ...]:
    given = ((Dimension.CATEGORY, matter.categories), (Dimension.REGION, matter.regions))
    return tuple(Filter(dimension=dimension, values=values) for dimension, values in given if values)


def _codes(filters: Sequence[Filter], dimension: Dimension) -> tuple[str, ...]:
    kept = [each for each in filters if each.dimension is dimension and not each.exclude]
    return tuple(dict.fromkeys(value for each in kept for value in each.values))


def _producers(plan: Plan, catalog: Catalog) -> tuple[str, ...]:
    metrics = [catalog.metric(step.query.metric) for step in plan.steps if isinstance(step, MetricStep)]
    datasets = [dataset for metric in metrics if metric for dataset in catalog.datasets_of(metric)]
    return tuple(dict.fromkeys(dataset.producer for dataset in datasets))


def _names(plan: Plan, catalog: Catalog) -> str:
    metrics = [catalog.metric(step.query.metric) for step in plan.steps if isinstance(step, MetricStep)]
    return ", ".join(dict.fromkeys(metric.name.in_(plan.language) for metric in metrics if metric))
