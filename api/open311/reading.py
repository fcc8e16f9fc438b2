"""Services and requests as GeoReport v2 shows them."""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from api.open311.answers import MEDIA_TYPES
from api.open311.schemas import Discovery, Endpoint, Service, ServiceRequest
from api.services import Services
from pesut.catalog.models import Catalog, Term
from pesut.catalog.store import current_catalog, in_force_since
from pesut.intake.kinds.report_rows import closed_status
from pesut.reports.service_requests import PublicReport, RequestQuery, find_requests

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
LONGEST = 4000  # characters of a description, by the specification


async def discovery_of(services: Services, address: str) -> Discovery:
    """`address` is where the service was reached, for cities that do not say where their pages are."""
    city = services.city
    changeset = moment(await in_force_since(services.engine), city.zone)
    url = f"{city.site or address}/open311/v2"
    formats = [each.partition(";")[0] for each in MEDIA_TYPES.values()]
    endpoint = Endpoint(specification=SPECIFICATION, url=url, changeset=changeset, type="production", formats=formats)
    contact = ", ".join(part for part in (city.official_name.id, city.letterhead.address) if part)
    return Discovery(
        changeset=changeset,
        contact=city.open311.contact or contact,
        key_service=city.open311.key_service or f"A key is a token that the operators of this service issue: {contact}",
        endpoints=[endpoint],
    )


def service_of(category: Term) -> Service:
    return Service(
        service_code=category.code,
        service_name=category.name.id,
        description=category.name.en or category.name.id,
        metadata=False,
        type="realtime",
        keywords=", ".join(category.synonyms),
        group="",
    )


async def requests_of(services: Services, query: RequestQuery) -> list[ServiceRequest]:
    """Without what was pulled, which the server that it came from serves: two that pull from each other would echo for ever."""
    _, catalog = await current_catalog(services.engine)
    pulled = [source.code for source in services.city.open311.sources]
    found = await find_requests(services.engine, query, closed_status(catalog), pulled)
    return [_request(each, catalog, services.city.zone) for each in found]


def category_called(catalog: Catalog, code: str) -> Term | None:
    return next((category for category in catalog.categories if category.code == code), None)


def moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def _request(report: PublicReport, catalog: Catalog, zone: ZoneInfo) -> ServiceRequest:
    category = category_called(catalog, report.category) if report.category else None
    status: Literal["open", "closed"] = "closed" if report.closed else "open"
    return ServiceRequest(
        service_request_id=str(report.id),
        status=status,
        service_name=category.name.id if category else report.category,
        service_code=report.category,
        description=_description(report)[:LONGEST],
        agency_responsible=report.agency,
        requested_datetime=moment(report.submitted_at, zone),
        updated_datetime=moment(report.changed_at, zone),
        address=report.address or None,
        lat=report.latitude,
        long=report.longitude,
    )


def _description(report: PublicReport) -> str:
    """With the title, where that is not the beginning of the text."""
    if " ".join(report.body.split()).startswith(report.title.removesuffix("…")):
        return report.body
    return f"{report.title}\n\n{report.body}".strip()
