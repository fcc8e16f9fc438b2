"""Evidence as the appendix of a paper shows it: written out once, with the names of its day, and then frozen with the decision."""

from collections.abc import Iterator

from pesut.catalog.compiler.times import periods_of
from pesut.contracts import Contract, DocumentQuery, Evidence, MetricQuery, ReportQuery
from pesut.drawing.tables import Table, table_of
from pesut.drawing.wording import Wording
from pesut.drawing.words import EVIDENCE_KINDS
from pesut.placeholders import Sources
from pesut.placeholders.dates import written_moment, written_period
from pesut.placeholders.names import names_or_codes

MOST_ROWS = 20
LONGEST_CELL = 400  # characters; the evidence's own address has the whole
_SHOWN = {
    "documents": ("title", "number", "issued_on", "passage"),
    "agencies": ("name", "mandate"),
    "budget_lines": ("name", "ceiling", "realised", "left"),
    "reports": ("number", "submitted_at", "region_name", "excerpt"),
}


class ExhibitColumn(Contract):
    title: str
    numeric: bool


class Exhibit(Contract):
    """`about` says what was looked for, `observed` when the rows are from, both in words; `rows` are the first of `row_count`,
    cell by cell as people read them; `sources` are datasets with their agencies.
    """

    label: str
    evidence_id: str
    title: str
    about: str
    observed: str
    as_of: str
    sources: tuple[str, ...]
    columns: tuple[ExhibitColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    digest: str
    sample: bool


def exhibits(sources: Sources) -> tuple[Exhibit, ...]:
    """One per evidence, in the language of the sentences and the city's time."""
    return tuple(_exhibit(each, sources) for each in sources.evidence.values())


def _exhibit(evidence: Evidence, sources: Sources) -> Exhibit:
    zone, language = sources.city.zone, sources.language
    table = _chosen(table_of(evidence, Wording(language, zone, str)), evidence.kind)
    return Exhibit(
        label=evidence.label,
        evidence_id=str(evidence.id),
        title=evidence.measure.name(language) if evidence.measure else EVIDENCE_KINDS[evidence.kind],
        about=", ".join(_about(evidence, sources)),
        observed=written_period(evidence.observed, zone, language) if evidence.observed else "",
        as_of=written_moment(evidence.as_of.astimezone(zone), language),
        sources=tuple(f"{each.title} ({each.agency_name})" for each in evidence.datasets),
        columns=tuple(ExhibitColumn(title=each.title, numeric=each.numeric) for each in table.columns),
        rows=tuple(tuple(_short(cell) for cell in row) for row in table.rows[:MOST_ROWS]),
        row_count=evidence.row_count,
        digest=evidence.digest,
        sample=evidence.sample,
    )


def _about(evidence: Evidence, sources: Sources) -> Iterator[str]:
    query, zone = evidence.query, sources.city.zone
    for each in getattr(query, "filters", ()):
        yield names_or_codes(each, sources)
    if isinstance(query, DocumentQuery | ReportQuery) and query.text:
        yield f"“{query.text}”"
    asked = periods_of(query, evidence.as_of, zone)[0] if isinstance(query, MetricQuery) else None
    period = asked or getattr(query, "period", None)
    if period is not None:
        yield written_period(period, zone, sources.language)


def _chosen(table: Table, kind: str) -> Table:
    """What a reader on paper needs of rows that hold more."""
    wanted = _SHOWN.get(kind)
    if wanted is None:
        return table
    places = [place for name in wanted for place, each in enumerate(table.columns) if each.name == name]
    columns = tuple(table.columns[place] for place in places)
    return Table(columns, tuple(tuple(row[place] for place in places) for row in table.rows))


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL].rsplit(maxsplit=1)[0]} …"
