"""Eight queries of a city hall, each beside the same SQL written by hand, on however many rows there are."""

from evals.bench.figures import Figure, at_least
from evals.bench.ground import Database
from evals.bench.queries.aggregates import observation_pairs, report_pairs
from evals.bench.queries.pairs import compare
from evals.bench.queries.searches import meaning_pair, recall, word_pair
from evals.bench.queries.subjects import look, row_counts
from pesut.database.moment import known_moment
from pesut.errors import NotFoundError
from pesut.search.spaces import Spaces

__all__ = ["measure"]

ALL = 8


async def measure(ground: Database) -> tuple[Figure, ...]:
    """Ratios of Pesut's time to that of the SQL by hand, and how many of the nearest reports the index finds."""
    ground.tell("Looking what there is to query")
    as_of = await known_moment(ground.engine)
    async with ground.engine.connect() as connection:
        subjects = await look(connection, ground.folder.catalog, ground.folder.city, as_of)
        counts = await row_counts(connection)
        words = await word_pair(connection, subjects)
        meaning = await meaning_pair(connection, subjects, Spaces(ground.settings.data_dir))
    pairs = [*observation_pairs(subjects), *report_pairs(subjects), *filter(None, (words, meaning))]
    if not pairs:
        raise NotFoundError("There is nothing to query.", remedy="Load data, or the sample with `pesut up --demo`.")
    figures = [Figure(name=name, value=count) for name, count in counts.items()]
    figures.append(Figure(name="queries that these data allow", value=len(pairs), aim=at_least(ALL)))
    for pair in pairs:
        ground.tell(f"Querying: {pair.name}")
        figures.append((await compare(ground.engine, ground.principal.scope, pair)).figure)
    if meaning:
        async with ground.engine.connect() as connection:
            figures.append(await recall(connection, meaning))
    return tuple(figures)
