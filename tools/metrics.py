"""Governed numbers: the only way an agent gets a figure from the city's data."""

from rapidfuzz import fuzz, process

from pesut.catalog.compiler import compile_metric
from pesut.catalog.compiler.places import PLACES
from pesut.contracts import Dimension, Evidence, Filter, MetricQuery
from pesut.errors import MetricQueryError
from pesut.evidence import Lookup, gather, record
from tools.context import ToolContext


async def query_metric(context: ToolContext, query: MetricQuery, *, key: str, label: str) -> Evidence:
    """Look up one metric of the catalog: its value in a period, or the latest one known when no period is given.

    Give the metric by its code. Split it with `group_by` (district, village, agency, category, status, channel,
    classification, item, program) and `grain` (hour to year), narrow it with `filters`, compare it with the previous period or
    the last year, show it as share of the total, per 1,000 inhabitants or running total, keep rows by `having`, order and limit
    them. Prefer whole calendar periods: one that is not over yet is cut at now and compared with the same part of the earlier.

    Rows come as MetricQuery describes. Counts are 0 where nothing happened; other values are null or absent where nothing is
    known. No rows and no `observed` mean that the data do not say. Raises MetricQueryError, which says what the metric offers.
    """
    return await record(context, _lookup(context, query), key=key, label=label)


async def look_at_metric(context: ToolContext, query: MetricQuery, *, label: str) -> Evidence:
    """As `query_metric`, for somebody who only looks: nothing is kept."""
    return await gather(context, _lookup(context, query), label=label)


def _lookup(context: ToolContext, query: MetricQuery) -> Lookup:
    for each in query.filters:
        _known(each, context)
    compiled = compile_metric(query, context.catalog, context.city, context.as_of)
    return Lookup(query, compiled.statement, compiled.datasets, compiled.measure)


def _known(each: Filter, context: ToolContext) -> None:
    """A code that nothing has would give a truthful-looking 0."""
    if each.dimension in PLACES:
        names = {region.code: region.name for region in context.gazetteer.regions} | {
            context.city.root: context.city.name
        }
    elif each.dimension is Dimension.AGENCY:
        names = {agency.code: agency.name for agency in context.gazetteer.agencies}
    else:
        return
    for value in each.values:
        if value not in names:
            near = process.extract(value, names, scorer=fuzz.WRatio, limit=3)
            nearest = ", ".join(f"{code} ({name})" for name, _, code in near)
            raise MetricQueryError(f"There is no {each.dimension} '{value}'.", remedy=f"Nearest: {nearest}.")
