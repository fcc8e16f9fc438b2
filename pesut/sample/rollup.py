"""The monthly rollup of rows that became known over years, with a version for every moment at which a month's sums changed."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.database.tables import FOREVER

# Queries use the rollup only for months that had ended by their moment. So a month's first version may wait for its end
# (for the month in progress: for now); after that, each row that came or was corrected late makes another version.
_BUILD = text(
    """
    WITH told AS MATERIALIZED (
        SELECT o.*, date_trunc('month', o.observed_at AT TIME ZONE :zone) AS month
        FROM observation o
    ), bounded AS (
        SELECT t.*, least((t.month + interval '1 month') AT TIME ZONE :zone, :now) AS settled FROM told t
    ), moments AS (
        SELECT series_id, month, greatest(recorded_at, settled) AS known FROM bounded
        UNION
        SELECT series_id, month, greatest(superseded_at, settled) FROM bounded WHERE superseded_at < :forever
    ), versions AS (
        SELECT *, lead(known, 1, :forever) OVER (PARTITION BY series_id, month ORDER BY known) AS until FROM moments
    )
    INSERT INTO observation_month (series_id, month, recorded_at, superseded_at, sample, n, total, minimum, maximum, last,
                                   first_observed_at, last_observed_at)
    SELECT v.series_id, v.month::date, v.known, v.until, true, count(*), sum(t.value), min(t.value), max(t.value),
           (array_agg(t.value ORDER BY t.observed_at DESC))[1], min(t.observed_at), max(t.observed_at)
    FROM versions v JOIN told t
        ON t.series_id = v.series_id AND t.month = v.month AND t.recorded_at <= v.known AND t.superseded_at > v.known
    GROUP BY v.series_id, v.month, v.known, v.until
    """
)


async def build_rollup_history(connection: AsyncConnection, zone: str, now: datetime) -> int:
    """Write the rollup of all observations (none may be there yet) as it stood at each moment; the number of versions.

    `zone` is the city's time zone. Nobody else may be writing observations meanwhile.
    """
    result = await connection.execute(_BUILD, {"zone": zone, "now": now, "forever": FOREVER})
    return result.rowcount
