"""The series that sample observations belong to."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_CREATE = text(
    """
    INSERT INTO series (indicator_code, region_code, item, agency_code, restricted)
    SELECT t.indicator, t.region, t.item, d.agency_code, d.access = 'restricted'
    FROM unnest(CAST(:indicators AS text[]), CAST(:regions AS text[]), CAST(:items AS text[]))
        WITH ORDINALITY AS t (indicator, region, item, place)
    JOIN indicator i ON i.code = t.indicator JOIN dataset d ON d.code = i.dataset_code
    ORDER BY t.place
    RETURNING indicator_code, region_code, item, id
    """
)


async def create_series(
    connection: AsyncConnection, keys: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    """New series of known indicators (indicator, region, item), with their ids."""
    indicators, regions, items = map(list, zip(*keys, strict=True))
    rows = await connection.execute(_CREATE, {"indicators": indicators, "regions": regions, "items": items})
    return {(row[0], row[1], row[2]): row[3] for row in rows}
