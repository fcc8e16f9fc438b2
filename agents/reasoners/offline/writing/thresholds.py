"""Sentences that hold values against thresholds, each with its source."""

from collections.abc import Iterator

from agents.reasoners.offline.writing.naming import Pointer, number_in, row_name
from pesut.catalog.models import Catalog, Metric
from pesut.catalog.thresholds import Crossing, applies, crossings, is_bad, is_comparable
from pesut.contracts import Language, Operator

MOST = 3
_REACHED = {Operator.ABOVE: "is_above", Operator.BELOW: "is_below"}


def threshold_sentences(pointer: Pointer, catalog: Catalog) -> Iterator[str]:
    """The strictest threshold that each of the first rows crosses; for a single value that crosses none, the nearest."""
    if pointer.query.having is not None:
        return
    found = crossings(pointer.evidence, catalog)
    strictest = {crossing.row: crossing for crossing in reversed(found)}
    for row in sorted(strictest)[:MOST]:
        yield _crossed(pointer, strictest[row], catalog)
    if not found and not pointer.query.group_by:
        yield from _not_reached(pointer, catalog)


def held_against(pointer: Pointer, catalog: Catalog) -> dict[str, str]:
    """`operator` and `limit` of the query's `having`, with the threshold's name where it is one."""
    having, metric = pointer.query.having, catalog.metric(pointer.query.metric)
    assert having is not None
    codes = [threshold.code for threshold in metric.thresholds] if metric else []
    if metric is None or having.threshold not in codes:
        return {"operator": pointer.say(having.operator.value), "limit": pointer.at("query.having.value", "measure")}
    number = codes.index(having.threshold)
    reached = having.operator in {Operator.AT_LEAST, Operator.AT_MOST}
    operator = pointer.say("reached" if reached else having.operator.value)
    return {"operator": operator, "limit": _limit(pointer, number, metric)}


def crossing_parts(pointer: Pointer, crossing: Crossing, catalog: Catalog) -> dict[str, str]:
    """`value`, `operator` and `limit` of a value beyond a threshold."""
    metric = catalog.metric(pointer.query.metric)
    assert metric is not None
    operator = metric.thresholds[crossing.threshold].operator
    return {
        "value": pointer.cell(crossing.row, "value"),
        "operator": pointer.say(_REACHED.get(operator, "reached")),
        "limit": _limit(pointer, crossing.threshold, metric),
    }


def _crossed(pointer: Pointer, crossing: Crossing, catalog: Catalog) -> str:
    parts = crossing_parts(pointer, crossing, catalog)
    if pointer.query.group_by:
        return pointer.say("threshold_row", name=row_name(pointer, crossing.row), **parts)
    return pointer.say("threshold_one", **parts)


def _not_reached(pointer: Pointer, catalog: Catalog) -> Iterator[str]:
    """How far one is from the nearest threshold that would be bad to reach."""
    metric, value = catalog.metric(pointer.query.metric), number_in(pointer.rows[0])
    if metric is None or value is None or not is_comparable(metric, pointer.query):
        return
    reachable = [
        (abs(threshold.value - value), number, threshold)
        for number, threshold in enumerate(metric.thresholds)
        if applies(threshold, pointer.query, pointer.rows[0]) and is_bad(threshold, metric) and threshold.value != value
    ]
    if reachable:
        _, number, threshold = min(reachable, key=lambda each: each[:2])
        upward = threshold.operator in {Operator.ABOVE, Operator.AT_LEAST}
        key = "under_one" if upward else "over_one"
        yield pointer.say(key, value=pointer.cell(0, "value"), limit=_limit(pointer, number, metric))


def _limit(pointer: Pointer, number: int, metric: Metric) -> str:
    is_english = pointer.language is Language.EN and metric.thresholds[number].name.en
    return pointer.say(
        "limit",
        name=pointer.at(f"thresholds[{number}].name.{'en' if is_english else 'id'}", "text"),
        value=pointer.at(f"thresholds[{number}].value", "measure"),
        source=pointer.at(f"thresholds[{number}].source", "text"),
    )
