"""The monthly rollup of observations, kept in versions like the observations themselves."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.database.tables import FOREVER

# A month lies in the city's time zone, so its bounds are cast there and back.
_REFRESH = text(
    """
    WITH touched AS (
        SELECT DISTINCT t.series_id, date_trunc('month', t.observed_at AT TIME ZONE :zone) AS month
        FROM unnest(CAST(:series AS integer[]), CAST(:moments AS timestamptz[])) AS t (series_id, observed_at)
    ), superseded AS (
        UPDATE observation_month m SET superseded_at = :now FROM touched t
        WHERE m.series_id = t.series_id AND m.month = t.month::date AND m.superseded_at = :forever
    )
    INSERT INTO observation_month (series_id, month, recorded_at, superseded_at, sample, n, total, minimum, maximum, last,
                                   first_observed_at, last_observed_at)
    SELECT t.series_id, t.month::date, :now, :forever, bool_or(o.sample), count(*), sum(o.value), min(o.value), max(o.value),
           (array_agg(o.value ORDER BY o.observed_at DESC))[1], min(o.observed_at), max(o.observed_at)
    FROM touched t JOIN observation o
        ON o.series_id = t.series_id
        AND o.observed_at >= t.month AT TIME ZONE :zone
        AND o.observed_at < (t.month + interval '1 month') AT TIME ZONE :zone
        AND o.superseded_at = :forever
    GROUP BY t.series_id, t.month
    """
)

_BUILD = text(
    """
    WITH fresh AS (
        SELECT series_id, date_trunc('month', observed_at AT TIME ZONE :zone)::date AS month, bool_or(sample) AS sample,
               count(*) AS n, sum(value) AS total, min(value) AS minimum, max(value) AS maximum,
               (array_agg(value ORDER BY observed_at DESC))[1] AS last,
               min(observed_at) AS first_observed_at, max(observed_at) AS last_observed_at
        FROM observation WHERE superseded_at = :forever
        GROUP BY 1, 2
    ), changed AS (
        SELECT fresh.* FROM fresh LEFT JOIN observation_month m
            ON m.series_id = fresh.series_id AND m.month = fresh.month AND m.superseded_at = :forever
        WHERE (m.sample, m.n, m.total, m.minimum, m.maximum, m.last, m.first_observed_at, m.last_observed_at)
            IS DISTINCT FROM (fresh.sample, fresh.n, fresh.total, fresh.minimum, fresh.maximum, fresh.last,
                              fresh.first_observed_at, fresh.last_observed_at)
    ), superseded AS (
        UPDATE observation_month m SET superseded_at = :now FROM changed c
        WHERE m.series_id = c.series_id AND m.month = c.month AND m.superseded_at = :forever
    )
    INSERT INTO observation_month (series_id, month, recorded_at, superseded_at, sample, n, total, minimum, maximum, last,
                                   first_observed_at, last_observed_at)
    SELECT series_id, month, :now, :forever, sample, n, total, minimum, maximum, last, first_observed_at, last_observed_at
    FROM changed
    """
)


async def refresh_months(
    connection: AsyncConnection, zone: str, recorded_at: datetime, series: list[int], moments: list[datetime]
) -> None:
    """Give each month of each series that has a changed observation (pairwise `series`, `moments`) its new version.

    Runs in the transaction that changed the observations, which holds the locks of their series.
    """
    values = {"series": series, "moments": moments, "zone": zone, "now": recorded_at, "forever": FOREVER}
    await connection.execute(_REFRESH, values)


async def build_rollup(connection: AsyncConnection, zone: str, recorded_at: datetime) -> int:
    """Bring the whole rollup in step with the visible observations, in one statement; the number of months written.

    For loaders that put observations in with COPY. `connection` and `recorded_at` come from `pesut.database.moment.writing`;
    nobody else may be writing observations meanwhile. `zone` is the city's time zone.
    """
    result = await connection.execute(_BUILD, {"zone": zone, "now": recorded_at, "forever": FOREVER})
    return result.rowcount
