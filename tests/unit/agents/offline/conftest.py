"""Questions planned by the offline reasoner, in two cities that share no word of their catalogs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args

import pytest

from agents.reasoners.base import PlanRequest
from agents.reasoners.offline.planning import understand
from pesut.city.loader import CityFolder, read_folder
from pesut.city.models import Gazetteer
from pesut.contracts import (
    CrosscheckQuery,
    DocumentQuery,
    Filter,
    Having,
    MetricQuery,
    Order,
    PatternQuery,
    Plan,
    Query,
    RecommendStep,
    ReportQuery,
    Step,
    ThemesQuery,
    Turn,
)
from pesut.settings import SAMARINDA

Planner = Callable[..., Plan]
PATTERNS = get_args(get_args(PatternQuery)[0])


def planner(folder: CityFolder) -> Planner:
    """`plan(question, *asked_before)`, as if asked on Tuesday, 24 November 2026, at noon in the city."""
    gazetteer = Gazetteer(regions=tuple(folder.regions), agencies=tuple(folder.agencies))

    now = datetime(2026, 11, 24, 12, tzinfo=folder.city.zone)

    def plan(question: str, *before: str) -> Plan:
        turns: list[Turn] = []
        for text in (*before, question):
            request = PlanRequest(text, tuple(turns), folder.city, folder.catalog, gazetteer, now)
            turns.append(Turn(question=text, plan=understand(request, None).plan))
        return turns[-1].plan

    return plan


@pytest.fixture(scope="session")
def samarinda() -> Planner:
    return planner(read_folder(SAMARINDA))


@pytest.fixture(scope="session")
def halimun(highland: CityFolder) -> Planner:
    return planner(highland)


def said(plan: Plan) -> list[str] | str:
    """Each step in a few words: what is asked for, then all that narrows, groups, compares or orders it; or why there is none."""
    if plan.decline:
        return plan.decline.reason.value
    if plan.clarify:
        return "clarify"
    return [" ".join(_step(step)) for step in plan.steps]


def _step(step: Step) -> list[str]:
    if isinstance(step, RecommendStep):
        return ["recommend", *step.categories]
    return [step.kind, *_said(step.query)]


def _said(query: Query) -> list[str]:
    words = [query.metric] if isinstance(query, MetricQuery) else []
    words = [query.kind] if isinstance(query, PATTERNS) else words
    words += [query.crosscheck] if isinstance(query, CrosscheckQuery) else []
    filters: tuple[Filter, ...] = getattr(query, "filters", ())
    words += [f"{each.dimension}{'!=' if each.exclude else '='}{','.join(map(str, each.values))}" for each in filters]
    words += _period(query)
    words += [query.order] if isinstance(query, ThemesQuery) else []
    if isinstance(query, ReportQuery | DocumentQuery) and query.text:
        words.append(f"about:{query.text}")
    if isinstance(query, MetricQuery):
        words += _form(query)
    if isinstance(query, ReportQuery) and query.oldest:
        words.append("oldest")
    return words


def _period(query: Query) -> list[str]:
    period = getattr(query, "period", None)
    return [f"{_moment(period.start)}..{_moment(period.end)}"] if period else []


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d" if moment.hour == moment.minute == 0 else "%Y-%m-%dT%H")


def _form(query: MetricQuery) -> list[str]:
    form: dict[str, Any] = {
        "by": ",".join(query.group_by),
        "each": query.grain,
        "against": query.comparison,
        "show": query.show if query.show != "value" else None,
        "having": _having(query.having) if query.having else None,
        "order": _order(query.order) if query.order else None,
        "limit": query.limit,
        "within": query.limit_within,
    }
    return [f"{name}:{value}" for name, value in form.items() if value]


def _having(having: Having) -> str:
    return f"{'change' if having.of == 'change' else ''}{having.operator}{having.value:g}"


def _order(order: Order) -> str:
    direction = "down" if order.descending else "up"
    return direction if order.by == "value" else f"{order.by}_{direction}"
