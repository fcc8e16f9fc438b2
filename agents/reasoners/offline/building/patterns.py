"""Steps that look at what many reports together tell."""

from datetime import timedelta

from agents.reasoners.offline.building.crosschecks import crosscheck_steps, crosschecks_behind, related
from agents.reasoners.offline.building.readings import named_period, report_filters
from agents.reasoners.offline.clauses import DOCUMENTS, REPORTS, Clause
from agents.reasoners.offline.facts import of_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.wishes import Wishes
from pesut.contracts import (
    Dimension,
    HandlingQuery,
    MetricQuery,
    OverdueQuery,
    PatternStep,
    Period,
    SilentQuery,
    Step,
    UnusualQuery,
)
from pesut.language.periods.moments import midnight

_WEEK = timedelta(days=6)  # and today
_QUARTER = timedelta(days=90)
_LONGEST = timedelta(days=62)  # that can be held against weeks before


def pattern_steps(clause: Clause, wishes: Wishes, ground: Ground) -> tuple[Step, ...]:
    """The patterns that the clause asks for, unless it is about something that is measured otherwise, or about papers."""
    if clause.cue(*DOCUMENTS, *REPORTS, "advice"):
        return ()
    if checks := related(clause, ground.lexicon):
        return crosscheck_steps(checks, wishes, _period(wishes, ground, _QUARTER))
    if _measures_else(clause, ground):
        return ()
    if clause.cue("unusual"):
        query = UnusualQuery(period=_period(wishes, ground, _WEEK), filters=report_filters(wishes))
        return (PatternStep(query=query),)
    if clause.cue("overdue") and clause.cue("forecast", "soon"):
        return (PatternStep(query=OverdueQuery(filters=report_filters(wishes))),)
    if clause.cue("overdue") and not clause.cue("handling", "responding"):
        return (PatternStep(query=_handling(clause, wishes, ground)),)
    if clause.cue("silent"):
        return (
            PatternStep(query=SilentQuery(period=_period(wishes, ground, _QUARTER), filters=report_filters(wishes))),
        )
    return ()


def _handling(clause: Clause, wishes: Wishes, ground: Ground) -> HandlingQuery:
    """By what was asked for, else by agency."""
    period, filters = _period(wishes, ground, _QUARTER), report_filters(wishes)
    for group in wishes.groups:
        match group:
            case Dimension.CATEGORY | Dimension.DISTRICT | Dimension.VILLAGE:
                return HandlingQuery(period=period, by=group, filters=filters)
            case _:
                pass
    by_category = clause.cue("unit_category") is not None and Dimension.CATEGORY not in wishes.terms
    return HandlingQuery(period=period, by=Dimension.CATEGORY if by_category else Dimension.AGENCY, filters=filters)


def causes_among_reports(query: MetricQuery, ground: Ground) -> tuple[Step, ...]:
    """What of a count of reports is out of the ordinary in its period, where it is short enough to tell; and what is measured of it."""
    metric = ground.catalog.metric(query.metric)
    if metric is None or not of_reports(metric, ground.catalog) or query.period is None:
        return ()
    measured = crosschecks_behind(query, ground)
    if query.period.end - query.period.start > _LONGEST:
        return measured
    return (PatternStep(query=UnusualQuery(period=query.period, filters=query.filters)), *measured)


def _measures_else(clause: Clause, ground: Ground) -> bool:
    """Whether a metric is named that reports do not give: "suhu yang tidak biasa"."""
    for mention in clause.of(Kind.METRIC):
        metrics = [ground.catalog.metric(sense.code) for sense in mention.of(Kind.METRIC)]
        if not mention.of(Kind.TERM) and not any(of_reports(each, ground.catalog) for each in metrics if each):
            return True
    return bool(clause.of(Kind.ITEM) and not clause.of(Kind.TERM))


def _period(wishes: Wishes, ground: Ground, usual: timedelta) -> Period:
    """The one that was named, else the last days."""
    return named_period(wishes, ground) or Period(start=midnight(ground.now) - usual, end=ground.now)
