"""Which reports a question is about, or which are the newest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import Select, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.catalog.compiler.frame import Column, Frame, known, texts
from pesut.catalog.compiler.places import PLACES, within
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.contracts import Dimension, Filter, ReportQuery
from pesut.database.tables import Versioned
from pesut.errors import InvalidInputError
from pesut.search.fusion import Corpus, QueryVector, best_of, search_widely
from pesut.search.terms import Terms, terms_of

REPORT: Table = Versioned.metadata.tables["report"]
REPORT_VECTOR: Table = Versioned.metadata.tables["report_vector"]

SPARE = 3  # times the limit is fetched, since copies of one matter are dropped
ALIKE = 85  # percent of letters in common from which two reports are one matter told twice

COLUMNS = {
    Dimension.AGENCY: REPORT_STATE.c.agency_code,
    Dimension.CATEGORY: REPORT_STATE.c.category,
    Dimension.STATUS: REPORT_STATE.c.status,
    Dimension.CHANNEL: REPORT_STATE.c.channel,
    Dimension.CLASSIFICATION: REPORT_STATE.c.classification,
}


@dataclass(frozen=True)
class FoundReport:
    """A report by its id, with its text, masked."""

    id: UUID
    title: str
    body: str


async def search_reports(
    connection: AsyncConnection,
    query: ReportQuery,
    frame: Frame,
    vocabulary: Mapping[str, str],
    vector: QueryVector | None,
) -> list[FoundReport]:
    """At most `query.limit` reports as of the frame's moment, one of each matter: those nearest to the text (by words alone
    without a `vector`), else the newest or oldest. Sees what the connection's scope lets through.

    `vocabulary` maps the city's own words to standard ones. Raises InvalidInputError for a filter that reports do not have.
    """
    if vector:
        await search_widely(connection)
    rows = (await connection.execute(report_search(query, frame, vocabulary, vector))).all()
    return list(_distinct([FoundReport(*row) for row in rows]))[: query.limit]


def report_search(
    query: ReportQuery, frame: Frame, vocabulary: Mapping[str, str], vector: QueryVector | None
) -> Select[UUID, str, str]:
    """The statement behind `search_reports`: id, title and body, the best first, some to spare."""
    eligible = and_(frame.visible(REPORT_STATE), *_conditions(query, frame))
    terms = terms_of(query.text or "", vocabulary)
    chosen = _nearest(eligible, terms, vector) if terms else _by_age(eligible, oldest=query.oldest)
    return chosen.limit(query.limit * SPARE)


def report_corpus(eligible: Column) -> Corpus:
    """The reports whose state is eligible, to be searched by their words and by their vectors."""
    return Corpus(
        texts=REPORT.join(REPORT_STATE, REPORT_STATE.c.report_id == REPORT.c.id),
        search=REPORT.c.search,
        newest=REPORT.c.submitted_at,
        records=REPORT_STATE,
        id=REPORT_STATE.c.report_id,
        eligible=eligible,
        vectors=REPORT_VECTOR,
        vector_id=REPORT_VECTOR.c.report_id,
    )


def _conditions(query: ReportQuery, frame: Frame) -> Iterator[Column]:
    if query.period:
        yield REPORT_STATE.c.submitted_at >= query.period.start
        yield REPORT_STATE.c.submitted_at < query.period.end
    for each in query.filters:
        yield _kept(each, frame)


def _kept(each: Filter, frame: Frame) -> Column:
    if each.dimension in PLACES:
        return within(REPORT_STATE.c.region_code, each, frame)
    if each.dimension not in COLUMNS:
        offered = ", ".join(sorted({*COLUMNS, *PLACES}))
        raise InvalidInputError(f"Reports cannot be filtered by {each.dimension}.", remedy=f"Filter by {offered}.")
    column, values = COLUMNS[each.dimension], texts(each.values)
    return known(column) != values.all_() if each.exclude else column == values.any_()


def _nearest(eligible: Column, terms: Terms, vector: QueryVector | None) -> Select[UUID, str, str]:
    found = best_of(report_corpus(eligible), terms, vector)
    order = (found.c.score.desc(), REPORT.c.submitted_at.desc(), REPORT.c.id)
    return _shown().join(found, found.c.id == REPORT.c.id).order_by(*order)


def _by_age(eligible: Column, *, oldest: bool) -> Select[UUID, str, str]:
    came, id_ = REPORT_STATE.c.submitted_at, REPORT.c.id
    order = (came.asc(), id_.asc()) if oldest else (came.desc(), id_.desc())
    shown = _shown().join(REPORT_STATE, REPORT_STATE.c.report_id == REPORT.c.id)
    return shown.where(eligible).order_by(*order)


def _shown() -> Select[UUID, str, str]:
    return select(REPORT.c.id, REPORT.c.title, REPORT.c.body).select_from(REPORT)


def _distinct(reports: Sequence[FoundReport]) -> Iterator[FoundReport]:
    """Without those that say what one before them says, in nearly the same letters."""
    kept: list[FoundReport] = []
    for report in reports:
        if not any(fuzz.ratio(report.body.lower(), one.body.lower(), score_cutoff=ALIKE) for one in kept):
            kept.append(report)
            yield report
