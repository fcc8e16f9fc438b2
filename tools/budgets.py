"""Money that is set aside, and what is left of it."""

from pesut.catalog.compiler.budget_lines import budget_lines
from pesut.catalog.models import BudgetMetric, Dataset
from pesut.contracts import BudgetQuery, Evidence
from pesut.evidence import Lookup, record
from tools.context import ToolContext


async def find_budget_lines(context: ToolContext, query: BudgetQuery, *, key: str, label: str) -> Evidence:
    """Find budget lines of one year, of the agencies and for the report categories given (both must fit when both are given).

    Rows: code, name, program, agency, agency_name, year, ceiling, realised, left (whole Rupiah); most left first. Use it before
    naming a source of money in a recommendation.
    """
    statement = budget_lines(query, context.city, context.as_of)
    return await record(context, Lookup(query, statement, _datasets(context)), key=key, label=label)


def _datasets(context: ToolContext) -> tuple[Dataset, ...]:
    metrics = [metric for metric in context.catalog.metrics if isinstance(metric, BudgetMetric)]
    return tuple(dict.fromkeys(dataset for metric in metrics for dataset in context.catalog.datasets_of(metric)))
