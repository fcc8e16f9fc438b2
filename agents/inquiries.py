"""What an agent asks of the data: typed queries with the keys and labels under which their evidence is kept."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from agents.logbook import note_tool
from pesut.contracts import (
    AgencyQuery,
    BudgetQuery,
    DocumentQuery,
    DueQuery,
    Evidence,
    LateQuery,
    MetricQuery,
    Query,
    ReportQuery,
)
from pesut.contracts.trace import ToolCall
from pesut.errors import InvalidInputError
from pesut.evidence import TooSlowError
from tools.agencies import find_agencies
from tools.budgets import find_budget_lines
from tools.context import ToolContext
from tools.documents import find_passages
from tools.metrics import query_metric
from tools.patterns import find_pattern
from tools.reports import find_reports
from tools.standing import find_due_decisions, find_late_dispositions


@dataclass(frozen=True)
class Inquiry:
    """One query of the plan's step `step`. `key` names its evidence within the run, so that a repeated step finds it."""

    key: str
    step: int
    query: Query


@dataclass(frozen=True)
class Refused:
    """An inquiry that the data cannot answer as it was asked, and why."""

    inquiry: Inquiry
    reason: str


Labels = Mapping[str, str]


def labelled(keys: Sequence[str]) -> dict[str, str]:
    """Labels by key: "E1" for the first, and so on. The same keys always get the same labels."""
    return {key: f"E{number}" for number, key in enumerate(keys, start=1)}


async def ask(context: ToolContext, inquiry: Inquiry, label: str) -> Evidence:
    """Run the query with the tool that is made for it. Raises as that tool does."""
    match inquiry.query:
        case MetricQuery() as query:
            return await query_metric(context, query, key=inquiry.key, label=label)
        case ReportQuery() as query:
            return await find_reports(context, query, key=inquiry.key, label=label)
        case DocumentQuery() as query:
            return await find_passages(context, query, key=inquiry.key, label=label)
        case AgencyQuery() as query:
            return await find_agencies(context, query, key=inquiry.key, label=label)
        case BudgetQuery() as query:
            return await find_budget_lines(context, query, key=inquiry.key, label=label)
        case LateQuery() as query:
            return await find_late_dispositions(context, query, key=inquiry.key, label=label)
        case DueQuery() as query:
            return await find_due_decisions(context, query, key=inquiry.key, label=label)
        case query:
            return await find_pattern(context, query, key=inquiry.key, label=label)


async def ask_all(
    context: ToolContext, inquiries: Sequence[Inquiry], labels: Labels
) -> tuple[dict[str, Evidence], list[Refused]]:
    """Run all side by side: evidence by key, and what was refused. One that cannot be asked so does not end the others."""
    answers = await asyncio.gather(*(_try(context, inquiry, labels[inquiry.key]) for inquiry in inquiries))
    found = {each.key: got for each, got in zip(inquiries, answers, strict=True) if isinstance(got, Evidence)}
    return found, [answer for answer in answers if isinstance(answer, Refused)]


async def _try(context: ToolContext, inquiry: Inquiry, label: str) -> Evidence | Refused:
    began = perf_counter()
    try:
        found = await ask(context, inquiry, label)
    except (InvalidInputError, TooSlowError) as error:
        found = Refused(inquiry, error.detail)
    _note(inquiry, label, found, perf_counter() - began)
    return found


def _note(inquiry: Inquiry, label: str, found: Evidence | Refused, seconds: float) -> None:
    refused = isinstance(found, Refused)
    note_tool(
        ToolCall(
            tool=inquiry.query.kind,
            key=inquiry.key,
            label=label,
            rows=None if refused else found.row_count,
            milliseconds=round(seconds * 1000, 1),
            error=found.reason if refused else "",
        )
    )
