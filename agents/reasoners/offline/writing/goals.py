"""What an option aims at and what may go wrong with it, as far as the figures carry that."""

from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.naming import Pointer, number_in
from agents.reasoners.offline.writing.papers import TEXT, paper_sentence
from agents.reasoners.offline.writing.points import Grounds, is_worse, point
from agents.reasoners.offline.writing.review_phrases import say
from pesut.catalog.compiler.semantics import adds_up_over_time
from pesut.catalog.compiler.times import periods_of
from pesut.catalog.models import Metric
from pesut.contracts import ReviewPoint, Show
from pesut.decisions.expecting import least_in_words
from pesut.decisions.targets import operator_towards

SHORTEST, LONGEST = 7, 366  # days between a decision and the look at its metric
_PLAN_NAMES = ("rpjmd", "jangka menengah")  # the medium-term plan (Permendagri 86/2017) before plans of agencies


def back_to_before(grounds: Grounds) -> ReviewPoint | None:
    """The value of the time compared with, where things got worse since; else no worse than now."""
    if not grounds.figures:
        return None
    pointer = Pointer(grounds.figures[0], grounds.request.language)
    worse = pointer.query.comparison and is_worse(pointer, grounds.request)
    return _goal(pointer, grounds.request, "previous" if worse else "value")


def no_worse(grounds: Grounds) -> ReviewPoint | None:
    """The value of now."""
    if not grounds.figures:
        return None
    return _goal(Pointer(grounds.figures[0], grounds.request.language), grounds.request, "value")


def plan_link(grounds: Grounds) -> ReviewPoint | None:
    """The passage of the medium-term plan that was found nearest to the matter, or of another plan."""
    if grounds.plans is None:
        return None
    pointer = Pointer(grounds.plans, grounds.request.language)
    rows = [row for row in range(len(pointer.rows)) if pointer.rows[row].get(TEXT)]
    named = [row for row in rows if any(name in str(pointer.rows[row].get("title")).lower() for name in _PLAN_NAMES)]
    text = paper_sentence(pointer, (named or rows)[0]) if rows else None
    return point(text, grounds.plans) if text else None


def risk(grounds: Grounds, option: str) -> ReviewPoint:
    """What may go wrong; for what costs money, that there is none left where the budget says so."""
    language, budgets = grounds.request.language, grounds.budgets
    if option == "target" and budgets is not None:
        pointer = Pointer(budgets, language)
        if not any((number_in(row, "left") or 0) > 0 for row in pointer.rows):
            left = pointer.cell(0, "left", "rupiah")
            return point(say("risk_money", language, name=pointer.cell(0, "name", "text"), left=left), budgets)
    return ReviewPoint(text=say(f"{option}_risk", language))


def _goal(pointer: Pointer, request: WriteRequest, column: str) -> ReviewPoint | None:
    """None where the catalog calls neither side better, or nobody could compare what comes with what was."""
    metric = request.catalog.metric(pointer.query.metric)
    operator = operator_towards(metric.better) if metric else None
    days = _horizon(pointer, metric, request) if metric else None
    if operator is None or days is None or number_in(pointer.rows[0], column) is None:
        return None
    parts = {
        "name": pointer.name,
        "least": least_in_words(operator, request.language),
        "level": pointer.cell(0, column),
        "day": f"{{clock.days[{days}]|date}}",
    }
    return point(say("goal", request.language, **parts), pointer.evidence)


def _horizon(pointer: Pointer, metric: Metric, request: WriteRequest) -> int | None:
    """Days until the metric is looked at: as many as the value is of, where values of longer times are larger."""
    if pointer.query.show is not Show.VALUE:
        return None
    if not adds_up_over_time(metric):
        return request.city.decisions.outcome_days
    period = periods_of(pointer.query, pointer.evidence.as_of, request.city.zone)[0]
    days = round((period.end - period.start).total_seconds() / 86400) if period else 0
    return days if SHORTEST <= days <= LONGEST else None
