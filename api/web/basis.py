"""What a page about an evidence shows of it."""

from typing import Any

import orjson

from api.services import Services
from pesut.catalog.store import catalog_of
from pesut.contracts import Evidence, MetricQuery, Replay
from pesut.drawing.tables import table_of
from pesut.drawing.wording import Wording


async def basis(
    services: Services, evidence: Evidence, wording: Wording, *, row: int = 0, replayed: Replay | None = None
) -> dict[str, Any]:
    """Values for the template `_basis.html`; `row` is the number of the row to point at, 0 for none."""
    query = evidence.query
    catalog = await catalog_of(services.engine, evidence.catalog_version)
    return {
        "evidence": evidence,
        "table": table_of(evidence, wording),
        "row": row,
        "replay": replayed,
        "metric": catalog.metric(query.metric) if isinstance(query, MetricQuery) else None,
        "query": _indented(query.model_dump(mode="json", exclude_defaults=True)),
        "parameters": _indented(evidence.parameters),
        "sample": evidence.sample,
    }


def _indented(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
