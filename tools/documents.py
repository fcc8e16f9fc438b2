"""The government's papers: passages nearest to a text, word for word."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, String, Table, Uuid, and_, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.catalog.compiler.frame import Column, Frame, texts
from pesut.contracts import DocumentQuery, Evidence
from pesut.database.access import reading_as
from pesut.database.tables import Versioned
from pesut.evidence import Lookup, record
from pesut.search.fusion import Corpus, QueryVector, best_of, search_widely
from pesut.search.spaces import Subject
from pesut.search.terms import terms_of
from tools.context import ToolContext

DOCUMENT: Table = Versioned.metadata.tables["document"]
PASSAGE: Table = Versioned.metadata.tables["passage"]
PASSAGE_VECTOR: Table = Versioned.metadata.tables["passage_vector"]


async def find_passages(context: ToolContext, query: DocumentQuery, *, key: str, label: str) -> Evidence:
    """Find passages of regulations, plans, decisions and reports that speak of `text`; `kinds` narrows them.

    Rows: code, title, kind, number, issued_on, heading, text. Cite a paper by its title and number, quote it word for word.
    """
    frame = Frame(context.as_of, context.city.zone, context.city.root)
    async with reading_as(context.engine, context.scope, context.statement_limit) as connection:
        vector = None
        if context.spaces:
            vector = await context.spaces.query_vector(connection, Subject.PASSAGE, query.text)
        ids = await _search(connection, query, context, frame, vector)
    return await record(context, Lookup(query, _rows(ids, frame)), key=key, label=label)


async def _search(
    connection: AsyncConnection, query: DocumentQuery, context: ToolContext, frame: Frame, vector: QueryVector | None
) -> Sequence[UUID]:
    eligible = and_(frame.visible(PASSAGE), frame.visible(DOCUMENT))
    if query.kinds:
        eligible = and_(eligible, DOCUMENT.c.kind == texts(query.kinds).any_())
    joined = PASSAGE.join(DOCUMENT, DOCUMENT.c.code == PASSAGE.c.document_code)
    corpus = Corpus(
        records=joined,
        id=PASSAGE.c.id,
        eligible=eligible,
        texts=joined,
        search=PASSAGE.c.search,
        newest=DOCUMENT.c.issued_on,
        vectors=PASSAGE_VECTOR,
        vector_id=PASSAGE_VECTOR.c.passage_id,
    )
    if vector:
        await search_widely(connection)
    found = best_of(corpus, terms_of(query.text, context.city.words), vector)
    chosen = select(found.c.id).order_by(found.c.score.desc(), found.c.id).limit(query.limit)
    return (await connection.execute(chosen)).scalars().all()


def _rows(ids: Sequence[UUID], frame: Frame) -> Any:
    """The chosen passages as of the moment, in their order; searching again is not needed to replay them."""
    identifiers = func.unnest(literal([str(each) for each in ids], ARRAY(String)))
    chosen = identifiers.table_valued("id", with_ordinality="place", name="chosen").render_derived()
    source = chosen.join(PASSAGE, and_(PASSAGE.c.id == cast(chosen.c.id, Uuid), frame.visible(PASSAGE))).join(
        DOCUMENT, and_(DOCUMENT.c.code == PASSAGE.c.document_code, frame.visible(DOCUMENT))
    )
    sample: Column = PASSAGE.c.sample.label("_sample")
    columns: list[Any] = [DOCUMENT.c.code, DOCUMENT.c.title, DOCUMENT.c.kind, DOCUMENT.c.number,
                          DOCUMENT.c.issued_on, PASSAGE.c.heading, PASSAGE.c.text, sample]  # fmt: skip
    return select(*columns).select_from(source).order_by(chosen.c.place)
