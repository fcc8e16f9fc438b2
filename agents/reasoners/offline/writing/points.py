"""What the points of a staff review stand on."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.data_lookup.inquiries import is_single
from agents.presenting.caveats import has_values
from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.naming import Pointer, is_named, number_in
from agents.reasoners.offline.writing.papers import is_of
from agents.reasoners.offline.writing.review_phrases import say
from pesut.contracts import AgencyQuery, Evidence, MetricQuery, ReviewPoint
from pesut.decisions.filing import DECISION, PLAN

PLACES = 3


@dataclass(frozen=True)
class Grounds:
    """What a proposal stands on. `figures` are single values, `places` rankings by district or village."""

    request: WriteRequest
    figures: tuple[Evidence, ...]
    places: tuple[Evidence, ...]
    agencies: Evidence | None
    budgets: Evidence | None
    papers: Evidence | None
    plans: Evidence | None
    precedents: Evidence | None

    @property
    def ranked_places(self) -> Evidence | None:
        """The first ranking of villages or districts."""
        ranked = (each for each in self.places if any(place in each.result[0] for place in ("village", "district")))
        return next(ranked, None)

    @property
    def main(self) -> Evidence | None:
        """The evidence that the matter is about."""
        return next(iter((*self.figures, *self.places)), None)


def grounds_in(request: WriteRequest) -> Grounds:
    found = list(request.evidence.values())
    metrics = [each for each in found if isinstance(each.query, MetricQuery) and has_values(each)]
    by_kind = {each.kind: each for each in found if each.result and not is_of(each, DECISION) and not is_of(each, PLAN)}
    return Grounds(
        request=request,
        figures=tuple(each for each in metrics if isinstance(each.query, MetricQuery) and is_single(each.query)),
        places=tuple(each for each in metrics if isinstance(each.query, MetricQuery) and _is_ranking(each.query)),
        agencies=by_kind.get("agencies"),
        budgets=by_kind.get("budget_lines"),
        papers=by_kind.get("documents"),
        plans=next((each for each in reversed(found) if each.result and is_of(each, PLAN)), None),
        precedents=next((each for each in reversed(found) if each.result and is_of(each, DECISION)), None),
    )


def _is_ranking(query: MetricQuery) -> bool:
    return len(query.group_by) == 1 and query.grain is None


def budget_point(pointer: Pointer, row: int) -> ReviewPoint:
    """A budget line with its ceiling, what was realised and what is left."""
    money = {column: pointer.cell(row, column, "rupiah") for column in ("ceiling", "realised", "left")}
    text = say(
        "budget",
        pointer.language,
        name=pointer.cell(row, "name", "text"),
        year=pointer.cell(row, "year", "year"),
        **money,
    )
    return point(text, pointer.evidence)


def lead_row(agencies: Evidence) -> int:
    """The agency for which the matter comes first among what it answers for."""
    asked = agencies.query.categories if isinstance(agencies.query, AgencyQuery) else ()

    def rank(row: int) -> int:
        answers = agencies.result[row].get("categories")
        own = answers if isinstance(answers, list) else []
        return min((own.index(code) for code in asked if code in own), default=len(own))

    return min(range(agencies.row_count), key=rank)


def worst_rows(pointer: Pointer, *, highest: bool) -> Sequence[int]:
    """The first named rows from the bad end."""
    named = [row for row in range(len(pointer.rows)) if is_named(pointer, row)]
    known = [row for row in named if _value(pointer, row) is not None and (_value(pointer, row) or not highest)]
    return sorted(known, key=lambda row: _value(pointer, row) or 0.0, reverse=highest)[:PLACES]


def worst_is_highest(pointer: Pointer, request: WriteRequest) -> bool:
    """Unless the catalog says that higher values are better."""
    metric = request.catalog.metric(pointer.query.metric)
    return metric is None or metric.better != "higher"


def is_worse(pointer: Pointer, request: WriteRequest) -> bool | None:
    """Whether the change is for the worse; None where the catalog does not say which way is better, or nothing changed."""
    metric, change = request.catalog.metric(pointer.query.metric), number_in(pointer.rows[0], "change")
    if metric is None or not change or metric.better == "neither":
        return None
    return (change > 0) is (metric.better == "lower")


def point(text: str, evidence: Evidence) -> ReviewPoint:
    return ReviewPoint(text=text, evidence=(evidence.label,))


def _value(pointer: Pointer, row: int) -> float | None:
    return number_in(pointer.rows[row])
