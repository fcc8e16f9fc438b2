"""Reports as they are sent."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pesut.intake.report_intake import LARGEST_DELIVERY

SHORT, LINE = 120, 1000  # characters
Name = Annotated[str, Field(max_length=SHORT)]
Line = Annotated[str, Field(max_length=LINE)]

COLUMNS = {"key": "id", "body": "text"} | {
    name: name
    for name in (
        "number", "title", "submitted_at", "agency", "category", "classification", "status", "channel", "reporter",
        "address", "latitude", "longitude", "responded_at", "closed_at", "village", "district", "region",
    )
}  # fmt: skip


class ReportInput(BaseModel):
    """One report as its source tells it; everything but the moment may be left out. Agency, category, region and the like by code
    or by any name that the city's folder knows, moments as ISO 8601 (without an offset: the city's time), coordinates in degrees
    (WGS 84). `id` is the source's own number. `reporter` (a name, a telephone number, an account) is not kept, only a keyed hash.
    """

    model_config = ConfigDict(extra="forbid")

    id: Name | None = None
    number: Name | None = None
    title: Line = ""
    text: str = ""
    submitted_at: Name
    agency: Line | None = None
    category: Line | None = None
    classification: Name | None = None
    status: Name | None = None
    channel: Name | None = None
    reporter: Line | None = None
    address: Line = ""
    latitude: float | None = None
    longitude: float | None = None
    responded_at: Name | None = None
    closed_at: Name | None = None
    village: Name | None = None
    district: Name | None = None
    region: Name | None = None


class ReportBatch(BaseModel):
    """`source` names the system that the reports come from. A report of one source and id is one report, however often it is sent."""

    source: str = Field(min_length=1, max_length=SHORT)
    reports: list[ReportInput] = Field(min_length=1, max_length=LARGEST_DELIVERY)
