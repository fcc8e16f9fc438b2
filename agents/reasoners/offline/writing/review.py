"""The staff review, by rules and templates over evidence. It says no more than the evidence carries."""

from collections.abc import Iterator

from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.figures import figure_claims
from agents.reasoners.offline.writing.naming import Pointer, joined, number_in, row_name, subject
from agents.reasoners.offline.writing.options import options
from agents.reasoners.offline.writing.papers import paper_sentence, precedents
from agents.reasoners.offline.writing.points import (
    Grounds,
    budget_point,
    grounds_in,
    is_worse,
    lead_row,
    point,
    worst_is_highest,
    worst_rows,
)
from agents.reasoners.offline.writing.review_phrases import say
from agents.reasoners.offline.writing.rows import said_row
from agents.reasoners.offline.writing.thresholds import crossing_parts
from pesut.catalog.models import ReportMetric
from pesut.catalog.thresholds import crossings
from pesut.contracts import RecommendStep, ReviewPoint, StaffReview

FACTS, PRECEDENTS, PAPERS = 9, 2, 2


def staff_review(request: WriteRequest) -> StaffReview | None:
    """None where no figure says anything about the matter: then there is nothing to propose on."""
    grounds = grounds_in(request)
    facts = tuple(_facts(grounds))[:FACTS]
    if grounds.main is None or not facts:
        return None
    stated = {label for fact in facts for label in fact.evidence}
    return StaffReview(
        problem=_problem(grounds),
        assumptions=tuple(_assumptions(grounds)),
        facts=facts,
        analysis=tuple(step for step in _analysis(grounds) if set(step.evidence) & stated),
        conclusion=ReviewPoint(text=say("act" if _calls_for_action(grounds) else "watch", request.language)),
        options=options(grounds),
    )


def _problem(grounds: Grounds) -> ReviewPoint:
    main, language = grounds.main, grounds.request.language
    topics = [step.topic for step in grounds.request.plan.steps if isinstance(step, RecommendStep)]
    plain = next((topic for topic in topics if not any(each.isnumeric() or each in "{}" for each in topic)), None)
    if main is None:
        return ReviewPoint(text=say("problem_topic", language, topic=plain or ""))
    return ReviewPoint(text=say("problem", language, subject=subject(Pointer(main, language))), evidence=(main.label,))


def _assumptions(grounds: Grounds) -> Iterator[ReviewPoint]:
    language, catalog = grounds.request.language, grounds.request.catalog
    metrics = [catalog.metric(each.measure.metric) for each in (*grounds.figures, *grounds.places) if each.measure]
    bases = [base for metric in metrics if metric for base in catalog.bases(metric)]
    if any(isinstance(base, ReportMetric) for base in bases):
        yield ReviewPoint(text=say("reports_speak", language))
    if any(not isinstance(base, ReportMetric) for base in bases):
        yield ReviewPoint(text=say("figures_hold", language))
    if grounds.budgets is not None:
        yield ReviewPoint(text=say("budget_free", language))


def _facts(grounds: Grounds) -> Iterator[ReviewPoint]:
    language, catalog = grounds.request.language, grounds.request.catalog
    for evidence in (*grounds.figures, *grounds.places):
        for claim in figure_claims(evidence, catalog, language)[:2]:
            yield ReviewPoint(text=claim.text, evidence=claim.evidence)
    if grounds.agencies is not None:
        pointer = Pointer(grounds.agencies, language)
        lead = lead_row(grounds.agencies)
        if pointer.rows[lead].get("mandate"):
            said = {"name": pointer.cell(lead, "name", "text"), "mandate": pointer.cell(lead, "mandate", "quote")}
            yield point(say("mandate", language, **said), grounds.agencies)
    if grounds.budgets is not None:
        yield budget_point(Pointer(grounds.budgets, language), 0)
    yield from _on_paper(grounds)


def _on_paper(grounds: Grounds) -> Iterator[ReviewPoint]:
    """What was decided on such a matter before and what came of it, then what other papers say."""
    language, told = grounds.request.language, set[str]()
    if grounds.precedents is not None:
        told = {str(row["code"]) for row in grounds.precedents.result}
        for text in precedents(Pointer(grounds.precedents, language))[:PRECEDENTS]:
            yield point(text, grounds.precedents)
    if grounds.papers is not None:
        pointer = Pointer(grounds.papers, language)
        rows = [row for row in range(len(pointer.rows)) if str(pointer.rows[row]["code"]) not in told]
        for row in rows[:PAPERS]:
            if text := paper_sentence(pointer, row):
                yield point(text, grounds.papers)


def _analysis(grounds: Grounds) -> Iterator[ReviewPoint]:
    language = grounds.request.language
    for evidence in grounds.figures:
        if text := _compared(Pointer(evidence, language), grounds.request):
            yield point(text, evidence)
    yield from _crossed(grounds)
    if (places := grounds.ranked_places) is not None:
        yield point(_concentrated(Pointer(places, language), grounds.request), places)
    if grounds.budgets is not None:
        yield _money(Pointer(grounds.budgets, language))
    if grounds.main is not None:
        about = subject(Pointer(grounds.main, language))
        yield point(say("cause_unknown", language, subject=about), grounds.main)


def _compared(pointer: Pointer, request: WriteRequest) -> str | None:
    change = number_in(pointer.rows[0], "change")
    if pointer.query.comparison is None or change is None:
        return None
    parts = {
        "compared": pointer.compared(),
        "direction": pointer.cell(0, "change", "direction"),
        "previous": pointer.cell(0, "previous"),
    }
    if change == 0:
        return say("steady", request.language, **parts)
    key = {None: "moved", True: "worse", False: "better"}[is_worse(pointer, request)]
    return say(key, request.language, size=pointer.cell(0, "change", "measure_size"), **parts)


def _calls_for_action(grounds: Grounds) -> bool:
    """A value beyond its threshold, a change for the worse, or a matter that people report without any comparison."""
    request = grounds.request
    pointers = [Pointer(each, request.language) for each in grounds.figures]
    worse = [is_worse(pointer, request) for pointer in pointers if pointer.query.comparison]
    alarmed = any(
        each.alarming for found in (*grounds.figures, *grounds.places) for each in crossings(found, request.catalog)
    )
    return alarmed or True in worse or not worse


def _crossed(grounds: Grounds) -> Iterator[ReviewPoint]:
    language, catalog = grounds.request.language, grounds.request.catalog
    for evidence in (*grounds.figures, *grounds.places):
        alarming = [each for each in crossings(evidence, catalog) if each.alarming]
        if alarming:
            pointer = Pointer(evidence, language)
            parts = crossing_parts(pointer, alarming[0], catalog)
            named = bool(pointer.query.group_by)
            key = "crossed_row" if named else "crossed"
            yield point(say(key, language, name=row_name(pointer, alarming[0].row), **parts), evidence)


def _money(pointer: Pointer) -> ReviewPoint:
    left = number_in(pointer.rows[0], "left")
    key = "money_left" if left is not None and left > 0 else "money_gone"
    said = {"name": pointer.cell(0, "name", "text"), "left": pointer.cell(0, "left", "rupiah")}
    return point(say(key, pointer.language, **said), pointer.evidence)


def _concentrated(pointer: Pointer, request: WriteRequest) -> str:
    highest = worst_is_highest(pointer, request)
    rows = joined([said_row(pointer, row) for row in worst_rows(pointer, highest=highest)], pointer.language)
    return say("concentrated" if highest else "concentrated_low", pointer.language, rows=rows)
