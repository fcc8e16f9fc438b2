"""The sentences of a morning briefing, each with the part of the page that it belongs to. What there is nothing to say of is left out."""

from collections.abc import Iterator, Sequence

from agents.briefing.crossed import crossed
from agents.briefing.phrases import say
from agents.presenting.caveats import has_values
from agents.reasoners.base import Draft, WriteRequest
from agents.reasoners.offline.writing.figures import fact, figure_claims
from agents.reasoners.offline.writing.naming import Pointer, is_named, joined, number_in
from agents.reasoners.offline.writing.rows import said_row
from pesut.contracts import BriefingPart, Claim, Evidence, MetricQuery

CHANGES, LISTED = 6, 5
FOLLOWED = 2


def briefing_draft(request: WriteRequest) -> Draft:
    """Claims in the order of `BriefingPart`, and questions about what grows. Never fails."""
    found = sorted(
        request.evidence.values(), key=lambda each: (len(each.label), each.label)
    )  # in the order of the steps
    metrics = [each for each in found if isinstance(each.query, MetricQuery) and has_values(each)]
    compared = [each for each in metrics if isinstance(each.query, MetricQuery) and each.query.comparison]
    changes = [each for each in compared if isinstance(each.query, MetricQuery) and not each.query.group_by]
    groups = [each for each in compared if each not in changes]
    parts = (
        (BriefingPart.CROSSED, crossed(metrics, request, fresh=True)),
        (BriefingPart.BEYOND, crossed(metrics, request, fresh=False)),
        (BriefingPart.CHANGED, _changed(changes, request)),
        (BriefingPart.GROWING, _growing(groups, request)),
        (BriefingPart.LATE, _late(found, request)),
        (BriefingPart.DUE, _due(found, request)),
    )
    claims = [claim.model_copy(update={"part": part}) for part, said in parts for claim in said]
    return Draft(claims=tuple(claims), follow_ups=tuple(_questions(groups, request)))


def _changed(changes: Sequence[Evidence], request: WriteRequest) -> Iterator[Claim]:
    """What changed most for its size."""
    moved = [each for each in changes if number_in(each.result[0], "change")]
    for evidence in sorted(moved, key=_relative, reverse=True)[:CHANGES]:
        yield from figure_claims(evidence, request.catalog, request.language)[:1]


def _relative(evidence: Evidence) -> float:
    """How large the change is beside what was before; from nothing, larger than any."""
    ratio = number_in(evidence.result[0], "change_ratio")
    return float("inf") if ratio is None else abs(ratio)


def _growing(groups: Sequence[Evidence], request: WriteRequest) -> Iterator[Claim]:
    for evidence in groups:
        pointer = Pointer(evidence, request.language)
        if rows := _grown(pointer):
            said = joined([said_row(pointer, row) for row in rows], request.language)
            times = {"period": pointer.period(), "compared": pointer.compared()}
            yield fact(say("growing", request.language, rows=said, **times), evidence.label)


def _grown(pointer: Pointer) -> list[int]:
    named = [row for row in range(len(pointer.rows)) if is_named(pointer, row)]
    return [row for row in named if (number_in(pointer.rows[row], "change") or 0) > 0]


def _late(found: Sequence[Evidence], request: WriteRequest) -> Iterator[Claim]:
    for evidence in (each for each in found if each.kind == "late_dispositions"):
        pointer = Pointer(evidence, request.language)
        for row in range(min(evidence.row_count, LISTED)):
            parts = {
                "agency": pointer.cell(row, "agency_name", "text"),
                "title": pointer.cell(row, "title", "text"),
                "deadline": pointer.cell(row, "deadline", "date"),
                "days": pointer.cell(row, "days_late", "integer"),
            }
            yield fact(say("late", request.language, **parts), evidence.label)
        yield from _all("all_late", pointer)


def _due(found: Sequence[Evidence], request: WriteRequest) -> Iterator[Claim]:
    for evidence in (each for each in found if each.kind == "due_decisions"):
        pointer = Pointer(evidence, request.language)
        for row, cells in enumerate(evidence.result[:LISTED]):
            parts = {"title": pointer.cell(row, "title", "text"), "since": pointer.cell(row, "since", "date")}
            yield fact(say(str(cells["status"]), request.language, **parts), evidence.label)
        yield from _all("all_due", pointer)


def _all(key: str, pointer: Pointer) -> Iterator[Claim]:
    """How many there are, where not all of them were listed."""
    if len(pointer.rows) > LISTED:
        count = pointer.at("row_count", "integer")
        yield fact(say(key, pointer.language, count=count), pointer.evidence.label)


def _questions(groups: Sequence[Evidence], request: WriteRequest) -> Iterator[str]:
    for evidence in groups:
        pointer = Pointer(evidence, request.language)
        for row in _grown(pointer)[:FOLLOWED]:
            name = str(evidence.result[row].get("category_name")).lower()
            yield say("where", request.language, name)
            yield say("what", request.language, name)
