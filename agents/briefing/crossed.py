"""Which values lie beyond a threshold in a briefing: those that were not the day before, and those that still are."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from agents.briefing.phrases import say
from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.figures import fact
from agents.reasoners.offline.writing.naming import Pointer, number_in, row_name, subject
from agents.reasoners.offline.writing.thresholds import crossing_parts
from pesut.catalog.models import Catalog
from pesut.catalog.thresholds import Crossing, crossings
from pesut.contracts import Claim, Dimension, Evidence, MetricQuery

ROWS = 3  # of one metric that are named, the furthest beyond first; the evidence has them all


def crossed(metrics: Sequence[Evidence], request: WriteRequest, *, fresh: bool) -> Iterator[Claim]:
    """The strictest threshold of each newest value that lies beyond one, on its bad side. Comparisons speak of changes only."""
    for evidence in metrics:
        if not isinstance(evidence.query, MetricQuery) or evidence.query.comparison:
            continue
        pointer = Pointer(evidence, request.language)
        found = [each for each, is_new in _newest(evidence, request.catalog) if is_new is fresh]
        found.sort(key=lambda each: _beyond(pointer, each, request.catalog), reverse=True)
        for each in found[:ROWS]:
            yield fact(_sentence(pointer, each, request.catalog), evidence.label)
        if len(found) > ROWS:
            yield fact(say("more_crossed", request.language, metric=pointer.name), evidence.label)


def _newest(evidence: Evidence, catalog: Catalog) -> Iterator[tuple[Crossing, bool]]:
    """Of each item the crossing of its newest value, and whether the value before had not crossed that threshold."""
    alarming = [each for each in crossings(evidence, catalog) if each.alarming]
    beyond = {(each.row, each.threshold) for each in alarming}
    strictest = {each.row: each for each in reversed(alarming)}
    known = [row for row, cells in enumerate(evidence.result) if number_in(cells) is not None]

    def item(row: int) -> str:
        return str(evidence.result[row].get(Dimension.ITEM.value, ""))

    for _, rows in groupby(sorted(known, key=item), key=item):
        *before, last = sorted(rows, key=lambda row: str(evidence.result[row].get("period", "")))
        if last in strictest:
            crossing = strictest[last]
            yield crossing, bool(before) and (before[-1], crossing.threshold) not in beyond


def _beyond(pointer: Pointer, crossing: Crossing, catalog: Catalog) -> float:
    """How far beyond, as a part of the threshold."""
    metric = catalog.metric(pointer.query.metric)
    assert metric is not None
    limit = metric.thresholds[crossing.threshold].value
    return abs((number_in(pointer.rows[crossing.row]) or 0) - limit) / (abs(limit) or 1)


def _sentence(pointer: Pointer, crossing: Crossing, catalog: Catalog) -> str:
    about = subject(pointer, timed=False)
    if pointer.query.grain:
        about += say("on", pointer.language, day=pointer.cell(crossing.row, "period", "bucket"))
    if pointer.query.group_by:
        about = say("of_row", pointer.language, name=row_name(pointer, crossing.row), about=about)
    return say("crossed", pointer.language, subject=about, **crossing_parts(pointer, crossing, catalog))
