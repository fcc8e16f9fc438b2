"""Advice and causes: what else has to be looked up for them."""

from datetime import timedelta

from agents.reasoners.offline.building.patterns import causes_among_reports
from agents.reasoners.offline.building.readings import document_step, recommend_step
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.followups import Leaning
from agents.reasoners.offline.ground import Ground
from pesut.contracts import (
    Comparison,
    Dimension,
    DocumentQuery,
    DocumentStep,
    Filter,
    MetricQuery,
    MetricStep,
    Order,
    Period,
    RecommendStep,
    ReportQuery,
    ReportStep,
    Step,
)
from pesut.language.periods.moments import midnight

_SPLITS = (Dimension.DISTRICT, Dimension.CATEGORY, Dimension.ITEM, Dimension.AGENCY, Dimension.PROGRAM)
_MOST_SPLITS = 2
_ROWS = 10
_READ = 5


def with_advice(steps: tuple[Step, ...], clause: Clause, leaning: Leaning | None, ground: Ground) -> tuple[Step, ...]:
    """The steps with those that a cause or an advice needs besides."""
    if clause.cue("why"):
        steps = _with_causes(steps, leaning, ground)
    if clause.cue("advice") and not clause.cites:
        steps = _with_recommendation(steps, clause, leaning, ground)
    return steps


def _with_causes(steps: tuple[Step, ...], leaning: Leaning | None, ground: Ground) -> tuple[Step, ...]:
    """ "Kenapa naik?": where, and in what, the change lies, each beside the period before."""
    source = steps or (leaning.steps if leaning else ())
    query = next((step.query for step in source if isinstance(step, MetricStep)), None)
    if query is None:
        return steps
    ground.note("no_cause")
    compared = query.model_copy(
        update={
            "comparison": query.comparison or Comparison.PREVIOUS_PERIOD,
            "period": query.period or _month(ground),
            "grain": None,
            "group_by": (),
            "order": None,
            "limit": None,
        }
    )
    splits = (MetricStep(query=each) for each in _split(compared, ground))
    return (MetricStep(query=compared), *splits, *causes_among_reports(compared, ground))


def _split(query: MetricQuery, ground: Ground) -> list[MetricQuery]:
    """The query by each of the first dimensions that are not fixed by it already."""
    metric = ground.catalog.metric(query.metric)
    offered = ground.catalog.dimensions_of(metric) if metric else frozenset[Dimension]()
    fixed = {each.dimension for each in query.filters if len(each.values) == 1} | set(query.group_by)
    free = [each for each in _SPLITS if each in offered and each not in fixed and _has_values(each, query, ground)]
    if Dimension.REGION in fixed:
        free = [Dimension.VILLAGE if each is Dimension.DISTRICT else each for each in free]
    order = Order(by="change", descending=True)
    return [
        query.model_copy(update={"group_by": (each,), "order": order, "limit": _ROWS}) for each in free[:_MOST_SPLITS]
    ]


def _has_values(dimension: Dimension, query: MetricQuery, ground: Ground) -> bool:
    metric = ground.catalog.metric(query.metric)
    return dimension is not Dimension.ITEM or bool(metric and ground.catalog.items_of(metric))


def _with_recommendation(
    steps: tuple[Step, ...], clause: Clause, leaning: Leaning | None, ground: Ground
) -> tuple[Step, ...]:
    """What is asked, what citizens report of it, what the papers say, and a draft from these."""
    source = steps or tuple(step for step in (leaning.steps if leaning else ()) if not isinstance(step, RecommendStep))
    advice = recommend_step(source, clause, ground)
    found: list[Step] = list(source)
    if not any(isinstance(step, ReportStep) for step in found) and advice.categories:
        found.append(_reports_behind(source, advice))
    if not any(isinstance(step, DocumentStep) for step in found):
        found.append(document_step(clause, ground, (advice,)) if not source else _papers(advice))
    return (*found, advice)


def _reports_behind(steps: tuple[Step, ...], advice: RecommendStep) -> ReportStep:
    query = next((step.query for step in steps if isinstance(step, MetricStep)), None)
    own = {Dimension.ITEM, Dimension.PROGRAM}
    filters = tuple(each for each in query.filters if each.dimension not in own) if query else ()
    if advice.categories and not any(each.dimension is Dimension.CATEGORY for each in filters):
        filters = (*filters, Filter(dimension=Dimension.CATEGORY, values=advice.categories))
    period = query.period if query else None
    return ReportStep(query=ReportQuery(text=advice.topic, period=period, filters=filters, limit=_READ))


def _papers(advice: RecommendStep) -> DocumentStep:
    return DocumentStep(query=DocumentQuery(text=advice.topic))


def _month(ground: Ground) -> Period:
    return Period(start=midnight(ground.now) - timedelta(days=29), end=ground.now)
