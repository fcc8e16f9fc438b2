"""Who may read and send requests: the key of GeoReport is a principal's token."""

from typing import Annotated

from fastapi import Depends, Query, Request

from api.services import Services, WithServices
from pesut.contracts import Principal, Role
from pesut.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from pesut.principals import authenticate

SENDERS = (Role.OPERATOR, Role.ANALYST)
_BEARER = "bearer "
Key = Annotated[str, Query(description="A token; it may also come in the header `Authorization: Bearer`.")]
Jurisdiction = Annotated[str, Query(description="Optional, since one city is served.")]


async def key_holder(services: Services, request: Request, api_key: str | None) -> Principal:
    """Who a key names. Raises UnauthenticatedError for a missing or unknown one."""
    header = request.headers.get("authorization", "")
    key = api_key or (header[len(_BEARER) :] if header.lower().startswith(_BEARER) else "")
    if not key:
        raise UnauthenticatedError("An api_key is needed.")
    return await authenticate(services.engine, key)


async def sender(services: Services, request: Request, api_key: str | None) -> Principal:
    """Who sends a request. Raises ForbiddenError for a role that may not."""
    principal = await key_holder(services, request, api_key)
    if principal.role not in SENDERS:
        raise ForbiddenError(f"The role {principal.role} may not send requests.")
    return principal


def check_jurisdiction(services: Services, jurisdiction_id: str | None) -> None:
    """Raises NotFoundError for another city's."""
    own = services.city.open311.jurisdiction
    if jurisdiction_id and own and jurisdiction_id != own:
        raise NotFoundError(f"The jurisdiction_id {jurisdiction_id[:80]!r} is not served here.")


def _served(services: WithServices, jurisdiction_id: Jurisdiction = "") -> None:
    check_jurisdiction(services, jurisdiction_id)


async def _reader(request: Request, services: WithServices, api_key: Key = "") -> None:
    if not services.city.open311.public:
        await key_holder(services, request, api_key)


Served = Depends(_served)
Readable = Depends(_reader)
