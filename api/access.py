"""Who asks: the principal behind the bearer token, and what their role may do."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.services import WithServices
from pesut.contracts import Principal, Role
from pesut.errors import ForbiddenError, UnauthenticatedError
from pesut.principals import authenticate

TOKEN_COOKIE = "pesut_token"  # noqa: S105  (a name, not a secret)
_bearer = HTTPBearer(auto_error=False, description="A token of tokens.json in the data folder, or one that was issued.")


async def _asker(
    request: Request,
    services: WithServices,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Principal:
    token = credentials.credentials if credentials else None
    if not token:
        raise UnauthenticatedError(
            f"{request.url.path} wants to know who asks.", remedy="Send the header `Authorization: Bearer <token>`."
        )
    return await authenticate(services.engine, token)


Asker = Annotated[Principal, Depends(_asker)]


def only(*roles: Role) -> Callable[[Principal], Awaitable[Principal]]:
    """A dependency that lets only these roles through. Raises ForbiddenError for another."""

    async def check(asker: Asker) -> Principal:
        if asker.role not in roles:
            allowed = ", ".join(roles)
            raise ForbiddenError(f"The role {asker.role} may not do this.", remedy=f"It takes one of: {allowed}.")
        return asker

    return check
