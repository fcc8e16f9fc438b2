"""Writes the vectors of a subject's texts, and makes their space the current one when all are there. Blocking.

Vectors are no evidence, so they are not versioned; a space that is still being filled is not searched.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg import sql
from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from pesut.database.tables import Versioned
from pesut.search.embeddings import Embedder, Vectors
from pesut.search.spaces import Subject, code_of

BATCH = 1000  # texts embedded and written in one transaction
WORTH_AN_INDEX = 50_000  # vectors; fewer are compared one by one in some ten milliseconds
LINKS = 1024  # bytes of a vector's links while an index is built: 32 neighbours of 16 bytes, its levels, and slack
MOST_MEMORY = 3 << 30  # bytes; an index that outgrows its memory is built on disk, many times slower
SPACE: Table = Versioned.metadata.tables["embedding_space"]

Progress = Callable[[int, int], None]
"""Called with the number of texts done and of all there are to do."""


@dataclass(frozen=True)
class Source:
    """Where a subject's texts come from and its vectors go to; `id` is the text's in the table of vectors."""

    texts: Table
    words: ColumnElement[str]
    vectors: Table
    id: Column[UUID]

    def lacking(self, code: str) -> ColumnElement[bool]:
        """Whether a text has no vector in the space."""
        return ~exists().where(self.vectors.c.space == code, self.id == self.texts.c.id)


def source_of(subject: Subject) -> Source:
    texts = Versioned.metadata.tables[subject]
    vectors = Versioned.metadata.tables[f"{subject}_vector"]
    head, body = (texts.c.title, texts.c.body) if subject is Subject.REPORT else (texts.c.heading, texts.c.text)
    return Source(texts, head + ". " + body, vectors, vectors.c[f"{subject}_id"])


def fill(engine: Engine, subject: Subject, embedder: Embedder, progress: Progress) -> int:
    """Give each text that lacks one a vector in the embedder's space, then make it the subject's only one. Returns how many.

    Killed halfway, it goes on where it was when called again.
    """
    source, code = source_of(subject), code_of(subject, embedder)
    total = _announce(engine, subject, embedder, source)
    done = 0
    for ids, texts in _batches(engine, source, code):
        with engine.begin() as connection:
            _copy(connection, source, code, ids, embedder.embed(texts))
        done += len(ids)
        progress(done, total)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ANALYZE {source.vectors.name}")  # or the next look for what lacks takes seconds
        _index(connection, source, code, embedder.dimension)
        _make_current(connection, subject, source, code)
    return done


def _announce(engine: Engine, subject: Subject, embedder: Embedder, source: Source) -> int:
    """Register the space where it is new; how many texts lack a vector in it."""
    code = code_of(subject, embedder)
    row = {
        "code": code,
        "subject": subject.value,
        "dimension": embedder.dimension,
        "current": False,
        "recorded_at": func.clock_timestamp(),
    }
    lacking = select(func.count()).select_from(source.texts).where(source.lacking(code))
    with engine.begin() as connection:
        connection.execute(insert(SPACE).values(row).on_conflict_do_nothing())
        return connection.execute(lacking).scalar_one()


def _batches(engine: Engine, source: Source, code: str) -> Iterator[tuple[Sequence[UUID], Sequence[str]]]:
    """In the order of ids, so that each batch starts where the last one ended."""
    wanted = (
        select(source.texts.c.id, source.words).where(source.lacking(code)).order_by(source.texts.c.id).limit(BATCH)
    )
    after = wanted
    while True:
        with engine.connect() as connection:
            rows = connection.execute(after).all()
        if not rows:
            return
        yield [row[0] for row in rows], [row[1] for row in rows]
        after = wanted.where(source.texts.c.id > rows[-1][0])


def _copy(connection: Connection, source: Source, code: str, ids: Sequence[UUID], vectors: Vectors) -> None:
    """Texts of which the embedder knows nothing get zeros, which are near to nothing, and are not asked for again."""
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # pyright: ignore[reportAssignmentType]
    register_vector(raw)
    target = sql.SQL("COPY {} (space, {}, vector) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(source.vectors.name), sql.Identifier(source.id.name)
    )
    with raw.cursor() as cursor, cursor.copy(target) as copy:
        copy.set_types(["text", "uuid", "halfvec"])
        for key, vector in zip(ids, vectors, strict=True):
            copy.write_row((code, key, HalfVector(vector)))


def _index(connection: Connection, source: Source, code: str, dimension: int) -> None:
    """An index of the space's own where comparing one by one would take long."""
    name = f"ix_{code.replace(':', '_')}"
    count = connection.execute(select(func.count()).where(source.vectors.c.space == code)).scalar_one()
    if count < WORTH_AN_INDEX:
        return
    statement = sql.SQL(
        "CREATE INDEX IF NOT EXISTS {} ON {} USING hnsw ((vector::halfvec({})) halfvec_cosine_ops) WHERE space = {}"
    ).format(sql.Identifier(name), sql.Identifier(source.vectors.name), sql.Literal(dimension), sql.Literal(code))
    memory = min(count * (2 * dimension + LINKS), MOST_MEMORY)
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{memory >> 10}kB'")
    connection.exec_driver_sql(statement.as_string(None))


def _make_current(connection: Connection, subject: Subject, source: Source, code: str) -> None:
    """From this commit on the space is searched; the vectors of those before it are gone with it."""
    others = (SPACE.c.subject == subject, SPACE.c.code != code)
    old = list(connection.execute(select(SPACE.c.code).where(*others)).scalars())
    connection.execute(update(SPACE).where(*others).values(current=False))
    connection.execute(update(SPACE).where(SPACE.c.code == code).values(current=True))
    if old:
        connection.execute(delete(source.vectors).where(source.vectors.c.space.in_(old)))
        connection.execute(delete(SPACE).where(SPACE.c.code.in_(old)))
        for each in old:
            drop = sql.SQL("DROP INDEX IF EXISTS {}").format(sql.Identifier(f"ix_{each.replace(':', '_')}"))
            connection.exec_driver_sql(drop.as_string(None))
