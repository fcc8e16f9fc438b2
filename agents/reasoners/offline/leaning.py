"""The steps of a question that leans on the turn before."""

from dataclasses import replace

from agents.reasoners.offline.building.patterns import spots_behind
from agents.reasoners.offline.building.queries import queries_of
from agents.reasoners.offline.building.readings import document_step, recommend_step, report_step
from agents.reasoners.offline.choosing import Choice, How, choose, refined
from agents.reasoners.offline.clauses import DOCUMENTS, REPORTS, Clause
from agents.reasoners.offline.facts import of_reports
from agents.reasoners.offline.followups import Leaning, replaced_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.interpreting import Part, part_of, wants_reports
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.reading import wishes_of
from agents.reasoners.offline.wishes import Wishes
from pesut.contracts import Dimension, MetricQuery, MetricStep, ReportQuery, Step


def leaning_part(clause: Clause, leaning: Leaning, ground: Ground) -> Part:
    """What the clause says, and for the rest what was asked before."""
    wishes = wishes_of(clause, ground.lexicon, reports=_after_reports(leaning, ground))
    if wants_reports(clause, wishes, ground) or clause.cue(*REPORTS) or (leaning.whole and _shows_only(clause, wishes)):
        return Part(clause, wishes, (report_step(clause, wishes, ground, _as_reports(leaning)),))
    if clause.cue(*DOCUMENTS) and not leaning.whole:
        return part_of(clause, wishes, ground, earlier=leaning.steps)
    if clause.cue(*DOCUMENTS):
        return Part(clause, wishes, (document_step(clause, ground, _topics(leaning, ground)),))
    if not leaning.whole:
        return _own_metric(clause, wishes, leaning, ground)
    return _as_before(clause, wishes, leaning, ground)


def _as_before(clause: Clause, wishes: Wishes, leaning: Leaning, ground: Ground) -> Part:
    """The same metrics, with what was said now in place of what was said then."""
    if leaning.metric is None and (spots := spots_behind(leaning.steps, clause, wishes, ground)):
        return Part(clause, wishes, spots)
    reports = replaced_reports(leaning)
    if reports:
        return Part(clause, wishes, (report_step(clause, wishes, ground, reports.query),))
    steps: list[Step] = []
    for query in leaning.metrics:
        choice = _carried(query, clause, wishes, ground)
        steps += [MetricStep(query=each) for each in queries_of(clause, wishes, choice, ground, query)]
    return Part(
        clause, wishes, tuple(steps), Choice((leaning.metrics[0].metric,), How.EARLIER) if leaning.metrics else None
    )


def _carried(query: MetricQuery, clause: Clause, wishes: Wishes, ground: Ground) -> Choice:
    """The metric of before; or its share or maximum, where that is asked for now of what was one value."""
    choice = Choice((query.metric,), How.EARLIER)
    if query.group_by and wishes.rank:
        return choice
    found = refined(choice, clause, wishes, ground.lexicon)
    return found if found.metrics == choice.metrics else replace(found, how=How.NAMED)


def _shows_only(clause: Clause, wishes: Wishes) -> bool:
    """ "tunjukkan contohnya": nothing but to show what is behind the numbers."""
    shaped = wishes.groups or wishes.rank or wishes.grain or wishes.trend or wishes.show or wishes.amount
    return clause.cue("show", "newest") is not None and not shaped


def _own_metric(clause: Clause, wishes: Wishes, leaning: Leaning, ground: Ground) -> Part:
    """Another metric at the same place and time; "kalau sampah?" after reports is another category of them."""
    base = leaning.metric
    if base and not clause.of(Kind.METRIC) and _items_of_before(wishes, base, ground):
        return _as_before(clause, wishes, leaning, ground)
    if base is None and wishes.terms and replaced_reports(leaning):
        return _as_before(clause, wishes, leaning, ground)
    if base and _only_category(clause, wishes, base, ground):
        return _as_before(clause, wishes, leaning, ground)
    choice = choose(clause, wishes, ground.lexicon)
    if choice is None or base is None:
        return part_of(clause, wishes, ground)
    return part_of(clause, wishes, ground, base=_context(base, choice, ground))


def _context(base: MetricQuery, choice: Choice, ground: Ground) -> MetricQuery:
    """Place and period of the turn before; categories too, when the new metric is of the same kind."""
    metric, earlier = ground.catalog.metric(choice.metrics[0]), ground.catalog.metric(base.metric)
    alike = (
        metric is not None
        and earlier is not None
        and of_reports(metric, ground.catalog)
        and of_reports(earlier, ground.catalog)
    )
    places = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE, Dimension.AGENCY}
    kept = tuple(each for each in base.filters if alike or each.dimension in places)
    known = {item.code for item in ground.catalog.items_of(metric)} if metric else set[str]()
    kept += tuple(each for each in base.filters if each.dimension is Dimension.ITEM and set(each.values) <= known)
    return MetricQuery(metric=base.metric, period=base.period, filters=kept, group_by=base.group_by)


def _items_of_before(wishes: Wishes, base: MetricQuery, ground: Ground) -> bool:
    own = ground.lexicon.datasets_of(base.metric)
    return any(dataset in own for dataset, _ in wishes.items)


def _only_category(clause: Clause, wishes: Wishes, base: MetricQuery, ground: Ground) -> bool:
    metric = ground.catalog.metric(base.metric)
    reports = metric is not None and of_reports(metric, ground.catalog)
    return reports and bool(wishes.terms) and clause.cue("quantity") is None


def _after_reports(leaning: Leaning, ground: Ground) -> bool:
    base = leaning.metric
    metric = ground.catalog.metric(base.metric) if base else None
    return base is None or (metric is not None and of_reports(metric, ground.catalog))


def _as_reports(leaning: Leaning) -> ReportQuery | None:
    """The filters and the period of the turn before, for reading the reports behind a count."""
    step = replaced_reports(leaning)
    if step:
        return step.query
    base = leaning.metric
    if base is None:
        return None
    own = {Dimension.ITEM, Dimension.PROGRAM}
    filters = tuple(each for each in base.filters if each.dimension not in own)
    return ReportQuery(period=base.period, filters=filters)


def _topics(leaning: Leaning, ground: Ground) -> tuple[Step, ...]:
    return (*leaning.steps, recommend_step(leaning.steps, None, ground))
