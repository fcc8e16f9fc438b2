"""Passages of the government's documents, found by meaning and words, and shown as evidence."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, and_, column, func, literal, select

from pesut.catalog.compiler.frame import Frame
from pesut.contracts import DocumentQuery, Evidence
from pesut.database.access import reading_as
from pesut.evidence import Lookup, record
from pesut.evidence.rows import SAMPLE
from pesut.search.passages import DOCUMENT, PASSAGE, search_passages
from pesut.search.spaces import Subject
from tools.context import ToolContext


async def find_passages(context: ToolContext, query: DocumentQuery, *, key: str, label: str) -> Evidence:
    """Read what the government's own papers say about a matter: regulations, plans, past decisions, reports.

    `text` says what the passage should be about ("ambang siaga Bendungan Benanga"); `kinds` keeps only papers of these kinds,
    `categories` leaves out those that are filed under other categories of reports. Each row holds code (of the document), title, kind, number, issued_on, heading, and passage, word for word; the best comes first. No
    row means that no paper at hand speaks of it.
    """
    frame = Frame(context.as_of, context.city.zone, context.city.root)
    async with reading_as(context.engine, context.scope, context.statement_limit) as connection:
        meaning = context.spaces
        vector = await meaning.query_vector(connection, Subject.PASSAGE, query.text) if meaning else None
        found = await search_passages(connection, query, frame, context.city.words, vector)
    return await record(context, Lookup(query, _statement(found, frame)), key=key, label=label)


def _statement(found: Sequence[UUID], frame: Frame) -> Select[*tuple[Any, ...]]:
    picked = (
        func.unnest(literal(list(found), ARRAY(Uuid)))
        .table_valued(column("id", Uuid), with_ordinality="position", name="picked")
        .render_derived()
    )
    source = picked.join(PASSAGE, PASSAGE.c.id == picked.c.id).join(
        DOCUMENT, and_(DOCUMENT.c.code == PASSAGE.c.document_code, frame.visible(DOCUMENT))
    )
    columns: list[Any] = [
        DOCUMENT.c.code,
        DOCUMENT.c.title,
        DOCUMENT.c.kind,
        DOCUMENT.c.number,
        DOCUMENT.c.issued_on,
        PASSAGE.c.heading,
        PASSAGE.c.text.label("passage"),
        DOCUMENT.c.sample.label(SAMPLE),
    ]
    return select(*columns).select_from(source).where(frame.visible(PASSAGE)).order_by(picked.c.position)
