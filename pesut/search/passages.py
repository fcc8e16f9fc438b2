"""Which passages of the government's documents a question is about."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.catalog.compiler.frame import Frame, texts
from pesut.contracts import DocumentQuery
from pesut.database.tables import Versioned
from pesut.search.fusion import Corpus, QueryVector, best_of, search_widely
from pesut.search.terms import terms_of

DOCUMENT: Table = Versioned.metadata.tables["document"]
PASSAGE: Table = Versioned.metadata.tables["passage"]
PASSAGE_VECTOR: Table = Versioned.metadata.tables["passage_vector"]


async def search_passages(
    connection: AsyncConnection,
    query: DocumentQuery,
    frame: Frame,
    vocabulary: Mapping[str, str],
    vector: QueryVector | None,
) -> Sequence[UUID]:
    """Ids of at most `query.limit` passages nearest to the text, of documents as they were known at the frame's moment."""
    terms = terms_of(query.text, vocabulary)
    if not terms:
        return []
    both = PASSAGE.join(DOCUMENT, DOCUMENT.c.code == PASSAGE.c.document_code)
    kinds = [DOCUMENT.c.kind == texts(query.kinds).any_()] if query.kinds else []
    filed = DOCUMENT.c.categories
    under = (
        [or_(filed.has_any(texts(query.categories)), func.jsonb_array_length(filed) == 0)] if query.categories else []
    )
    corpus = Corpus(
        records=both,
        id=PASSAGE.c.id,
        eligible=and_(frame.visible(PASSAGE), frame.visible(DOCUMENT), *kinds, *under),
        texts=both,
        search=PASSAGE.c.search,
        newest=PASSAGE.c.recorded_at,
        vectors=PASSAGE_VECTOR,
        vector_id=PASSAGE_VECTOR.c.passage_id,
    )
    if vector:
        await search_widely(connection)
    found = best_of(corpus, terms, vector)
    best = select(found.c.id).order_by(found.c.score.desc(), found.c.id).limit(query.limit)
    return (await connection.execute(best)).scalars().all()
