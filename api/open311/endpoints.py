"""GeoReport v2 under /open311/v2, in JSON and XML."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from api.idempotency import IdempotencyKey
from api.open311.access import Readable, Served, check_jurisdiction, sender
from api.open311.answers import Format, answer
from api.open311.asking import Search, ids_in
from api.open311.reading import category_called, discovery_of, requests_of, service_of
from api.open311.schemas import (
    Created,
    Discovery,
    Fault,
    NewRequest,
    Service,
    ServiceDefinition,
    ServiceRequest,
)
from api.open311.sending import send
from api.services import WithServices
from pesut.catalog.store import current_catalog
from pesut.errors import InvalidInputError, NotFoundError
from pesut.reports.service_requests import RequestQuery


def _described(*statuses: int, success: int = 200) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses`: the answer also as XML, and errors as the specification has them."""
    also_xml: dict[str, Any] = {"text/xml": {}}
    faults: dict[str, Any] = {"description": "Errors", "model": list[Fault], "content": also_xml}
    described: dict[int | str, dict[str, Any]] = dict.fromkeys((400, *statuses, 503), faults)
    return {success: {"content": also_xml}} | described


router = APIRouter(prefix="/open311/v2", tags=["open311"], dependencies=[Served])


@router.get("/discovery.{format}", response_model=Discovery, responses=_described(404))
async def discover(format: Format, request: Request, services: WithServices) -> Response:
    """Where this service is, in which formats it speaks, and whom to ask for a key."""
    found = await discovery_of(services, str(request.base_url).rstrip("/"))
    return answer(format, "discovery", found)


@router.get("/services.{format}", response_model=list[Service], responses=_described(404))
async def list_services(format: Format, services: WithServices) -> Response:
    """The categories of reports, as services."""
    _, catalog = await current_catalog(services.engine)
    return answer(format, "services", [service_of(category) for category in catalog.categories])


@router.get("/services/{service_code}.{format}", response_model=ServiceDefinition, responses=_described(404))
async def define_service(service_code: str, format: Format, services: WithServices) -> Response:
    """What a service asks for besides the usual: nothing."""
    _, catalog = await current_catalog(services.engine)
    if category_called(catalog, service_code) is None:
        raise _no_service(service_code)
    return answer(format, "service_definition", ServiceDefinition(service_code=service_code, attributes=[]))


@router.get(
    "/requests.{format}", response_model=list[ServiceRequest], responses=_described(403, 404), dependencies=[Readable]
)
async def list_requests(
    format: Format,
    search: Annotated[Search, Depends()],
    services: WithServices,
) -> Response:
    """Reports as everybody may see them, the newest first: those of the last 90 days unless a range is given, up to 1000 at once.

    What is personal is masked; cases under supervision are never among them.
    """
    return answer(format, "service_requests", await requests_of(services, search.query()))


@router.get(
    "/requests/{service_request_id}.{format}",
    response_model=list[ServiceRequest],
    responses=_described(403, 404),
    dependencies=[Readable],
)
async def show_request(service_request_id: str, format: Format, services: WithServices) -> Response:
    """One report, as a list of one."""
    found = await requests_of(services, RequestQuery(ids=tuple(ids_in(service_request_id)[:1])))
    if not found:
        raise NotFoundError(f"There is no request {service_request_id[:80]!r}.")
    return answer(format, "service_requests", found)


@router.post(
    "/requests.{format}",
    status_code=201,
    response_model=list[Created],
    responses=_described(403, 404, 413, 429, success=201),
)
async def send_request(
    format: Format,
    sent: Annotated[NewRequest, Form()],
    request: Request,
    services: WithServices,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Take in a report. Once this answers 201 it survives any crash, masked and decided, and the next question sees it."""
    principal = await sender(services, request, sent.api_key)
    check_jurisdiction(services, sent.jurisdiction_id)
    if not sent.service_code:
        raise InvalidInputError("A service_code is needed.")
    _, catalog = await current_catalog(services.engine)
    if category_called(catalog, sent.service_code) is None:
        raise _no_service(sent.service_code)
    created = Created(service_request_id=str(await send(services, principal, sent, idempotency_key)))
    return answer(format, "service_requests", [created], 201)


def _no_service(code: str) -> NotFoundError:
    return NotFoundError(f"There is no service with the service_code {code[:80]!r}.")
