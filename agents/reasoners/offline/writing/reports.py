"""Sentences about citizens' reports: how many, about what, and in the citizens' own words."""

from collections.abc import Iterator, Sequence

from agents.presenting.caveats import has_values
from agents.reasoners.offline.writing.figures import fact, figure_claims
from agents.reasoners.offline.writing.naming import Pointer, is_named, joined, number_in
from agents.reasoners.offline.writing.rows import said_row
from pesut.catalog.models import Catalog
from pesut.contracts import Claim, Evidence, Finding, Language, MetricQuery, Quote, ReportQuery

QUOTED, LISTED, GROUPS = 3, 3, 3


def report_claims(finding: Finding, evidence: Sequence[Evidence], catalog: Catalog, language: Language) -> list[Claim]:
    """Number and groups first, then quotes; where nothing is worth quoting, the titles of the first reports."""
    return [
        *(claim for each in evidence for claim in _counted(each, catalog, language)),
        *(
            fact(text, each.label)
            for each in evidence
            if isinstance(each.query, ReportQuery)
            for text in _reports(each, finding.quotes, language, is_counted=len(evidence) > 1)
        ),
    ]


def _counted(evidence: Evidence, catalog: Catalog, language: Language) -> list[Claim]:
    if not isinstance(evidence.query, MetricQuery) or not has_values(evidence):
        return []
    if not evidence.query.group_by:
        return figure_claims(evidence, catalog, language)
    pointer = Pointer(evidence, language)
    rows = [row for row in range(evidence.row_count) if is_named(pointer, row) and number_in(evidence.result[row])]
    if not rows:
        return []
    said = joined([said_row(pointer, row) for row in rows[:GROUPS]], language)
    return [fact(pointer.say("most_about", rows=said), evidence.label)]


def _reports(evidence: Evidence, quotes: Sequence[Quote], language: Language, *, is_counted: bool) -> Iterator[str]:
    pointer = Pointer(evidence, language)
    if not evidence.result:
        yield pointer.say("reports_none")
        return
    near = isinstance(evidence.query, ReportQuery) and evidence.query.text is not None
    if near or not is_counted:
        yield pointer.say("reports_near" if near else "reports_found", count=pointer.at("row_count", "integer"))
    own = [quote for quote in quotes if quote.evidence == evidence.label][:QUOTED]
    yield from (_quote(quote, pointer) for quote in own)
    if not own:
        yield from (_title(row, pointer) for row in range(min(LISTED, evidence.row_count)))


def _quote(quote: Quote, pointer: Pointer) -> str:
    words = pointer.at(f"rows[{quote.row}].{quote.column}[{quote.start}:{quote.end}]", "quote")
    return pointer.say("quote", quote=words, **_about(quote.row, pointer))


def _title(row: int, pointer: Pointer) -> str:
    return pointer.say("report", title=pointer.cell(row, "title", "quote"), **_about(row, pointer))


def _about(row: int, pointer: Pointer) -> dict[str, str]:
    return {"number": pointer.cell(row, "number", "text"), "when": pointer.cell(row, "submitted_at", "date")}
