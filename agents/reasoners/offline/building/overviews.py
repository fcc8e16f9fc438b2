"""Steps that tell how a place stands, where nothing more is asked: what people report, what of it is unusual, what will be late."""

from agents.reasoners.offline.building.patterns import LONGEST, WEEK, period_of
from agents.reasoners.offline.building.readings import report_filters
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import plain_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import matter_of
from pesut.contracts import (
    Comparison,
    Dimension,
    MetricQuery,
    MetricStep,
    Order,
    OverdueQuery,
    PatternStep,
    Step,
    UnusualQuery,
)

_FOREMOST = 5


def overview_steps(clause: Clause, wishes: Wishes, ground: Ground) -> tuple[Step, ...]:
    """ "Apa yang harus saya prioritaskan minggu ini?", "ringkas keadaan Palaran": of the period named, else the last week."""
    asked = clause.cue("overview", "priorities") or (clause.cue("smalltalk") and wishes.places.named)
    plain = plain_reports(ground.catalog)
    if not asked or plain is None or matter_of(clause):
        return ()
    period, filters = period_of(wishes, ground, WEEK), report_filters(wishes)
    counted = MetricQuery(metric=plain.code, period=period, filters=filters, comparison=Comparison.PREVIOUS_PERIOD)
    foremost = MetricQuery(
        metric=plain.code,
        period=period,
        filters=filters,
        group_by=(Dimension.CATEGORY,),
        order=Order(),
        limit=_FOREMOST,
    )
    is_short = period.end - period.start <= LONGEST
    unusual = (PatternStep(query=UnusualQuery(period=period, filters=filters)),) if is_short else ()
    overdue = PatternStep(query=OverdueQuery(filters=filters))
    return (MetricStep(query=counted), MetricStep(query=foremost), *unusual, overdue)
