"""Queries that differ in one filter only, set beside each other as one."""

from pesut.contracts import Filter, MetricQuery, MetricStep, Step


def side_by_side(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """ "Bandingkan laporan banjir dan laporan sampah": one query split by what the two filter by."""
    if len(steps) != 2:
        return steps
    first, second = steps
    if not isinstance(first, MetricStep) or not isinstance(second, MetricStep):
        return steps
    joined = _joined(first.query, second.query)
    return (MetricStep(query=joined),) if joined else steps


def _joined(first: MetricQuery, second: MetricQuery) -> MetricQuery | None:
    same = first.model_copy(update={"filters": second.filters}) == second
    if not same or first.group_by or first.grain or len(first.filters) != len(second.filters):
        return None
    pairs = [(one, other) for one, other in zip(first.filters, second.filters, strict=True) if one != other]
    if (
        len(pairs) != 1
        or pairs[0][0].dimension is not pairs[0][1].dimension
        or pairs[0][0].exclude
        or pairs[0][1].exclude
    ):
        return None
    one, other = pairs[0]
    both = Filter(dimension=one.dimension, values=tuple(dict.fromkeys((*one.values, *other.values))))
    filters = tuple(both if each == one else each for each in first.filters)
    return first.model_copy(update={"filters": filters, "group_by": (one.dimension,)})
