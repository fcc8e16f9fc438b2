"""A folder's entries as values for the columns of their tables."""

from typing import Any

from pesut.catalog.models import Dataset, Indicator
from pesut.city.documents import Document
from pesut.city.models import Agency, Region


def region_row(region: Region) -> dict[str, Any]:
    row = region.model_dump(exclude={"parent"})
    return {**row, "parent_code": region.parent, "level": region.level.value, "aliases": list(region.aliases)}


def agency_row(agency: Agency, ordinal: int) -> dict[str, Any]:
    lists = {"aliases": list(agency.aliases), "categories": list(agency.categories)}
    return {**agency.model_dump(), **lists, "ordinal": ordinal}


def dataset_row(dataset: Dataset) -> dict[str, Any]:
    return {
        "code": dataset.code,
        "title": dataset.title.id,
        "agency_code": dataset.producer,
        "access": dataset.access.value,
        "staleness_seconds": dataset.staleness.total_seconds(),
    }


def indicator_row(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "dataset_code": indicator.dataset,
        "name": indicator.name.id,
        "unit": indicator.unit,
    }


def document_row(document: Document) -> dict[str, Any]:
    row = document.head.model_dump(exclude={"agency"})
    return {**row, "agency_code": document.head.agency, "categories": list(document.head.categories)}


def passage_row(document: Document, ordinal: int) -> dict[str, Any]:
    passage = document.passages[ordinal]
    return {
        "document_code": document.head.code,
        "ordinal": ordinal,
        "heading": passage.heading,
        "text": passage.text,
        "sample": document.head.sample,
    }
