"""Finding reports by their words, and by their vectors."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import Any

from psycopg.sql import Literal
from sqlalchemy import Select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from evals.bench.figures import Figure
from evals.bench.queries.pairs import Cells, Pair, written
from evals.bench.queries.subjects import Subjects
from pesut.catalog.compiler.frame import Frame
from pesut.catalog.compiler.tables import REPORT_STATE
from pesut.contracts import ReportQuery
from pesut.search.fusion import QueryVector, by_meaning, search_widely
from pesut.search.reports import SPARE, report_corpus, report_search
from pesut.search.spaces import Spaces, Subject
from pesut.search.terms import terms_of

LIMIT = 5
SOUGHT = 10  # of the nearest, for recall
ENOUGH = 100  # reports with both words, so that none with only one is looked for


async def word_pair(connection: AsyncConnection, subjects: Subjects) -> Pair | None:
    """Two words of the city's own categories that many reports have; None where no two have."""
    for one, other in await _words(connection, subjects):
        query = ReportQuery(text=f"{one} {other}", limit=LIMIT)
        statement = report_search(query, _frame(subjects), {}, None)
        parameters = {"as_of": subjects.as_of, "one": one, "other": other, "limit": LIMIT * SPARE}
        return Pair(f"reports with “{query.text}”", partial(_run, statement), written("reports_by_words"), parameters)
    return None


async def meaning_pair(connection: AsyncConnection, subjects: Subjects, spaces: Spaces) -> Pair | None:
    """Reports nearest to the name of a category; None while there are no vectors, or what made them is not at hand."""
    vector = await _vector(connection, subjects, spaces)
    if vector is None:
        return None
    statement = by_meaning(report_corpus(_frame(subjects).visible(REPORT_STATE)), vector)
    sql = written("reports_by_meaning").format(space=Literal(vector.space).as_string(), dimension=len(vector.values))
    parameters = {"as_of": subjects.as_of, "vector": str(vector.values.tolist())}
    return Pair("reports nearest in meaning", partial(_run, statement), sql, parameters, search_widely)


async def recall(connection: AsyncConnection, pair: Pair) -> Figure:
    """The share of the SOUGHT truly nearest, found by comparing with every vector, that the pair finds first."""
    await search_widely(connection)
    found = _ids(await pair.by_hand(connection))
    await connection.execute(text("SET LOCAL enable_indexscan = off"))
    nearest = _ids(await pair.by_hand(connection))
    share = len(found & nearest) / max(len(nearest), 1)
    return Figure(name=f"recall of the nearest {SOUGHT}", value=share)


def _ids(rows: Sequence[Cells]) -> set[Any]:
    return {row["id"] for row in rows[:SOUGHT]}


async def _vector(connection: AsyncConnection, subjects: Subjects, spaces: Spaces) -> QueryVector | None:
    for category in subjects.catalog.categories:
        if vector := await spaces.query_vector(connection, Subject.REPORT, category.name.id):
            return vector
    return None


async def _run(statement: Select[*tuple[Any, ...]], connection: AsyncConnection) -> Sequence[Cells]:
    return (await connection.execute(statement)).mappings().all()


def _frame(subjects: Subjects) -> Frame:
    return Frame(subjects.as_of, subjects.city.zone, subjects.city.root)


async def _words(connection: AsyncConnection, subjects: Subjects) -> list[tuple[str, str]]:
    """Pairs of words, best first, that at least ENOUGH reports have both of."""
    found: list[tuple[int, str, str]] = []
    count = text(
        "SELECT count(*) FROM report"
        " WHERE search @@ (plainto_tsquery('indonesian', :one) && plainto_tsquery('indonesian', :other))"
    )
    for category in subjects.catalog.categories:
        words = [words[0] for words in terms_of(" ".join((category.name.id, *category.synonyms)), {})]
        for one, other in combinations(words[:6], 2):
            if one in other or other in one:  # of one stem
                continue
            having = (await connection.execute(count, {"one": one, "other": other})).scalar_one()
            found.append((having, one, other))
    return [(one, other) for having, one, other in sorted(found, reverse=True) if having >= ENOUGH]
