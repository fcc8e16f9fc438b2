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
    CrosscheckQuery,
    Dimension,
    Filter,
    HandlingQuery,
    HotspotQuery,
    MetricQuery,
    OverdueQuery,
    PatternQuery,
    PatternStep,
    Period,
    SilentQuery,
    Step,
    ThemesQuery,
    UnusualQuery,
)
from pesut.language.periods.moments import midnight

WEEK = timedelta(days=6)  # and today
_MONTH = timedelta(days=29)
_QUARTER = timedelta(days=90)
_YEAR = timedelta(days=364)
LONGEST = timedelta(days=62)  # that can be held against weeks before


def pattern_steps(clause: Clause, wishes: Wishes, ground: Ground) -> tuple[Step, ...]:
    """The patterns that the clause asks for, unless it is about something that is measured otherwise, or about papers."""
    if clause.cue(*DOCUMENTS, *REPORTS, "advice"):
        return ()
    if checks := related(clause, ground.lexicon):
        return crosscheck_steps(checks, wishes, period_of(wishes, ground, _QUARTER))
    if clause.cue("hot_spots"):
        return (
            PatternStep(query=HotspotQuery(period=period_of(wishes, ground, _YEAR), filters=report_filters(wishes))),
        )
    if _measures_else(clause, ground):
        return ()
    query = _of_all_reports(clause, wishes, ground)
    return (PatternStep(query=query),) if query else ()


def _of_all_reports(clause: Clause, wishes: Wishes, ground: Ground) -> PatternQuery | None:
    filters = report_filters(wishes)
    if clause.cue("unusual"):
        return UnusualQuery(period=period_of(wishes, ground, WEEK), filters=filters)
    if clause.cue("overdue") and clause.cue("forecast", "soon"):
        return OverdueQuery(filters=filters)
    if clause.cue("overdue") and not clause.cue("handling", "responding"):
        return _handling(clause, wishes, ground)
    if clause.cue("theme", "theme_new"):
        return _themes(clause, wishes, ground)
    if clause.cue("silent"):
        return SilentQuery(period=period_of(wishes, ground, _QUARTER), filters=filters)
    return None


def _handling(clause: Clause, wishes: Wishes, ground: Ground) -> HandlingQuery:
    """By what was asked for, else by agency."""
    period, filters = period_of(wishes, ground, _QUARTER), report_filters(wishes)
    for group in wishes.groups:
        match group:
            case Dimension.CATEGORY | Dimension.DISTRICT | Dimension.VILLAGE:
                return HandlingQuery(period=period, by=group, filters=filters)
            case _:
                pass
    by_category = clause.cue("unit_category") is not None and Dimension.CATEGORY not in wishes.terms
    return HandlingQuery(period=period, by=Dimension.CATEGORY if by_category else Dimension.AGENCY, filters=filters)


def spots_behind(steps: tuple[Step, ...], clause: Clause, wishes: Wishes, ground: Ground) -> tuple[Step, ...]:
    """ "Di mana?" after a pattern of some reports: where these lie closest."""
    if not clause.cue("where"):
        return ()
    query = next((step.query for step in steps if isinstance(step, PatternStep)), None)
    if query is None:
        return ()
    filters = query.filters
    if isinstance(query, CrosscheckQuery) and (check := ground.catalog.crosscheck(query.crosscheck)):
        filters = (Filter(dimension=Dimension.CATEGORY, values=check.categories), *filters)
    period = named_period(wishes, ground) or getattr(query, "period", None) or period_of(wishes, ground, _YEAR)
    return (PatternStep(query=HotspotQuery(period=period, filters=filters)),)


def _themes(clause: Clause, wishes: Wishes, ground: Ground) -> ThemesQuery:
    """The largest, unless those that grow or are new are asked for."""
    order = "new" if clause.cue("theme_new") else "growth" if clause.cue("theme_growing", "change_up") else "size"
    return ThemesQuery(period=period_of(wishes, ground, _MONTH), order=order, filters=report_filters(wishes))


def causes_among_reports(query: MetricQuery, ground: Ground) -> tuple[Step, ...]:
    """What of a count of reports is out of the ordinary in its period, where it is short enough to tell; and what is measured of it."""
    metric = ground.catalog.metric(query.metric)
    if metric is None or not of_reports(metric, ground.catalog) or query.period is None:
        return ()
    measured = crosschecks_behind(query, ground)
    if query.period.end - query.period.start > LONGEST:
        return measured
    return (PatternStep(query=UnusualQuery(period=query.period, filters=query.filters)), *measured)


def _measures_else(clause: Clause, ground: Ground) -> bool:
    """Whether a metric is named that reports do not give: "suhu yang tidak biasa"."""
    for mention in clause.of(Kind.METRIC):
        metrics = [ground.catalog.metric(sense.code) for sense in mention.of(Kind.METRIC)]
        if not mention.of(Kind.TERM) and not any(of_reports(each, ground.catalog) for each in metrics if each):
            return True
    return bool(clause.of(Kind.ITEM) and not clause.of(Kind.TERM))


def period_of(wishes: Wishes, ground: Ground, usual: timedelta) -> Period:
    """The one that was named, else the last days."""
    return named_period(wishes, ground) or Period(start=midnight(ground.now) - usual, end=ground.now)
