"""From a question to what a model is shown, and from what it drafts to a plan that holds."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from agents.reasoners.base import PlanRequest
from agents.reasoners.model.asking import UnfitError
from agents.reasoners.model.codes import codes_of
from agents.reasoners.model.declining import declined
from agents.reasoners.model.drafts import ClarifyDraft, DeclineDraft, FilterDraft, MetricDraft, PlanDraft, ReportDraft
from agents.reasoners.model.offering import offering
from agents.reasoners.model.prompts import prompt
from pesut.catalog.compiler.validation import metric_of, validate
from pesut.catalog.models import Metric
from pesut.contracts import (
    Clarify,
    Decline,
    Dimension,
    DocumentQuery,
    DocumentStep,
    Filter,
    Having,
    Language,
    MetricQuery,
    MetricStep,
    Option,
    Order,
    Period,
    Plan,
    RecommendStep,
    ReportQuery,
    ReportStep,
    Step,
)
from pesut.llm import Message

_FIGURE = re.compile(r"\d+")


def messages_for(request: PlanRequest) -> list[Message]:
    """The prompt, and the question with what it may be understood by: no citizen's and no document's text among it."""
    city, words = request.city, {"city": request.city.name, "head_title": request.city.head_title.en or "the head"}
    before = [
        {"question": turn.question, "plan": turn.plan.model_dump(mode="json", exclude_defaults=True)}
        for turn in request.history
    ]
    shown = {
        "now": request.now.astimezone(city.zone).strftime("%Y-%m-%d %H:%M, %A"),
        "before": before,
        **offering(request),
        "question": request.question,
    }
    asked = json.dumps(shown, ensure_ascii=False)
    return [Message("system", prompt("plan").filled(words)), Message("user", asked)]


def plan_from(draft: PlanDraft, request: PlanRequest) -> Plan:
    """Raises UnfitError, MetricQueryError or ValidationError, whose words tell the model what does not hold."""
    steps = tuple(_steps(draft, request))
    if steps:
        return Plan(
            language=draft.language,
            steps=steps[:8],
            assumptions=_without_figures(draft.assumptions, request),
            notes=_without_figures(draft.notes, request),
        )
    if draft.clarify:
        return Plan(language=draft.language, clarify=_clarify(draft.clarify, request))
    if draft.decline:
        return Plan(language=draft.language, decline=_decline(draft.decline, draft.language, request))
    raise UnfitError("fill metrics, reports, documents, recommend, clarify or decline")


def _steps(draft: PlanDraft, request: PlanRequest) -> Iterator[Step]:
    for metric in draft.metrics:
        yield MetricStep(query=_metric_query(metric, request))
    for report in draft.reports:
        yield ReportStep(query=_report_query(report, request))
    for document in draft.documents:
        if document.text:
            yield DocumentStep(query=DocumentQuery(text=document.text, limit=document.limit))
    if draft.recommend:
        yield RecommendStep(
            topic=draft.recommend.topic,
            categories=codes_of(draft.recommend.categories, Dimension.CATEGORY, request),
            regions=codes_of(draft.recommend.regions, Dimension.REGION, request),
        )


def _metric_query(draft: MetricDraft, request: PlanRequest) -> MetricQuery:
    having = draft.having
    ordered = draft.order_by or draft.limit or not draft.descending
    bare = MetricQuery(metric=draft.metric)
    metric = metric_of(bare, request.catalog)
    query = MetricQuery(
        metric=draft.metric,
        period=_period(draft.first_day, draft.last_day, request),
        group_by=tuple(draft.group_by),
        grain=draft.grain,
        filters=_filters(draft.filters, request, metric),
        having=Having(operator=having.operator, value=having.value, threshold=having.threshold) if having else None,
        comparison=draft.comparison,
        show=draft.show,
        order=Order(by=draft.order_by or "value", descending=draft.descending) if ordered else None,
        limit=draft.limit,
    )
    validate(query, metric, request.catalog, request.now, request.city.zone)
    return query


def _report_query(draft: ReportDraft, request: PlanRequest) -> ReportQuery:
    return ReportQuery(
        text=draft.text or None,
        period=_period(draft.first_day, draft.last_day, request),
        filters=_filters(draft.filters, request),
        limit=draft.limit,
    )


def _filters(drafts: Sequence[FilterDraft], request: PlanRequest, metric: Metric | None = None) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            dimension=each.dimension,
            values=codes_of(each.values, each.dimension, request, metric),
            exclude=each.exclude,
        )
        for each in drafts
    )


def _period(first: date | None, last: date | None, request: PlanRequest) -> Period | None:
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise UnfitError("a period needs first_day and last_day, in this order")
    zone = request.city.zone
    start, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return Period(start=start, end=end)


def _clarify(draft: ClarifyDraft, request: PlanRequest) -> Clarify:
    texts = [draft.question, *draft.options]
    if len(_without_figures(texts, request)) < len(texts):
        raise UnfitError("clarify holds a figure that the question does not")
    options = tuple(Option(label=each, question=each) for each in draft.options)
    return Clarify(question=draft.question, options=options)


def _decline(draft: DeclineDraft, language: Language, request: PlanRequest) -> Decline:
    agency = request.gazetteer.agency(draft.agency) if draft.agency else None
    message = declined(draft.reason, agency.name if agency else None, language)
    return Decline(reason=draft.reason, message=message, agency=agency.code if agency else None)


def _without_figures(texts: Sequence[str], request: PlanRequest) -> tuple[str, ...]:
    """Those that hold no figure but what the asker said: a model's own would stand in the answer without a source."""
    asked = " ".join((request.question, *(turn.question for turn in request.history)))
    known = set(_FIGURE.findall(asked))
    return tuple(text for text in texts if text and set(_FIGURE.findall(text)) <= known)
