"""Observations that are pushed or imported: a batch is checked, written in versions, rolled up, and answered by a receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.catalog.models import Catalog
from pesut.catalog.store import current_catalog
from pesut.city.models import City
from pesut.database.moment import writing
from pesut.database.news import announce
from pesut.database.tables import FOREVER
from pesut.errors import InvalidInputError, UnavailableError
from pesut.intake.observation_rows import ObservationInput, Series, fitting_rows, parse_rows, read_known
from pesut.intake.receipt import Receipt, check_names, claim, digest_of, find_receipt, settle
from pesut.intake.rollup import refresh_months
from pesut.intake.versions import Counts, stamp

MAX_ROWS = 10_000  # one transaction, which every new question waits for


async def write_observations(
    engine: AsyncEngine,
    city: City,
    rows: Sequence[Mapping[str, Any]],
    *,
    source: str,
    key: str,
    sample: bool = False,
) -> Receipt:
    """Take in a batch of observations (mappings with the fields of `ObservationInput`), visible to the next question.

    Unknown series of known indicators and regions are created; a value equal to what is visible changes nothing, another value
    supersedes it. Rows that cannot be used are listed in the receipt, the rest goes in, in one transaction. The same content
    under the same (source, key) gives the first receipt again.

    Raises ConflictError when the key was used for other content, InvalidInputError for more than MAX_ROWS rows or a bad key.
    """
    check_names(source, key)
    if len(rows) > MAX_ROWS:
        raise InvalidInputError(f"A batch has {len(rows)} rows.", remedy=f"Send at most {MAX_ROWS} at once.")
    digest = digest_of([list(map(dict, rows)), sample])
    parsed, rejects = parse_rows(rows)
    catalog = await _catalog(engine)
    async with engine.connect() as connection:
        if (first := await find_receipt(connection, source, key)) and first.digest == digest:
            return first
        good = fitting_rows(parsed, await read_known(connection, list(parsed.values()), catalog), rejects)
    async with writing(engine) as (connection, begun_at):
        receipt = Receipt(source=source, key=key, digest=digest, recorded_at=begun_at)
        if first := await claim(connection, receipt):
            return first
        counts, now = await record_observations(connection, city.timezone, good, sample=sample)
        rejects.sort(key=lambda each: each.row)
        done = {**asdict(counts), "recorded_at": now, "accepted": len(good), "rejected": len(rejects)}
        return await settle(connection, receipt.model_copy(update={**done, "rejects": tuple(rejects)}))


async def _catalog(engine: AsyncEngine) -> Catalog:
    """The catalog in force; an empty one before a city was loaded, when there are no indicators to observe either."""
    try:
        return (await current_catalog(engine))[1]
    except UnavailableError:
        return Catalog()


# Sorted, so that two writers who create the same series wait for each other instead of dead-locking.
_CREATE_SERIES = text(
    """
    INSERT INTO series (indicator_code, region_code, item, agency_code, restricted)
    SELECT t.indicator, t.region, t.item, d.agency_code, d.access = 'restricted'
    FROM unnest(CAST(:indicators AS text[]), CAST(:regions AS text[]), CAST(:items AS text[])) AS t (indicator, region, item)
    JOIN indicator i ON i.code = t.indicator JOIN dataset d ON d.code = i.dataset_code
    WHERE NOT EXISTS (SELECT FROM series s
                      WHERE (s.indicator_code, s.region_code, s.item) = (t.indicator, t.region, t.item))
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING
    """
)
_LOCK_SERIES = text(
    """
    SELECT s.id, s.indicator_code, s.region_code, s.item
    FROM series s
    WHERE (s.indicator_code, s.region_code, s.item) IN (
        SELECT * FROM unnest(CAST(:indicators AS text[]), CAST(:regions AS text[]), CAST(:items AS text[])))
    ORDER BY s.id FOR NO KEY UPDATE
    """
)
_WRITE = text(
    """
    WITH incoming AS (
        SELECT * FROM unnest(CAST(:series AS integer[]), CAST(:moments AS timestamptz[]), CAST(:values AS numeric[]))
            AS t (series_id, observed_at, value)
    ), changed AS (
        SELECT t.*, o.recorded_at AS replaces FROM incoming t LEFT JOIN observation o
            ON o.series_id = t.series_id AND o.observed_at = t.observed_at AND o.superseded_at = :forever
        WHERE (o.value, o.sample) IS DISTINCT FROM (t.value, :sample)
    ), superseded AS (
        UPDATE observation o SET superseded_at = :now FROM changed c
        WHERE o.series_id = c.series_id AND o.observed_at = c.observed_at AND o.recorded_at = c.replaces
    ), written AS (
        INSERT INTO observation (series_id, observed_at, recorded_at, superseded_at, value, sample)
        SELECT series_id, observed_at, :now, :forever, value, :sample FROM changed
    )
    SELECT series_id, observed_at, replaces IS NOT NULL AS correction FROM changed
    """
)


async def record_observations(
    connection: AsyncConnection, zone: str, rows: Sequence[ObservationInput], *, sample: bool = False
) -> tuple[Counts, datetime]:
    """Write rows that were checked, each series and moment once, within `pesut.database.moment.writing`.

    Returns what became of them and the moment (UTC) from which they are known.
    """
    ids = await _lock_series(connection, {row.series for row in rows})
    now = await stamp(connection)
    incoming = {
        "series": [ids[row.series] for row in rows],
        "moments": [row.observed_at for row in rows],
        "values": [row.value for row in rows],
    }
    values = {**incoming, "now": now, "forever": FOREVER, "sample": sample}
    changed = (await connection.execute(_WRITE, values)).all()
    if changed:
        await refresh_months(connection, zone, now, [row[0] for row in changed], [row[1] for row in changed])
        await announce(connection, {row.indicator for row in rows})
    corrected = sum(row[2] for row in changed)
    return Counts(len(changed) - corrected, corrected, len(rows) - len(changed)), now


async def _lock_series(connection: AsyncConnection, wanted: set[Series]) -> dict[Series, int]:
    """The ids of the series, created where missing and locked in the order of their ids against other writers."""
    if not wanted:
        return {}
    indicators, regions, items = map(list, zip(*sorted(wanted), strict=True))
    names = {"indicators": indicators, "regions": regions, "items": items}
    await connection.execute(_CREATE_SERIES, names)
    rows = (await connection.execute(_LOCK_SERIES, names)).all()
    return {(row[1], row[2], row[3]): row[0] for row in rows}
