"""Steps that hold reports against what is measured."""

from agents.reasoners.offline.building.readings import report_filters
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.lexicon.lexicon import Lexicon
from agents.reasoners.offline.wishes import Wishes
from pesut.catalog.compiler.places import PLACES
from pesut.catalog.crosschecks import Crosscheck
from pesut.contracts import CrosscheckQuery, Dimension, Filter, MetricQuery, PatternStep, Period, Step


def related(clause: Clause, lexicon: Lexicon) -> tuple[Crosscheck, ...]:
    """The catalog's cross-checks that a clause asks for: "keluhan banjir terkait hujan", "laporan banjir sesuai tinggi muka air".

    A category and, in words of its own, a metric over the same data as the cross-check's must be named.
    """
    if not clause.cue("relation"):
        return ()
    terms = {mention: {sense.code for sense in mention.of(Kind.TERM)} for mention in clause.of(Kind.TERM)}
    measured = [
        (mention, {code for sense in mention.of(Kind.METRIC) for code in lexicon.datasets_of(sense.code)})
        for mention in clause.of(Kind.METRIC)
    ]
    return tuple(
        check
        for check in lexicon.catalog.crosschecks
        if any(
            codes.intersection(check.categories) and other is not said and data & set(lexicon.datasets_of(check.metric))
            for said, codes in terms.items()
            for other, data in measured
        )
    )


def crosscheck_steps(checks: tuple[Crosscheck, ...], wishes: Wishes, period: Period) -> tuple[Step, ...]:
    return _steps(checks, period, report_filters(wishes))


def crosschecks_behind(query: MetricQuery, ground: Ground) -> tuple[Step, ...]:
    """What measurements say of a count of reports, where the catalog holds its category against one."""
    named = [each for each in query.filters if each.dimension is Dimension.CATEGORY and not each.exclude]
    codes = {code for each in named for code in each.values}
    checks = tuple(check for check in ground.catalog.crosschecks if codes.intersection(check.categories))
    return _steps(checks, query.period, query.filters) if query.period else ()


def _steps(checks: tuple[Crosscheck, ...], period: Period, filters: tuple[Filter, ...]) -> tuple[Step, ...]:
    places = tuple(each for each in filters if each.dimension in PLACES)
    return tuple(
        PatternStep(query=CrosscheckQuery(crosscheck=check.code, period=period, filters=places)) for check in checks
    )
