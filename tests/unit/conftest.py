"""The highland city in memory, and evidence made by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pesut.city.loader import CityFolder, read_folder
from pesut.city.models import Gazetteer
from pesut.contracts import (
    DatasetReference,
    Evidence,
    Freshness,
    Language,
    MetricQuery,
    Query,
    Row,
    Scope,
    digest_of,
    new_id,
)
from pesut.placeholders import Sources

HIGHLAND = Path(__file__).parents[1] / "cities" / "lembah_halimun"
NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # 10.30 in the highlands
RUN = new_id()

MakeEvidence = Callable[..., Evidence]
MakeSources = Callable[..., Sources]


@pytest.fixture(scope="session")
def highland() -> CityFolder:
    return read_folder(HIGHLAND)


@pytest.fixture(scope="session")
def make_evidence(highland: CityFolder) -> MakeEvidence:
    """`make_evidence(label, query, rows, **fields)`: sealed with its digest, measured as the catalog says."""

    def make(label: str, query: Query, rows: list[Row], **fields: Any) -> Evidence:
        metric = highland.catalog.metric(query.metric) if isinstance(query, MetricQuery) else None
        datasets = highland.catalog.datasets_of(metric) if metric else ()
        body: dict[str, Any] = {
            "id": new_id(),
            "run_id": RUN,
            "label": label,
            "kind": query.kind,
            "query": query,
            "sql": "SELECT",
            "parameters": {},
            "datasets": tuple(
                DatasetReference(code=each.code, title=each.title.id, agency=each.producer, agency_name="BPBD")
                for each in datasets
            ),
            "freshness": tuple(
                Freshness(dataset=each.code, newest=NOW, age_seconds=0, limit_seconds=3600, stale=False)
                for each in datasets
            ),
            "measure": metric.described if metric else None,
            "as_of": NOW,
            "row_count": len(rows),
            "result": tuple(rows),
            "digest": digest_of(rows),
            "catalog_version": "test",
            "code_version": "test",
            "scope": Scope(),
        }
        return Evidence.model_validate(body | fields)

    return make


@pytest.fixture(scope="session")
def make_sources(highland: CityFolder) -> MakeSources:
    def make(*evidence: Evidence, language: Language = Language.ID) -> Sources:
        return Sources(
            evidence={each.label: each for each in evidence},
            catalog=highland.catalog,
            gazetteer=Gazetteer(regions=highland.regions, agencies=highland.agencies),
            city=highland.city,
            language=language,
            now=NOW.astimezone(highland.city.zone),
        )

    return make
