"""Finding texts by their words and by their meaning, in one statement: two rankings made one by reciprocal rank.

Runs under row-level security like everything else an agent reads. It only chooses ids; evidence reads them again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    cast,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.search.terms import Terms

DEPTH = 100  # of each ranking
DAMPING = 60  # the usual constant of reciprocal rank fusion: the first places do not settle everything
NEIGHBOURS = 400  # of an approximate index: more find more of the true nearest, and take longer
ENOUGH = 20  # texts with all words, at which those with some of them are not looked for

Ranking = Select[Any, int]
"""`id` and `place` (1 is best), at most DEPTH rows."""


@dataclass(frozen=True)
class QueryVector:
    """A question in a space. Texts whose cosine with it is under `floor` are as near as any two texts are by chance."""

    space: str
    values: NDArray[np.float32]
    floor: float


@dataclass(frozen=True)
class Corpus:
    """What is searched: `records` with an `id`, as far as `eligible`; `texts`, the same joined with a tsvector `search` and a
    moment `newest` that settles ties; and the table of their vectors, which holds their id as `vector_id`.
    """

    records: FromClause
    id: ColumnElement[Any]
    eligible: ColumnElement[bool]
    texts: FromClause
    search: ColumnElement[Any]
    newest: ColumnElement[Any]
    vectors: FromClause
    vector_id: ColumnElement[Any]


async def search_widely(connection: AsyncConnection) -> None:
    """Within this transaction, let an approximate index look at enough neighbours, and go on where filters drop many."""
    settings = {"hnsw.ef_search": str(NEIGHBOURS), "hnsw.iterative_scan": "relaxed_order"}
    await connection.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))


def best_of(corpus: Corpus, terms: Terms, vector: QueryVector | None) -> Subquery:
    """`id` and `score` (higher is better) of the texts that one of the rankings names. `terms` must not be empty."""
    rankings = [by_words(corpus, terms)] + ([by_meaning(corpus, vector)] if vector else [])
    together = union_all(*rankings).subquery()
    score = func.sum(literal(1.0, Float) / (DAMPING + together.c.place)).label("score")
    return select(together.c.id, score).group_by(together.c.id).subquery("best")


def by_meaning(corpus: Corpus, vector: QueryVector) -> Ranking:
    """The nearest by cosine, as far as they are nearer than chance."""
    distance = _distance(corpus, vector)
    nearest = (
        select(corpus.id.label("id"), distance.label("distance"))
        .select_from(corpus.records.join(corpus.vectors, corpus.vector_id == corpus.id))
        .where(corpus.vectors.c.space == _written(vector.space), corpus.eligible)
        .order_by(distance)
        .limit(DEPTH)
        .subquery("nearest")
    )
    place = func.row_number().over(order_by=(nearest.c.distance, nearest.c.id)).label("place")
    return select(nearest.c.id, place).where(nearest.c.distance <= 1 - vector.floor)


def _distance(corpus: Corpus, vector: QueryVector) -> ColumnElement[Any]:
    kind = HALFVEC(len(vector.values))  # as the index has it, where there is one
    column: Any = cast(corpus.vectors.c.vector, kind)
    return column.op("<=>", return_type=Float)(literal(vector.values, kind))


def _written(space: str) -> ColumnElement[Any]:
    """Part of the SQL itself: a prepared plan with a parameter in its place could not use the space's own index."""
    return bindparam("space", space, String, literal_execute=True)


def by_words(corpus: Corpus, terms: Terms) -> Ranking:
    """Texts with all words first; where there are fewer than ENOUGH, then those with at least half of them."""
    queries = [_any_of(words) for words in terms]
    every: ColumnElement[Any] = reduce(lambda one, other: one.op("&&", return_type=TSQUERY())(other), queries)
    complete = _scored(corpus, every, literal(len(terms), Integer), _matches(corpus, every)).cte("complete")
    found: Select[*tuple[Any, ...]] = select(complete)
    if len(terms) == 1:
        return _placed(found.subquery())
    some: ColumnElement[Any] = reduce(lambda one, other: one.op("||", return_type=TSQUERY())(other), queries)
    matched = reduce(lambda one, other: one + other, [cast(_matches(corpus, query), Integer) for query in queries])
    lacking = select(func.count()).select_from(complete).scalar_subquery() < ENOUGH
    partly = and_(lacking, _matches(corpus, some), not_(_matches(corpus, every)), matched >= ceil(len(terms) / 2))
    return _placed(union_all(found, _scored(corpus, some, matched, partly)).subquery())


def _any_of(words: Sequence[str]) -> ColumnElement[Any]:
    dictionary = literal("indonesian", REGCONFIG)
    queries: list[ColumnElement[Any]] = [func.plainto_tsquery(dictionary, word, type_=TSQUERY) for word in words]
    return reduce(lambda one, other: one.op("||", return_type=TSQUERY())(other), queries)


def _matches(corpus: Corpus, query: ColumnElement[Any]) -> ColumnElement[bool]:
    return corpus.search.bool_op("@@")(query)


def _scored(
    corpus: Corpus, query: ColumnElement[Any], matched: ColumnElement[int], condition: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """The best DEPTH by the number of words matched, then by PostgreSQL's rank, which stays under 1 (option 32)."""
    score = (matched + func.ts_rank_cd(corpus.search, query, 32)).label("score")
    newest = corpus.newest.label("newest")
    return (
        select(corpus.id.label("id"), score, newest)
        .select_from(corpus.texts)
        .where(corpus.eligible, condition)
        .order_by(score.desc(), newest.desc(), corpus.id)
        .limit(DEPTH)
    )


def _placed(rows: Subquery) -> Ranking:
    best = (rows.c.score.desc(), rows.c.newest.desc(), rows.c.id)
    place = func.row_number().over(order_by=best).label("place")
    return select(rows.c.id, place).order_by(*best).limit(DEPTH)
